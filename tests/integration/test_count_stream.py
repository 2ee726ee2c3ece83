"""Files of all facts over several years: each year once, in order, the actor's own alone, and whole after a stop."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from datetime import date
from typing import cast

import psycopg
import pytest
from sqlalchemy import text

from app.errors import Unavailable
from app.services import count_stream, unit_of_work
from app.services.counts import CountRequest
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period
from tests.factories import facts
from tests.factories.world import World
from tests.security.relations import above

OURS, OTHERS = "investigator", "advocate"
READER = "police.supervisor"
YEARS = (2011, 2012, 2014, 2015, 2016)
"""Of 2013 there is nothing: a year without facts takes its turn too."""
PERIOD = Period(date(2011, 1, 1), date(2017, 1, 1))


@pytest.fixture
def world_of_years(world: World) -> World:
    for year in YEARS:
        facts.record(world, OURS, on=date(year, 6, 1))
        facts.record(world, OURS, on=date(year, 3, 1))
        facts.record(world, OTHERS, on=date(year, 5, 1))
    return world


def _file(world: World, reader: str = READER, metrics: Sequence[str] = ("identified",)) -> Generator[bytes, None, None]:
    unit_of_work.bind(world.database)
    request = CountRequest(PERIOD, tuple(metrics))
    return cast("Generator[bytes, None, None]", count_stream.facts(world.actor(reader), request, ("who",), "en"))


def _days(blocks: Iterable[bytes]) -> list[str]:
    return [line.split(",")[1] for line in b"".join(blocks).decode().splitlines()[1:]]


def test_every_year_has_its_turn_and_the_days_come_in_order(world_of_years: World) -> None:
    assert _days(_file(world_of_years)) == [f"{year}-0{month}-01" for year in YEARS for month in (3, 6)]


def test_whoever_reads_all_agencies_has_the_other_agency_s_lines_of_every_year_too(world_of_years: World) -> None:
    days = _days(_file(world_of_years, "statistics.supervisor"))

    assert [day for day in days if day.endswith("-05-01")] == [f"{year}-05-01" for year in YEARS]


def test_a_file_that_is_left_half_way_leaves_no_connection_in_use(world_of_years: World) -> None:
    facts.records(world_of_years, OURS, 20, METRIC.keys(), on=date(2011, 2, 1))
    left = _file(world_of_years, metrics=METRIC.keys())
    sent = next(left)
    left.close()

    assert sent.count(b"\n") == 1 + count_stream.LINES_SENT
    assert world_of_years.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert len(_days(_file(world_of_years, "statistics.supervisor"))) == 20 + 3 * len(YEARS)


def test_no_head_is_sent_of_a_file_whose_lines_do_not_come(world_of_years: World) -> None:
    asked = _file(world_of_years)
    with above(world_of_years).begin() as connection:
        connection.execute(text("ALTER TABLE count_fact RENAME TO elsewhere"))

    with pytest.raises((Unavailable, psycopg.Error)):
        next(asked)
