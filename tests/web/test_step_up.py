"""What asks for a fresh second factor: names of a pair, an address, files of people, changes of members, an erasure.
Nothing typed is lost over it, and it does not open without.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from app.security.routes import ROUTES
from app.security.step_up import STEP_UP
from app.services import erasing
from app.services.unit_of_work import Parts
from tests.factories.closing import close
from tests.factories.world import A_DAY, KINDS, Template, World
from tests.support.client import Visitor
from tests.support.factors import code_of
from tests.support.page import Page
from tests.support.served import MovableClock

LATER = timedelta(minutes=5, seconds=1)
IN_TIME = timedelta(minutes=4, seconds=55)
ASKED, ADMIN = "Enter a fresh code", "administrator"
SHELTER, SUPERVISOR = "shelter.coordinator", "advocacy.supervisor"
STREET = "Rruga e Provës 7"


class Screen:
    """A signed-in administrator, and a clock that goes on while she is away."""

    def __init__(self, world: World, clock: MovableClock) -> None:
        self.world, self.clock = world, clock
        self.visitor = Visitor(world.app())
        self.visitor.sign_in(ADMIN)
        self.form = f"/people/agencies/{world.agencies['advocacy_prishtine']}/members/new"

    def code(self) -> str:
        return code_of(self.world.database, ADMIN)

    def sends(self, page: Page, status: int = 200) -> Page:
        told = {"name": "Mira Test", "sign_in": "mira.test", "roles": ["advocate"]}
        return self.visitor.submit(page, "Add the person", status=status, **told)

    def another(self, name: str) -> Visitor:
        """Somebody else at a screen of her own."""
        found = Visitor(self.visitor.client.application)
        found.sign_in(name)
        return found

    def goes_on(self, visitor: Visitor, name: str, asked: Page) -> Page:
        return visitor.submit(asked, "Go on", step_up_code=code_of(self.world.database, name))


def _screen(template: Template, make_world: Callable[..., World], step_up: frozenset[str] | None) -> Screen:
    clock = MovableClock(date(2026, 3, 2))
    return Screen(make_world(template, Parts(clock=clock, step_up=step_up)), clock)


@pytest.fixture(params=KINDS)
def screen(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Screen:
    return _screen(request.getfixturevalue(f"{request.param}_template"), make_world, None)


@pytest.fixture
def open_screen(sqlite_template: Template, make_world: Callable[..., World]) -> Screen:
    return _screen(sqlite_template, make_world, frozenset())


def test_a_page_is_come_back_to_once_a_fresh_code_is_given(screen: Screen) -> None:
    screen.clock.leap += LATER

    asked = screen.visitor.get(screen.form)
    wrong = screen.visitor.submit(asked, "Go on", status=422, step_up_code="12")
    opened = screen.visitor.submit(wrong, "Go on", step_up_code=screen.code())

    assert (asked.heading, wrong.heading, opened.heading) == (ASKED, ASKED, "Add a person")
    assert wrong.errors == ["This code is not right, or it was used before. Wait for the next one."]
    assert opened.path == screen.form


def test_a_form_that_was_sent_goes_on_with_the_code_and_nothing_typed_is_lost(screen: Screen) -> None:
    page = screen.visitor.get(screen.form)
    screen.clock.leap += LATER

    asked = screen.sends(page, status=403)
    wrong = screen.visitor.submit(asked, "Go on", status=422, step_up_code="999")
    done = screen.visitor.submit(wrong, "Go on", step_up_code=screen.code())

    assert (asked.heading, done.heading) == (ASKED, "Invitation")
    assert "Mira Test" in done.text


def test_a_code_is_asked_for_no_sooner_than_five_minutes_after_the_last_one(screen: Screen) -> None:
    screen.clock.leap += IN_TIME

    assert screen.visitor.get(screen.form).heading == "Add a person"


def test_without_the_list_of_routes_nothing_asks(open_screen: Screen) -> None:
    page = open_screen.visitor.get(open_screen.form)
    open_screen.clock.leap += LATER

    assert open_screen.sends(page).heading == "Invitation"


def _own_address(screen: Screen, coordinator: Visitor, status: int = 200) -> Page:
    """Ask for it, from a page opened before, at a screen that was left on another that may lie longer."""
    kept = coordinator.submit(coordinator.get("/address"), "Seal the address", address=STREET)
    coordinator.get("/")
    screen.clock.leap += LATER
    return coordinator.submit(kept, "Show what is recorded", status)


def test_the_address_of_ones_own_house_is_shown_after_a_fresh_code(screen: Screen) -> None:
    coordinator = screen.another(SHELTER)

    asked = _own_address(screen, coordinator, 403)
    shown = screen.goes_on(coordinator, SHELTER, asked)

    assert (asked.heading, STREET in asked.text) == (ASKED, False)
    assert STREET in shown.text


def test_without_the_list_the_address_of_ones_own_house_is_shown_at_once(open_screen: Screen) -> None:
    assert STREET in _own_address(open_screen, open_screen.another(SHELTER)).text


def _erasure(screen: Screen, supervisor: Visitor, status: int = 200) -> Page:
    """Decide on one at a screen that was left with the list on it."""
    case_id = screen.world.with_advocate()
    close(screen.world, case_id, A_DAY)
    erasing.ask(screen.world.actor("advocate"), case_id, "person_asked")
    page = supervisor.get("/erasures")
    button = next(one.text for form in page.forms for one in form.buttons if one.text.startswith("Erase for good"))
    screen.clock.leap += LATER
    return supervisor.submit(page, button, status)


def test_a_case_is_erased_after_a_fresh_code(screen: Screen) -> None:
    supervisor = screen.another(SUPERVISOR)

    asked = _erasure(screen, supervisor, 403)
    done = screen.goes_on(supervisor, SUPERVISOR, asked)

    assert asked.heading == ASKED
    assert "No erasure waits for a decision." in done.text


def test_without_the_list_a_case_is_erased_at_once(open_screen: Screen) -> None:
    assert "No erasure waits for a decision." in _erasure(open_screen, open_screen.another(SUPERVISOR)).text


def test_other_pages_ask_for_nothing(screen: Screen) -> None:
    screen.clock.leap += LATER

    assert screen.visitor.get("/people").heading != ASKED


def test_the_question_leads_to_no_other_site(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.sign_in(ADMIN)

    page = visitor.get("/step-up?back=//elsewhere.test/&step_up_back=//elsewhere.test/")
    code = code_of(app.extensions["database"], ADMIN)

    assert visitor.submit(page, "Go on", step_up_code=code).path == "/"


def test_every_route_that_asks_is_a_route() -> None:
    assert set(ROUTES) >= STEP_UP
