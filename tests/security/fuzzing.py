"""Sends rubbish to every form and every address, and says what came back that must not."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import got_request_exception
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.security.crossing import Crossing
from tests.security.matrix import Cell
from tests.security.rubbish import ID, MARK, Body, is_text
from tests.support.page import Element, FormOnPage, Page
from tests.support.page_rules import faults_of
from tests.support.promises import IS_LONG, scaled

ASKED_BY_FRAMEWORKS = ("endpoint", "_external", "_anchor", "_scheme", "_method", "values", "self")
NAMES = ("page", "after", "show", "day", "read_as", "follows", "metric", "dimension", "value", "agency")
EACH = scaled(24, 4)
"""Of how many pages or names one meets a value by itself."""
TYPED_HERE = {f"the page shows {sign!r}" for sign in ("{{", "}}", "%(")}
"""What page_rules takes for a template that shows; here it was typed into a field, and is shown as it was typed."""
ANYBODYS = "quick_exit.calendar"
"""The page that names no system, in its title neither: who looks over a shoulder sees a calendar."""
NOT_DONE = "This was not done"
"""The heading of the page for what is refused as a whole, with nothing to fill in again."""
FRESH = re.compile(r'(name="(?:csrf_token|once)"[^>]* value=")[^"]+')
"""What is another on each page, whatever was asked for."""
ENDING = frozenset({"clocks.pause", "corrections.take_back", "referrals.give_back", "referrals.report"})
"""Forms that any words are an answer to, and that end what they are about."""
NO_FORM = FormOnPage(Element("form"), "/")


@dataclass
class Fuzz:
    """One application with its browsers: the forms that its pages offer, and the exceptions that reached its edge."""

    crossing: Crossing
    forms: dict[tuple[str, str], FormOnPage] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    raised: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    judged: dict[int, list[str]] = field(default_factory=dict)
    sent: int = 0
    turn: int = 0
    """Where it begins where each page or form gets a part of the values; another one gets others."""

    def read_pages(self, cells: Iterable[Cell]) -> None:
        """Note the forms of every page, by route and by address, and the names that its links ask for."""
        for cell in cells:
            self.read_page(cell, self.crossing.address(cell))

    def read_page(self, cell: Cell, address: str) -> None:
        """Note the forms of one page, as the role of a cell sees it."""
        answer = self._get(cell.role, address)
        if not _is_page(answer):
            return
        page = _page(answer, address)
        for form in (way for each in page.forms for way in each.ways):
            self._note(cell, form)
        for link in page.root.all("a"):
            self.names.setdefault(cell.route, set()).update(dict(parse_qsl(urlsplit(link["href"]).query)))

    def _note(self, cell: Cell, form: FormOnPage) -> None:
        if form.method == "GET":
            self.names.setdefault(cell.route, set()).update(form.names)
            return
        self.forms[(cell.role, form.action)] = form
        route = self.route_of(form.action)
        known = self.forms.get((route, ""))
        if known is None or len(known.names) < len(form.names):
            self.forms[(route, "")] = form

    def route_of(self, address: str) -> str:
        """Which route a form goes to; empty for none."""
        try:
            path = urlsplit(address).path
            return str(self.crossing.app.url_map.bind("localhost").match(path, method="POST")[0])
        except (HTTPException, RequestRedirect):
            return ""

    def form_of(self, cell: Cell) -> FormOnPage:
        """The form that goes to a cell's address, or to its route; one without fields where no page has one."""
        address = self.crossing.address(cell)
        return self.forms.get((cell.role, address)) or self.forms.get((cell.route, ""), NO_FORM)

    def faults_of_bodies(self, cells: Iterable[Cell], bodies: Sequence[Body], each: int = 1) -> list[str]:
        """Each body once to each route, in turn by all who may send it and to all that is open to them.

        With `each` one of so many bodies goes to a route, and the next one to the next.
        """
        routes = [list(group) for _, group in groupby(cells, key=lambda cell: cell.route)]
        # A button acts whatever is sent with it, and takes its subject from what would come after it.
        asking = [one for one in routes if one[0].route not in ENDING and has_questions(self.form_of(one[0]))]
        buttons = [one for one in routes if one not in asking]
        rounds = [
            (open_cells[number % len(open_cells)], body)
            for group in (asking, buttons)
            for number, body in enumerate(bodies)
            for turn, open_cells in enumerate(group)
            if (number + turn + self.turn) % each == 0
        ]
        return [f"{body.name} to {cell}: {fault}" for cell, body in rounds for fault in self._send(cell, body)]

    def faults_of_queries(self, cells: Iterable[Cell], values: Iterable[str]) -> list[str]:
        """Values in every name that a page knows, all at once and each by itself, and in names of frameworks.

        Every value to each page that asks for anything, in the long form; in the suite, and by itself or to a page that
        asks for nothing, a part of them each, in turn, so that every kind of page meets them all.
        """
        listed = list(values)
        found = []
        for turn, (_, group) in enumerate(groupby(cells, key=lambda cell: cell.route)):
            open_cells = list(group)
            asked = sorted(self.names.get(open_cells[0].route, set()) - {"csrf_token"})
            for_this = listed if asked and IS_LONG else listed[(turn + self.turn) % EACH :: EACH]
            together = [dict.fromkeys((*NAMES, *asked), text) for text in for_this]
            apart = [{name: text} for at, name in enumerate(asked) for text in listed[(turn + at) % EACH :: EACH]]
            framed = [dict.fromkeys(ASKED_BY_FRAMEWORKS, text) for text in ("1", MARK)]
            for number, query in enumerate((*together, *apart, *framed)):
                cell = open_cells[number % len(open_cells)]
                answer = self._get(cell.role, self.crossing.address(cell).partition("?")[0], query)
                faults = [one for one in self._judged_get(answer) if cell.route != ANYBODYS or "title " not in one]
                found += [f"{query!r:.200} to {cell}: {fault}" for fault in faults]
        return found

    def faults_of_ids(self, cells: Iterable[Cell]) -> list[str]:
        """What is no id, in the place of every id of an address."""
        found = []
        for cell in cells:
            for text in (MARK, "0", "%00", "%ff", "..%2f..", "9" * 300, "{" + str(ID.pattern) + "}"):
                address = ID.sub(text.replace("\\", ""), self.crossing.address(cell))
                answer = self._get(cell.role, address) if cell.method == "GET" else self._post(cell.role, address, {})
                found += [f"{address} by {cell.role}: {fault}" for fault in self._crashed(answer)]
        return found

    def _send(self, cell: Cell, body: Body) -> list[str]:
        form, token = self.form_of(cell), self.crossing.browser(cell.role)[1]
        answer = self._post(cell.role, self.crossing.address(cell), body.make(form, token))
        self.crossing.after(cell)
        faults = self._crashed(answer)
        if answer.status_code in (200, 302):
            self.taken.add(cell.route)
        if not faults and answer.status_code not in body.answers:
            faults = [f"answers {answer.status_code}"]
        return faults or [*self._told_in_address(answer), *_page_faults(answer, body, form)]

    def _judged_get(self, answer: TestResponse) -> list[str]:
        faults = self._crashed(answer)
        if faults or not _is_page(answer) or answer.status_code in (302, 404):
            return faults or _leaves(answer)
        seen = hash((FRESH.sub(r"\1", answer.get_data(as_text=True)), str(answer.headers)))
        if seen not in self.judged:  # what asks for nothing that a page knows gets the page as it is
            self.judged[seen] = faults_of(_page(answer))
        return self.judged[seen]

    def _crashed(self, answer: TestResponse) -> list[str]:
        raised, self.raised[:] = list(self.raised), []
        return [f"answers {answer.status_code} {raised}"] if answer.status_code >= 500 or raised else []

    def _told_in_address(self, answer: TestResponse) -> list[str]:
        location = answer.headers.get("Location", "")
        # The name of a draft is the address of its page, and of nobody.
        is_told = MARK in location and not location.startswith("/drafts/")
        told = [f"what was typed stands in the address {location}"] if is_told else []
        return told + _leaves(answer)

    def _get(self, role: str, address: str, query: dict[str, str] | None = None) -> TestResponse:
        self.sent += 1
        return self.crossing.browser(role)[0].get(address, query_string=query, buffered=True)

    def _post(self, role: str, address: str, body: dict[str, Any]) -> TestResponse:
        self.sent += 1
        return self.crossing.browser(role)[0].post(address, buffered=True, **body)


