"""Every page that shows people leaves a trace, and without one it shows nothing: gone through route by route, role by
role. What each page writes down is listed by hand in looks.toml, exact both ways; a refused look is written down too.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import and_, false, or_, select
from werkzeug.test import TestResponse

from app.factory import create_app
from app.models.audit import AuditChain, AuditEntry
from app.models.case import Case
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, SIGNAL, Template, made_world
from tests.security import matrix
from tests.security.crossing import Crossing
from tests.security.matrix import Cell
from tests.security.related import lay_related
from tests.security.relations import above
from tests.support.promises import IS_LONG, tell

pytestmark = pytest.mark.slow

LISTED: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("looks.toml").read_text("utf-8"))["look"]
SHOWN = [cell for cell in matrix.cells() if cell.is_look and not cell.is_refused and not cell.is_barred]
LOOKS = tuple({(cell.route, cell.subject): cell for cell in SHOWN}.values())
ROUTES = len({cell.route for cell in LOOKS})
NAMES = (SIGNAL["family_name"], SIGNAL["contact_detail"])
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ENTRY, CHAIN = AuditEntry.__table__, AuditChain.__table__
SHUT = {
    "sqlite": "CREATE TRIGGER shut BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END",
    "postgresql": "CREATE TRIGGER shut BEFORE INSERT ON audit_entry EXECUTE FUNCTION refuse_change()",
}
OPEN_AGAIN = {"sqlite": "DROP TRIGGER shut", "postgresql": "DROP TRIGGER shut ON audit_entry"}


@dataclass
class Watch:
    """An application on a caseload, the record of what is looked at, and the words that tell of a person."""

    crossing: Crossing
    kind: str
    canaries: tuple[str, ...]

    def _heads(self) -> dict[int, int]:
        with above(self.crossing.related.world).connect() as connection:
            return {row.number: row.length for row in connection.execute(select(CHAIN.c.number, CHAIN.c.length))}

    def written(self, cell: Cell) -> tuple[list[str], str]:
        """The actions that a request leaves in the record, and what it answers."""
        address, _ = self.crossing.address(cell), self.crossing.browser(cell.role)
        before = self._heads()
        body = _words(self.crossing.send(cell, address))
        grown = [number for number, length in self._heads().items() if length > before[number]]
        newer = [and_(ENTRY.c.chain == number, ENTRY.c.position > before[number]) for number in grown]
        with above(self.crossing.related.world).connect() as connection:
            return list(connection.execute(select(ENTRY.c.action).where(or_(false(), *newer))).scalars()), body

    def looks(self, cells: Iterable[Cell] = LOOKS) -> tuple[dict[str, set[str]], dict[str, str]]:
        """What each route writes down, and each canary that a page shows without writing anything down."""
        found, untold = defaultdict[str, set[str]](set), dict[str, str]()
        for cell in cells:
            actions, body = self.written(cell)
            found[cell.route] |= set(actions)
            shown = [canary for canary in self.canaries if canary in body]
            if shown and not actions:
                untold[cell.route] = shown[0]
        return {route: actions for route, actions in found.items() if actions}, untold

    def answered_without_record(self) -> list[str]:
        """Each listed page that is served while nothing can be written down, and each that tells of a person."""
        cells = [cell for cell in LOOKS if cell.route in LISTED]
        for role in {cell.role for cell in cells}:
            self.crossing.browser(role)
        with self.shut():
            return [found for cell in cells if (found := self._served(cell))]

    def _served(self, cell: Cell) -> str:
        answer = self.crossing.send(cell, self.crossing.address(cell))
        body = _words(answer)
        told = [canary for canary in self.canaries if canary in body]
        return "" if answer.status_code == 503 and not told else f"{cell}: {answer.status_code} {told}"

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Meanwhile nothing can be written down."""
        with above(self.crossing.related.world).begin() as connection:
            connection.exec_driver_sql(SHUT[self.kind])
        try:
            yield
        finally:
            with above(self.crossing.related.world).begin() as connection:
                connection.exec_driver_sql(OPEN_AGAIN[self.kind])


def _words(answer: TestResponse) -> str:
    """The body as far as it is text."""
    return answer.get_data().decode("utf-8", "replace")


@pytest.fixture(scope="module", params=KINDS if IS_LONG else KINDS[:1])
def watch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("looks")) as world:
        related = lay_related(world)
        app = create_app(world.settings, Parts())
        with above(world).connect() as connection:
            references = connection.execute(select(Case.reference)).scalars().all()
        yield Watch(Crossing(app, related), request.param, (*map(str, NAMES), *references))
        app.extensions["database"].engine.dispose()


@pytest.mark.promise("T5.3", "T5.6")
def test_every_page_writes_down_what_is_listed_and_none_shows_a_person_unrecorded(watch: Watch) -> None:
    found, untold = watch.looks()

    assert {route: sorted(actions) for route, actions in found.items()} == LISTED
    assert untold == {}
    tell("T5.3", TITLES[watch.kind], f"{len(LISTED)} routes that show people, each with its entry")
    tell(
        "T5.6",
        TITLES[watch.kind],
        f"{len(LOOKS)} looks of {len({one.route for one in LOOKS})} routes: entries as listed",
    )


@pytest.mark.promise("T5.3")
def test_while_nothing_can_be_written_down_no_page_shows_a_person(watch: Watch) -> None:
    assert watch.answered_without_record() == []
    tell("T5.3", TITLES[watch.kind], f"{len(LISTED)} routes answered 503, 0 with a person in the answer")


@pytest.mark.promise("T5.6")
def test_a_page_that_leaves_no_entry_is_found(watch: Watch) -> None:
    app = create_app(watch.crossing.related.world.settings, Parts(is_recorded=False))
    deaf = replace(watch, crossing=Crossing(app, watch.crossing.related))

    found, untold = deaf.looks(cell for cell in LOOKS if cell.route == "cases.show")
    app.extensions["database"].engine.dispose()

    assert (found, list(untold)) == ({}, ["cases.show"])
