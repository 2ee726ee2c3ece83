"""A site with nothing in it but agencies and people, a clock that can be moved, and people who sit down at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from playwright.sync_api import Browser

from app.factory import create_app
from app.services.unit_of_work import Parts
from tests.factories.world import World
from tests.journeys.pages import Person
from tests.journeys.watch import Notebook
from tests.support.served import MovableClock, served

LOOKED_AT: set[str] = set()
"""The kinds of pages that were looked at closely in this run, so that each is once."""


@dataclass
class Site:
    """The application being served, its clock, and the people at their screens, by sign-in name."""

    browser: Browser
    clock: MovableClock
    notebook: Notebook
    world: World
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, sign_in: str) -> Person:
        """A member at her screen; the same window each time."""
        if sign_in not in self.people:
            self.people[sign_in] = Person(self.browser, self.notebook, sign_in, self.world.database)
        return self.people[sign_in]

    def move_to(self, day: date) -> None:
        """Let the days until then go by: everybody has gone home in between."""
        self.clock.move_to(day)
        for person in self.people.values():
            person.goes_home()

    def close(self) -> None:
        """Everybody leaves."""
        for person in self.people.values():
            person.window.close()


SiteMaker = Callable[[str, date], Site]


@pytest.fixture
def make_site(
    request: pytest.FixtureRequest, browser: Browser, make_world: Callable[..., World]
) -> Iterator[SiteMaker]:
    """Serve the application on a database of a kind, on a day."""
    ends = []

    def make(kind: str, day: date) -> Site:
        clock = MovableClock(day)
        parts = Parts(clock=clock)
        world = make_world(request.getfixturevalue(f"{kind}_template"), parts)
        app = create_app(world.settings, parts)
        serving = served(app)
        address = serving.__enter__()
        site = Site(browser, clock, Notebook(address, looked_at=LOOKED_AT), world)
        ends.append((site, serving, app))
        return site

    yield make
    for site, serving, app in ends:
        site.close()
        serving.__exit__(None, None, None)
        app.extensions["database"].engine.dispose()
