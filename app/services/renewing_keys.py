"""A new root key: everything that lies under the old one is sealed anew, in batches, while people go on working.

It may be stopped at any moment and goes on where it stood: what a value lies under is told by the value itself. It runs
as the owner of the database, for what is sealed belongs to all agencies; it opens the keys of cases and no case.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    String,
    and_,
    select,
    text,
    tuple_,
    type_coerce,
    update,
)

from app.cipher import Tampered, header_of
from app.errors import Conflict, Unconfigured
from app.models.register import RegisterRow
from app.security.actor import system_actor
from app.security.keyring import (
    LOOKED_AGAIN,
    Keyring,
    load_keyring,
    store_keyring,
    with_new_root,
    without_old_roots,
)
from app.services import renewing_tokens, unit_of_work
from app.services.rooted import PLACES, Place, root_of
from app.services.unit_of_work import make_engine

AT_ONCE = 200
SECONDS_TO_HEAR = 2 * LOOKED_AGAIN
"""After which every process seals under the new root: before that a value could still be sealed under the old one."""


@dataclass(frozen=True)
class Lying:
    """How many values and tokens lie under which root, and how many no root opens."""

    newest: int
    by_root: dict[int, int] = field(default_factory=dict)
    unreadable: int = 0

    @property
    def old(self) -> int:
        """Under any root but the newest."""
        return sum(number for root, number in self.by_root.items() if root != self.newest)


def renew(owner_url: str, key_file: Path, *, at_once: int = AT_ONCE, seconds_to_hear: float = SECONDS_TO_HEAR) -> Lying:
    """Begin with a new root, or go on where a run before this one was stopped; gives how things lie afterwards."""
    keyring = load_keyring(key_file)
    if not keyring.others:
        keyring = with_new_root(keyring)
        store_keyring(key_file, keyring)
        _note("keys:renewal_begun", keyring)
    time.sleep(seconds_to_hear)
    with _owner(owner_url) as engine:
        for place in PLACES:
            for some in _batches(engine, place, keyring, at_once):
                _seal_anew(engine, place, keyring, some)
        renewing_tokens.renew(engine, keyring, at_once)
    lying = look(owner_url, key_file)
    _note("keys:renewed", keyring, old=lying.old, unreadable=lying.unreadable)
    return lying


def look(owner_url: str, key_file: Path) -> Lying:
    """How many values and tokens lie under which root."""
    keyring, found, unreadable = load_keyring(key_file), Counter[int](), 0
    with _owner(owner_url) as engine, engine.connect() as connection:
        for place in PLACES:
            for row in connection.execute(select(*place.rows.c).where(place.values.is_not(None))):
                root = root_of(place.raw(row))
                found[root] += 1
                unreadable += root not in keyring.roots
        found += renewing_tokens.count(connection, keyring)
    return Lying(keyring.number, dict(found), unreadable)


def retire(owner_url: str, key_file: Path) -> int:
    """Take the old roots out of the key file; gives how many went. Raises Conflict where anything lies under one."""
    keyring = load_keyring(key_file)
    if not keyring.others:
        raise Conflict("no_old_root")
    if look(owner_url, key_file).old:
        raise Conflict("old_root_in_use")
    with _owner(owner_url) as engine, engine.connect() as connection:
        agencies = list(connection.execute(select(RegisterRow.__table__.c.agency_id).distinct()).scalars())
    store_keyring(key_file, without_old_roots(keyring, agencies))
    _note("keys:old_root_retired", keyring)
    return len(keyring.others)


def _note(action: str, keyring: Keyring, **told: int) -> None:
    with unit_of_work.write(system_actor("setup")) as work:
        work.audit(action, None, root=keyring.number, **told)
        work.commit()


@contextmanager
def _owner(url: str) -> Iterator[Engine]:
    engine = make_engine(url, pool_size=1)
    try:
        _refuse_who_sees_a_part(engine)
        yield engine
    finally:
        engine.dispose()


def _refuse_who_sees_a_part(engine: Engine) -> None:
    """Who does not see every row would count none under the old root, and the rows of all would be lost with it."""
    if engine.dialect.name != "postgresql":
        return
    sees_all = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    with engine.connect() as connection:
        if not connection.execute(sees_all).scalar_one():
            raise Unconfigured("keys are renewed as the owner of the database: DATABASE_OWNER_URL must name her")


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        connection = connection.execution_options(is_immediate=True)
        with connection.begin():
            yield connection


def _batches(engine: Engine, place: Place, keyring: Keyring, at_once: int) -> Iterator[list[Any]]:
    """The rows that lie under an old root, in order of their keys, so that one that does not open is passed by once."""
    keys, last = list(place.rows.primary_key.columns), None
    old: ColumnElement[bool] = place.values.is_not(None)
    if not place.is_text:
        old = and_(old, place.header != header_of(keyring.number))
    while True:
        after = old if last is None else and_(old, tuple_(*keys) > tuple_(*last))
        with engine.connect() as connection:
            rows = list(connection.execute(select(*place.rows.c).where(after).order_by(*keys).limit(at_once)))
        if not rows:
            return
        last = [getattr(rows[-1], key.name) for key in keys]
        yield [row for row in rows if root_of(place.raw(row)) != keyring.number]


def _seal_anew(engine: Engine, place: Place, keyring: Keyring, rows: list[Any]) -> None:
    """Where somebody changed a row meanwhile, hers stands: it is under the new root already."""
    with _writing(engine) as connection:
        for row in rows:
            try:
                fresh = place.sealed_anew(keyring, row)
            except Tampered:
                continue  # counted by `look`, and never thrown away
            same = [key == getattr(row, key.name) for key in place.rows.primary_key.columns]
            held = type_coerce(place.values, String if place.is_text else LargeBinary) == getattr(row, place.column)
            connection.execute(update(place.rows).where(*same, held).values({place.column: fresh}))
