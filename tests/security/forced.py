"""Faults forced into every route, with a canary in whatever a visitor or the database could repeat."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import event
from werkzeug.test import TestResponse
from wtforms.fields.core import UnboundField

from app.errors import Conflict
from app.web.forms import OwnForm
from tests.factories.world import SIGNAL
from tests.security import matrix
from tests.security.crossing import Crossing
from tests.security.matrix import Cell
from tests.security.rubbish import ID

CANARY = f"zqk{uuid4().hex[:12]}"
OURS = re.compile(r"sign_in_session|set_config|^BEGIN|^PRAGMA")
"""Statements before any view: what they do is not the route's."""
NAMES = ("page", "after", "show", "day", "read_as", "follows", "metric", "dimension", "value", "agency", "q", "name")
TOO_LARGE = 2_800_000
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STATIC = "static"
"""Answered before the application: it holds nothing of anybody."""
SIGNS = ("Traceback", "sqlalchemy", "psycopg", "sqlite3", "SELECT ", 'File "')


def field_names() -> list[str]:
    """The names of all fields of all forms, and of those that a step of the procedure asks."""
    kinds, waiting = set(), [OwnForm]
    while waiting:
        kind = waiting.pop()
        kinds.add(kind)
        waiting += kind.__subclasses__()
    own = {name for kind in kinds for name, value in vars(kind).items() if isinstance(value, UnboundField)}
    return sorted((own | set(SIGNAL)) - {"csrf_token", "once", "row_version"})


def _unique(cursor: Any) -> None:
    if not isinstance(cursor, sqlite3.Cursor):  # the application's role may make no table there
        told = f"MESSAGE = 'duplicate key', DETAIL = 'Key (word)=({CANARY}) already exists.'"
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '23505', {told}; END $$")
    cursor.execute("CREATE TEMPORARY TABLE forced (word TEXT UNIQUE)")
    for _ in range(2):
        cursor.execute(f"INSERT INTO forced VALUES ('{CANARY}')")  # noqa: S608 - a value of ours, to be told


def _deadlock(cursor: Any) -> None:
    if isinstance(cursor, sqlite3.Cursor):
        raise sqlite3.OperationalError(f"database is locked: {CANARY}")
    told = f"MESSAGE = 'deadlock detected', DETAIL = 'Process 1 waits: {CANARY}'"
    cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01', {told}; END $$")


def _timeout(cursor: Any) -> None:
    if isinstance(cursor, sqlite3.Cursor):
        raise sqlite3.OperationalError(f"interrupted: {CANARY}")
    cursor.execute("SET LOCAL statement_timeout = 1")
    cursor.execute(f"SELECT pg_sleep(1), '{CANARY}'")


def _lost(cursor: Any) -> None:
    kind = sqlite3.OperationalError if isinstance(cursor, sqlite3.Cursor) else psycopg.OperationalError
    raise kind(f"server closed the connection: {CANARY}")


def _broken(_cursor: Any) -> None:
    raise RuntimeError(f"a value: {CANARY}\r\n\x1b[31m{CANARY}")


def _conflict(_cursor: Any) -> None:
    raise Conflict("key_reused") from ValueError(CANARY)


IN_DATABASE: dict[str, Callable[[Any], None]] = {
    "409": _conflict,
    "500": _broken,
    "503": _lost,
    "unique violation": _unique,
    "deadlock": _deadlock,
    "timeout": _timeout,
}
IN_REQUEST = ("404", "403", "405", "413", "422")
FAULTS = (*IN_REQUEST, *IN_DATABASE)


