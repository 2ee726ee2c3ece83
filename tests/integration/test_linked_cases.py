"""A case that follows another of the same person, and one that is opened again, on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import NotFound
from app.models.help import KeepApart
from app.models.record import RecordPerson
from app.security.actor import system_actor
from app.services import case_page, cases, keeping_apart, linking
from app.services.cases import Opening
from app.services.placement_facts import kept_apart_places
from tests.factories.world import A_DAY, SIGNAL, World


def _following(world: World, earlier: UUID, by: str = "investigator") -> UUID:
    opening = Opening("identification", "record_signal", SIGNAL, A_DAY, previous_case_id=earlier)
    return UUID(cases.open_case(world.actor(by), opening)["case_id"])


def _linked(world: World, by: str, case_id: UUID) -> list[tuple[UUID, bool]]:
    with world.database.read(world.actor(by)) as work:
        return [(one.case_id, one.is_earlier) for one in case_page.whole(work, case_id).found.linked]


def test_both_cases_name_each_other_to_who_sees_both(world: World) -> None:
    earlier = world.with_advocate()

    later = _following(world, earlier)

    assert _linked(world, "investigator", earlier) == [(later, False)]
    assert _linked(world, "investigator", later) == [(earlier, True)]


def test_who_sees_one_of_the_two_does_not_learn_of_the_other(world: World) -> None:
    earlier = world.with_advocate()

    _following(world, earlier)

    assert _linked(world, "advocate", earlier) == []


def test_nobody_lets_a_case_follow_one_that_is_not_open_to_her(world: World) -> None:
    with pytest.raises(NotFound):
        _following(world, world.open_signal(by="investigator2"))


def test_a_place_that_the_person_is_kept_apart_from_stays_shut_in_the_case_that_follows(world: World) -> None:
    earlier, shelter = world.open_signal(), world.agencies["shelter_ngo"]
    keeping_apart.keep_apart(
        world.actor("investigator"),
        earlier,
        shelter_id=shelter,
        other_reference="",
        reason="Her recruiter works there.",
    )

    later = _following(world, earlier)

    with world.database.read(world.actor("investigator")) as work:
        assert kept_apart_places(work, later) == {shelter}
        reasons = select(KeepApart.reason).where(KeepApart.case_id == later)
        assert work.session.execute(reasons).scalar_one() is not None


@pytest.mark.line(3)
def test_one_person_is_counted_as_one_however_differently_the_two_records_are_written(world: World) -> None:
    earlier = world.open_signal()
    opening = Opening(
        "identification",
        "record_signal",
        {**SIGNAL, "given_name": "Someone", "family_name": "Else", "birth_date": "1971-01-01"},
        A_DAY,
        previous_case_id=earlier,
    )
    cases.open_case(world.actor("investigator"), opening)

    linking.relink()

    with world.database.read(system_actor("linker")) as work:
        people = select(func.count(func.distinct(RecordPerson.person_id)))
        assert work.session.execute(people).scalar_one() == 1
