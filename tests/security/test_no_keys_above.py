"""Who stands above the agencies opens nothing (T4.8): with the application's own role and any SQL she likes, an
administrator or the national coordinator finds no wrapped key of a case and no sealed value that opens.

On SQLite, where SQL is held by nothing, it is what the application asks in her name that is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text

from app.models.base import Base
from app.models.case import CaseKey
from app.security.scope import RULES
from app.services.unit_of_work import Work
from tests.factories.doors import held, logged_contact, venue
from tests.factories.placed import Places
from tests.factories.world import World
from tests.security.tokens import OF_AGENCY, opened
from tests.support.promises import tell

ABOVE = ("administrator", "national.coordinator", "statistics.supervisor", "link.reviewer")
READABLE = text("SELECT has_table_privilege(current_user, CAST(:name AS text), 'SELECT')")
ENTITIES = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]


@pytest.fixture
def laid(world: World) -> World:
    """One who lives in a shelter, a case of the police, a raid and a call."""
    Places(world).resident()
    world.open_signal()
    venue(world)
    held(world)
    logged_contact(world, "Rings again on Monday.")
    return world


def _rows(work: Work, name: str) -> list[dict[str, Any]]:
    """What the database shows of a table to who asks in SQL; on SQLite, to who asks through the application."""
    table = Base.metadata.tables[name]
    if work.is_postgresql:
        connection = work.session.connection()
        if not connection.execute(READABLE, {"name": name}).scalar_one():
            return []
        return [dict(row._mapping) for row in connection.execute(select(table))]
    entity = ENTITIES[name]
    if entity not in RULES:
        return []
    columns = [getattr(entity, key) for key in dict(entity.__mapper__.column_attrs)]
    return [dict(row._mapping) for row in work.session.execute(select(*columns))]


def _keys(work: Work) -> list[bytes]:
    """Every key that her agency's own unwrap: of the wraps that she reads, and those named for it."""
    holder = work.actor.agency_id
    assert holder is not None
    wraps = [row for row in _rows(work, CaseKey.__tablename__) if row["holder_id"] == holder]
    found = [work.vault.unwrap(row["wrapped"], row["case_id"], row["kind"], holder) for row in wraps]
    return found + [work.vault.keyring.named(name.format(holder)) for name in OF_AGENCY]


def _opened(work: Work) -> Iterator[str]:
    """Every sealed value that she reads and opens."""
    keys = _keys(work)
    for table in Base.metadata.sorted_tables:
        sealed = [column.name for column in table.columns if column.info.get("sealed")]
        for row in _rows(work, table.name) if sealed else ():
            for name in sealed:
                place = (table.name, name, row["id"])
                if row[name] is not None and opened(work.vault, keys, row[name], place)[0] is not None:
                    yield f"{table.name}.{name}"


def _reached(world: World, by: str) -> tuple[int, list[str]]:
    """How many keys of cases she has, and which sealed values she opens."""
    with world.database.read(world.actor(by)) as work:
        return len(_keys(work)) - len(OF_AGENCY), list(_opened(work))


@pytest.mark.promise("T4.8")
def test_who_stands_above_the_agencies_opens_no_sealed_value(laid: World) -> None:
    found = {by: _reached(laid, by) for by in ABOVE}

    database = "SQLite" if laid.database.engine.dialect.name == "sqlite" else "PostgreSQL"
    tell("T4.8", database, f"{len(ABOVE)} people above the agencies: 0 keys, 0 sealed values opened")
    assert found == dict.fromkeys(ABOVE, (0, []))


@pytest.mark.promise("T4.8")
@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("advocate", "client_record.identity"),
        ("investigator", "operation.note"),
        ("hotline.operator", "hotline_contact.note"),
    ],
)
def test_who_works_on_it_opens_it_in_the_same_way(laid: World, by: str, value: str) -> None:
    assert value in _reached(laid, by)[1]
