"""Moving a schema and looking at it in raw SQL: models of today must not be asked about the tables of yesterday."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from app.models import Base
from app.services import schema
from app.services.unit_of_work import make_engine
from tests.support.databases import Addresses


@contextlib.contextmanager
def owner(addresses: Addresses) -> Iterator[Connection]:
    """Connect as the owner; what was done is committed unless it raised."""
    engine = make_engine(addresses.owner)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def up(addresses: Addresses, revision: str = "head") -> None:
    """Upgrade, as the owner."""
    schema.upgrade(addresses.owner, addresses.app_role, revision)


def down(addresses: Addresses, revision: str) -> None:
    """Downgrade, as the owner."""
    config = schema.alembic_config(addresses.owner, addresses.app_role)
    engine = make_engine(addresses.owner)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()
    engine.dispose()


def write(addresses: Addresses, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Insert one row into each table named, in their order, as the owner."""
    with owner(addresses) as connection:
        for table, row in rows.items():
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), dict(row))  # noqa: S608


def read(addresses: Addresses, query: str) -> list[tuple[Any, ...]]:
    """Run a query as the owner and return its rows."""
    with owner(addresses) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def change(addresses: Addresses, statement: str) -> None:
    """Run a statement as the owner."""
    with owner(addresses) as connection:
        connection.execute(text(statement))


def functions(addresses: Addresses) -> set[str]:
    """Return the names of the functions in the schema, without those of extensions; SQLite keeps none."""
    if addresses.owner.startswith("sqlite"):
        return set()
    query = "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE nspname = 'public'"
    own = " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    return {name for (name,) in read(addresses, query + own)}


def tables(addresses: Addresses) -> set[str]:
    """Return the names of all tables, without Alembic's own."""
    with owner(addresses) as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def differences(addresses: Addresses) -> list[Any]:
    """Return what separates the tables from the models."""
    with owner(addresses) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
