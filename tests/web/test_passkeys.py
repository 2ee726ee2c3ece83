"""Passkeys on the pages: made, used to sign in and where a fresh factor is asked for, taken away; in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from app.demo import PASSWORD
from app.models.agency import SignInSession
from app.security.actor import system_actor
from app.services import passkeys, unit_of_work
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, World
from tests.support.authenticator import Device
from tests.support.chromium import accessibility_faults
from tests.support.client import Visitor
from tests.support.factors import code_of
from tests.support.page import Page as Read
from tests.support.served import MovableClock, served

OURS = "http://localhost:8000"
FIRST, AGAIN = "Use your passkey", "Use your passkey once more"
REFUSED = "This passkey was not taken: it was not yours, or not asked for just now. Try again."
LATER = timedelta(minutes=6)
ADMIN, WHO = "administrator", "advocate"


@dataclass
class Screen:
    """A browser, a device beside it, and a clock that goes on while its member is away."""

    world: World
    clock: MovableClock
    name: str = ADMIN
    device: Device = field(default_factory=lambda: Device(OURS))

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.world.app())

    def makes(self, name: str = "Key on my ring", **told: Any) -> Read:
        """Signed in already: the device makes a key on the page."""
        page = self.visitor.get("/passkeys")
        made = self.device.make(options_on(page))
        return self.visitor.submit(page, "Make a passkey", **{"name": name, "made": made, **told})

    def password(self) -> Read:
        """The page that follows a right password."""
        return self.visitor.submit(self.visitor.get("/sign-in"), "Sign in", sign_in=self.name, password=PASSWORD)

    def with_passkey(self) -> Read:
        """She has made one, and is signed out again; the page that follows her password."""
        self.visitor.sign_in(self.name)
        self.visitor.submit(self.makes(), "Sign out")
        return self.password()

    def gives(self, page: Read, name: str = "passkey", status: int = 200) -> Read:
        """Have the device sign what the page asks."""
        return self.visitor.submit(page, FIRST, status, **{name: self.device.sign(options_on(page))})


def options_on(page: Read) -> str:
    (form,) = page.root.all("form", where=lambda one: "data-passkey" in one)
    return form["data-options"]


@pytest.fixture(params=KINDS)
def screen(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Screen:
    clock = MovableClock(date(2026, 3, 2))
    template: Template = request.getfixturevalue(f"{request.param}_template")
    return Screen(make_world(template, Parts(clock=clock)), clock)


def test_a_passkey_is_made_under_a_name_and_signs_in(screen: Screen) -> None:
    asked = screen.with_passkey()

    signed_in = screen.gives(asked)

    assert (asked.heading, signed_in.heading) == (FIRST, "My work")
    assert "Key on my ring" in screen.visitor.get("/passkeys").text


def test_who_makes_one_says_what_the_device_is_called(screen: Screen) -> None:
    screen.visitor.sign_in(ADMIN)

    page = screen.visitor.get("/passkeys")
    refused = screen.visitor.submit(page, "Make a passkey", 422, made="")

    assert refused.errors == ["Name of the device: Say what this device is called"]


def test_what_is_no_key_is_refused_at_the_form_and_what_was_typed_stays(screen: Screen) -> None:
    screen.visitor.sign_in(ADMIN)

    page = screen.visitor.get("/passkeys")
    refused = screen.visitor.submit(page, "Make a passkey", 422, name="Mine", made="{}")

    assert refused.errors == [REFUSED]
    assert 'value="Mine"' in refused.body


def test_whose_role_asks_for_one_is_reminded_until_she_has_one(screen: Screen) -> None:
    reminder = "Your role asks for a passkey, and you have none yet"
    before = screen.visitor
    before.sign_in(ADMIN)

    assert reminder in before.get("/").text
    screen.makes()
    assert reminder not in before.get("/").text


def test_nobody_else_is_reminded(screen: Screen) -> None:
    screen.visitor.sign_in(WHO)

    assert "Your role asks for a passkey" not in screen.visitor.get("/").text


def test_of_whose_role_asks_for_one_no_code_is_taken_and_the_page_says_so(screen: Screen) -> None:
    asked = screen.with_passkey()

    refused = screen.visitor.submit(asked, "Go on", 422, code=code_of(screen.world.database, ADMIN))

    assert refused.errors == ["Use your passkey: in your role no code of an app is taken once you have one."]
    assert "In your role no code of an app is taken once you have a passkey" in asked.text
    assert "Recovery code" in asked.text


def test_of_others_a_code_does_as_well(screen: Screen) -> None:
    screen.name = WHO

    asked = screen.with_passkey()
    signed_in = screen.visitor.submit(asked, "Go on", code=code_of(screen.world.database, WHO))

    assert (asked.heading, signed_in.heading) == (FIRST, "My work")


def test_a_wrong_answer_is_said_and_something_else_is_asked(screen: Screen) -> None:
    asked = screen.with_passkey()

    refused = screen.visitor.submit(asked, FIRST, 422, passkey="{}")

    assert (refused.errors, options_on(refused) != options_on(asked)) == ([REFUSED], True)
    assert screen.gives(refused).heading == "My work"


def test_a_page_is_come_back_to_once_a_passkey_has_signed(screen: Screen) -> None:
    screen.gives(screen.with_passkey())
    screen.clock.leap += LATER

    asked = screen.visitor.get("/recovery-codes")
    opened = screen.gives(asked, "step_up_passkey")

    assert (asked.heading, opened.heading) == (AGAIN, "Recovery codes")


def test_a_form_that_was_sent_goes_on_with_the_passkey_and_nothing_typed_is_lost(screen: Screen) -> None:
    screen.gives(screen.with_passkey())
    form = f"/people/agencies/{screen.world.agencies['advocacy_prishtine']}/members/new"
    page = screen.visitor.get(form)
    screen.clock.leap += LATER

    told = {"name": "Mira Test", "sign_in": "mira.test", "roles": ["advocate"]}
    asked = screen.visitor.submit(page, "Add the person", 403, **told)
    wrong = screen.visitor.submit(asked, FIRST, 422, step_up_passkey="{}")
    done = screen.gives(wrong, "step_up_passkey")

    assert (asked.heading, wrong.errors, done.heading) == (AGAIN, [REFUSED], "Invitation")
    assert "Mira Test" in done.text


def test_passkeys_are_shown_made_and_taken_away_with_a_fresh_factor_alone(screen: Screen) -> None:
    screen.gives(screen.with_passkey())
    page = screen.visitor.get("/passkeys")
    screen.clock.leap += LATER

    shown = screen.visitor.get("/passkeys")
    made = screen.visitor.submit(page, "Make a passkey", 403, name="Theirs", made="{}")
    gone = screen.visitor.post("/passkeys/remove", {"passkey_id": "x"}, 403)

    assert (shown.heading, made.heading, gone.heading) == (AGAIN, AGAIN, AGAIN)
    assert [one.name for one in passkeys.mine(screen.world.actor(ADMIN))] == ["Key on my ring"]


def test_without_the_list_of_routes_a_passkey_is_made_at_a_screen_that_was_left_open(
    sqlite_template: Template, make_world: Callable[..., World]
) -> None:
    clock = MovableClock(date(2026, 3, 2))
    screen = Screen(make_world(sqlite_template, Parts(clock=clock, step_up=frozenset())), clock)
    screen.visitor.sign_in(ADMIN)
    screen.clock.leap += LATER

    assert "Key on my ring" in screen.makes().text


def test_the_only_one_of_whose_role_asks_for_one_stays(screen: Screen) -> None:
    screen.visitor.sign_in(ADMIN)
    page = screen.makes()
    (kept,) = passkeys.mine(screen.world.actor(ADMIN))

    refused = screen.visitor.post("/passkeys/remove", {"passkey_id": str(kept.id)}, 200)

    assert ("Take it away" in page.text, "The only one: make another first." in page.text) == (False, True)
    assert "Your role asks for a passkey, and this is your only one: make another first." in refused.text


def test_one_of_two_is_taken_away(screen: Screen) -> None:
    screen.visitor.sign_in(ADMIN)
    screen.makes("First")
    screen.device = Device(OURS)
    page = screen.makes("Second")

    gone = screen.visitor.submit(page, "Take it away First")

    assert ("First" in gone.text, "Second" in gone.text) == (False, True)


def test_who_makes_one_is_signed_out_where_a_code_was_given_before(screen: Screen) -> None:
    false_page = Visitor(screen.world.app())
    false_page.sign_in(WHO)
    screen.visitor.sign_in(WHO)

    page = screen.makes()

    assert "You are signed in here alone." in page.text
    assert false_page.get("/").heading == "Sign in"


def test_a_lost_device_is_signed_out_as_its_passkey_is_taken_away(screen: Screen) -> None:
    screen.name = WHO
    lost = Screen(screen.world, screen.clock, WHO, screen.device)
    asked = screen.with_passkey()
    lost.gives(lost.password())
    page = screen.visitor.submit(asked, "Go on", code=code_of(screen.world.database, WHO))

    gone = screen.visitor.submit(screen.visitor.get("/passkeys"), "Take it away Key on my ring")

    assert (page.heading, "You are signed in here alone." in gone.text) == ("My work", True)
    assert lost.visitor.get("/").heading == "Sign in"


@pytest.mark.parametrize("named", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_one_that_is_not_hers_is_not_there(screen: Screen, named: str) -> None:
    screen.visitor.sign_in(ADMIN)

    page = screen.visitor.post("/passkeys/remove", {"passkey_id": named}, 200)

    assert "Nothing was changed: there is no such passkey of yours." in page.text


def test_where_a_browser_has_come_by_another_name_it_is_told_the_right_one(screen: Screen) -> None:
    screen.visitor.sign_in(ADMIN)
    app = screen.visitor.client.application
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_address="https://ours.test")

    page = screen.visitor.get("/passkeys")

    assert "Passkeys are made for one address and work there alone: https://ours.test/" in page.text
    assert page.root.all("form", where=lambda one: "data-passkey" in one) == []


def test_without_a_script_the_page_says_that_a_passkey_needs_one(screen: Screen) -> None:
    page = screen.with_passkey()

    (told,) = page.root.all("noscript")
    assert told.text == "A passkey needs JavaScript, which is switched off in this browser."
    assert page.form(FIRST).element.attributes.get("hidden") == ""


@pytest.mark.browser
@pytest.mark.parametrize("world", KINDS, indirect=True)
def test_in_a_real_browser_a_passkey_is_made_signs_in_and_is_asked_again(world: World, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="en-GB")
    page = context.new_page()
    _plug_in(page)
    app = world.app()

    with served(app) as numbered:
        address = numbered.replace("127.0.0.1", "localhost")
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_address=address)
        _give_password(page, address)
        page.fill("#code", code_of(world.database, ADMIN))
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("link", name="Make a passkey").click()
        faults = accessibility_faults(page)
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.get_by_role("alert").first).to_contain_text("Something needs another look")
        page.fill("#name", "Key on my ring")
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.get_by_role("alert").first).to_contain_text("The passkey is kept")
        page.get_by_role("button", name="Sign out").click()

        _give_password(page, address)
        faults += accessibility_faults(page)
        page.get_by_role("button", name=FIRST).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My work")

        _forget_the_factor(world)
        page.goto(f"{address}/recovery-codes")
        expect(page.get_by_role("heading", level=1)).to_have_text(AGAIN)
        faults += accessibility_faults(page)
        page.get_by_role("button", name=FIRST).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
        context.close()

    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_in_a_real_browser_a_device_that_does_not_answer_is_said_and_nothing_is_sent(
    world: World, browser: Browser
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    _plug_in(page, isUserVerified=False)
    app = world.app()

    with served(app) as numbered:
        address = numbered.replace("127.0.0.1", "localhost")
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_address=address)
        _give_password(page, address)
        page.fill("#code", code_of(world.database, ADMIN))
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("link", name="Make a passkey").click()
        page.fill("#name", "Key on my ring")
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.locator("[data-passkey-fault]")).to_contain_text("Your device did not answer")
        context.close()

    assert passkeys.mine(world.actor(ADMIN)) == []


def _plug_in(page: Page, **otherwise: bool) -> None:
    """A device that the browser itself plays: a key is made in it, and leaves it never."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**told, **otherwise}})


def _give_password(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#sign_in", ADMIN)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _forget_the_factor(world: World) -> None:
    """As though it had been given longer ago than five minutes."""
    unit_of_work.bind(world.database)
    with unit_of_work.write(system_actor("sign_in")) as work:
        work.change(update(SignInSession).values(stepped_up_at=None))
        work.commit_unaudited()
