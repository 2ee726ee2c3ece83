"""Roll-ups on PostgreSQL say what the facts say, cell by cell, whatever is written, corrected, linked and unlinked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select, text

from app.models.count import CountCell, CountDelta
from app.queries import counts
from app.queries.count_facts import Asked, Only
from app.queries.counts import TOTAL, Place
from app.services import counting, unit_of_work
from app.vocabulary.period import year
from tests.factories import facts
from tests.factories.rollups import Register, differences
from tests.factories.world import Template, World
from tests.security.relations import above

ACTS = 60
UNLOCKED = """
CREATE OR REPLACE FUNCTION lock_people(p_records uuid[]) RETURNS uuid[] LANGUAGE sql AS $$
    SELECT p_records || array_agg(record_id) FROM record_person
     WHERE person_id IN (SELECT person_id FROM record_person WHERE record_id = ANY (p_records)) $$
"""


@pytest.fixture
def country(postgresql_template: Template, make_world: Callable[..., World]) -> World:
    """A world on PostgreSQL: SQLite has no roll-ups."""
    return make_world(postgresql_template)


def _filled(world: World, seed: int) -> Random:
    dice = Random(seed)  # noqa: S311 - the same register each time
    Register(world, dice).go(ACTS)
    return dice


def _rows(world: World) -> tuple[int, int]:
    with above(world).connect() as connection:
        deltas, cells = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (CountDelta, CountCell)
        )
    return deltas, cells


@pytest.mark.parametrize("seed", range(6))
def test_after_random_acts_every_cell_is_what_the_facts_say(country: World, seed: int) -> None:
    dice = _filled(country, seed)

    assert differences(country, dice) == []
    counting.fold_up()
    assert differences(country, dice) == []
    assert _rows(country)[0] == 0


def test_a_change_that_was_lost_is_found(country: World) -> None:
    facts.records(country, "investigator", 3)
    lost = "DELETE FROM count_delta WHERE id = (SELECT id FROM count_delta WHERE unit = 'month' LIMIT 1)"
    with above(country).begin() as connection:
        connection.execute(text(lost))

    assert differences(country, Random(1)) != []  # noqa: S311 - no secret


def test_rolled_up_anew_from_the_facts_the_cells_are_the_same(country: World) -> None:
    dice = _filled(country, 7)
    counting.fold_up()
    cells = select(CountCell.__table__).where(CountCell.people != 0).order_by(*CountCell.__table__.primary_key)

    with above(country).begin() as connection:
        before = connection.execute(cells).all()
        connection.execute(text("SELECT roll_up_counts()"))
        after = connection.execute(cells).all()

    assert before == after
    assert differences(country, dice) == []


def _two_at_once(world: World) -> None:
    """The police and an advocate write a fact of one person, each before the other has come to an end."""
    records = (facts.record(world, "investigator", ()), facts.record(world, "advocate", ()))
    facts.one_person(world, *records)
    day = date(2014, 3, 3)
    with ThreadPoolExecutor(1) as pool, world.database.write(world.actor("investigator")) as work:
        facts.write(work, records[0], "identified", day)
        second = pool.submit(copy_context().run, facts.add, world, "advocate", records[1], "identified", day)
        wait([second], timeout=0.5)
        work.audit("test:fact", None)
        work.commit()
        second.result()


def test_facts_written_at_once_about_one_person_count_her_once(country: World) -> None:
    _two_at_once(country)

    assert differences(country, Random(2)) == []  # noqa: S311 - no secret


def test_without_the_lock_on_the_person_she_would_be_counted_twice(country: World) -> None:
    with above(country).begin() as connection:
        connection.execute(text(UNLOCKED))

    _two_at_once(country)

    assert differences(country, Random(2)) != []  # noqa: S311 - no secret


def test_who_writes_facts_waits_for_nobody_who_writes_of_other_people(country: World) -> None:
    one, other = facts.record(country, "investigator", ()), facts.record(country, "advocate", ())

    with country.database.write(country.actor("investigator")) as work:
        facts.write(work, one, "identified", date(2014, 3, 3))
        facts.add(country, "advocate", other, "assisted", date(2014, 3, 3))
        work.audit("test:fact", None)
        work.commit()

    assert differences(country, Random(3)) == []  # noqa: S311 - no secret


def test_a_record_that_is_looked_at_for_the_first_time_changes_no_number(country: World) -> None:
    record = facts.record(country, "investigator")
    before = _rows(country)

    facts.one_person(country, record)

    assert _rows(country) == before


def test_what_is_folded_up_twice_at_once_is_folded_up_once(country: World) -> None:
    facts.records(country, "investigator", 4)
    unit_of_work.bind(country.database)

    with ThreadPoolExecutor(2) as pool:
        folded = [pool.submit(copy_context().run, counting.fold_up) for _ in range(2)]
        assert sum(one.result() for one in folded) > 0

    assert differences(country, Random(4)) == []  # noqa: S311 - no secret


def test_people_of_one_row_alone_are_no_matter_of_the_roll_ups(country: World) -> None:
    facts.records(country, "investigator", 2)
    facts.records(country, "investigator", 1, sex="M")
    actor = country.actor("statistics.supervisor")
    of_men = Asked(year(2014), only=Only("sex", "M"))

    with country.database.read(actor) as work:
        found = counts.cells(work.session, actor, of_men)

    assert found[Place(TOTAL, "identified")] == 1