@contextmanager
def fuzzing(crossing: Crossing, turn: int = 0) -> Iterator[Fuzz]:
    """Fuzz an application and hear of every exception that nothing in it caught."""
    fuzz = Fuzz(crossing, turn=turn)

    def note(_sender: object, exception: BaseException, **_more: object) -> None:
        place = traceback.extract_tb(exception.__traceback__)[-1]
        fuzz.raised.append(f"{type(exception).__name__}: {exception!s:.200} in {place.filename}:{place.lineno}")

    with got_request_exception.connected_to(note, crossing.app):
        yield fuzz


def has_questions(form: FormOnPage) -> bool:
    """Whether there is something to fill in; else it is a button."""
    return any(control["type"] != "hidden" for control in form.controls)


def _leaves(answer: TestResponse) -> list[str]:
    location = answer.headers.get("Location", "/")
    is_own = location.startswith("/") and not location.startswith(("//", "/\\"))
    return [] if is_own else [f"leads out of the site, to {location}"]


def _is_page(answer: TestResponse) -> bool:
    return answer.get_data().lstrip()[:9].lower() == b"<!doctype"


def _page(answer: TestResponse, address: str = "/") -> Page:
    return Page.read(address, answer.status_code, dict(answer.headers), answer.get_data(as_text=True))


def _page_faults(answer: TestResponse, body: Body, form: FormOnPage) -> list[str]:
    """A page that comes back is sound, carries no typed value in an address, and where it asks again says why."""
    if answer.status_code not in (200, 409, 422):
        return []
    page = _page(answer)
    faults = [fault for fault in faults_of(page) if fault not in TYPED_HERE]
    faults += [
        f"a typed value stands in {name} of <{element.tag}>"
        for element in page.root.walk()
        for name in ("href", "action", "src")
        if MARK in element[name]
    ]
    if answer.status_code == 422 and has_questions(form):
        faults += [] if page.errors or page.heading == NOT_DONE else ["does not say what needs another look"]
        faults += _lost(page, body, form) if body.is_shown_again else []
    return faults


def _lost(page: Page, body: Body, form: FormOnPage) -> list[str]:
    """The fields that do not show again what was typed into them."""
    asked = {control["name"] for control in form.controls if is_text(control)}
    back: dict[str, str] = {}
    for again in page.forms:
        if asked & again.names and again.action != "/language":
            back |= dict(again.as_it_stands())
    return [f"{name} has lost what was typed" for name in sorted(asked) if back.get(name) != body.typed]
