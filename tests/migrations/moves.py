"""Moving a schema and looking at it in raw SQL: models of today must not be asked about the tables of yesterday."""

from collections.abc import Mapping
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from app.models import Base
from app.services import schema
from app.services.unit_of_work import make_engine
from tests.support.databases import Addresses


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
    engine = make_engine(addresses.owner)
    try:
        with engine.begin() as connection:
            _insert(connection, rows)
    finally:
        engine.dispose()


def _insert(connection: Connection, rows: Mapping[str, Mapping[str, Any]]) -> None:
    for table, row in rows.items():
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), dict(row))  # noqa: S608


def read(addresses: Addresses, query: str) -> list[tuple[Any, ...]]:
    """Run a query as the owner and return its rows."""
    engine = make_engine(addresses.owner)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows


def change(addresses: Addresses, statement: str) -> None:
    """Run a statement as the owner."""
    engine = make_engine(addresses.owner)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def functions(addresses: Addresses) -> set[str]:
    """Return the names of the functions in the schema; SQLite keeps none."""
    if addresses.owner.startswith("sqlite"):
        return set()
    query = "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE nspname = 'public'"
    extension = " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    return {name for (name,) in read(addresses, query + extension)}


def tables(addresses: Addresses) -> set[str]:
    """Return the names of all tables, without Alembic's own."""
    engine = make_engine(addresses.owner)
    names = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return names


def differences(addresses: Addresses) -> list[Any]:
    """Return what separates the tables from the models."""
    engine = make_engine(addresses.owner)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    engine.dispose()
    return list(found)
