"""The benchmark's caseload for counting: what is counted of its cases is what the services counted, at other times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import make_url, select

from app.models import Base
from bench import counted
from bench.caseload import Place, Rows, Templates, make_by_services
from tests.factories.rollups import differences
from tests.factories.world import Template, World, made_world
from tests.security.relations import above

pytestmark = pytest.mark.slow
TODAY, MADE = date(2026, 11, 1), 100
NOT_COPIED = {"id", "case_id", "record_id", "event_id", "agency_id", "reference", "identity", "safe_contact"} | {
    "opened_by_agency_id",
    "lead_agency_id",
}


@dataclass
class Country:
    """Cases by the services, and a copy of each."""

    world: World
    made: list[Rows]
    copies: list[Rows]


@pytest.fixture(scope="module")
def country(postgresql_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """A hundred cases by the services, and a copy of what is counted of each, by COPY; no test changes them."""
    with made_world(postgresql_template, tmp_path_factory.mktemp("counted")) as world:
        yield _filled(world)


def _filled(world: World) -> Country:
    make_by_services(world.agencies, TODAY, MADE)
    engine = above(world)
    made = Templates(engine, world.database.vault).cases
    home = Place(world.agencies["advocacy_prishtine"], ())
    away = world.agencies["advocacy_peje"]
    address = make_url(world.owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    counted.load(address, counted.batches(made, home, [away], MADE))
    known = {case["cases"][0]["id"] for case in made}
    with engine.connect() as connection:
        rows = {
            name: [dict(row._mapping) for row in connection.execute(select(Base.metadata.tables[name]))]
            for name in counted.COUNTED
        }
    copied = [row["id"] for row in rows["cases"] if row["id"] not in known]
    copies = [
        {name: [row for row in found if row.get("case_id", row["id"]) == case] for name, found in rows.items()}
        for case in copied
    ]
    return Country(world, made, copies)


def _said(case: Rows) -> list[str]:
    """What a case says: days as they lie to its opening, without ids, names and agencies."""
    opened = datetime.combine(case["cases"][0]["opened_on"], datetime.min.time())
    return sorted(
        f"{name} {sorted((key, _told(value, opened)) for key, value in row.items() if key not in NOT_COPIED)}"
        for name in counted.COUNTED
        for row in case[name]
    )


def _told(value: Any, opened: datetime) -> str:
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None) - opened)
    return str(datetime.combine(value, datetime.min.time()) - opened) if isinstance(value, date) else str(value)


def test_each_copy_is_counted_as_the_case_that_the_services_made(country: Country) -> None:
    assert len(country.copies) == MADE
    assert sorted(map(_said, country.copies)) == sorted(map(_said, country.made))


def test_a_fact_that_differs_is_seen(country: Country) -> None:
    case = country.copies[0]
    other = case | {"count_fact": [row | {"sex": "M", "weight": -1} for row in case["count_fact"]]}

    assert _said(other) != _said(case)


def test_what_was_copied_in_is_rolled_up(country: Country) -> None:
    assert differences(country.world, Random(1)) == []  # noqa: S311 - no secret
