"""PostgreSQL databases that tests use one after the other: each finds the template and nothing else, and none waits for
a copy to be made and for connections to learn its tables, which took longer than most tests do.

A copy is put back, not shared: what was written since is deleted, and what the template held is written again. Where a
test has changed a table, a policy, a trigger or a function, or has left a transaction open, the copy is thrown away.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from app.services.unit_of_work import make_engine

CATALOGUES = (
    *("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_namespace", "pg_policy", "pg_proc"),
    *("pg_rewrite", "pg_trigger", "pg_type", "pg_extension", "pg_event_trigger", "pg_sequence", "pg_default_acl"),
)
"""Where PostgreSQL writes down how a database is made."""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
NOW = "SELECT pg_current_xact_id()::text::bigint"
TO_BE_PUT_BACK = "SET LOCAL lock_timeout = '2s'; SET LOCAL session_replication_role = replica"
"""No trigger and no foreign key speaks up while a database is put back."""
NO_COMPILER = {"options": "-c jit=off"}
"""To compile what is asked of all tables takes ten times as long as to answer it."""
LARGE = 20_000
WARM = 4
"""Rows from which on a copy is not put back, and connections that are kept open of one engine."""


@dataclass
class Contents:
    """What the template holds: the rows of each table as COPY gives them, and how many there are."""

    rows: dict[str, int]
    copied: dict[str, bytes]

    @classmethod
    def of(cls, address: str) -> Contents:
        """Read them."""
        with psycopg.connect(address) as connection:
            names = [name for (name,) in connection.execute(TABLES)]
            rows = {name: _one(connection, _about("SELECT count(*) FROM {}", name)) for name in (*names, *CATALOGUES)}
            return cls(rows, {name: _copied(connection, name) for name in names if rows[name]})

    @property
    def look(self) -> str:
        """The question how many rows each table has, and whether any is younger than a transaction."""
        asked = "SELECT '{0}', count(*), coalesce(min(age(xmin)) < age(%(since)s::xid), false) FROM {0}"
        return " UNION ALL ".join(map(asked.format, self.rows))


@dataclass
class Kept:
    """A copy: its addresses, its engines by whose connections are warm, and the last transaction before a test's."""

    name: str
    address: str
    owner_url: str
    contents: Contents
    above: Engine
    since: int
    roots: list[Engine] = field(default_factory=list)
    given: list[Engine] = field(default_factory=list)

    def engine(self) -> Engine:
        """An engine for the application's role, with listeners of its own; the next one each time."""
        if len(self.given) == len(self.roots):
            self.roots.append(make_engine(self.address))
        self.given.append(self.roots[len(self.given)].execution_options())
        return self.given[-1]

    def let_go(self, engine: Engine) -> None:
        """The connections of one that was given stay for the next test."""
        if engine not in self.given:
            engine.dispose()

    def is_put_back(self) -> bool:
        """Put it back to what the template is; False where that cannot be."""
        self.given.clear()
        try:
            return all(_is_fresh(root) for root in self.roots) and self._is_wiped()
        except (psycopg.Error, SQLAlchemyError):
            return False

    def _is_wiped(self) -> bool:
        with self.above.begin() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute(TO_BE_PUT_BACK)
            found = driver.execute(self.contents.look, {"since": str(self.since)}, prepare=True).fetchall()
            changed = [name for name, rows, is_newer in found if is_newer or rows != self.contents.rows[name]]
            if set(changed) & set(CATALOGUES) or sum(rows for name, rows, _ in found if name in changed) > LARGE:
                return False
            for name in changed:
                driver.execute(_about("DELETE FROM {}", name))
            for name in self.contents.copied.keys() & changed:
                with driver.cursor().copy(_about("COPY {} FROM STDIN (FORMAT binary)", name)) as copy:
                    copy.write(self.contents.copied[name])
            self.since = _one(driver, NOW)
        return True

    def close(self) -> None:
        """Let go of every connection."""
        for engine in (*self.roots, self.above):
            engine.dispose()


class Shelf:
    """The copies of one template that no test uses at the moment."""

    def __init__(self, cluster: str, template: str) -> None:
        self._cluster, self._template = make_url(cluster), make_url(template)
        self._connection = psycopg.connect(cluster, autocommit=True)
        self._contents = Contents.of(self._cluster_url(self._template.database))
        self._free: list[Kept] = []

    @contextmanager
    def taken(self) -> Iterator[Kept]:
        """A copy that is as the template is."""
        kept = self._free.pop() if self._free else self._made()
        try:
            yield kept
        finally:
            if kept.is_put_back():
                self._free.append(kept)
            else:
                self._drop(kept)

    def close(self) -> None:
        """Drop them all."""
        for kept in self._free:
            self._drop(kept)
        self._connection.close()

    def _made(self) -> Kept:
        name, role = f"t_{uuid.uuid4().hex}", self._template.username or ""
        # By file: the other way writes each page into the log of the cluster too.
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy OWNER {}")
        names = (name, self._template.database or "", role.removesuffix("_app") + "_owner")
        self._connection.execute(make.format(*map(sql.Identifier, names)))
        self._connection.execute(_about("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC", name))  # no copy takes it along
        url = self._cluster_url(name)
        above = create_engine(make_url(url).set(drivername="postgresql+psycopg"), connect_args=NO_COMPILER)
        event.listen(above, "checkin", _reset)
        with above.begin() as connection:
            since = _one(connection.connection.driver_connection, NOW)
        address = self._template.set(database=name).render_as_string(hide_password=False)
        return Kept(name, address, url, self._contents, above, since)

    def _drop(self, kept: Kept) -> None:
        kept.close()
        self._connection.execute(_about("DROP DATABASE {} WITH (FORCE)", kept.name))

    def _cluster_url(self, database: str | None) -> str:
        return self._cluster.set(database=database).render_as_string(hide_password=False)


def _is_fresh(root: Engine) -> bool:
    """Whether nobody holds a connection any more; those that wait forget what a test has set in them."""
    pool: Any = root.pool
    if pool.checkedout():
        return False
    if pool.checkedin() > WARM:
        root.dispose()
        return True
    for connection in [root.raw_connection() for _ in range(pool.checkedin())]:
        _reset(connection.driver_connection, None)
        connection.close()
    return True


def _reset(connection: Any, _record: object) -> None:
    if connection is not None:
        connection.execute("RESET ALL")
        connection.commit()


def _about(statement: LiteralString, name: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(name))


def _one(connection: Any, asked: Any) -> int:
    return int(connection.execute(asked).fetchone()[0])


def _copied(connection: psycopg.Connection[Any], name: str) -> bytes:
    with connection.cursor().copy(_about("COPY {} TO STDOUT (FORMAT binary)", name)) as copy:
        return b"".join(bytes(part) for part in copy)
