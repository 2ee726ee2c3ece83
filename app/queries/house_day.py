"""A shelter's house on a day: who lives there, which texts are in force and who was given them, what comes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models.agency import Member
from app.models.house_life import Acknowledgement, Appointment, Belonging, HouseText
from app.security.actor import Actor

AT_MOST = 50


@dataclass(frozen=True)
class TextRow:
    """A version of a text in one language."""

    kind: str
    version: int
    language: str
    body: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True)
class AcknowledgedRow:
    """That a resident was given a text."""

    case_id: UUID
    kind: str
    version: int
    language: str
    way: str
    word: str
    occurred_on: date
    member: str


@dataclass(frozen=True)
class BelongingRow:
    """Something kept for a resident."""

    id: UUID
    case_id: UUID
    stay_id: UUID
    kind: str
    at_own_wish: bool
    description: bytes | None = field(repr=False)
    sealed_under: str
    occurred_on: date
    member: str
    returned_on: date | None
    returned_to: str | None


@dataclass(frozen=True)
class AppointmentRow:
    """Where a resident is to be, and how."""

    id: UUID
    case_id: UUID
    stay_id: UUID
    kind: str
    held_on: date
    begins_at: str | None
    goes_along: str
    reached_by: str
    note: bytes | None = field(repr=False)
    sealed_under: str
    outcome: str | None


def texts(session: Session, actor: Actor) -> list[TextRow]:
    """The versions in force of the actor's own shelter's texts, in all their languages."""
    table = HouseText
    last = select(table.kind, func.max(table.version).label("version")).where(table.agency_id == actor.agency_id)
    newest = last.group_by(table.kind).subquery()
    rows = session.execute(
        select(table.kind, table.version, table.language, table.body, table.written_at, Member.name)
        .join(newest, (newest.c.kind == table.kind) & (newest.c.version == table.version))
        .join(Member, Member.id == table.written_by_id)
        .where(table.agency_id == actor.agency_id)
        .order_by(table.kind, table.language)
    )
    return [TextRow(*row) for row in rows]


def acknowledged(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[AcknowledgedRow]:
    """What residents of the actor's own shelter were given, newest first."""
    table = Acknowledgement
    rows = session.execute(
        select(
            table.case_id,
            table.kind,
            table.version,
            table.language,
            table.way,
            table.word,
            table.occurred_on,
            Member.name,
        )
        .join(Member, Member.id == table.member_id)
        .where(table.case_id.in_(sorted(case_ids)), table.agency_id == actor.agency_id)
        .order_by(table.occurred_on.desc(), table.recorded_at.desc(), table.id)
    )
    return [AcknowledgedRow(*row) for row in rows]


def belongings(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> list[BelongingRow]:
    """What is kept or was, what is still kept first."""
    table = Belonging
    rows = session.execute(
        select(
            table.id,
            table.case_id,
            table.stay_id,
            table.kind,
            table.at_own_wish,
            table.description,
            table.sealed_under,
            table.occurred_on,
            Member.name,
            table.returned_on,
            table.returned_to,
        )
        .join(Member, Member.id == table.member_id)
        .where(*conditions)
        .order_by(table.returned_on.is_not(None), table.occurred_on.desc(), table.id)
        .limit(AT_MOST)
    )
    return [BelongingRow(*row) for row in rows]


def appointments(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> list[AppointmentRow]:
    """Appointments in the order of their days."""
    table = Appointment
    rows = session.execute(
        select(
            table.id,
            table.case_id,
            table.stay_id,
            table.kind,
            table.held_on,
            table.begins_at,
            table.goes_along,
            table.reached_by,
            table.note,
            table.sealed_under,
            table.outcome,
        )
        .where(*conditions)
        .order_by(table.held_on, table.begins_at, table.id)
        .limit(AT_MOST)
    )
    return [AppointmentRow(*row) for row in rows]
