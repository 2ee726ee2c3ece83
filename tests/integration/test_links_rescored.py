"""Pairs whose records are put right: scored again, and an answer that was given before is kept and said to be older."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Refusal
from app.models.record import ClientRecord
from app.queries import links
from app.queries.links import PairRow
from app.security.actor import system_actor
from app.services import link_answers, linking, records
from tests.factories.world import World

WHO = {
    "given_name": "Arta",
    "birth_date": "1990-05-06",
    "sex": "F",
    "citizenship": ["XK"],
    "region": "prishtine",
    "language": "sq",
}
MARRIED = "surname:differs_may_be_married"


@pytest.fixture
def case_id(world: World) -> UUID:
    """The second of two cases that differ in the surname alone, and were compared."""
    world.open_signal()
    second = world.open_signal(family_name="Tjetër")
    linking.relink()
    return second


def _put_right(world: World, case_id: UUID, family_name: str, **other: str) -> None:
    with world.database.read(world.actor("investigator")) as work:
        version = work.session.execute(select(ClientRecord.row_version).where(ClientRecord.case_id == case_id))
        known = version.scalar_one()
    answers = {**WHO, "family_name": family_name, **other}
    records.change_identity(world.actor("investigator"), case_id, answers, "Told anew.", known)


def _listed(world: World, shown: str) -> list[PairRow]:
    with world.database.read(world.actor("link.reviewer")) as work:
        return links.page(work.session, work.actor, shown)


def _answer(world: World, is_same: bool) -> UUID:
    with world.database.read(system_actor("linker")) as work:
        pair = links.page(work.session, work.actor, "waiting")[0]
    reason = "married_name" if is_same else "relatives"
    link_answers.decide(world.actor("link.reviewer"), pair.id, is_same, reason)
    return pair.id


def test_a_pair_that_waits_is_scored_again_when_a_record_is_put_right(world: World, case_id: UUID) -> None:
    before = _listed(world, "waiting")[0]

    _put_right(world, case_id, "Provë")
    linking.relink_if_new()

    after = _listed(world, "standing")[0]
    assert (before.state, after.state) == ("doubtful", "sure")
    assert after.score > before.score
    assert MARRIED in before.reasons
    assert "surname:same" in after.reasons
    assert _listed(world, "older") == []


def test_a_link_lapses_when_nothing_speaks_for_it_any_more(world: World, case_id: UUID) -> None:
    _put_right(world, case_id, "Provë")
    linking.relink_if_new()

    _put_right(world, case_id, "Gashi", given_name="Besarta", birth_date="1971-11-12")
    linking.relink_if_new()

    assert _listed(world, "waiting") == []
    assert _listed(world, "standing") == []


@pytest.mark.parametrize("is_same", [True, False])
def test_an_answer_is_kept_and_said_to_be_older_with_how_they_agree_now(
    world: World, case_id: UUID, is_same: bool
) -> None:
    pair = _answer(world, is_same)
    assert _listed(world, "older") == []

    _put_right(world, case_id, "Provë")
    linking.relink_if_new()

    older = _listed(world, "older")[0]
    assert older.id == pair
    assert older.state == ("confirmed" if is_same else "refused")
    assert MARRIED in (older.answered or ())
    assert "surname:same" in older.reasons


@pytest.mark.parametrize("is_same", [True, False])
def test_an_answer_on_older_data_can_be_given_anew_and_is_older_no_more(
    world: World, case_id: UUID, is_same: bool
) -> None:
    pair = _answer(world, False)
    _put_right(world, case_id, "Provë")
    linking.relink_if_new()

    reason = "married_name" if is_same else "relatives"
    answered = link_answers.decide(world.actor("link.reviewer"), pair, is_same, reason)

    assert answered.people == 2 - is_same
    assert _listed(world, "older") == []


def test_an_answer_that_fits_its_data_is_final(world: World, case_id: UUID) -> None:
    pair = _answer(world, False)

    with pytest.raises(Refusal):
        link_answers.decide(world.actor("link.reviewer"), pair, True, "married_name")


def test_an_answer_given_before_the_linker_looked_again_counts_as_older(world: World, case_id: UUID) -> None:
    _put_right(world, case_id, "Provë")

    pair = _answer(world, False)

    older = _listed(world, "older")[0]
    assert older.id == pair
    assert MARRIED in (older.answered or ())
    assert "surname:same" in older.reasons
