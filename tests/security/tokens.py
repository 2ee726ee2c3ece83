"""Words that stand nowhere else, put into everything of a caseload that somebody wrote; each knows where it lies.

What a service has sealed is opened with the key of its case, its stay, its complaint or its agency, each free text in
it gets a word of its own, and it is sealed again to the same place. Texts that nobody wrote yet are written. Ids and
references of cases need no word: each stands for itself.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select, text

from app.cipher import Tampered, digest, unseal
from app.models.base import Base
from app.models.case import Case
from app.security.vault import Vault
from app.services.rooted import PLACES
from tests.factories.world import World
from tests.security.relations import above

WORD = re.compile(r"Kn[a-p]{12}")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REFERENCE = re.compile(r"\bKS-\d{4}-[0-9A-Z]+\b")
OF_AGENCY = ("hotline|{}", "operations|{}", "drafts|{}")
"""Keys of an agency that are named for a purpose."""

NOT_WRITTEN_YET = {
    "note": ("text",),
    "keep_apart": ("reason",),
    "case_bar": ("reason",),
    "meeting_follow_up": ("task",),
    "appointment": ("note",),
    "belonging": ("description",),
    "movement_limit": ("reason", "own_words"),
    "complaint": ("told",),
    "hotline_contact": ("note",),
}
"""Texts that the caseload of the matrix leaves empty, and that are written here."""
PLAIN = (("house_text", "body"),)
"""Texts of one agency that are not sealed."""
Words = Callable[[str], str]
Keys = dict[UUID, dict[str, bytes]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a word lies: the column, which of its parts, the class that it has, and the row beside it."""

    table: str
    column: str
    part: str
    sensitivity: str
    row: Row = field(repr=False, compare=False)


@dataclass
class Planted:
    """All words by what they stand for, and the columns that held something which no key of these opened."""

    words: dict[str, Place] = field(default_factory=dict)
    shut: set[str] = field(default_factory=set)

    def writer(self, table: Table, column: str, row: Row) -> Words:
        """What makes a new word for each part of a value."""
        sensitivity = row.get("sensitivity") or table.c[column].info.get("sensitivity", "")

        def new(part: str) -> str:
            word = new_word()
            self.words[word] = Place(table.name, column, part, sensitivity, row)
            return word

        return new


def new_word() -> str:
    """One that there has not been; of letters alone, so that it may be a name."""
    return "Kn" + "".join(secrets.choice("abcdefghijklmnop") for _ in range(12))


def plant(world: World) -> Planted:
    """Put a word into every free text, and take every id and reference of a case for one."""
    planted, vault = Planted(), world.database.vault
    with above(world).begin() as connection:
        if world.database.is_postgresql:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # what is kept as written, too
        keys = _keys(connection, vault)
        for table in Base.metadata.sorted_tables:
            for row in map(dict, connection.execute(select(table)).mappings().all()):
                if table is Case.__table__:
                    known = Place("cases", "id", "", "P", row)
                    planted.words |= {str(row["id"]): known, row["reference"]: known}
                changed = _changed(vault, planted, table, row, keys)
                if changed:
                    connection.execute(table.update().where(table.c.id == row["id"]).values(changed))
    return planted


def _keys(connection: Connection, vault: Vault) -> Keys:
    """Every key that is wrapped for somebody, by what it belongs to and its kind."""
    found: Keys = {}
    for place in PLACES:
        for row in connection.execute(select(place.rows)):
            if place.column != "wrapped" or not getattr(row, place.column):
                continue
            _, owner, kind, _ = place.bound(row).split("|")
            key = unseal(place.key(vault.keyring, row), place.raw(row), place.bound(row))
            found.setdefault(UUID(owner), {})[kind] = key
    return found


def _changed(vault: Vault, planted: Planted, table: Table, row: Row, keys: Keys) -> Row:
    """The values of a row that hold words now."""
    if table.name == "case_document":
        return _document(vault, planted, table, row, keys)
    changed = {
        name: f"{row[name]} {planted.writer(table, name, row)('')}" for where, name in PLAIN if where == table.name
    }
    for name in (column.name for column in table.columns if column.info.get("sealed") and "id" in row):
        write = planted.writer(table, name, row)
        if row[name] is not None:
            key, told = opened(vault, _keys_for(keys, vault, row), row[name], (table.name, name, row["id"]))
            if key is None:
                planted.shut.add(f"{table.name}.{name}")
                continue
            changed[name] = vault.seal(key, _with_words(told, write), table.name, name, row["id"])
        elif name in NOT_WRITTEN_YET.get(table.name, ()):
            changed[name] = vault.seal(
                _own_key(vault, table, row, keys), f"Written: {write('')}", table.name, name, row["id"]
            )
    return changed


def _document(vault: Vault, planted: Planted, table: Table, row: Row, keys: Keys) -> Row:
    """A file that says a word, with one more in what was said about it."""
    key, content = keys[row["case_id"]]["content"], planted.writer(table, "content", row)("").encode()
    details = vault.open(key, row["details"], table.name, "details", row["id"])
    details |= {"about": planted.writer(table, "details", row)("about"), "digest": digest(content)}
    return {
        "size": len(content),
        "content": vault.seal_bytes(key, content, table.name, "content", row["id"]),
        "details": vault.seal(key, details, table.name, "details", row["id"]),
    }


def _own_key(vault: Vault, table: Table, row: Row, keys: Keys) -> bytes:
    """Under which a text that nobody wrote yet belongs."""
    if table.name == "complaint":
        return keys[row["id"]]["complaint"]
    if table.name == "hotline_contact":
        return vault.keyring.named(f"hotline|{row['agency_id']}")
    return keys[row["case_id"]]["content"]


def _keys_for(keys: Keys, vault: Vault, row: Row) -> list[bytes]:
    owners = (row.get(name) for name in ("case_id", "stay_id", "id"))
    own = [key for owner in owners if owner in keys for key in keys[owner].values()]
    return own + [vault.keyring.named(name.format(row.get("agency_id"))) for name in OF_AGENCY]


def opened(vault: Vault, keys: list[bytes], sealed: bytes, place: tuple[str, str, UUID]) -> tuple[bytes | None, Any]:
    """The key of these that opens a sealed value in its place, and what it says; None where none does."""
    for key in keys:
        try:
            return key, vault.open(key, sealed, *place)
        except Tampered:
            continue
    return None, None


def _with_words(told: Any, write: Words, part: str = "") -> Any:
    """The same with a word more in each text that somebody typed: one with a blank or a capital, and no code."""
    if isinstance(told, Mapping):
        return {name: _with_words(value, write, str(name)) for name, value in told.items()}
    if isinstance(told, list):
        return [_with_words(value, write, part) for value in told]
    is_typed = isinstance(told, str) and (" " in told or (len(told) > 2 and told[0].isupper()))
    return f"{told} {write(part)}" if is_typed else told


def words_in(told: str) -> Iterator[str]:
    """Every word, id and reference that a text holds."""
    for pattern in (WORD, ID, REFERENCE):
        yield from set(pattern.findall(told))
