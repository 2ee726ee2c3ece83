"""Whoever owns the database changes the record of acts: eight ways, at a place drawn by lot, guards switched off."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Table, delete, insert, select, update

from app.audit_verify import entry_digest, sha256
from app.models.audit import AuditChain, AuditEntry
from app.models.base import Base

ENTRY: Table = Base.metadata.tables[AuditEntry.__tablename__]
CHAIN: Table = Base.metadata.tables[AuditChain.__tablename__]
AT_LEAST = 4
Row = dict[str, Any]
DROPPED = (
    "DROP TRIGGER audit_entry_no_update",
    "DROP TRIGGER audit_entry_no_delete",
    "DROP TRIGGER audit_entry_head",
)


class Intruder:
    """One who owns the database, in a transaction that is rolled back afterwards."""

    def __init__(self, connection: Connection, dice: random.Random) -> None:
        self.connection = connection
        self.dice = dice
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            connection.exec_driver_sql("BEGIN")
            for statement in DROPPED:
                connection.exec_driver_sql(statement)
        long_enough = select(CHAIN.c.number).where(CHAIN.c.length >= AT_LEAST).order_by(CHAIN.c.number)
        self.number = dice.choice(connection.execute(long_enough).scalars().all())
        found = select(ENTRY).where(ENTRY.c.chain == self.number).order_by(ENTRY.c.position)
        self.rows: list[Row] = [dict(row) for row in connection.execute(found).mappings()]

    def _place(self) -> int:
        return self.dice.randrange(1, len(self.rows) - 1)

    def _write(self, row: Row) -> None:
        here = (ENTRY.c.chain == self.number) & (ENTRY.c.position == row["position"])
        self.connection.execute(update(ENTRY).where(here).values(**row))

    def _rewrite(self, rows: list[Row]) -> None:
        """The chain anew from its first entry, with the head that belongs to it: nothing of it shows by itself."""
        previous = ""
        for position, row in enumerate(rows, start=1):
            row |= {"position": position, "previous": previous}
            row["digest"] = previous = entry_digest(row)
        self.connection.execute(delete(ENTRY).where(ENTRY.c.chain == self.number))
        self.connection.execute(insert(ENTRY), rows)
        self._set_head(rows)

    def _set_head(self, rows: list[Row]) -> None:
        head = rows[-1]["digest"] if rows else ""
        here = update(CHAIN).where(CHAIN.c.number == self.number)
        self.connection.execute(here.values(length=len(rows), head=head))

    def _edited(self, row: Row) -> Row:
        """Another act, member, case, moment or detail."""
        another = {
            "action": row["action"] + "x",
            "member_id": UUID(int=self.dice.getrandbits(128)),
            "agency_id": UUID(int=self.dice.getrandbits(128)),
            "case_id": UUID(int=self.dice.getrandbits(128)),
            "at": row["at"] + timedelta(microseconds=self.dice.randrange(1, 9)),
            "detail": json.dumps({"x": self.dice.getrandbits(32)}),
        }
        field = self.dice.choice(sorted(another))
        return row | {field: another[field]}

    # --- the eight ways ---

    def flips_a_byte(self) -> None:
        """Of what was written down, of a digest or of the digest before."""
        row = dict(self.dice.choice(self.rows))
        field = self.dice.choice([name for name in ("action", "detail", "previous", "digest") if row[name]])
        place = self.dice.randrange(len(row[field]))
        flipped = chr(ord(row[field][place]) ^ 1)
        self._write(row | {field: row[field][:place] + flipped + row[field][place + 1 :]})

    def deletes_in_the_middle(self) -> None:
        """One entry, and nothing else."""
        here = (ENTRY.c.chain == self.number) & (ENTRY.c.position == self._place() + 1)
        self.connection.execute(delete(ENTRY).where(here))

    def edits_with_its_digest(self) -> None:
        """One entry with a digest that fits it; the next one names the old digest."""
        row = self._edited(self.rows[self._place()])
        self._write(row | {"digest": entry_digest(row)})

    def swaps_two(self) -> None:
        """Two entries in the place of each other, each with a digest that fits its new place."""
        place = self._place()
        one, other = self.rows[place], self.rows[place - 1]
        for row, at in ((one, other), (other, one)):
            moved = row | {"position": at["position"], "previous": at["previous"]}
            self._write(moved | {"digest": entry_digest(moved)})

    def inserts_one(self) -> None:
        """An entry that was never made, at the end: it follows the last and the head is not told, or the other way."""
        last, follows = self.rows[-1], self.dice.random() < 0.5
        row = self._edited(last) | {"position": last["position"] + 1}
        row["previous"] = last["digest"] if follows else self.dice.choice(("", last["previous"]))
        row["digest"] = entry_digest(row)
        self.connection.execute(insert(ENTRY), [row])
        if not follows:
            self._set_head([*self.rows, row])

    def cuts_the_end(self) -> None:
        """The last entries, and the head set back."""
        kept = self.rows[: self.dice.randrange(len(self.rows))]
        beyond = (ENTRY.c.chain == self.number) & (ENTRY.c.position > len(kept))
        self.connection.execute(delete(ENTRY).where(beyond))
        self._set_head(kept)

    def deletes_and_rebuilds(self) -> None:
        """An entry, every digest after it made anew; and new entries until the chain is as long as before, or not."""
        rows = [dict(row) for row in self.rows]
        del rows[self._place()]
        if self.dice.random() < 0.5:
            rows.append(dict(rows[-1]))
        self._rewrite(rows)

    def edits_and_rebuilds(self) -> None:
        """An entry, and every digest after it and the head made anew."""
        rows = [dict(row) for row in self.rows]
        place = self.dice.randrange(len(rows))
        rows[place] = self._edited(rows[place])
        self._rewrite(rows)

    def forged(self, lines: list[str]) -> list[str]:
        """Checkpoints that say what the heads say now, one following the other, signed with a key of her own."""
        heads = self.connection.execute(select(CHAIN.c.number, CHAIN.c.length, CHAIN.c.head).order_by(CHAIN.c.number))
        chains, key = [list(head) for head in heads], Ed25519PrivateKey.generate()
        made, previous = [], ""
        for line in lines:
            told = json.loads(json.loads(line)["content"]) | {"chains": chains, "previous": previous}
            text = json.dumps(told, sort_keys=True, separators=(",", ":"))
            made.append(json.dumps({"content": text, "signature": key.sign(text.encode()).hex()}))
            previous = sha256(text)
        return made


WAYS: dict[str, Callable[[Intruder], None]] = {
    "flips a byte": Intruder.flips_a_byte,
    "deletes in the middle": Intruder.deletes_in_the_middle,
    "edits with its digest": Intruder.edits_with_its_digest,
    "swaps two": Intruder.swaps_two,
    "inserts one": Intruder.inserts_one,
    "cuts the end": Intruder.cuts_the_end,
    "deletes and rebuilds": Intruder.deletes_and_rebuilds,
    "edits and rebuilds": Intruder.edits_and_rebuilds,
}
BEYOND_THE_CHAIN = ("cuts the end", "deletes and rebuilds", "edits and rebuilds")
"""What a chain cannot show by itself."""
NAMED = {"deletes in the middle": "is missing"}
"""What the verdict must say besides that something is wrong."""