@dataclass
class Forcing:
    """One application whose requests go wrong as they are told to."""

    crossing: Crossing
    armed: str = ""
    sent: int = 0
    fired: dict[str, int] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.crossing.app.extensions["database"].engine, "do_execute", self._on_statement)

    def _on_statement(self, cursor: Any, statement: str, _parameters: Any, _context: Any) -> None:
        if not self.armed or OURS.search(statement):
            return
        name, self.armed = self.armed, ""
        self.fired[name] = self.fired.get(name, 0) + 1
        IN_DATABASE[name](cursor)

    def force(self, cells: Iterable[Cell], faults_each: int) -> None:
        """So many faults into each route and method, in turn, so that all faults come to all kinds of routes."""
        for number, cell in enumerate(cells):
            for turn in range(faults_each):
                self.force_one(cell, FAULTS[(number * 5 + turn) % len(FAULTS)])

    def force_one(self, cell: Cell, fault: str) -> None:
        """One fault into one route."""
        role = next(iter(_refused(cell)), matrix.ANONYMOUS) if fault == "403" else cell.role
        client, token = self.crossing.browser(role)
        address = self.crossing.address(cell).partition("?")[0]
        asked = {"query_string": dict.fromkeys(NAMES, CANARY)}
        body: dict[str, Any] = dict.fromkeys(field_names(), CANARY) | {"csrf_token": token}
        method = "DELETE" if fault == "405" else "POST" if fault in ("413", "422") else cell.method
        if fault == "404":
            address = ID.sub(CANARY, address) if ID.search(address) else f"{address}/{CANARY}"
        if fault == "413":
            body["given"] = CANARY + "y" * TOO_LARGE
        self.armed = fault if fault in IN_DATABASE else ""
        given = {} if method == "GET" else {"data": body}
        answer = client.open(address, method=method, buffered=True, **asked, **given)
        self.armed = ""
        self._judge(f"{fault} into {method} {cell.route} by {role}", fault, answer)
        if cell.route in ("account.sign_out", "account.sign_in"):
            self.crossing.browsers.pop(role)

    def _judge(self, named: str, fault: str, answer: TestResponse) -> None:
        self.sent += 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if not NUMBER.fullmatch(answer.headers.get("X-Request-Id", "")):
            self.found.append(f"{named}: no number of the request")
        if answer.status_code < 400 or answer.mimetype != "text/html":
            return
        page = answer.get_data(as_text=True)
        if answer.status_code >= 500 and answer.headers["X-Request-Id"] not in page:
            self.found.append(f"{named}: the page does not give its number")
        told = [sign for sign in SIGNS if sign in page]
        told += [CANARY] if CANARY in page and (fault in IN_DATABASE and answer.status_code >= 500) else []
        self.found += [f"{named}: {answer.status_code} says {sign!r}" for sign in told]


def _refused(cell: Cell) -> Iterator[str]:
    return (
        one.role
        for one in matrix.cells()
        if one.route == cell.route and one.method == cell.method and one.expected == matrix.ROLE
    )


def one_of_each() -> list[Cell]:
    """For each route and method but files one request that is open to somebody; who signs out does so last."""
    open_cells = [
        cell for cell in matrix.cells() if not cell.is_refused and not cell.is_barred and cell.route != STATIC
    ]
    each = {(cell.route, cell.method): cell for cell in reversed(open_cells)}
    return sorted(each.values(), key=lambda cell: (cell.route == "account.sign_out", cell.method, cell.route))


class DatabaseLog:
    """What PostgreSQL's server writes from here on, read as its superuser."""

    def __init__(self, cluster: str) -> None:
        self.cluster = cluster
        self.start = self._size()

    def text(self) -> str:
        """All that was written since."""
        asked = f"SELECT pg_read_binary_file({FILE}, %s, %s)"
        with psycopg.connect(self.cluster) as connection:
            written = connection.execute(asked, (self.start, max(self._size() - self.start, 0))).fetchone()
        assert written
        return bytes(written[0]).decode(errors="replace")

    def _size(self) -> int:
        with psycopg.connect(self.cluster) as connection:
            found = connection.execute(f"SELECT (pg_stat_file({FILE})).size").fetchone()
        assert found
        return int(found[0])


FILE = "current_setting('data_directory') || '/../server.log'"
