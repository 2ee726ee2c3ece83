"""Ten thousand cases on PostgreSQL, and which tables each page of the application reads from end to end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, make_url, select, text

from app.demo import PASSWORD
from app.models.agency import Agency, Member, MemberRole
from bench.caseload import Copier, Place, Templates, batches, load_postgresql, make_by_services
from tests.factories.world import World
from tests.security.crossing import token_of
from tests.security.relations import above
from tests.support.factors import give_code

CASES, MADE = 10_000, 20
TODAY = date(2026, 11, 1)
GROWING = (
    "case_clock",
    "case_event",
    "case_key",
    "case_party",
    "case_staff",
    "cases",
    "client_record",
    "count_fact",
    "notice",
    "referral",
    "search_token",
    "stay",
    "workflow_run",
)
"""Tables that grow with the number of cases."""

STAYS = """
INSERT INTO stay (id, case_id, agency_id, record_id, bed_id, destination, recorded_at, arrived_on, left_on)
SELECT gen_random_uuid(), c.id, b.agency_id, r.id, b.id, 'own_home', now(), '2000-01-01'::date + 7 * c.n::int,
  '2000-01-06'::date + 7 * c.n::int
FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM bed) b
JOIN (SELECT id, row_number() OVER () AS n FROM cases) c ON c.n % (SELECT count(*) FROM bed) + 1 = b.place
JOIN client_record r ON r.case_id = c.id
WHERE c.n < 9000
"""


def load_cases(world: World) -> None:
    """A caseload of a country's working life: a few cases made by the services, the others copied from them."""
    make_by_services(world.agencies, TODAY, MADE)
    engine = above(world)
    templates = Templates(engine, world.database.vault)
    with engine.connect() as connection:
        places = _offices(connection)
    advocate = world.actor("advocate")
    assert advocate.agency_id is not None
    assert advocate.member_id is not None
    home = Place(advocate.agency_id, (advocate.member_id,))
    address = make_url(world.owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    load_postgresql(address, batches(templates, Copier(world.database.vault, home, places), CASES - MADE))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(STAYS))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _offices(connection: Connection) -> list[Place]:
    asked = select(Agency.id, Member.id).join(Member, Member.agency_id == Agency.id)
    rows = connection.execute(
        asked.join(MemberRole, MemberRole.member_id == Member.id).where(MemberRole.role == "advocate")
    ).all()
    return [
        Place(agency, tuple(member for at, member in rows if at == agency)) for agency in sorted({at for at, _ in rows})
    ]


def rows_of(world: World) -> dict[str, int]:
    """How many rows each of the growing tables has."""
    with above(world).connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in GROWING}  # noqa: S608


@contextmanager
def without_indexes(world: World, table: str) -> Iterator[None]:
    """As if the table had no index: the planner passes by those that are marked as not valid."""
    mark = text("UPDATE pg_index SET indisvalid = :valid WHERE indrelid = CAST(:table AS regclass)")
    engine = above(world)
    with engine.begin() as connection:
        connection.execute(mark, {"valid": False, "table": table})
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(mark, {"valid": True, "table": table})


@dataclass
class Planned:
    """A signed-in browser, and the plan of every statement that its pages caused.

    A part of a plan that the reader's role does not need (a colleague's team, for a supervisor) is planned and never
    run: with `as_run` a statement that seems to read a table from end to end is run once more to see whether it does.
    """

    app: Flask
    sign_in: str
    as_run: bool = True
    plans: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def open(self, address: str, sent: dict[str, str] | None = None) -> list[str]:
        """Open a page, or send a form; gives what it reads from end to end, with the statement that does."""
        client = self.app.test_client()
        token = token_of(client.get("/sign-in"))
        asked = {"csrf_token": token, "sign_in": self.sign_in, "password": PASSWORD}
        assert client.post("/sign-in", data=asked).status_code == 302
        assert give_code(self.app, client, self.sign_in) == 302
        token = token_of(client.get("/"))
        with self._noting():
            answer = client.post(address, data={"csrf_token": token, **sent}) if sent else client.get(address)
        assert answer.status_code == 200, answer.status_code
        return [f"{table} in {' '.join(statement.split())[:300]}" for statement, table in self._scanned()]

    @contextmanager
    def _noting(self) -> Iterator[None]:
        engine = self.app.extensions["database"].engine
        self.plans.clear()
        event.listen(engine, "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", self._note)

    def _note(self, connection: Connection, _cursor: Any, statement: str, told: Any, _context: Any, many: bool) -> None:
        if many or not statement.lstrip().upper().startswith(("SELECT", "WITH")):
            return
        driver = connection.connection.dbapi_connection
        assert driver is not None
        with driver.cursor() as cursor:
            plan = _explained(cursor, "EXPLAIN (FORMAT JSON)", statement, told)
            if self.as_run and list(_scans(plan)):
                plan = _explained(cursor, "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)", statement, told)
            self.plans.append((statement, plan))

    def _scanned(self) -> Iterator[tuple[str, str]]:
        for statement, plan in self.plans:
            for table in _scans(plan):
                yield statement, table


def _explained(cursor: Any, how: str, statement: str, told: Any) -> dict[str, Any]:
    cursor.execute(f"{how} {statement}", told)
    plan: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
    return plan


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    for node in _nodes(plan):
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in GROWING and node.get("Actual Loops", 1):
            yield node["Relation Name"]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
