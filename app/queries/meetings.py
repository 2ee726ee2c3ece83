"""Meetings as far as the reader's agency is invited, and of their agendas the cases that are open to her."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.case import Case, CaseKey, CaseParty
from app.models.meeting import Meeting, MeetingAgency, MeetingCase, MeetingFollowUp
from app.models.record import ClientRecord
from app.security.actor import Actor
from app.security.vault import CONTENT

AT_MOST = 50
_NAMES = (Agency.name_en, Agency.name_sq, Agency.name_sr)


@dataclass(frozen=True)
class MeetingRow:
    """One meeting, with the agency that called it; None where that is kept back from the reader."""

    id: UUID
    agency_id: UUID | None
    held_on: date
    begins_at: str | None
    kind: str
    reason: str
    is_urgent: bool
    entries: int
    name_en: str | None
    name_sq: str | None
    name_sr: str | None


@dataclass(frozen=True)
class InvitedRow:
    """An agency that is invited."""

    agency_id: UUID
    kind: str
    basis: str
    attended: bool | None
    attended_by: str | None
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class EntryRow:
    """A case on an agenda; `decision` is sealed."""

    id: UUID
    meeting_id: UUID
    case_id: UUID
    reference: str
    decision: bytes | None


@dataclass(frozen=True)
class FollowUpRow:
    """What an agency took on; `task` is sealed."""

    id: UUID
    entry_id: UUID
    case_id: UUID
    agency_id: UUID
    due_on: date
    task: bytes | None
    done_at: datetime | None
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class DueRow:
    """What the reader's agency took on and has not done."""

    case_id: UUID
    reference: str
    meeting_id: UUID
    held_on: date
    due_on: date


@dataclass(frozen=True)
class OpenCase:
    """A case that can be put on an agenda."""

    case_id: UUID
    reference: str
    region: str


@dataclass(frozen=True)
class PartyName:
    """An agency that is a party to a case now."""

    id: UUID
    name_en: str
    name_sq: str
    name_sr: str


def _meetings() -> Select[*tuple[Any, ...]]:
    columns = (
        Meeting.id,
        Meeting.agency_id,
        Meeting.held_on,
        Meeting.begins_at,
        Meeting.kind,
        Meeting.reason,
        Meeting.is_urgent,
        Meeting.entries,
    )
    return select(*columns, *_NAMES).join(Agency, Agency.id == Meeting.agency_id)


def listed(session: Session, actor: Actor) -> list[MeetingRow]:
    """The newest meetings that the reader's agency called or is invited to."""
    found = _meetings().join(MeetingAgency, MeetingAgency.meeting_id == Meeting.id)
    found = found.where(MeetingAgency.agency_id == actor.agency_id)
    rows = session.execute(found.order_by(Meeting.held_on.desc(), Meeting.called_at.desc(), Meeting.id).limit(AT_MOST))
    return [MeetingRow(**row._mapping) for row in rows]


def one(session: Session, actor: Actor, meeting_id: UUID) -> MeetingRow | None:
    """One meeting, None where the reader's agency is not invited."""
    row = session.execute(_meetings().where(Meeting.id == meeting_id)).first()
    return None if row is None else MeetingRow(**row._mapping)


def cases_of(session: Session, actor: Actor, meeting_ids: Collection[UUID]) -> list[UUID]:
    """The cases on some agendas that are open to the reader."""
    found = select(MeetingCase.case_id).where(MeetingCase.meeting_id.in_(sorted(meeting_ids))).distinct()
    return list(session.execute(found).scalars())


def invited(session: Session, actor: Actor, meeting_id: UUID) -> list[InvitedRow]:
    """Who is invited to a meeting, who called it first."""
    columns = (
        MeetingAgency.agency_id,
        Agency.kind,
        MeetingAgency.basis,
        MeetingAgency.attended,
        MeetingAgency.attended_by,
    )
    found = select(*columns, *_NAMES).join(Agency, Agency.id == MeetingAgency.agency_id)
    found = found.where(MeetingAgency.meeting_id == meeting_id).order_by(MeetingAgency.basis, Agency.name_en)
    return [InvitedRow(**row._mapping) for row in session.execute(found)]


def entries(
    session: Session, actor: Actor, *, meeting_id: UUID | None = None, entry_id: UUID | None = None
) -> list[EntryRow]:
    """The cases on an agenda that are open to the reader, or the one that is named."""
    wanted = MeetingCase.meeting_id == meeting_id if meeting_id else MeetingCase.id == entry_id
    columns = (MeetingCase.id, MeetingCase.meeting_id, MeetingCase.case_id, Case.reference, MeetingCase.decision)
    found = select(*columns).join(Case, Case.id == MeetingCase.case_id).where(wanted).order_by(MeetingCase.position)
    return [EntryRow(*row) for row in session.execute(found)]


def follow_ups(session: Session, actor: Actor, entry_ids: Collection[UUID]) -> list[FollowUpRow]:
    """What was taken on at some entries, what is due first first."""
    task = MeetingFollowUp
    columns = (
        task.id,
        task.entry_id,
        task.case_id,
        task.responsible_agency_id.label("agency_id"),
        task.due_on,
        task.task,
        task.done_at,
    )
    found = select(*columns, *_NAMES).join(Agency, Agency.id == task.responsible_agency_id)
    found = found.where(task.entry_id.in_(sorted(entry_ids))).order_by(task.due_on, task.id).limit(AT_MOST)
    return [FollowUpRow(**row._mapping) for row in session.execute(found)]


def content_wraps(session: Session, actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The wrapped content keys that the reader's agency holds of some cases."""
    held = (CaseKey.holder_id == actor.agency_id, CaseKey.kind == CONTENT, CaseKey.case_id.in_(sorted(case_ids)))
    rows = session.execute(select(CaseKey.case_id, CaseKey.wrapped).where(*held))
    return {row.case_id: row.wrapped for row in rows}


def due(session: Session, actor: Actor) -> list[DueRow]:
    """What the reader's agency took on in cases that are open to her, what is due first first."""
    task, entry = MeetingFollowUp, MeetingCase
    found = (
        select(task.case_id, Case.reference, entry.meeting_id, Meeting.held_on, task.due_on)
        .join(entry, entry.id == task.entry_id)
        .join(Meeting, Meeting.id == entry.meeting_id)
        .join(Case, Case.id == task.case_id)
        .where(task.responsible_agency_id == actor.agency_id, task.done_at.is_(None))
        .order_by(task.due_on, task.id)
        .limit(AT_MOST)
    )
    return [DueRow(*row) for row in session.execute(found)]


def open_cases(session: Session, actor: Actor, references: Collection[str]) -> list[OpenCase]:
    """Those of the cases named that are open to the reader now: of one that was handed over she sees no record."""
    found = (
        select(Case.id, Case.reference, ClientRecord.region)
        .join(ClientRecord, ClientRecord.case_id == Case.id)
        .where(Case.reference.in_(sorted(references)), Case.status != "closed")
        .order_by(Case.reference)
    )
    return [OpenCase(*row) for row in session.execute(found)]


def parties(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[PartyName]:
    """The agencies that are parties to some cases now."""
    live = select(CaseParty.agency_id).where(CaseParty.case_id.in_(sorted(case_ids)), CaseParty.ended_at.is_(None))
    found = select(Agency.id, *_NAMES).where(Agency.id.in_(live)).order_by(Agency.name_en)
    return [PartyName(*row) for row in session.execute(found)]
