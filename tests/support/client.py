"""The only client of the tests: sends what a browser would, and holds every page that comes back against page_rules.

`visitor.get(path)`, `visitor.submit(page, "Save", name="...")`, `visitor.sign_in("advocate")`. Tokens and hidden fields
are taken from the page, never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pyotp
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.demo import PASSWORD
from tests.support.factors import give_code, signed_in
from tests.support.page import FormOnPage, Page
from tests.support.page_rules import faults_of

Value = str | int | bool | date | Iterable[str] | tuple[Any, str] | None
CHOSEN = "four words of my own"
REDIRECTS = (301, 302, 303, 307, 308)


class Visitor:
    """One browser. Each page is checked as it comes; `status` is what the answer must have, redirects followed."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.client = app.test_client()
        self.language = language

    def get(self, path: str, status: int = 200) -> Page:
        """Open an address."""
        return self._page(path, self.client.get(path, headers=self._headers()), status)

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Come signed in with password and code, by the services: without the pages that ask for them."""
        app = self.client.application
        token = signed_in(app.extensions["database"], name, password)
        self.client.set_cookie(app.session_interface.cookie, token)  # type: ignore[attr-defined]

    def sign_in_by_page(self, name: str, password: str = PASSWORD) -> Page:
        """Sign in with password and code as a person does; gives the page that follows."""
        sent = filled(self.get("/sign-in").form("Sign in"), {"sign_in": name, "password": password})
        answer = self.client.post("/sign-in", data=MultiDict(sent), headers=self._headers())
        assert answer.status_code == 302, f"{name}: {answer.status_code}"
        give_code(self.client.application, self.client, name)
        return self.get("/")

    def submit(self, page: Page, button: str, status: int = 200, **values: Value) -> Page:
        """Fill in the form with that button, as far as the page offers it, and send it."""
        form = page.form(button)
        sent = filled(form, values)
        pressed = next(one for one in form.buttons if one.text == button)
        if pressed["name"]:
            sent.append((pressed["name"], pressed["value"]))
        return self.send(form, sent, status)

    def send(self, form: FormOnPage, sent: Iterable[tuple[str, Any]], status: int = 200) -> Page:
        """Send values to where a form goes: for tests that send what no browser would."""
        values: MultiDict[str, Any] = MultiDict(sent)
        if form.method == "GET":
            answer = self.client.get(form.action, query_string=values, headers=self._headers())
        else:
            answer = self.client.post(form.action, data=values, headers=self._headers())
        return self._page(form.action, answer, status)

    def post(self, path: str, sent: Mapping[str, Any], status: int) -> Page:
        """Post to an address with the token of the page at hand: for routes that this reader is not offered."""
        token = self._token()
        answer = self.client.post(path, data={"csrf_token": token, **sent}, headers=self._headers())
        return self._page(path, answer, status)

    def download(self, path: str, status: int = 200) -> TestResponse:
        """Open an address that gives a file; the answer itself, unchecked but for its status and its not being kept."""
        answer = self.client.get(path, headers=self._headers())
        assert answer.status_code == status, f"{path}: {answer.status_code}, not {status}"
        assert answer.headers["Cache-Control"] == "no-store"
        return answer

    def _token(self) -> str:
        page = self.get("/") if self._is_signed_in() else self.get("/sign-in")
        return next(value for form in page.forms for name, value in form.as_it_stands() if name == "csrf_token")

    def _is_signed_in(self) -> bool:
        return self.client.get("/", headers=self._headers()).status_code == 200

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}

    def _page(self, path: str, answer: TestResponse, status: int) -> Page:
        hops = 0
        while answer.status_code in REDIRECTS and status not in REDIRECTS:
            hops += 1
            assert hops < 5, f"{path} is sent from page to page"
            path = _own(answer.headers["Location"])
            answer = self.client.get(path, headers=self._headers())
        page = Page.read(path, answer.status_code, dict(answer.headers), answer.get_data(as_text=True))
        assert page.status == status, f"{path}: {page.status}, not {status}: {page.heading} {page.errors}"
        found = faults_of(page) if status not in REDIRECTS else []
        assert not found, f"{path}:\n" + "\n".join(found)
        return page


def join(visitor: Visitor, invitation: str, password: str = CHOSEN) -> Page:
    """Begin with an invitation: choose a password, set an app up with the key that is shown, type what it shows."""
    page = visitor.submit(visitor.get("/invitation"), "Go on", invitation=invitation, password=password)
    (key,) = page.root.of_class("tc-key")
    return visitor.submit(page, "Go on", code=pyotp.TOTP(key.text.replace(" ", "")).now())


def filled(form: FormOnPage, values: Mapping[str, Value]) -> list[tuple[str, Any]]:
    """What a browser sends of a form once a person has filled in the values; raises LookupError for what is not there.

    A date fills three inputs, True and False say yes and no, several values tick several boxes, None leaves empty.
    """
    wanted: dict[str, list[Any]] = {}
    for name, value in values.items():
        for input_name, texts in _typed(name, value):
            _check_offered(form, input_name, texts)
            wanted[input_name] = texts
    kept = [(name, value) for name, value in form.as_it_stands() if name not in wanted]
    return kept + [(name, text) for name, texts in wanted.items() for text in texts]


def _typed(name: str, value: Value) -> list[tuple[str, list[Any]]]:
    if isinstance(value, date):
        parts = {"day": value.day, "month": value.month, "year": f"{value.year:04}"}
        return [(f"{name}-{part}", [str(number)]) for part, number in parts.items()]
    if isinstance(value, bool):
        return [(name, ["yes" if value else "no"])]
    if value is None:
        return [(name, [])]
    if isinstance(value, str | int):
        return [(name, [str(value)])]
    if isinstance(value, tuple):
        return [(name, [value])]
    return [(name, list(value))]


def _check_offered(form: FormOnPage, name: str, texts: list[Any]) -> None:
    if name not in form.names:
        raise LookupError(f"the form to {form.action} has no field {name!r}; it has {sorted(form.names)}")
    offered = form.offered(name)
    if offered is not None and not set(texts) <= offered:
        raise LookupError(f"{name!r} offers {sorted(offered)}, not {texts}")


def _own(location: str) -> str:
    parts = urlsplit(location)
    assert not parts.netloc, f"a redirect leaves the site: {location}"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
