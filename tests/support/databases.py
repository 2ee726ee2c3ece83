"""Empty databases of both kinds for the tests, with the addresses of owner and application. No tables are made here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from app.services import schema
from tests.support import postgres

BOOTSTRAP_LOCK = 4_711  # roles belong to the cluster: workers of one run take turns in making them


@dataclass(frozen=True)
class Addresses:
    """How the owner, who migrates, and the application reach one database."""

    owner: str
    app: str

    @property
    def app_role(self) -> str:
        """The role that row-level security holds; SQLite has none."""
        return make_url(self.app).username or "throughcare_app"


@contextlib.contextmanager
def empty_sqlite(folder: Path) -> Iterator[Addresses]:
    """Give the address of a file that does not exist yet."""
    address = f"sqlite:///{folder / 'throughcare.db'}"
    yield Addresses(address, address)


@contextlib.contextmanager
def empty_postgres(cluster: str, name: str) -> Iterator[Addresses]:
    """Make a database of that name with roles of its own through bootstrap; drop them at the end."""
    owner, app = f"{name}_owner", f"{name}_app"
    base = make_url(cluster).set(password=None, database=name)
    addresses = Addresses(
        base.set(username=owner).render_as_string(hide_password=False),
        base.set(username=app).render_as_string(hide_password=False),
    )
    with _turn(cluster):
        postgres.drop_database(cluster, name)
        schema.bootstrap(cluster, addresses.owner, addresses.app)
    try:
        yield addresses
    finally:
        postgres.drop_database(cluster, name)
        with psycopg.connect(cluster, autocommit=True) as connection:
            for role in (owner, app):
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


@contextlib.contextmanager
def _turn(cluster: str) -> Iterator[None]:
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (BOOTSTRAP_LOCK,))
        yield
