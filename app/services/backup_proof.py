"""What a backup says of itself, and the proof of a restored one: rows, foreign keys, audit chains, keys that open."""

from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, inspect, select, table, text

from app.audit_verify import Chain, verify_chain
from app.cipher import Tampered, digest
from app.clock import utc_now
from app.models.audit import AuditChain, AuditEntry
from app.models.case import CaseKey
from app.models.record import ClientRecord
from app.security.actor import LINKER_DESK
from app.security.keyring import Keyring
from app.security.vault import IDENTITY, Vault

SAMPLE = 20
REVISION = table("alembic_version")


class BackupRefused(Exception):
    """A backup that cannot be made or cannot be trusted; says why in words, and nothing of what is in it."""


@dataclass(frozen=True)
class Manifest:
    """What was in the database at the moment of the backup."""

    made_at: str
    database: str
    revision: str
    keys: str
    rows: dict[str, int]
    heads: list[list[Any]]

    def as_json(self) -> dict[str, Any]:
        """As it is written into the backup."""
        return asdict(self)


def describe(connection: Connection, keyring: Keyring) -> Manifest:
    """The manifest of what a connection sees; it must see one moment of the database, and all of it."""
    return Manifest(
        utc_now().isoformat(timespec="seconds"),
        connection.dialect.name,
        revision(connection),
        keys_id(keyring),
        rows(connection),
        _heads(connection),
    )


def keys_id(keyring: Keyring) -> str:
    """What names the application's keys without telling anything of them."""
    return digest(keyring.named("name of the keys"))[:16]


def revision(connection: Connection) -> str:
    """The revision of the schema."""
    return str(connection.execute(select(text("version_num")).select_from(REVISION)).scalar_one())


def rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = sorted(inspect(connection).get_table_names())
    counted = (select(func.count()).select_from(table(name)) for name in names)
    return {name: connection.execute(count).scalar_one() for name, count in zip(names, counted, strict=True)}


def _heads(connection: Connection) -> list[list[Any]]:
    chain = AuditChain.__table__.c
    found = connection.execute(select(chain.number, chain.length, chain.head).order_by(chain.number))
    return [list(row) for row in found]


def prove(connection: Connection, manifest: Manifest, keyring: Keyring) -> list[str]:
    """What a restored database was found to hold, in words; raises BackupRefused at the first thing that is not so."""
    if rows(connection) != manifest.rows:
        raise BackupRefused("the tables do not hold as many rows as the backup says")
    if connection.dialect.name == "sqlite":
        _sound_file(connection)
    elif connection.execute(_UNCHECKED).scalar_one():
        raise BackupRefused("a foreign key was not checked")
    entries = _chains(connection, manifest)
    return [
        f"{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, as many as the backup says",
        "every row that another refers to is there",
        f"{len(manifest.heads)} audit chains are whole: {entries} entries",
        f"{_sample(connection, manifest, keyring)} sealed records were opened with the keys of this installation",
    ]


_UNCHECKED = text("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")


def _sound_file(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() != ["ok"]:
        raise BackupRefused("the database file is not sound")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BackupRefused("a row refers to one that there is not")


def _chains(connection: Connection, manifest: Manifest) -> int:
    if _heads(connection) != manifest.heads:
        raise BackupRefused("the audit chains do not end as the backup says")
    entry, entries = AuditEntry.__table__, 0
    for number, length, head in manifest.heads:
        walk = select(entry).where(entry.c.chain == number).order_by(entry.c.position)
        with closing(connection.execute(walk.execution_options(yield_per=1000))) as found:  # a fault ends it early
            verdict = verify_chain(Chain(number, length, head, map(dict, found.mappings())))
        if verdict.fault:
            raise BackupRefused(f"audit chain {number}: {verdict.fault}")
        entries += verdict.entries
    return entries


def _sample(connection: Connection, manifest: Manifest, keyring: Keyring) -> int:
    key, record, vault = CaseKey.__table__, ClientRecord.__table__, Vault(keyring)
    wrapped = (
        select(record.c.id, record.c.case_id, record.c.identity, key.c.wrapped)
        .join(key, key.c.case_id == record.c.case_id)
        .where(key.c.holder_id == LINKER_DESK, key.c.kind == IDENTITY, record.c.identity.is_not(None))
    )
    found = connection.execute(wrapped.order_by(func.random()).limit(SAMPLE)).all()
    try:
        for row in found:
            plain = vault.unwrap(row.wrapped, row.case_id, IDENTITY, LINKER_DESK)
            vault.open(plain, row.identity, "client_record", "identity", row.id)
    except Tampered:
        is_other = keys_id(keyring) != manifest.keys
        told = "the key file is not the one the data were sealed with" if is_other else "a sealed record does not open"
        raise BackupRefused(told) from None
    return len(found)
