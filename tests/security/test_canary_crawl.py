"""The canary crawl (T3.3): every text, name and reference of a caseload is a word that stands nowhere else; every role
of every agency follows every link, file, list and asking form that it gets to, is refused what is foreign and gets
errors; and nobody is told a word that the design does not give her.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4
from zlib import crc32

import pytest
from sqlalchemy import insert

from app.clock import utc_now
from app.models.audit import Notice
from app.models.help import Note
from app.services.unit_of_work import Parts
from tests.factories.world import A_DAY, KINDS, Template, World, made_world
from tests.security import laid_rows, matrix
from tests.security.crawl import Bounds, Crawl
from tests.security.crossing import Crossing
from tests.security.entitled import design_of
from tests.security.related import SIDE_OF, SIGN_INS, Related, lay_related
from tests.security.relations import above
from tests.security.tokens import Place, Planted, plant
from tests.support.promises import IS_LONG, scaled, tell

pytestmark = pytest.mark.slow

TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BOUNDS = {"sqlite": Bounds(scaled(20, 2_000), scaled(1, 60)), "postgresql": Bounds(scaled(8, 2_000), scaled(1, 60))}
MANY = Parts(reading_is_limited=False)
"""Nobody is stopped for looking at too much: here that is the point."""
FOREIGN = tuple(cell for cell in matrix.cells() if cell.expected == matrix.MISSING and not cell.is_barred)
FILES_OF_ONE = {"documents.download", "limits.paper", "person_requests.packet_file"}
"""Files about one person, of whom her agency knows more: what is sealed may be in them."""
FILES = [
    cell
    for cell in matrix.cells()
    if cell.is_look and cell.expected == matrix.OPEN and ("export" in cell.route or cell.route in FILES_OF_ONE)
]
SHARE = {"sqlite": scaled(25, 1), "postgresql": scaled(50, 1)}
"""Of what is refused, one in so many."""
MET = {"cases.id", "client_record.identity", "note.text", "signal.noticed", "stay.safety"}
"""What the crawl must have met where it may be: a crawl that sees nothing finds nothing."""


@dataclass
class Sown:
    """A caseload with words in it, and who may have which."""

    kind: str
    related: Related
    planted: Planted

    @property
    def world(self) -> World:
        return self.related.world

    def crawl(self, parts: Parts = MANY, bounds: Bounds | None = None) -> Crawl:
        """A crawl of the application as it stands, or with a protection off."""
        app = self.world.app(parts)
        app.config["TESTING"] = (
            False  # what fails is answered with the page of an error, and that is looked through too
        )
        return Crawl(app, self.planted, design_of(self.world), bounds or BOUNDS[self.kind])

    def refused(self, crawl: Crawl) -> Iterator[str]:
        """Foreign words in what comes back for the addresses and forms of what is not there for a role."""
        crossing = Crossing(crawl.app, self.related)
        for cell in FOREIGN:
            if crc32(str(cell).encode()) % SHARE[self.kind] == 0:
                address = crossing.address(cell)
                reader = crawl.design.readers[SIGN_INS[cell.role]]
                yield from crawl.foreign(reader, cell.route, address, crossing.send(cell, address))

    def taken_away(self, crawl: Crawl) -> None:
        """Ask for every file by whoever may have it."""
        crossing = Crossing(crawl.app, self.related)
        for cell in FILES:
            address = f"{crossing.address(cell)}?year=2014"
            reader = crawl.design.readers[SIGN_INS[cell.role]]
            list(crawl.foreign(reader, cell.route, address, crossing.send(cell, address)))

    def readers(self, crawl: Crawl) -> list[str]:
        """One of each role, and in the long form everybody."""
        return sorted(crawl.design.readers) if IS_LONG else list(SIGN_INS.values())


@pytest.fixture(scope="module", params=KINDS)
def sown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sown]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("crawl")) as world:
        related = lay_related(world)
        _lay_notes(related)
        yield Sown(request.param, related, plant(world))


def _lay_notes(related: Related) -> None:
    """On each case a note of each class, by who opened it and by who plays the role in it."""
    opener, rows = related.world.actor(laid_rows.OPENER), []
    for (side, _), named in related.of_case.items():
        for actor in (opener, related.world.actor(SIGN_INS[SIDE_OF[side]])):
            for sensitivity in "INT":
                row = laid_rows.row_of_case(named["case_id"], actor.agency_id)  # type: ignore[arg-type]
                row |= {"member_id": actor.member_id, "sensitivity": sensitivity, "occurred_on": A_DAY}
                rows.append(row | {"recorded_at": utc_now()})
    with above(related.world).begin() as connection:
        connection.execute(insert(Note), rows)


@pytest.mark.promise("T3.3")
def test_nobody_is_told_a_word_that_the_design_does_not_give_her(sown: Sown) -> None:
    crawl = sown.crawl()

    found = [leak for name in sown.readers(crawl) for leak in crawl.leaks(name)]
    found += sown.refused(crawl)

    tell("T3.3", TITLES[sown.kind], _figure(sown, crawl, len(found)))
    assert sorted(set(found)) == []
    assert crawl.failed == set()
    assert crawl.met >= MET if sown.kind == "sqlite" else crawl.met


def _figure(sown: Sown, crawl: Crawl, found: int) -> str:
    asked = f"{crawl.answers} answers of {len(crawl.routes)} routes to {len(sown.readers(crawl))} people"
    return f"{asked}, {crawl.looked_through:,} characters, {len(sown.planted.words)} words: {found} foreign"


@pytest.mark.promise("T3.3")
@pytest.mark.parametrize("sown", ["sqlite"], indirect=True)
def test_with_the_scope_off_the_crawl_finds_words_of_others(sown: Sown) -> None:
    crawl = sown.crawl(Parts(scope_is_on=False, reading_is_limited=False), Bounds(400, 8))

    assert next(crawl.leaks("advocate"), None) is not None


@pytest.mark.promise("T3.3")
def test_a_word_that_a_notice_carries_to_another_agency_is_found(sown: Sown) -> None:
    crawl = sown.crawl(bounds=Bounds(12, 1))
    word, place = _word_of_another(crawl, "advocate")
    advocate = crawl.design.readers["advocate"]
    told = {"id": uuid4(), "agency_id": advocate.agency_id, "kind": "venue:returned", "values": {"venue": word}}
    with above(sown.world).begin() as connection:
        connection.execute(insert(Notice), [told | {"created_at": utc_now()}])

    found = list(crawl.leaks("advocate"))
    with above(sown.world).begin() as connection:
        connection.execute(Notice.__table__.delete().where(Notice.id == told["id"]))  # type: ignore[attr-defined]

    assert any(f"{place.table}.{place.column}" in leak for leak in found), found


@pytest.mark.parametrize("sown", ["sqlite"], indirect=True)
def test_no_file_of_many_people_holds_a_word_that_is_sealed_and_the_file_of_one_does(sown: Sown) -> None:
    crawl = sown.crawl()

    sown.taken_away(crawl)

    of_many = {route: found for route, found in crawl.files.items() if route not in FILES_OF_ONE}
    assert len(of_many) > 8
    assert {route: found for route, found in of_many.items() if found} == {}
    assert crawl.files["documents.download"] == {"case_document.content"}


def _word_of_another(crawl: Crawl, sign_in: str) -> tuple[str, Place]:
    """A name that she may not be told."""
    reader = crawl.design.readers[sign_in]
    names = ((word, place) for word, place in crawl.planted.words.items() if place.table == "client_record")
    return next(one for one in names if not crawl.design.may_be_told(reader, one[1]))
