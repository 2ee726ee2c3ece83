"""Putting right who a person is and how she is reached, on both databases: what was said stays, all else follows."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import Invalid, NotFound, Stale
from app.models.count import CountFact
from app.models.record import ClientRecord, RecordChange, RecordPerson
from app.queries import notices
from app.security.actor import system_actor
from app.services import case_page, case_search, linking, records
from tests.factories.world import World

WHO = {
    "given_name": "Artina",
    "family_name": "Provë",
    "birth_date": "1990-05-06",
    "sex": "F",
    "citizenship": ["XK"],
    "region": "prishtine",
    "language": "sq",
}
REASON = "Spelt wrongly."


def _found(world: World, by: str, name: str) -> list[UUID]:
    with world.database.read(world.actor(by)) as work:
        return [one.case_id for one in case_search.by_name(work, name).found]


def _version(world: World, case_id: UUID) -> int:
    with world.database.read(world.actor("investigator")) as work:
        found = select(ClientRecord.row_version).where(ClientRecord.case_id == case_id)
        return int(work.session.execute(found).scalar_one())


def _change(world: World, case_id: UUID, by: str = "investigator", **answers: Any) -> None:
    told = {**WHO, **answers}
    records.change_identity(world.actor(by), case_id, told, REASON, _version(world, case_id))


def _counted(world: World, by: str, **dimensions: str) -> int:
    with world.database.read(world.actor(by)) as work:
        wanted = [getattr(CountFact, name) == value for name, value in dimensions.items()]
        net = select(func.coalesce(func.sum(CountFact.weight), 0)).where(*wanted)
        return int(work.session.execute(net).scalar_one())


def test_a_name_put_right_is_found_by_every_agency_that_finds_the_case_and_the_old_one_is_not(world: World) -> None:
    case_id = world.with_advocate()

    _change(world, case_id, by="advocate")

    assert [_found(world, by, "Artina") for by in ("investigator", "advocate")] == [[case_id], [case_id]]
    assert [_found(world, by, "Arta") for by in ("investigator", "advocate")] == [[], []]


def test_what_the_record_said_stays_with_the_reason_for_who_may_read_it(world: World) -> None:
    case_id = world.open_signal()

    _change(world, case_id)

    with world.database.read(world.actor("investigator")) as work:
        page = records.shown(work, case_id, records.IDENTITY_PART).found
        sealed = work.session.execute(select(RecordChange.former)).scalar_one()
    assert page.known["given_name"] == "Artina"
    assert [(one.said["given_name"], one.reason) for one in page.history] == [("Arta", REASON)]
    assert b"Arta" not in (sealed or b"")


def test_the_case_page_shows_the_name_that_was_put_right(world: World) -> None:
    case_id = world.open_signal()

    _change(world, case_id)

    with world.database.read(world.actor("investigator")) as work:
        assert case_page.whole(work, case_id).found.name == "Artina Provë"


def test_a_citizenship_put_right_is_counted_for_each_agency_as_it_is_known_now(world: World) -> None:
    case_id = world.with_advocate()
    world.step("advocate", case_id, "advocacy", "record_arrival")
    before = [_counted(world, by, citizenship="XK") for by in ("investigator", "advocate")]

    _change(world, case_id, by="advocate", citizenship=["AL"])

    assert before[0] > 0
    assert [_counted(world, by, citizenship="AL") for by in ("investigator", "advocate")] == before
    assert [_counted(world, by, citizenship="XK") for by in ("investigator", "advocate")] == [0, 0]


def test_a_citizenship_put_right_twice_is_counted_once(world: World) -> None:
    case_id = world.open_signal()
    before = _counted(world, "investigator")

    _change(world, case_id, citizenship=["AL"])
    _change(world, case_id, citizenship=["MD"])

    assert _counted(world, "investigator") == _counted(world, "investigator", citizenship="MD") == before


def test_a_birth_date_makes_a_child_and_no_birth_date_makes_an_adult_of_one(world: World) -> None:
    case_id = world.open_signal()

    _change(world, case_id, birth_date="2012-05-06")
    with world.database.read(world.actor("investigator")) as work:
        assert work.session.execute(select(ClientRecord.is_child)).scalar_one()

    _change(world, case_id, birth_date="1980-05-06")
    with world.database.read(world.actor("investigator")) as work:
        assert work.session.execute(select(ClientRecord.is_child)).scalar_one()


def test_the_linker_looks_at_a_record_again_that_was_put_right(world: World) -> None:
    one, other = (
        world.open_signal(),
        world.open_signal(given_name="Dafina", family_name="Tjetër", birth_date="1985-01-02"),
    )
    linking.relink()

    _change(world, other)
    _change(world, one, given_name="Artina")
    linked = linking.relink_if_new()

    assert linked is not None
    assert linked.people == 1
    with world.database.read(system_actor("linker")) as work:
        assert work.session.execute(select(func.count()).select_from(RecordPerson)).scalar_one() == 2


def test_a_safe_contact_put_right_is_told_to_the_other_parties(world: World) -> None:
    case_id = world.with_advocate()

    records.change_safe_contact(
        world.actor("advocate"),
        case_id,
        {"safe_contact": "do_not_contact"},
        "Her phone was taken.",
        _version(world, case_id),
    )

    with world.database.read(world.actor("investigator")) as work:
        assert "record:contact_changed" in [row.kind for row in notices.unread(work.session, work.actor)]
        page = records.shown(work, case_id, records.CONTACT_PART).found
        assert not work.session.execute(select(ClientRecord.has_safe_contact)).scalar_one()
    assert page.known == {"safe_contact": "do_not_contact"}
    assert page.history[0].said["contact_detail"] == "+383 00 111 222"


def test_a_record_that_somebody_else_has_changed_is_refused(world: World) -> None:
    case_id = world.open_signal()
    version = _version(world, case_id)
    _change(world, case_id)

    with pytest.raises(Stale):
        records.change_identity(world.actor("investigator"), case_id, WHO, REASON, version)


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        pytest.param("social.worker", NotFound, id="an agency that is no party"),
        pytest.param("advocate2", NotFound, id="a colleague who is not assigned"),
        pytest.param("administrator", NotFound, id="an administrator"),
    ],
)
def test_whom_the_record_is_not_open_to_cannot_change_it(world: World, by: str, refusal: type[Exception]) -> None:
    case_id = world.with_advocate()

    with pytest.raises(refusal):
        _change(world, case_id, by=by)


def test_a_change_without_a_reason_changes_nothing(world: World) -> None:
    case_id = world.open_signal()

    with pytest.raises(Invalid):
        records.change_identity(world.actor("investigator"), case_id, WHO, "  ", _version(world, case_id))

    assert _found(world, "investigator", "Arta") == [case_id]
    assert _found(world, "investigator", "Artina") == []
