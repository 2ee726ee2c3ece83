"""Which key seals what a house writes of a resident, and which opens it again.

The content key of her case, while the house is a party: then who leads the case reads it too, and it outlives her stay.
Else, where consent was withdrawn and she has not left yet, the key of her stay, which the house alone holds and which
is destroyed at her departure (decision 34). Both are taken through the house's own standing: whoever is on duty reads
and writes, assigned to the case or not; who is barred from it does neither.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.errors import NotFound
from app.queries import house_wraps
from app.security.vault import CONTENT, Vault
from app.services.unit_of_work import Work

STAY = "stay"


@dataclass(frozen=True)
class HouseKeys:
    """The keys that open a house's words on one resident; lives no longer than the unit of work."""

    vault: Vault
    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def under(self) -> str:
        """Under which of them is written; raises NotFound where there is none."""
        for name in (CONTENT, STAY):
            if name in self.keys:
                return name
        raise NotFound

    def seal(self, text: str | None, table: str, column: str, row_id: UUID) -> bytes | None:
        """Seal a text to its place; nothing stays nothing."""
        return self.vault.seal(self.keys[self.under], text, table, column, row_id) if text else None

    def open(self, sealed: bytes | None, under: str, table: str, column: str, row_id: UUID) -> str | None:
        """Open it again; None where nothing was written, or the key that seals it is not the reader's or is gone."""
        key = self.keys.get(under)
        return None if sealed is None or key is None else str(self.vault.open(key, sealed, table, column, row_id))


def of_house(work: Work, case_ids: Collection[UUID]) -> dict[UUID, HouseKeys]:
    """The keys of residents of the actor's own house, by case."""
    with work.answering_for(_own(work)):
        return of_cases(work, case_ids)


def of_cases(work: Work, case_ids: Collection[UUID]) -> dict[UUID, HouseKeys]:
    """The keys that the actor's agency holds for cases that are open to her, and of stays in her own house."""
    holder, vault = _own(work), work.vault
    found: dict[UUID, dict[str, bytes]] = {case_id: {} for case_id in case_ids}
    for row in house_wraps.content(work.session, work.actor, case_ids):
        found[row.case_id][CONTENT] = vault.unwrap(row.wrapped, row.owner_id, CONTENT, holder)
    for row in house_wraps.stays(work.session, work.actor, case_ids):
        found[row.case_id][STAY] = vault.unwrap(row.wrapped, row.owner_id, STAY, holder)
    return {case_id: HouseKeys(vault, keys) for case_id, keys in found.items()}


def _own(work: Work) -> UUID:
    if work.actor.agency_id is None:
        raise NotFound
    return work.actor.agency_id


def opened(keys: HouseKeys, row: Any, table: str, *columns: str) -> dict[str, str | None]:
    """The sealed columns of a row of which `sealed_under` names the key."""
    return {name: keys.open(getattr(row, name), row.sealed_under, table, name, row.id) for name in columns}
