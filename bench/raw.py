"""The same things in plain SQL, one psycopg or sqlite3 connection, nothing of ours in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

LIST = """
SELECT p.case_id, c.reference, p.stage, p.case_state, p.opened_on, r.sex, r.is_child, r.identity
FROM case_staff s JOIN case_party p ON p.case_id = s.case_id AND p.agency_id = s.agency_id AND p.ended_at IS NULL
JOIN cases c ON c.id = p.case_id JOIN client_record r ON r.case_id = p.case_id
WHERE s.member_id = {m} AND s.ended_at IS NULL AND p.case_state = 'open' ORDER BY p.opened_on DESC, p.case_id LIMIT 25
"""
PAGE = (
    "SELECT * FROM cases WHERE id = {c}",
    "SELECT * FROM client_record WHERE case_id = {c}",
    "SELECT * FROM workflow_run WHERE case_id = {c}",
    "SELECT * FROM case_event WHERE case_id = {c} ORDER BY position",
    "SELECT * FROM case_clock WHERE case_id = {c} AND stopped_at IS NULL",
    "SELECT * FROM case_party WHERE case_id = {c}",
    "SELECT * FROM consent WHERE case_id = {c}",
)
SEARCH = """
SELECT r.id, r.identity FROM search_token t JOIN client_record r ON r.id = t.record_id
WHERE t.agency_id = {a} AND t.token = {t} LIMIT 50
"""
COUNTS = """
SELECT f.metric, f.sex, count(DISTINCT coalesce(p.person_id, f.record_id))
FROM count_fact f LEFT JOIN record_person p ON p.record_id = f.record_id
WHERE f.occurred_on >= {f} AND f.occurred_on < {u} GROUP BY f.metric, f.sex
"""
HOUSE = (
    """
SELECT b.id, r.name, b.name, b.is_cot, b.is_active, s.id, s.case_id, s.arrived_on, s.expected_until, s.left_on,
    s.safety, k.wrapped, c.reference
FROM bed b JOIN room r ON r.id = b.room_id
LEFT JOIN stay s ON s.bed_id = b.id AND s.arrived_on < {u} AND (s.left_on IS NULL OR s.left_on >= {f})
LEFT JOIN stay_key k ON k.stay_id = s.id LEFT JOIN cases c ON c.id = s.case_id
WHERE b.agency_id = {a} ORDER BY r.name, b.name, s.arrived_on
""",
    "SELECT * FROM bed_hold WHERE agency_id = {a} AND state = 'held'",
    "SELECT * FROM bed_void WHERE agency_id = {a}",
)
STATES = "SELECT states, row_version FROM workflow_run WHERE case_id = {c}"
CSV = """
SELECT metric, occurred_on, sex, age_band, citizenship, region, form, scope, agency_id, weight FROM count_fact
WHERE occurred_on >= {f} AND occurred_on < {u}
"""


@dataclass
class Raw:
    """One raw connection with the statements in its own parameter style."""

    execute: Callable[[str, tuple[Any, ...]], Any]
    commit: Callable[[], Any]
    mark: str
    is_postgresql: bool
    connection: Any

    def run(self, statement: str, **values: Any) -> list[Any]:
        """The rows of a statement whose {names} are its parameters, in order of appearance."""
        order = sorted((statement.index("{" + name + "}"), name) for name in values if "{" + name + "}" in statement)
        text = statement
        for name in values:
            text = text.replace("{" + name + "}", self.mark)
        found = self.execute(text, tuple(self.value(values[name]) for _, name in order))
        return list(found.fetchall()) if found.description else []

    def value(self, value: Any) -> Any:
        """A value as the driver takes it."""
        if self.is_postgresql:
            return value
        return value.hex if isinstance(value, UUID) else value.isoformat() if hasattr(value, "isoformat") else value

    def transition(self, case_id: UUID, agency_id: UUID, member_id: UUID) -> None:
        """Read and lock, update, insert, commit: the least that a step could be."""
        lock = " FOR UPDATE" if self.is_postgresql else ""
        if not self.is_postgresql:
            self.execute("BEGIN IMMEDIATE", ())
        self.run(STATES + lock, c=case_id)
        self.run("UPDATE workflow_run SET row_version = row_version + 1 WHERE case_id = {c}", c=case_id)
        self.run(
            "INSERT INTO case_event (id, case_id, agency_id, member_id, position, track, action, from_state, to_state,"
            " occurred_on, recorded_at) SELECT {i}, {c}, {a}, {m}, 1, 'risk', 'raw', 'a', 'a', current_date,"
            " current_timestamp",
            i=uuid4(),
            c=case_id,
            a=agency_id,
            m=member_id,
        )
        self.commit()


def open_raw(url: str) -> Raw:
    """A connection above row-level security."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return Raw(connection.execute, lambda: connection.execute("COMMIT"), "?", False, connection)
    opened = psycopg.connect(url, options="-c jit=off -c random_page_cost=1.1")
    return Raw(lambda text, values: opened.execute(text, values or None), opened.commit, "%s", True, opened)
