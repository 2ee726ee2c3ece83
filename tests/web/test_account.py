"""Signing in and out, and choosing a language, as a browser sees it."""

import pytest

from app.demo import PASSWORD
from tests.support.client import Visitor


def test_visitor_is_led_to_the_sign_in_page(visitor: Visitor) -> None:
    page = visitor.get("/")

    assert page.path == "/sign-in"
    assert page.heading == "Sign in"


def test_member_signs_in_and_sees_her_name_and_her_agency(visitor: Visitor) -> None:
    page = visitor.sign_in("advocate")

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
    page = visitor.submit(visitor.sign_in("advocate"), "Sign out")

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
    page = visitor.get(visitor.sign_in("advocate").links["Change your password"])

    changed = visitor.submit(page, "Change the password", old=PASSWORD, new="four words of mine")
    visitor.submit(changed, "Sign out")

    assert visitor.sign_in("advocate", "four words of mine").heading == "My work"


def test_nobody_is_offered_a_password_before_signing_in(visitor: Visitor) -> None:
    assert "Change your password" not in visitor.get("/sign-in").links
