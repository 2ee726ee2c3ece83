"""Every page that is made of what is sealed closes sooner: gone through route by route, role by role, over a caseload
in which what may be sealed is written. What is opened while an answer is made is noted at the vault itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.security.sealed_pages import SEALED_PAGES
from app.security.vault import Vault
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, made_world
from tests.security import matrix
from tests.security.crossing import Crossing
from tests.security.matrix import Cell
from tests.security.related import lay_related
from tests.security.tokens import plant
from tests.support.promises import scaled

pytestmark = pytest.mark.slow

MANY = Parts(reading_is_limited=False)
"""Nobody is stopped for looking at too much: here that is the point."""
SIGNED_OUT = "account.sign_out"
OPEN = [cell for cell in matrix.cells() if not (cell.is_refused or cell.is_barred or cell.route == SIGNED_OUT)]
ASKED = {(cell.route, cell.method, cell.subject, cell.role): cell for cell in OPEN}.values()
IN_TURN = sorted(ASKED, key=lambda cell: not cell.is_look)
"""What changes something comes after all that only looks."""
ANSWERED = frozenset({200, 409, 422})
"""With something to read: who is led on sees the page that comes then."""
STAY_LONGER = {
    "home.my_work": "everybody comes by it between two pages; of people it shows names alone, those of a few cases",
}
"""What may lie open as long as other pages although something is opened for it, each with why."""


@dataclass
class Watch:
    """A vault that is looked at, and the routes whose answers are made of what it opened."""

    crossing: Crossing
    opened: list[str] = field(default_factory=list)
    routes: set[str] = field(default_factory=set)

    def vault(self, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
        """Note what it opens from now on."""
        unwatched = vault.open

        def noting(key: bytes, sealed: bytes, table: str, *place: Any) -> Any:
            self.opened.append(table)
            return unwatched(key, sealed, table, *place)

        monkeypatch.setattr(vault, "open", noting)

    def ask(self, cell: Cell) -> None:
        """Send a request and keep its route where something was opened for what it answers."""
        address, _ = self.crossing.address(cell), self.crossing.browser(cell.role)
        self.opened.clear()
        answer = self.crossing.send(cell, address)
        if self.opened and answer.status_code in ANSWERED:
            self.routes.add(cell.route)

    def left_longer(self, listed: frozenset[str]) -> set[str]:
        """Those that no list of what closes sooner names."""
        return self.routes - listed


@pytest.fixture(scope="module", params=KINDS[: scaled(1, 2)])
def watch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("sealed")) as world, pytest.MonkeyPatch.context() as patch:
        related = lay_related(world)
        plant(world)
        app = world.app(MANY)
        found = Watch(Crossing(app, related))
        found.vault(app.extensions["database"].vault, patch)
        for cell in IN_TURN:
            found.ask(cell)
        yield found


def test_every_page_made_of_what_is_sealed_closes_sooner(watch: Watch) -> None:
    assert watch.left_longer(SEALED_PAGES) == set(STAY_LONGER)


@pytest.mark.parametrize("forgotten", ["documents.index", "hotline.show", "limits.paper", "cases.show"])
def test_a_page_that_is_forgotten_is_named(watch: Watch, forgotten: str) -> None:
    assert watch.left_longer(SEALED_PAGES - {forgotten}) == {forgotten, *STAY_LONGER}
