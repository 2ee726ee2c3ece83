"""Every value that lies under a key derived from the root: where it is, which key opens it, what it is bound to.

What is sealed under a case's own key is not here: a new root wraps that key anew, and leaves what it seals as it is.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, func, type_coerce

from app.cipher import FIRST, header_of, seal, unseal
from app.models.base import Base
from app.security.keyring import Keyring


@dataclass(frozen=True)
class Place:
    """A column of values under a derived key."""

    table: str
    column: str
    key: Callable[[Keyring, Any], bytes]
    bound: Callable[[Any], str]
    is_text: bool = False

    @property
    def rows(self) -> Table:
        """Its table."""
        return Base.metadata.tables[self.table]

    @property
    def values(self) -> Column[Any]:
        """Its column."""
        return self.rows.c[self.column]

    @property
    def header(self) -> Any:
        """The first two bytes of a value, for a condition; of a value kept as text there is none."""
        return func.substr(type_coerce(self.values, LargeBinary), 1, 2, type_=LargeBinary)

    def raw(self, row: Any) -> bytes:
        """The sealed bytes of a row."""
        value = getattr(row, self.column)
        return base64.b64decode(value) if self.is_text else bytes(value)

    def sealed_anew(self, keyring: Keyring, row: Any) -> bytes | str:
        """The same value under the newest root; raises cipher.Tampered where no root opens it."""
        key, bound = self.key(keyring, row), self.bound(row)
        fresh = seal(key, unseal(key, self.raw(row), bound), bound)
        return base64.b64encode(fresh).decode() if self.is_text else fresh


def root_of(sealed: bytes) -> int:
    """The number of the root that a value lies under."""
    return sealed[1] if sealed[:1] == header_of(FIRST)[:1] else FIRST


def _wrapped(table: str, owner: str, holder: str = "agency_id", kind: str = "", column: str = "wrapped") -> Place:
    return Place(
        table,
        column,
        lambda keyring, row: keyring.agency(getattr(row, holder)),
        lambda row: f"key|{getattr(row, owner)}|{kind or row.kind}|{getattr(row, holder)}",
    )


def _named(table: str, column: str, purpose: str, *, is_text: bool = False) -> Place:
    return Place(
        table,
        column,
        lambda keyring, row: keyring.named(f"{purpose}|{row.agency_id}"),
        lambda row: f"{table}|{column}|{row.id}",
        is_text,
    )


_FACTOR = Place(
    "member_factor",
    "secret",
    lambda keyring, _row: keyring.named("factors"),
    lambda row: f"member_factor|secret|{row.member_id}",
)
_PASSKEY = Place(
    "passkey",
    "public_key",
    lambda keyring, _row: keyring.named("factors"),
    lambda row: f"passkey|public_key|{row.member_id}",
)
PLACES = (
    _wrapped("case_key", "case_id", "holder_id"),
    _wrapped("packet_key", "referral_id", kind="packet"),
    _wrapped("stay_key", "stay_id", kind="stay"),
    _wrapped("signal_key", "signal_id", kind="signal"),
    _wrapped("complaint", "id", kind="complaint"),
    _wrapped("premises_period", "id", kind="premises_period"),
    _wrapped("shelter_address", "premises_id", kind="shelter_address"),
    _wrapped("premises_alarm", "id", kind="premises_alarm"),
    _wrapped("incident", "id", kind="incident"),
    _wrapped("relocation_place", "id", kind="relocation_place"),
    _wrapped("relocation_place", "id", "driver_id", "relocation_place", "driver_wrapped"),
    _named("hotline_contact", "note", "hotline"),
    _named("operation", "note", "operations"),
    _named("venue", "address", "operations"),
    _named("register_draft", "content", "drafts"),
    _named("register_draft", "definition", "drafts", is_text=True),
    _named("unsent_form", "opening", "unsent"),
    _FACTOR,
    _PASSKEY,
)
"""All of them. A new one that is missing here is found by the test of renewed keys: no value may name the old root."""
