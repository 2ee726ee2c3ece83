"""What is sealed and was altered, cut, moved or lies under another key is refused; a page says so without a value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, select, type_coerce, update

from app.cipher import NUMBERED, VERSION, Tampered, new_key, seal, unseal
from app.errors import Unconfigured
from app.models.base import Base
from app.security.keyring import Keyring, ensure_key_file, load_keyring
from app.services import documents, notes, unit_of_work
from app.services.case_keys import open_keys
from app.services.documents import NewDocument
from app.services.key_fit import refuse_foreign_keys
from app.services.notes import NewNote
from app.services.unit_of_work import Database
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World
from tests.security.relations import above
from tests.support.promises import scaled, tell

ADVOCATE = "advocate"
CANARY = "Zogjova"
TABLES = ("client_record", "case_event", "note", "case_document")


@dataclass(frozen=True)
class Value:
    """A sealed value with its place and the key that opens it."""

    key: bytes
    sealed: bytes
    place: str


def _filled(world: World) -> list[UUID]:
    """Two cases with all that a page shows."""
    unit_of_work.bind(world.database)
    cases = [world.with_advocate(family_name=CANARY), world.with_advocate(family_name="Provë")]
    for case_id in cases:
        notes.add_note(world.actor(ADVOCATE), case_id, NewNote("T", f"Called {CANARY}.", A_DAY))
        documents.add(world.actor(ADVOCATE), case_id, NewDocument(b"hello", "a.txt", "statement"), 100)
    return cases


def _values(world: World) -> list[Value]:
    """Every sealed value of the cases' tables, with the key that opens it, and the wraps."""
    found, keys = [], [key for case_id in _filled(world) for key in _keys(world, case_id)]
    with above(world).connect() as connection:
        for name in TABLES:
            table = Base.metadata.tables[name]
            for column in (one for one in table.columns if one.info.get("sealed")):
                for row in connection.execute(select(table.c.id, type_coerce(column, LargeBinary))).all():
                    found += list(_opened(keys, row[1], f"{name}|{column.name}|{row.id}"))
        wraps = Base.metadata.tables["case_key"]
        for row in connection.execute(select(wraps)).all():
            key = world.database.vault.keyring.agency(row.holder_id)
            found.append(Value(key, bytes(row.wrapped), f"key|{row.case_id}|{row.kind}|{row.holder_id}"))
    return found


def _keys(world: World, case_id: UUID) -> list[bytes]:
    with world.database.read(world.actor(ADVOCATE)) as work:
        keys = open_keys(work, case_id)
    return [keys.identity, keys.content]


def _opened(keys: list[bytes], sealed: bytes | None, place: str) -> Iterator[Value]:
    for key in keys if sealed else ():
        if _opens(key, bytes(sealed or b""), place):
            yield Value(key, bytes(sealed or b""), place)


def _opens(key: bytes, sealed: bytes, place: str) -> bool:
    try:
        unseal(key, sealed, place)
    except Tampered:
        return False
    return True


def _altered(one: Value, values: list[Value], bits: int) -> Iterator[Value]:
    """Every byte in some of its bits, every length, every header, every other place and every other key."""
    for place in range(len(one.sealed)):
        for bit in range(bits):
            flipped = bytes([one.sealed[place] ^ (1 << bit)])
            yield Value(one.key, one.sealed[:place] + flipped + one.sealed[place + 1 :], one.place)
        yield Value(one.key, one.sealed[:place], one.place)
    yield Value(one.key, one.sealed + b"\x00", one.place)
    for number in range(1, 4):
        body = one.sealed[2:] if one.sealed[:1] == NUMBERED else one.sealed[1:]
        heads = [head for head in (VERSION, NUMBERED + bytes([number])) if not one.sealed.startswith(head)]
        yield from (Value(one.key, head + body, one.place) for head in heads)
    for other in values:
        if other is not one:
            yield Value(one.key, other.sealed, one.place)
            yield Value(one.key, one.sealed, other.place)
        if other.key != one.key:
            yield Value(other.key, one.sealed, one.place)


@pytest.mark.promise("T4.2")
def test_every_altered_value_is_refused(world: World) -> None:
    values, bits = _values(world), scaled(1, 8)

    tried = [_opens(one.key, one.sealed, one.place) for value in values for one in _altered(value, values, bits)]

    assert len({one.place.split("|")[0] for one in values}) == len(TABLES) + 1
    assert len({one.place.rpartition("|")[0] for one in values}) >= 9
    assert sum(tried) == 0
    database = "PostgreSQL" if world.database.is_postgresql else "SQLite"
    tell("T4.2", database, f"{len(values)} values, {len(tried):,} alterations, all refused")


@pytest.mark.promise("T4.2")
def test_where_values_are_not_bound_to_their_place_a_moved_one_opens() -> None:
    key = new_key()
    values = [Value(key, seal(key, plain, ""), "") for plain in (b"one", b"other")]

    opened = [_opens(one.key, one.sealed, one.place) for one in _altered(values[0], values, 1)]

    assert sum(opened) == 2


