"""Every route that shows a page, opened once in the browser by someone to whom it is open: none is left out.

Which address shows whom what stands in the matrix that was written by hand (tests/security/matrix.toml). A kind of page
that a story of this run has looked at closely is not looked at closely again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.factory import create_app
from app.services.unit_of_work import Parts
from tests.factories.world import Template, World, made_world
from tests.journeys.conftest import LOOKED_AT
from tests.journeys.pages import Person
from tests.journeys.watch import FIRST_LOAD, LATER_LOAD, Notebook
from tests.security import matrix
from tests.security.crossing import Crossing
from tests.security.matrix import ANONYMOUS, OPEN, Cell
from tests.security.related import SIGN_INS, lay_related
from tests.support.served import served

pytestmark = pytest.mark.browser

ON_THE_WAY = {"account.sign_in": "/sign-in", "account.enter_code": "/sign-in/code"}
"""What everybody has looked at before anything else, and nobody after it: whoever is signed in is led on from there."""
POLICE_SUPERVISORS = {"operations.ratios": "/operations/ratios"}
"""What is open to a role in one kind of agency alone, where the matrix has another of hers."""
REFUSED = {"nothing is there": ("/nowhere", 404), "not for this role": ("/people", 403)}


@dataclass
class Tour:
    """The application on a caseload in every relation, and a window for each role that looks at it."""

    browser: Browser
    crossing: Crossing
    notebook: Notebook
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, sign_in: str) -> Person:
        """A member in a window of her own."""
        if sign_in not in self.people:
            self.people[sign_in] = Person(self.browser, self.notebook, sign_in, self.crossing.related.world.database)
        return self.people[sign_in]

    def looks_at_all(self, cells: Iterable[Cell]) -> None:
        """Open the pages that cells of the matrix lead to, and those that it has nobody for."""
        for cell in cells:
            address = self.crossing.address(cell)
            if self.crossing.send(cell, address).mimetype == "text/html":  # a file is fetched and not looked at
                self.person(SIGN_INS[cell.role]).goes_to(address)
        for address in POLICE_SUPERVISORS.values():
            self.person("police.supervisor").goes_to(address)


@pytest.fixture(scope="module")
def tour(browser: Browser, sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    with made_world(sqlite_template, tmp_path_factory.mktemp("tour")) as world, _serving(world) as (app, address):
        tour = Tour(browser, Crossing(app, lay_related(world)), Notebook(address, looked_at=LOOKED_AT))
        yield tour
        for person in tour.people.values():
            person.window.close()


@contextmanager
def _serving(world: World) -> Iterator[tuple[Flask, str]]:
    app = create_app(world.settings, Parts())
    with served(app) as address:
        yield app, address
    app.extensions["database"].engine.dispose()


def _one_of_each_route() -> dict[str, Cell]:
    """For each route that is looked at, one cell of a member to whom it is open."""
    cells = (one for one in matrix.cells() if one.is_look and one.expected == OPEN and not one.is_barred)
    return {cell.route: cell for cell in cells if cell.role != ANONYMOUS}


def _looked_at() -> set[str]:
    return {route for route, methods in matrix.endpoints().items() if "GET" in methods}


def test_each_page_is_light_and_usable_by_everybody_on_desk_and_phone(tour: Tour) -> None:
    pages = _one_of_each_route()

    tour.looks_at_all(pages.values())

    assert tour.notebook.faults == []
    assert {*pages, *ON_THE_WAY, *POLICE_SUPERVISORS} == _looked_at()
    assert {*ON_THE_WAY.values()} <= {one.kind for one in tour.notebook.visits}
    assert tour.notebook.heaviest(is_first=True).weight <= FIRST_LOAD
    assert tour.notebook.heaviest(is_first=False).weight <= LATER_LOAD


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_refuses_is_usable_by_everybody_too(tour: Tour, name: str) -> None:
    address, status = REFUSED[name]
    tour.person("advocate").goes_to("/")

    tour.person("advocate").goes_to(address, status=status)

    assert tour.notebook.faults == []
