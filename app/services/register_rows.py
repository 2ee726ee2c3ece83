"""The page of a record that came with a register: what the row said, as it was given, and what it counts for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.errors import NotFound
from app.models.case import Case, CaseKey
from app.models.count import CountFact
from app.models.record import ClientRecord
from app.models.register import RegisterRow
from app.security.policy import classes_of
from app.security.vault import IDENTITY
from app.services.unit_of_work import Work
from app.services.viewing import Looked, open_identity

SENSITIVITY = "I"
"""The class of a row as it was given: it names the person."""


@dataclass(frozen=True)
class ImportedRecord:
    """A record made of one row. `identity` and `source` are empty for a role that may not see who it is."""

    reference: str
    opened_on: date
    import_id: UUID
    number: int
    identity: dict[str, Any]
    source: dict[str, str]
    snapshot: ClientRecord
    entry_door: str
    facts: tuple[tuple[str, date], ...]


def record(work: Work, case_id: UUID) -> Looked[ImportedRecord]:
    """The record of an imported case that is open to the actor; raises NotFound for any other."""
    found = work.session.execute(
        select(Case, ClientRecord, RegisterRow, CaseKey.wrapped)
        .join(ClientRecord, ClientRecord.case_id == Case.id)
        .join(RegisterRow, RegisterRow.record_id == ClientRecord.id)
        .join(CaseKey, CaseKey.case_id == Case.id)
        .where(Case.id == case_id, Case.status == "imported")
        .where(CaseKey.kind == IDENTITY, CaseKey.holder_id == work.actor.agency_id)
    ).first()
    if found is None:
        raise NotFound
    case, client, row, wrapped = found
    may_see = SENSITIVITY in classes_of(work.actor.roles)
    opened = ImportedRecord(
        reference=case.reference,
        opened_on=case.opened_on,
        import_id=row.import_id,
        number=row.number,
        identity=open_identity(work, case.id, client.id, client.identity, wrapped) if may_see else {},
        source=_source(work, row, wrapped) if may_see else {},
        snapshot=client,
        entry_door=case.entry_door,
        facts=_facts(work, client.id),
    )
    return Looked(opened, case_id)


def _source(work: Work, row: RegisterRow, wrapped: bytes) -> dict[str, str]:
    if row.source is None or work.actor.agency_id is None:
        return {}
    key = work.vault.unwrap(wrapped, row.case_id, IDENTITY, work.actor.agency_id)
    given: dict[str, str] = work.vault.open(key, row.source, "register_row", "source", row.id)
    return given


def _facts(work: Work, record_id: UUID) -> tuple[tuple[str, date], ...]:
    rows = work.session.execute(
        select(CountFact.metric, CountFact.occurred_on)
        .where(CountFact.record_id == record_id)
        .order_by(CountFact.occurred_on, CountFact.metric)
    )
    return tuple((row.metric, row.occurred_on) for row in rows)
