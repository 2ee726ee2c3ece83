"""Registers taken in and linked, on both databases: all or nothing, once, sealed, and links that can be undone."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import Conflict, NotFound
from app.models.count import CountFact
from app.models.record import ClientRecord, LinkPair, RecordPerson
from app.registers.faults import RegisterFault
from app.security.actor import Actor, system_actor
from app.services import link_answers, linking, register_drafts, registers, unit_of_work
from bench.registers import GeneratedYear, generate
from tests.factories.world import World

KEEPERS = {
    "police": "police.supervisor",
    "advocates": "advocacy.supervisor",
    "return_partner": "return.supervisor",
}


@pytest.fixture
def year() -> GeneratedYear:
    """An invented year in three registers."""
    return generate(7001)


def _take_in(world: World, year: GeneratedYear) -> dict[str, registers.Receipt]:
    return {
        register: registers.import_file(world.actor(KEEPERS[register]), content, year=year.year)
        for register, content in year.files.items()
    }


def _people(world: World) -> int:
    with world.database.read(system_actor("linker")) as work:
        return work.session.execute(select(func.count(RecordPerson.person_id.distinct()))).scalar_one()


def _facts(world: World) -> int:
    with world.database.read(system_actor("statistics")) as work:
        return work.session.execute(select(func.count()).select_from(CountFact)).scalar_one()


def _link_of_two(world: World) -> UUID:
    """A sure link between the only two records of a person."""
    two = select(RecordPerson.person_id).group_by(RecordPerson.person_id).having(func.count() == 2)
    record = RecordPerson.record_id == LinkPair.record_a_id
    with world.database.read(system_actor("linker")) as work:
        found = select(LinkPair.id).join(RecordPerson, record).where(LinkPair.state == "sure")
        return work.session.execute(found.where(RecordPerson.person_id.in_(two)).limit(1)).scalar_one()


def test_three_registers_become_records_with_facts_and_fewer_people(world: World, year: GeneratedYear) -> None:
    receipts = _take_in(world, year)

    rows = sum(receipt.rows for receipt in receipts.values())
    assert rows + sum(receipt.left_out for receipt in receipts.values()) == len(year.truth)
    assert _facts(world) == sum(sum(receipt.facts.values()) for receipt in receipts.values())
    assert 30 <= _people(world) < rows


def test_the_same_file_twice_changes_nothing(world: World, year: GeneratedYear) -> None:
    first = _take_in(world, year)
    before = (_facts(world), _people(world))

    again = _take_in(world, year)

    assert [receipt.was_there for receipt in again.values()] == [True, True, True]
    assert [receipt.import_id for receipt in again.values()] == [receipt.import_id for receipt in first.values()]
    assert (_facts(world), _people(world)) == before


def test_a_row_that_was_taken_in_is_left_alone_when_its_file_has_grown(world: World, year: GeneratedYear) -> None:
    content = year.files["police"]
    shorter = b"\n".join(content.splitlines()[:-3]) + b"\n"
    actor = world.actor("police.supervisor")
    first = registers.import_file(actor, shorter, year=year.year)

    grown = registers.import_file(actor, content, year=year.year)

    assert grown.already_there == first.rows
    assert 0 < grown.rows <= 3


def test_an_undone_link_parts_its_people_and_stays_undone(world: World, year: GeneratedYear) -> None:
    _take_in(world, year)
    before = _people(world)
    pair = _link_of_two(world)

    link_answers.undo(world.actor("link.reviewer"), pair, "relatives")
    parted = _people(world)
    linking.relink()

    assert parted == before + 1
    assert _people(world) == parted


def test_a_reviewer_sees_two_rows_and_each_opening_is_audited(world: World, year: GeneratedYear) -> None:
    _take_in(world, year)
    with world.database.read(system_actor("linker")) as work:
        pair = work.session.execute(select(LinkPair.id).limit(1)).scalar_one()

    left, right = link_answers.open_pair(world.actor("link.reviewer"), pair)

    assert left.given_name
    assert right.given_name


def test_a_reviewer_reaches_no_record_but_through_a_pair(world: World, year: GeneratedYear) -> None:
    _take_in(world, year)

    with world.database.read(world.actor("link.reviewer")) as work:
        seen = work.session.execute(select(func.count()).select_from(ClientRecord)).scalar_one()

    assert seen == 0


def test_a_draft_of_another_agency_is_not_there(world: World, year: GeneratedYear) -> None:
    draft = register_drafts.keep_draft(world.actor("police.supervisor"), year.files["police"])

    with pytest.raises(NotFound):
        register_drafts.dry_run(world.actor("advocacy.supervisor"), draft)


def test_a_file_that_is_no_table_is_refused(world: World) -> None:
    with pytest.raises(RegisterFault):
        register_drafts.keep_draft(world.actor("police.supervisor"), b"\x00\x01\x02")


def test_one_file_brought_by_many_hands_at_once_is_taken_in_once(world: World, year: GeneratedYear) -> None:
    actor = world.actor(KEEPERS["police"])

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: _brought(world, actor, year.files["police"]), range(4)))

    assert told.count("taken in") == 1
    assert set(told) <= {"taken in", "was there", "register_came_in_twice"}
    assert len(registers.receipts(actor)) == 1


def _brought(world: World, actor: Actor, content: bytes) -> str:
    unit_of_work.bind(world.database)
    try:
        return "was there" if registers.import_file(actor, content).was_there else "taken in"
    except Conflict as conflict:
        return conflict.key
