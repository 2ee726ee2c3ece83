"""Sends every request of the matrix to the application and names each cell whose answer is another than was written."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import Client, TestResponse

from app.demo import PASSWORD
from app.models.audit import AuditEntry
from tests.security.doors import named_for
from tests.security.matrix import ANONYMOUS, MISSING, OPEN, ROLE, SIGN_IN, TO_WORK, Cell
from tests.security.related import DRAFT, SIDE_OF, SIGN_INS, Related
from tests.security.relations import above
from tests.support.factors import give_code, stay_fresh

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[^\"]*\"|<title>.*?</title>", re.DOTALL)
A_MINUTE = 60
FORM_ANSWERS = (200, 302, 409, 422)
NOT_A_DAY = {"occurred_on-day": "99", "occurred_on-month": "99", "occurred_on-year": "99"}
"""What keeps a form that was allowed from acting: the case must stand for the next cell as it stood for this one."""
QUERIES = {
    "counts.members": {"metric": "identified", "year": 2014},
    "editions.members": {"metric": "identified"},
}
"""What an address must ask for to lead anywhere."""
OF_SIGNING_IN = ("sign_in:password_right", "sign_in:succeeded", "work:shown")
ENDS_SESSIONS = frozenset({"quick_exit.leave", "signed_in.end_of_member", "signed_in.end_everyone"})
PLAIN = {
    "action": "extend",
    "turn": "retire",
    "end": "from",
    "ending": "csv",
    "filename": "build/app.css",
    "version": "xk_2005",
    "form_key": "F05",
    "kind": "house_rules",
    "language": "sqi",
}
"""Parts of an address that name nothing of anybody."""


@dataclass
class Crossing:
    """One application on one caseload, with a browser for each role."""

    app: Flask
    related: Related
    browsers: dict[str, tuple[Client, str]] = field(default_factory=dict)
    sent: int = 0
    fresh_until: float = 0
    noted: int = 0
    bodies: dict[tuple[str, str, str, bool], str] = field(default_factory=dict)

    def deviations(self, cells: Iterable[Cell]) -> list[str]:
        """Every cell that answers otherwise than written: status, or words that tell it from what does not exist."""
        return list(self.deviating(cells))

    def deviating(self, cells: Iterable[Cell]) -> Iterator[str]:
        """The same one by one: nothing is asked after the first where no more are wanted."""
        yield from (f"{cell}, {found}" for cell in cells if (found := self._deviation(cell)))

    def audited(self) -> int:
        """How many acts and looks have been written down, but for those of signing in anew."""
        others = select(func.count()).select_from(AuditEntry).where(AuditEntry.action.not_in(OF_SIGNING_IN))
        with above(self.related.world).connect() as connection:
            return int(connection.execute(others).scalar_one())

    def _deviation(self, cell: Cell) -> str:
        answer = self.send(cell, self.address(cell))
        self.sent += 1
        if not _fits(cell, answer):
            return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()
        if cell.expected != MISSING:
            return ""
        asked = (cell.route, cell.method, cell.role, cell.is_barred)  # barred she has fewer notices in her head line
        if asked not in self.bodies:
            self.bodies[asked] = _words(self.send(cell, CHANGING.sub(_fresh_id, self.address(cell))))
        return "" if _words(answer) == self.bodies[asked] else "told apart from what does not exist"

    def send(self, cell: Cell, address: str) -> TestResponse:
        """What the role of a cell is answered at an address."""
        client, token = self.browser(cell.role)
        self.noted += cell.role != ANONYMOUS and cell.expected in (ROLE, MISSING)
        if cell.method == "GET":
            return client.get(address, buffered=True)
        answer = client.post(address, data={"csrf_token": token, **NOT_A_DAY}, buffered=True)
        self.after(cell)
        return answer

    def after(self, cell: Cell) -> None:
        """Let everyone sign in anew after what ends sessions, for the next cell is asked by one who is signed in."""
        if cell.route in ENDS_SESSIONS:
            self.browsers.clear()

    def browser(self, role: str) -> tuple[Client, str]:
        """The browser of a role, signed in, with the token of its forms."""
        if role not in self.browsers:
            client = self.app.test_client()
            token = token_of(client.get("/sign-in"))
            if role != ANONYMOUS:
                asked = {"csrf_token": token, "sign_in": SIGN_INS[role], "password": PASSWORD}
                assert client.post("/sign-in", data=asked).status_code == 302
                assert give_code(self.app, client, SIGN_INS[role]) == 302
                token = token_of(client.get("/"))
            self.browsers[role] = client, token
        if time.monotonic() > self.fresh_until:
            stay_fresh(self.app.extensions["database"])
            self.fresh_until = time.monotonic() + A_MINUTE
        return self.browsers[role]

    def address(self, cell: Cell) -> str:
        """Where a cell sends its request."""
        rule = next(self.app.url_map.iter_rules(cell.route))
        named = self._named(cell)
        values = {argument: self._value(argument, named, cell) for argument in rule.arguments}
        return self.app.url_map.bind("localhost").build(cell.route, values | QUERIES.get(cell.route, {}))

    def _named(self, cell: Cell) -> dict[str, Any]:
        if cell.subject in ("own", "known", "intake_of_house"):
            pair = {"pair_id": self.related.pair_of.get(cell.route, self.related.pair_of["links.confirm"])}
            known = self.related.known | pair
            unknown = {name: uuid.uuid4() for name in known}
            found = {"known": known, "unknown": unknown, **self.related.of_agency}
            return found[cell.relation]
        if cell.subject == "draft":
            file = "child.toml" if cell.route == "drafts.take_over" else "procedure.toml"
            return {"name": DRAFT if cell.relation == "known" else "no_such_draft", "file": file}
        if cell.subject == "nothing":
            return {}
        if any(cell.subject == about for about, _, _ in self.related.doors):
            return named_for(self.related.doors, cell.subject, cell.role, cell.relation)
        named = self.related.of_case[(SIDE_OF.get(cell.role, "advocate"), cell.relation)]
        own = {argument: named[other] for argument, other in INSTEAD.get(cell.subject, {}).items()}
        if cell.role == "agency_supervisor":
            own["notice_id"] = named["notice_of_supervisor_id"]  # a notice that a colleague put away is gone
        return named | own

    def _value(self, argument: str, named: dict[str, Any], cell: Cell) -> Any:
        if argument in named:
            return named[argument]
        if argument in ("track", "action") and cell.route in (*STEPPING, *OPENING):
            return self._step(cell)[argument]
        return PLAIN[argument]

    def _step(self, cell: Cell) -> dict[str, str]:
        """A step of this role, or an act of hers that opens a case."""
        if cell.route in OPENING:
            directly = cell.role == "advocate"
            opening = ("advocacy", "open_directly") if directly else ("identification", "record_signal")
            return dict(zip(("track", "action"), opening, strict=True))
        track, action = STEPS.get(cell.role, STEPS["advocate"])
        return {"track": track, "action": action}


OPENING = ("cases.begin", "signals.take_up", "unsent.keep_opening")
"""Routes that name an act that opens a case."""
STEPPING = ("cases.step", "unsent.keep_step")
"""Routes that name a step of one."""

INSTEAD = {
    "referral_from_her": {"referral_id": "sent_id"},
    "her_step": {"event_id": "her_step_id"},
    "kept_step": {"event_id": "her_step_id"},
}
"""Of two things of a kind that a case has, the one that a subject means."""

STEPS = {
    "investigator": ("identification", "record_signal"),
    "advocate": ("advocacy", "record_service"),
    "social_worker": ("identification", "record_signal"),
    "shelter_coordinator": ("shelter", "extend"),
    "return_coordinator": ("return", "accept_return_request"),
    "prosecutor": ("justice", "open_investigation"),
    "agency_supervisor": ("advocacy", "set_aside"),
}
"""A step of each role."""


def _fits(cell: Cell, answer: TestResponse) -> bool:
    status, is_get = answer.status_code, cell.method == "GET"
    if cell.expected == SIGN_IN:
        led = answer.headers.get("Location", "").endswith("/sign-in")
        return (status == 302 and led) if is_get else status == 401
    if cell.expected == TO_WORK:
        return status == 302 and answer.headers.get("Location") == "/"
    if cell.expected == OPEN:
        return status == 200 if is_get else status in FORM_ANSWERS
    return status == {ROLE: 403, MISSING: 404}[cell.expected]


def token_of(page: TestResponse) -> str:
    """The token that a page's forms carry."""
    found = TOKEN.search(page.get_data(as_text=True))
    assert found, "the page has no form"
    return found.group(1)


def _words(answer: TestResponse) -> str:
    return f"{answer.status_code} {CHANGING.sub('', answer.get_data(as_text=True))}"


def _fresh_id(_found: re.Match[str]) -> str:
    return str(uuid.uuid4())
