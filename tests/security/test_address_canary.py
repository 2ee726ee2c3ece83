"""Fifty addresses with words that stand nowhere else: looked for on every page that any role opens, in every row that
the application's own database role reads, in the files and the log. They are found only where they were opened on
purpose. In the suite either database shows a half of the pages, in the long form each shows all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update

from app.models.agency import Agency
from app.models.audit import AuditEntry, Notice
from app.models.base import Base
from app.models.premises import ShelterAddress
from app.security.actor import Actor
from app.services import addresses, unit_of_work
from app.services.administration import NewAgency, add_agency
from tests.factories.world import KINDS, Template, World, made_world
from tests.security import matrix
from tests.security.crossing import Crossing
from tests.security.related import lay_related
from tests.security.relations import above
from tests.support.promises import IS_LONG, scaled, tell

pytestmark = pytest.mark.slow

HOUSES = 50
WORD = "Kanarina"
LOOKS = tuple(cell for cell in matrix.cells() if cell.is_look and not cell.is_refused and not cell.is_barred)


@dataclass
class Canaries:
    """A caseload in every relation, with fifty shelters whose addresses are recorded."""

    crossing: Crossing
    folder: Path

    @property
    def world(self) -> World:
        return self.crossing.related.world

    @property
    def title(self) -> str:
        return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[self.world.database.engine.dialect.name]

    def pages_with(self, word: str) -> Iterator[str]:
        """Every page that a role opens in a browser and that holds the word, in its text or its address."""
        first = KINDS.index(self.world.database.engine.dialect.name)
        for cell in LOOKS[0 if IS_LONG else first :: scaled(len(KINDS), 1)]:
            address = self.crossing.address(cell)
            answer = self.crossing.send(cell, address)
            if word.encode() in answer.data or word in address or word in str(answer.headers):
                yield str(cell)

    def rows_with(self, word: str) -> list[str]:
        """Every table in which a row holds the word, read as the application's own role for each agency in turn."""
        if self.world.database.engine.dialect.name == "sqlite":
            files = [path for path in self.folder.iterdir() if path.is_file()]
            return [path.name for path in files if word.encode() in path.read_bytes()]
        return sorted({name for actor in self._readers() for name in self._tables_with(word, actor)})

    def _readers(self) -> list[Actor]:
        actor = self.world.actor("shelter.coordinator")
        with above(self.world).connect() as connection:
            agencies = connection.execute(select(Agency.id)).scalars().all()
        return [replace(actor, agency_id=agency_id, member_id=uuid4()) for agency_id in agencies]

    def _tables_with(self, word: str, actor: Actor) -> Iterator[str]:
        with self.world.database.read(actor) as work:
            connection = work.session.connection()
            readable = text("SELECT has_table_privilege(current_user, CAST(:name AS text), 'SELECT')")
            for name in Base.metadata.tables:
                if connection.execute(readable, {"name": name}).scalar_one():
                    rows = connection.exec_driver_sql(f"SELECT t::text FROM {name} t").scalars()  # noqa: S608 - ours
                    if any(word in row or word.encode().hex() in row for row in rows):
                        yield name

    def count(self, table: type, condition: object) -> int:
        with above(self.world).connect() as connection:
            asked = select(func.count()).select_from(table).where(condition)  # type: ignore[arg-type]
            return int(connection.execute(asked).scalar_one())


@pytest.fixture(scope="module", params=KINDS)
def canaries(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canaries]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    folder = tmp_path_factory.mktemp("canaries")
    with made_world(template, folder) as world:
        related = lay_related(world)
        for number, shelter_id in enumerate(_houses(world)):
            keeper = replace(world.actor("shelter.coordinator"), agency_id=shelter_id)
            addresses.write(keeper, f"{WORD} {number}, the door behind the yard")
        yield Canaries(Crossing(world.app(), related), folder)


def _houses(world: World) -> list[UUID]:
    """The shelters that there are, and as many more as make fifty."""
    with above(world).connect() as connection:
        there = list(connection.execute(select(Agency.id).where(Agency.kind == "shelter")).scalars())
    with unit_of_work.current().write(world.actor("administrator")) as work:
        more = [add_agency(work, _house(number)) for number in range(HOUSES - len(there))]
        work.audit("test:houses")
        work.commit()
    return there + more


def _house(number: int) -> NewAgency:
    return NewAgency(f"canary_{number}", "shelter", *[f"House {number}"] * 3, shelter={"kind": "ngo"}, rooms=(1,))


@pytest.mark.promise("T4.8")
def test_no_role_finds_an_address_on_any_page_and_no_row_file_or_log_holds_one(
    canaries: Canaries, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    assert canaries.count(ShelterAddress, ShelterAddress.version == 1) == HOUSES
    assert list(canaries.pages_with(WORD)) == []
    assert canaries.rows_with(WORD) == []
    assert WORD not in caplog.text
    tell("T4.8", canaries.title, f"{HOUSES} addresses: 0 on any page, in any row or line of the log")


def test_an_address_is_found_where_it_was_opened_on_purpose_with_one_entry_and_one_notice(canaries: Canaries) -> None:
    related = canaries.crossing.related
    named = related.of_case[("shelter_coordinator", "consent")]
    advocate = related.world.actor("advocate.prizren")
    place = view_place(related.world, advocate, named["case_id"])
    before = _written(canaries)

    opened = addresses.open_for(advocate, named["case_id"], place, "fetch")

    assert WORD in opened.address
    assert WORD not in repr(opened)
    assert _written(canaries) == (before[0] + 1, before[1] + 1)
    assert canaries.rows_with(WORD) == []


def view_place(world: World, actor: Actor, case_id: UUID) -> UUID:
    with world.database.read(actor) as work:
        return addresses.openable(work, case_id).found.places[0].premises_id


def _written(canaries: Canaries) -> tuple[int, int]:
    entries = canaries.count(AuditEntry, AuditEntry.action == "address:opened")
    return entries, canaries.count(Notice, Notice.kind == "address:opened")


@pytest.mark.promise("T4.8")
def test_an_address_that_lay_open_would_be_found_on_pages_and_in_rows(canaries: Canaries) -> None:
    shelter = canaries.world.agencies["shelter_ngo"]
    with above(canaries.world).begin() as connection:
        connection.execute(update(Agency).where(Agency.id == shelter).values(name_en=f"{WORD} 1"))

    assert next(canaries.pages_with(WORD), None) is not None
    assert canaries.rows_with(WORD) != []
