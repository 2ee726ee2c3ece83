"""Route by role by relation (T3.2): every request of the matrix is answered as written, on both databases and with one
of the two layers off; with both off, and with a wrong row in the policy, deviations are found.

In the long form each layer is asked for every cell; in the suite each for a sixth of them, each for others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import pytest
from flask import Flask
from sqlalchemy import make_url

from app.factory import create_app
from app.security.routes import ROUTES
from app.services.unit_of_work import Parts
from config import Settings
from tests.factories.world import Template, World, made_world
from tests.security import matrix
from tests.security.crossing import Crossing
from tests.security.related import Related, lay_related
from tests.support.promises import IS_LONG, scaled, tell

pytestmark = pytest.mark.slow

CELLS = tuple(matrix.cells())
AT_LEAST = scaled(1_700, 12_000)
LAST = "account.sign_out"
BARRED = tuple(cell for cell in CELLS if cell.is_barred)
REFUSED = tuple(cell for cell in CELLS if cell.is_refused and not cell.is_barred)
LOOKS = tuple(cell for cell in CELLS if cell.is_look and not cell.is_refused)
ACTS = tuple(cell for cell in CELLS if not (cell.is_look or cell.is_refused or cell.route == LAST))
SIGNING_OUT = tuple(cell for cell in CELLS if cell.route == LAST and not cell.is_refused)
BY_ROLE = {
    (cell.route, cell.method, cell.role): cell for cell in REFUSED if cell.expected in (matrix.ROLE, matrix.SIGN_IN)
}
IN_TURN = (*ACTS, *SIGNING_OUT)
"""What changes something comes after all that only looks, and who has signed out asks for nothing more."""
CHANGING = frozenset(IN_TURN)
ASKED = (*(cell for cell in REFUSED if cell.expected == matrix.MISSING), *BY_ROLE.values())
"""Of what is refused: what a relation refuses, in all of them, and what a role refuses, once, for it does so before any
row is asked for.
"""


@dataclass
class Country:
    """A caseload in every relation, and how the application reaches it."""

    related: Related
    parts: Parts
    layer: str = ""
    settings: Settings | None = None

    def of(self, cells: tuple[matrix.Cell, ...]) -> tuple[matrix.Cell, ...]:
        """The cells that this layer is asked for: all in the long form, else those whose turn it has.

        What changes something goes by its part of the application: one act may need that another came before it.
        """
        apart = [(cell, cell.route.partition(".")[0] if cell in CHANGING else str(cell)) for cell in cells]
        return tuple(cell for cell, name in apart if IS_LONG or crc32(name.encode()) % TURNS == TURN_OF[self.layer])

    @contextmanager
    def crossing(self, parts: Parts | None = None) -> Iterator[Crossing]:
        app = create_app(self.settings or self.related.world.settings, parts or self.parts)
        try:
            yield Crossing(app, self.related)
        finally:
            app.extensions["database"].engine.dispose()


def _as_it_is(world: World) -> Settings:
    return world.settings


def _above_the_policies(world: World) -> Settings:
    url = make_url(world.owner_url).set(drivername="postgresql+psycopg")
    return replace(world.settings, database_url=url.render_as_string(hide_password=False))


LAYERS = {
    "scope on sqlite": ("sqlite", Parts(), _as_it_is),
    "both on postgresql": ("postgresql", Parts(), _as_it_is),
    "policies alone on postgresql": ("postgresql", Parts(scope_is_on=False), _as_it_is),
    "scope alone on postgresql": ("postgresql", Parts(), _above_the_policies),
}
TURNS = 6
TURN_OF = {layer: turn for turn, layer in enumerate(LAYERS)}
"""Which of so many turns a layer has in the suite."""
KIND_OF = {layer: "PostgreSQL" if kind == "postgresql" else "SQLite" for layer, (kind, *_) in LAYERS.items()}


@pytest.fixture(scope="module", params=LAYERS)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    kind, parts, settings = LAYERS[request.param]
    with _laid(request.getfixturevalue(f"{kind}_template"), tmp_path_factory.mktemp("matrix")) as related:
        yield Country(related, parts, request.param, settings(related.world))


@contextmanager
def _laid(template: Template, folder: Path) -> Iterator[Related]:
    with made_world(template, folder) as world:
        yield lay_related(world)


def test_the_matrix_has_every_route_that_there_is_with_its_methods(sqlite_template: Template, tmp_path: Path) -> None:
    with made_world(sqlite_template, tmp_path) as world:
        app: Flask = world.app()
        there = {rule.endpoint: frozenset(rule.methods or ()) & {"GET", "POST"} for rule in app.url_map.iter_rules()}

    assert matrix.endpoints() == there


def test_every_role_and_nobody_asks_for_every_route_and_no_cell_is_left_out() -> None:
    asked = {(cell.route, cell.method, cell.role) for cell in CELLS}
    routes = {(route, method) for route, methods in matrix.endpoints().items() for method in methods}

    assert asked == {(*route, role) for route in routes for role in matrix.roles()}
    assert sorted(map(str, BARRED + REFUSED + LOOKS + IN_TURN)) == sorted(map(str, CELLS))
    assert {(cell.route, cell.method, cell.role) for cell in REFUSED} == {
        (cell.route, cell.method, cell.role) for cell in ASKED
    }


@pytest.mark.promise("T3.2", "T5.6")
def test_every_request_is_answered_as_written(country: Country, record_property: Callable[[str, object], None]) -> None:
    with country.crossing() as crossing:
        looks = crossing.deviations(country.of(LOOKS))
        before, noted = crossing.audited(), crossing.noted
        refused = crossing.deviations(country.of(ASKED))
        country.related.bar_all()
        barred = crossing.deviations(country.of(BARRED))
        written, noted = crossing.audited() - before, crossing.noted - noted
        country.related.lift_all()
        acts = crossing.deviations(country.of(IN_TURN))

    found = looks + refused + barred + acts
    record_property("cells", crossing.sent)
    tell("T3.2", KIND_OF[country.layer], f"{country.layer}: {crossing.sent} cells, {len(found)} deviations")
    tell("T5.6", KIND_OF[country.layer], f"{country.layer}: {noted} refused, {written} entries")
    assert found == []
    assert written == noted
    assert crossing.sent == len(country.of(BARRED + ASKED + LOOKS + IN_TURN)) >= AT_LEAST


PLANTED = {
    "a role too many": ("beds.board", "own:use", "national_coordinator"),
    "nobody asked": ("cases.index", "public", "anonymous"),
    "another permission": ("people.index", "count:read", "agency_supervisor"),
    "a role too few": ("cases.show", "system:administer", "advocate"),
}


@pytest.mark.promise("T3.2")
@pytest.mark.parametrize(("route", "permission", "role"), PLANTED.values(), ids=PLANTED)
def test_a_wrong_row_in_the_policy_is_found(country: Country, route: str, permission: str, role: str) -> None:
    planted = replace(country.parts, routes={**ROUTES, route: permission})
    asked = [cell for cell in CELLS if cell.route == route and cell.is_look and not cell.is_barred]

    with country.crossing(planted) as crossing:
        found = crossing.deviations(asked)

    assert any(f"by {role}" in line for line in found), found


@pytest.mark.promise("T5.6")
def test_refusals_that_are_not_written_down_are_missed(country: Country) -> None:
    with country.crossing(replace(country.parts, is_recorded=False)) as crossing:
        before = crossing.audited()
        found = crossing.deviations(UNRELATED)
        written = crossing.audited() - before

    assert found == []
    assert (written, crossing.noted >= len(UNRELATED)) == (0, True)


UNRELATED = [
    cell for cell in REFUSED if cell.route == "cases.show" and cell.relation in ("none", "unassigned", "withdrawn")
]


@pytest.mark.promise("T3.2")
def test_with_scope_off_on_sqlite_cases_open_to_whom_they_are_shut(sqlite_template: Template, tmp_path: Path) -> None:
    with _laid(sqlite_template, tmp_path) as related, Country(related, Parts(scope_is_on=False)).crossing() as crossing:
        assert next(crossing.deviating(UNRELATED), None) is not None


@pytest.mark.promise("T3.2")
def test_with_both_off_on_postgresql_cases_open_to_whom_they_are_shut(
    postgresql_template: Template, tmp_path: Path
) -> None:
    with _laid(postgresql_template, tmp_path) as related:
        country = Country(related, Parts(scope_is_on=False), settings=_above_the_policies(related.world))
        with country.crossing() as crossing:
            assert next(crossing.deviating(UNRELATED), None) is not None
