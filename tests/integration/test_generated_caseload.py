"""The benchmark's caseload: its rows are those of the services, but for whom, when and where they tell of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import NotFound
from app.models.record import LinkToken, SearchToken
from app.services import case_page
from app.services.viewing import view
from bench.caseload import Copier, Place, Rows, Templates, add_offices, load_postgresql, load_sqlite, make_by_services
from tests.factories.world import KINDS, Template, World, made_world
from tests.security.relations import above

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 1)
MADE = 100
OTHERWISE = {
    "cases": {"reference"},
    "case_key": {"wrapped"},
    "client_record": {"given_name", "family_name"},
    "case_event": {"given_name", "family_name"},
    "notice": {"read_at"},
}
"""What is a case's own by intent, beside ids and days: its name, its reference, its keys."""


@dataclass
class Shape:
    """A case with ids and days of its own taken out, so that two of them can be laid side by side."""

    case: Rows
    known: dict[UUID, str]
    found: dict[UUID, str] = field(default_factory=dict)

    def rows(self) -> dict[str, list[list[tuple[str, Any]]]]:
        tables = {name: sorted((self._named(name, row) for row in rows), key=str) for name, rows in self.case.items()}
        return {
            name: [[(key, self._numbered(value)) for key, value in row] for row in rows]
            for name, rows in tables.items()
        }

    def _named(self, table: str, row: dict[str, Any]) -> list[tuple[str, Any]]:
        told = {key: value for key, value in row.items() if not isinstance(value, dict)}
        for value in row.values():
            told |= value if isinstance(value, dict) else {}
        return [(key, self._told(value)) for key, value in sorted(told.items()) if key not in OTHERWISE.get(table, ())]

    def _told(self, value: Any) -> Any:
        first = self.case["cases"][0]["opened_on"]
        if isinstance(value, datetime):
            return str(value.replace(tzinfo=None) - datetime.combine(first, time()))
        if isinstance(value, date):
            return (value - first).days
        return self.known.get(value, _Own(value)) if isinstance(value, UUID) else value

    def _numbered(self, value: Any) -> Any:
        return self.found.setdefault(value.id, f"own {len(self.found)}") if isinstance(value, _Own) else value


@dataclass(frozen=True)
class _Own:
    """An id of the case's own: it does not tell in which order rows come."""

    id: UUID

    def __repr__(self) -> str:
        return "an id of its own"


@dataclass
class Country:
    """A world with the cases that the services made and a copy of each."""

    world: World
    home: Place
    away: Place
    made: list[Rows]
    copies: list[Rows]

    def shape(self, case: Rows, place: Place) -> dict[str, Any]:
        known = {agency: key for key, agency in self.world.agencies.items()} | {place.agency_id: "the office"}
        known |= dict.fromkeys(place.advocates, "the advocate")
        return Shape(case, known).rows()


@pytest.fixture(scope="module", params=KINDS)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """A hundred cases by the services and a copy of each, read back as they lie in the database."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("generated")) as world:
        places = add_offices(world.database, world.agencies, MADE)
        make_by_services(world.agencies, TODAY, MADE)
        engine = above(world)
        home = Place(world.agencies["advocacy_prishtine"], (world.actor("advocate").member_id or UUID(int=0),))
        away = next(place for place in places if place.agency_id == world.agencies["advocacy_peje"])
        templates = Templates(engine, world.database.vault)
        copier = Copier(world.database.vault, home, [away])
        made = [copier.copy(case) for case in templates.cases]
        _load(world, {name: [row for case in made for row in case[name]] for name in made[0]})
        all_cases = {case["cases"][0]["id"]: case for case in Templates(engine, world.database.vault).cases}
        copies = [all_cases[case["cases"][0]["id"]] for case in made]
        yield Country(world, home, away, templates.cases, copies)
        engine.dispose()


def _load(world: World, batch: Rows) -> None:
    if world.database.is_postgresql:
        load_postgresql(world.owner_url, iter([batch]))
    else:
        load_sqlite(world.database.engine, iter([batch]))


def test_every_copy_is_the_case_of_another_person_elsewhere_on_other_days(country: Country) -> None:
    made = [country.shape(case, country.home) for case in country.made]
    copies = [country.shape(case, country.away) for case in country.copies]

    assert len(copies) == MADE
    assert copies == made


def test_a_row_that_differs_is_seen(country: Country) -> None:
    case = country.made[0]
    other = case | {"workflow_run": [row | {"row_version": row["row_version"] + 1} for row in case["workflow_run"]]}

    assert country.shape(other, country.home) != country.shape(case, country.home)


@pytest.mark.parametrize("table", [SearchToken, LinkToken])
def test_tokens_are_those_that_the_services_lay(country: Country, table: Any) -> None:
    vault, home = country.world.database.vault, country.home
    copier = Copier(vault, home, [home])
    asked = [case | {"case_party": list(case["case_party"])} for case in country.made]
    laid = [row for case in asked for row in copier.tokens(case)[table.__tablename__]]

    with above(country.world).connect() as connection:
        records = [case["client_record"][0]["id"] for case in country.made]
        stored = connection.execute(select(table.__table__).where(table.record_id.in_(records))).mappings().all()

    assert {frozenset(row.items()) for row in laid} == {frozenset(row.items()) for row in stored}


def test_a_copy_opens_to_its_advocate_under_its_own_name_and_to_no_other(country: Country) -> None:
    copy = country.copies[-1]
    case_id, identity = copy["cases"][0]["id"], copy["client_record"][0]["identity"]
    hers = {row["member_id"] for row in copy["case_staff"] if row["agency_id"] == country.away.agency_id}
    names = {country.world.actor(name).member_id: name for name in ("bench.advocacy_peje.1", "bench.advocacy_peje.2")}
    reader = next(names[member] for member in hers)

    page = view(country.world.actor(reader), "case:opened_page", case_page.whole, case_id=case_id)

    assert page.name == f"{identity['given_name']} {identity['family_name']}"
    with pytest.raises(NotFound):
        view(country.world.actor("advocate"), "case:opened_page", case_page.whole, case_id=case_id)