COLUMNS = (
    ("client_record", "identity"),
    ("client_record", "safe_contact"),
    ("note", "text"),
    ("case_key", "wrapped"),
    ("case_document", "details"),
    ("case_document", "content"),
)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_page_of_an_altered_value_is_a_plain_fault_without_a_value(
    world: World, reader: Readers, table: str, column: str
) -> None:
    case_id, visitor = _filled(world)[0], reader(ADVOCATE)
    _flip(world, table, column)

    page = visitor.get(_address(world, case_id, table, column), status=503)

    assert "cannot be opened" in page.text
    assert [word for word in (CANARY, "Tampered", "Traceback", table) if word in page.text] == []


def _address(world: World, case_id: UUID, table: str, column: str) -> str:
    shelf = f"/cases/{case_id}/documents"
    if table != "case_document":
        return f"/cases/{case_id}"
    documents_of = Base.metadata.tables[table]
    with above(world).connect() as connection:
        found = connection.execute(select(documents_of.c.id).where(documents_of.c.case_id == case_id)).scalar_one()
    return f"{shelf}/{found}" if column == "content" else shelf


def _flip(world: World, table: str, column: str) -> None:
    """The last byte of every value of a column."""
    rows = Base.metadata.tables[table]
    with above(world).begin() as connection:
        for row in connection.execute(
            select(*rows.primary_key.columns, type_coerce(rows.c[column], LargeBinary))
        ).all():
            value = bytes(row[-1] or b"\x00")
            same = [key == getattr(row, key.name) for key in rows.primary_key.columns]
            altered = value[:-1] + bytes([value[-1] ^ 1])
            connection.execute(update(rows).where(*same).values({column: altered}))


def _stranger_who_signs_alike(world: World, folder: Path) -> Database:
    """With a foreign root, whose contexts PostgreSQL believes all the same: so that the seals alone are left."""
    ensure_key_file(folder / "other.json")
    keyring = replace(load_keyring(folder / "other.json"), signs=world.database.vault.keyring.context)
    return Database(world.settings.database_url, keyring, pool_size=1)


@pytest.mark.promise("T4.5")
def test_a_key_file_of_another_database_ends_the_start(world: World, tmp_path: Path) -> None:
    world.open_signal()
    ensure_key_file(tmp_path / "other.json")
    stranger = Database(world.settings.database_url, load_keyring(tmp_path / "other.json"), pool_size=1)
    signs_alike = _stranger_who_signs_alike(world, tmp_path)

    with pytest.raises(Unconfigured, match="not the one of this database"):
        refuse_foreign_keys(stranger)
    with pytest.raises(Unconfigured, match="not the one of this database"):
        refuse_foreign_keys(signs_alike)
    with pytest.raises(Unconfigured):
        load_keyring(tmp_path / "nowhere.json")

    stranger.engine.dispose()
    signs_alike.engine.dispose()
    tell("T4.5", "PostgreSQL" if world.database.is_postgresql else "SQLite", "missing and foreign key file: no start")


@pytest.mark.promise("T4.5")
def test_the_right_key_file_starts_and_a_foreign_one_that_is_not_asked_about_seals_what_nobody_opens(
    world: World, tmp_path: Path
) -> None:
    world.open_signal()
    refuse_foreign_keys(world.database)
    stranger = _stranger_who_signs_alike(world, tmp_path)
    unit_of_work.bind(stranger)

    case_id = world.open_signal()

    unit_of_work.bind(world.database)
    with pytest.raises(Tampered):
        _keys_of_police(world, case_id)
    stranger.engine.dispose()


def _keys_of_police(world: World, case_id: UUID) -> object:
    with world.database.read(world.actor("investigator")) as work:
        return open_keys(work, case_id)


@pytest.mark.promise("T4.6")
def test_a_stolen_database_without_its_key_file_opens_nothing(world: World) -> None:
    values = _values(world)
    guesses = [b"", bytes(32), b"throughcare".ljust(32, b"\x00"), world.settings.database_url.encode()[:32].ljust(32)]

    opened = [
        one.place
        for one in values
        for guess in guesses
        if _opens(guess.ljust(32, b"\x00"), one.sealed, one.place) or _opens(_rooted(guess, one), one.sealed, one.place)
    ]

    assert opened == []
    stolen = json.dumps({name: str(value) for name, value in vars(world.settings).items()})
    assert world.database.vault.keyring.root.hex() not in stolen
    tell("T4.6", "PostgreSQL" if world.database.is_postgresql else "SQLite", f"0 of {len(values)} values recovered")


def _rooted(guess: bytes, one: Value) -> bytes:
    """The key that a guessed root would give for a wrap."""
    holder = one.place.rpartition("|")[2]
    return Keyring(guess.ljust(32, b"\x00")).agency(UUID(holder))


@pytest.mark.promise("T4.6")
def test_a_stolen_database_with_its_key_file_opens_every_wrap(world: World) -> None:
    values = _values(world)

    assert all(_opens(one.key, one.sealed, one.place) for one in values)


@pytest.mark.promise("T4.3")
def test_no_two_values_have_the_same_nonce() -> None:
    key, number = new_key(), scaled(20_000, 1_000_000)

    nonces = {seal(key, b"x", "")[1:13] for _ in range(number)}

    assert len(nonces) == number
    tell("T4.3", "SQLite", f"{number:,} nonces, all different (no database plays a part)")


@pytest.mark.promise("T4.3")
def test_a_nonce_of_two_bytes_would_be_met_again() -> None:
    key = new_key()

    assert len({seal(key, b"x", "")[1:3] for _ in range(20_000)}) < 20_000
