"""What another site makes a browser send is refused, with a token of ours and with the cookie too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.services.unit_of_work import Parts
from tests.factories.world import Template, World
from tests.support.client import Visitor

FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour of the same domain": {"Sec-Fetch-Site": "same-site"},
    "one that names our origin": {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    "its form": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    "a word that no browser says": {"Sec-Fetch-Site": "anything"},
    "another origin, of an older browser": {"Origin": "https://elsewhere.test"},
    "an origin that begins as ours": {"Origin": "http://localhost.elsewhere.test"},
    "an origin that is none": {"Origin": "http://["},
}
OWN = {
    "a page of ours": {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    "the person herself": {"Sec-Fetch-Site": "none"},
    "a page of ours, in an older browser": {"Origin": "null"},
    "our origin by name": {"Origin": "http://localhost"},
    "a browser that says nothing": {},
}
LOADED = {
    "as a picture": {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    "as a script": {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    "in a frame": {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    "by its script": {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    "in a way that is not told": {},
}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.fixture
def make_visitor(make_world: Callable[..., World], sqlite_template: Template) -> Callable[..., Visitor]:
    """A browser; at which database changes nothing here."""

    def make(**parts: bool) -> Visitor:
        return Visitor(make_world(sqlite_template, Parts(**parts)).app())  # type: ignore[arg-type]

    return make


Make = Callable[..., Visitor]


def _signs_out(visitor: Visitor, headers: dict[str, str], base_url: str = "http://localhost") -> tuple[int, bool]:
    """Sign in, and have a form sent with its own token; the answer, and whether she is out afterwards."""
    visitor.sign_in("advocate")
    form = visitor.get("/").form("Sign out")
    sent = dict(form.as_it_stands())
    answer = visitor.client.post(form.action, data=sent, headers=headers, base_url=base_url)
    return answer.status_code, visitor.client.get("/").status_code == 302


def _each_signs_out(visitor: Visitor, sent: dict[str, dict[str, str]]) -> dict[str, tuple[int, bool]]:
    return {name: _signs_out(visitor, headers) for name, headers in sent.items()}


def _loaded(visitor: Visitor) -> set[int]:
    visitor.sign_in("advocate")
    told = [{"Sec-Fetch-Site": site, **how} for site in ("cross-site", "same-site") for how in LOADED.values()]
    return {visitor.client.get("/", headers=one).status_code for one in told}


def test_a_form_of_another_site_does_nothing_though_its_token_is_right(make_visitor: Make) -> None:
    assert _each_signs_out(make_visitor(), FOREIGN) == dict.fromkeys(FOREIGN, (403, False))


def test_where_sites_are_not_told_apart_it_does(make_visitor: Make) -> None:
    assert _each_signs_out(make_visitor(other_sites_are_refused=False), FOREIGN) == dict.fromkeys(FOREIGN, (302, True))


def test_a_form_of_ours_goes_through(make_visitor: Make) -> None:
    assert _each_signs_out(make_visitor(), OWN) == dict.fromkeys(OWN, (302, True))


def test_another_site_loads_no_page_of_ours(make_visitor: Make) -> None:
    assert _loaded(make_visitor()) == {403}


def test_where_sites_are_not_told_apart_it_loads_them(make_visitor: Make) -> None:
    assert _loaded(make_visitor(other_sites_are_refused=False)) == {200}


def test_a_link_of_another_site_leads_to_a_page(make_visitor: Make) -> None:
    assert make_visitor().client.get("/sign-in", headers=LINK).status_code == 200


def test_a_form_goes_through_tls_though_our_pages_tell_no_referrer(make_visitor: Make) -> None:
    assert _signs_out(make_visitor(), {}, "https://localhost")[0] == 302


def test_where_a_referrer_is_asked_for_no_form_goes_through_tls(make_visitor: Make) -> None:
    visitor = make_visitor()
    visitor.client.application.config["WTF_CSRF_SSL_STRICT"] = True

    assert _signs_out(visitor, {}, "https://localhost")[0] == 400
