"""An answer is settled among the few records that it touches, and gives what a run over all records would."""

from random import Random
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from app.models.record import ClientRecord, LinkPair, LinkToken, RecordPerson
from app.security.actor import system_actor
from app.services import link_answers, linking, registers
from app.services.link_answers import Answered
from bench.registers import generate
from tests.factories.registers import KEEPERS
from tests.factories.world import World

Standing = tuple[dict[UUID, str], dict[UUID, UUID]]


@pytest.fixture(params=[7001, 7002])
def linked(request: pytest.FixtureRequest, world: World) -> World:
    """Three invented registers, taken in and linked."""
    year = generate(request.param)
    for register, content in year.files.items():
        registers.import_file(world.actor(KEEPERS[register]), content, year=year.year)
    return world


def _standing(world: World) -> Standing:
    with world.database.read(system_actor("linker")) as work:
        pairs = work.session.execute(select(LinkPair.id, LinkPair.state).where(LinkPair.state != "lapsed")).all()
        people = work.session.execute(select(RecordPerson.record_id, RecordPerson.person_id)).all()
    return {row.id: row.state for row in pairs}, {row.record_id: row.person_id for row in people}


def _answer_first(world: World) -> Answered:
    return _answer_one(world, Random(1))  # noqa: S311 - the same answer each time


def _answer_one(world: World, random: Random) -> Answered:
    """Answer any pair that takes an answer: one that waits, or a link that stands."""
    with world.database.read(system_actor("linker")) as work:
        answerable = LinkPair.state.in_(("doubtful", "sure", "confirmed"))
        rows = work.session.execute(select(LinkPair.id, LinkPair.state).where(answerable)).all()
    chosen = random.choice(
        sorted(rows, key=lambda row: (row.state != "doubtful", row.id.hex))[: 2 + random.randrange(50)]
    )
    reviewer = world.actor("link.reviewer")
    if chosen.state != "doubtful":
        return link_answers.undo(reviewer, chosen.id, "relatives")
    is_same = random.random() < 0.6
    return link_answers.decide(reviewer, chosen.id, is_same, "married_name" if is_same else "relatives")


def _settled_and_compared_anew(world: World, times: int) -> list[tuple[Standing, Standing]]:
    """What stands after each of so many answers, and what stands after a run over all records right after it."""
    random, seen = Random(times), []  # noqa: S311 - the same answers each time
    for _ in range(times):
        _answer_one(world, random)
        settled = _standing(world)
        linking.relink()
        seen.append((settled, _standing(world)))
    return seen


def test_an_answer_settles_what_a_run_over_all_records_would(linked: World) -> None:
    seen = _settled_and_compared_anew(linked, 12)

    assert [settled for settled, _ in seen] == [anew for _, anew in seen]
    assert len({tuple(sorted(people.values())) for (_, people), _ in seen}) > 3


def test_answers_one_after_another_settle_what_one_run_at_the_end_would(linked: World) -> None:
    random = Random(3)  # noqa: S311 - the same answers each time
    for_each = [_answer_one(linked, random) for _ in range(10)]
    settled = _standing(linked)

    linking.relink()

    assert len(for_each) == 10
    assert settled == _standing(linked)


def test_an_answer_looks_at_few_records(linked: World) -> None:
    with linked.database.read(system_actor("linker")) as work:
        records = work.session.execute(select(func.count()).select_from(ClientRecord)).scalar_one()

    assert 2 <= _answer_first(linked).compared < records / 2


def test_all_are_compared_anew_where_not_every_pair_was_kept(linked: World) -> None:
    with linked.database.write(system_actor("linker")) as work:
        records = work.session.execute(select(func.count()).select_from(ClientRecord)).scalar_one()
        work.change(delete(LinkToken))
        work.commit_unaudited()

    assert _answer_first(linked).compared == records
    assert _answer_first(linked).compared < records / 2
