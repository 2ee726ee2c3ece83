"""Search tokens under a new root: made anew from the name that they were made of, record by record.

A token cannot be turned into another one without the name, so each record's identity is opened with the wrap of the
linker's desk, in memory, and its tokens of either root told apart. A token that neither root makes of the name as it
stands is of no use to anybody and is left as it is.
"""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from app.cipher import Tampered, token
from app.matching.tokens import link_texts, search_texts
from app.models.case import CaseKey
from app.models.record import ClientRecord, LinkToken, SearchToken
from app.security.actor import LINKER_DESK
from app.security.keyring import Keyring
from app.security.vault import IDENTITY, Vault
from app.services.linking import opened_view

MARK = "pairs:kept"
_record, _search, _link = ClientRecord.__table__, SearchToken.__table__, LinkToken.__table__
_wraps = CaseKey.__table__
# Of columns, not of attributes as the linker's: repeated outside a session, those of a statement known already are
# compared with those of its plan, and a sealed one refuses to be compared.
_SEEN = ("id", "case_id", "identity", "sex", "region", "form", "scope", "snapshot_on", "register_id")
_WITH_KEYS = (
    select(*(_record.c[name] for name in _SEEN), _wraps.c.wrapped)
    .join_from(_record, _wraps, _wraps.c.case_id == _record.c.case_id)
    .where(_wraps.c.holder_id == LINKER_DESK, _wraps.c.kind == IDENTITY, _record.c.identity.is_not(None))
)
Known = dict[bytes, tuple[int, str]]


def renew(engine: Engine, keyring: Keyring, at_once: int) -> None:
    """Write every token of an old root anew."""
    last = None
    while rows := _records(engine, last, at_once):
        last = rows[-1].id
        with engine.connect() as connection:
            connection = connection.execution_options(is_immediate=True)
            with connection.begin():
                _renew_some(connection, keyring, [row.id for row in rows])


def count(connection: Connection, keyring: Keyring) -> Counter[int]:
    """How many tokens lie under which root."""
    found = Counter[int]()
    for row in connection.execute(_WITH_KEYS):
        for _table, key in _tokens_of(connection, keyring, row):
            found[key[1][0]] += 1
    return found


def _records(engine: Engine, last: Any, at_once: int) -> list[Any]:
    after = [] if last is None else [_record.c.id > last]
    with engine.connect() as connection:
        ids = select(_record.c.id).where(_record.c.identity.is_not(None), *after).order_by(_record.c.id)
        return list(connection.execute(ids.limit(at_once)))


def _renew_some(connection: Connection, keyring: Keyring, ids: list[Any]) -> None:
    """Behind a lock on the records: who corrects a name writes its tokens before this reads them, or after it ended."""
    connection.execute(select(_record.c.id).where(_record.c.id.in_(ids)).with_for_update())
    for row in connection.execute(_WITH_KEYS.where(_record.c.id.in_(ids))).all():
        for table, (held, (root, text)) in _tokens_of(connection, keyring, row):
            if root != keyring.number:
                _replace(connection, table, held, token(_key(keyring, table, held), text))


def _replace(connection: Connection, table: Any, held: Any, fresh: bytes) -> None:
    values = dict(held._mapping) | {"token": fresh}
    same = [table.c[name] == value for name, value in held._mapping.items()]
    there = select(table.c.token).where(*(table.c[name] == value for name, value in values.items()))
    connection.execute(delete(table).where(*same))
    if connection.execute(there).first() is None:
        connection.execute(insert(table), [values])


def _tokens_of(connection: Connection, keyring: Keyring, row: Any) -> list[tuple[Any, tuple[Any, tuple[int, str]]]]:
    """The tokens of a record that a known root makes of its name, each with root and text."""
    try:
        view = opened_view(Vault(keyring), row)
    except Tampered:
        return []
    texts = {*link_texts(view), *search_texts(view.given_names, view.surname), MARK}
    found: list[tuple[Any, tuple[Any, tuple[int, str]]]] = []
    for table in (_search, _link):
        known: dict[bytes, Known] = {}
        for held in connection.execute(select(*table.c).where(table.c.record_id == row.id)).all():
            key = _key(keyring, table, held)
            known.setdefault(key, _made(keyring, key, texts))
            if bytes(held.token) in known[key]:
                found.append((table, (held, known[key][bytes(held.token)])))
    return found


def _key(keyring: Keyring, table: Any, held: Any) -> Any:
    return keyring.link if table is _link else keyring.search(held.agency_id)


def _made(keyring: Keyring, key: Any, texts: set[str]) -> Known:
    return {token(one, text): (root, text) for root, one in key.every.items() for text in texts}
