"""Signing in and out, and choosing a language, as a browser sees it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from app.demo import PASSWORD
from app.models.audit import AuditEntry
from app.security.actor import system_actor
from app.services.sign_in_tries import FREE_TRIES
from app.services.unit_of_work import Parts
from tests.factories.world import Template, World
from tests.support.client import Visitor

WRONG = "The password you have now: This is not your password"
HELD_UP = "Too many tries. Wait a quarter of an hour, then try again."


def test_visitor_is_led_to_the_sign_in_page(visitor: Visitor) -> None:
    page = visitor.get("/")

    assert page.path == "/sign-in"
    assert page.heading == "Sign in"


def test_member_signs_in_and_sees_her_name_and_her_agency(visitor: Visitor) -> None:
    page = visitor.sign_in_by_page("advocate")

    assert page.heading == "My work"
    assert page.root.of_class("tc-reader__agency")[0].text == "Victim Advocacy Office, Prishtinë"
    assert page.root.of_class("tc-reader__name")[0].text.endswith("Victim Advocacy Office, Prishtinë")


@pytest.mark.parametrize(
    ("name", "password"), [("advocate", "wrong"), ("nobody", "wrong"), ("nobody", "demo only, not for real people")]
)
def test_wrong_name_and_wrong_password_read_alike(visitor: Visitor, name: str, password: str) -> None:
    page = visitor.submit(visitor.get("/sign-in"), "Sign in", status=422, sign_in=name, password=password)

    assert page.errors == ["Sign-in name: The sign-in name or the password is not right."]
    assert page.form("Sign in").element.all("input", where=lambda e: e["type"] == "password")[0]["value"] == ""


def test_sign_in_without_a_password_says_what_is_missing(visitor: Visitor) -> None:
    page = visitor.submit(visitor.get("/sign-in"), "Sign in", status=422, sign_in="advocate")

    assert page.errors == ["Password: Enter your password"]


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000, "💧", "'; --"])
def test_sign_in_answers_whatever_is_typed(visitor: Visitor, name: str) -> None:
    page = visitor.submit(visitor.get("/sign-in"), "Sign in", status=422, sign_in=name, password="x\x00y")

    assert page.errors


def test_member_signs_out_and_nothing_opens_any_more(visitor: Visitor) -> None:
    page = visitor.submit(visitor.sign_in_by_page("advocate"), "Sign out")

    assert page.path == "/sign-in"
    assert visitor.get("/").path == "/sign-in"


@pytest.mark.parametrize(("button", "language"), [("SQ Shqip", "sq"), ("SR Srpski", "sr-Latn"), ("EN English", "en")])
def test_language_is_chosen_in_the_head_and_kept(visitor: Visitor, button: str, language: str) -> None:
    page = visitor.submit(visitor.get("/sign-in"), button)

    assert page.path == "/sign-in"
    assert page.root.all("html")[0]["lang"] == language
    assert visitor.get("/sign-in").root.all("html")[0]["lang"] == language


def test_language_form_leads_back_to_no_other_site(visitor: Visitor) -> None:
    form = visitor.get("/sign-in").form("SQ Shqip")
    sent = [pair for pair in form.as_it_stands() if pair[0] != "back"]

    page = visitor.send(form, [*sent, ("language", "sq"), ("back", "//elsewhere.test/")])

    assert page.path == "/sign-in"


def test_member_changes_her_password_from_the_foot_of_any_page(visitor: Visitor) -> None:
    page = visitor.get(visitor.sign_in_by_page("advocate").links["Change your password"])

    changed = visitor.submit(page, "Change the password", old=PASSWORD, new="four words of mine")
    visitor.submit(changed, "Sign out")

    assert visitor.sign_in_by_page("advocate", "four words of mine").heading == "My work"


def test_whoever_guesses_her_password_at_her_open_screen_is_held_up(world: World, visitor: Visitor) -> None:
    visitor.sign_in("advocate")

    answers = _guessed_at_her_screen(visitor)

    assert answers[: FREE_TRIES + 1] == [WRONG] * FREE_TRIES + [HELD_UP]
    assert len(_entries(world, "member:password_refused")) == FREE_TRIES


def test_without_the_throttle_nobody_is_held_up_at_her_screen(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    visitor = Visitor(make_world(sqlite_template, Parts(tries_are_held_up=False)).app())
    visitor.sign_in("advocate")

    assert set(_guessed_at_her_screen(visitor)) == {WRONG}


def _guessed_at_her_screen(visitor: Visitor) -> list[str]:
    page, said = visitor.get("/password"), []
    for number in range(FREE_TRIES + 2):
        page = visitor.submit(page, "Change the password", status=422, old=f"guess {number}", new="four words of mine")
        said += page.errors
    return said


def _entries(world: World, action: str) -> list[UUID | None]:
    with world.database.read(system_actor("auditor")) as work:
        return list(work.session.execute(select(AuditEntry.member_id).where(AuditEntry.action == action)).scalars())


def test_a_password_that_is_on_every_list_is_refused(visitor: Visitor) -> None:
    page = visitor.get(visitor.sign_in_by_page("advocate").links["Change your password"])

    refused = visitor.submit(page, "Change the password", status=422, old=PASSWORD, new="password123456")

    assert refused.errors[0].startswith("The new password: This is guessed soon")


def test_a_code_that_is_wrong_is_said_at_its_field_and_opens_nothing(visitor: Visitor) -> None:
    page = visitor.submit(visitor.get("/sign-in"), "Sign in", sign_in="advocate", password=PASSWORD)

    refused = visitor.submit(page, "Go on", status=422, code="not one")

    assert refused.errors == ["This code is not right, or it was used before. Wait for the next one."]
    assert visitor.get("/cases").heading == "Sign in"


def test_the_page_of_the_code_says_what_comes_first(visitor: Visitor) -> None:
    assert "Your password comes first" in visitor.get("/sign-in/code").text


def test_nobody_is_offered_a_password_before_signing_in(visitor: Visitor) -> None:
    assert "Change your password" not in visitor.get("/sign-in").links
