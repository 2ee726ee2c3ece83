"""Complaints as far as the actor answers them, and the register of a shelter's incidents; sealed things stay sealed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.house_trouble import Complaint, Incident, IncidentStep
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class ComplaintRow:
    """One complaint, with the shelter that it is about."""

    id: UUID
    agency_id: UUID
    made_to: str
    case_id: UUID | None
    kind: str
    wrapped: bytes = field(repr=False)
    told: bytes | None = field(repr=False)
    received_on: date
    due_at: datetime
    answered_at: datetime | None
    answer: bytes | None = field(repr=False)
    answer_told_on: date | None
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class IncidentRow:
    """One incident of the register."""

    id: UUID
    agency_id: UUID
    case_id: UUID | None
    stay_id: UUID | None
    number: int
    kind: str
    occurred_on: date
    begins_at: str | None
    recorded_at: datetime
    member: str
    wrapped: bytes | None = field(repr=False)
    case_wrapped: bytes | None = field(repr=False)
    account: bytes | None = field(repr=False)
    closed_at: datetime | None
    conclusion: bytes | None = field(repr=False)


@dataclass(frozen=True)
class StepRow:
    """A first step, and whether it was taken."""

    id: UUID
    incident_id: UUID
    case_id: UUID | None
    name: str
    due_at: datetime
    outcome: str | None
    done_at: datetime | None
    done_by: str | None
    basis: str | None
    note: bytes | None = field(repr=False)


def complaints(session: Session, actor: Actor, *conditions: ColumnElement[bool], page: int = 1) -> list[ComplaintRow]:
    """Unanswered ones first, by when they are due: one page, and one row more to tell that there are more."""
    table = Complaint
    names = ("id", "agency_id", "made_to", "case_id", "kind", "wrapped", "told", "received_on", "due_at")
    more = ("answered_at", "answer", "answer_told_on")
    rows = session.execute(
        select(*[getattr(table, name) for name in (*names, *more)], Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Agency, Agency.id == table.shelter_id)
        .where(table.agency_id == actor.agency_id, *conditions)
        .order_by(table.answered_at.is_not(None), table.due_at, table.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [ComplaintRow(**row._mapping) for row in rows]


def incidents(session: Session, actor: Actor, *conditions: ColumnElement[bool], page: int = 1) -> list[IncidentRow]:
    """Newest first: one page, and one row more to tell that there are more."""
    table = Incident
    first = ("id", "agency_id", "case_id", "stay_id", "number", "kind", "occurred_on", "begins_at", "recorded_at")
    last = ("wrapped", "case_wrapped", "account", "closed_at", "conclusion")
    rows = session.execute(
        select(
            *[getattr(table, name) for name in first],
            Member.name.label("member"),
            *[getattr(table, name) for name in last],
        )
        .join(Member, Member.id == table.member_id)
        .where(*conditions)
        .order_by(table.closed_at.is_not(None), table.number.desc(), table.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [IncidentRow(**row._mapping) for row in rows]


@dataclass(frozen=True)
class KindRow:
    """Of which kind an incident is."""

    id: UUID
    kind: str


def incidents_named(session: Session, actor: Actor, incident_ids: Collection[UUID]) -> list[KindRow]:
    """The kinds of some incidents."""
    asked = select(Incident.id, Incident.kind).where(Incident.id.in_(sorted(incident_ids)))
    return [KindRow(*row) for row in session.execute(asked)]


def steps(session: Session, actor: Actor, incident_ids: Collection[UUID]) -> list[StepRow]:
    """The first steps of some incidents, in their order."""
    return _steps(session, IncidentStep.incident_id.in_(sorted(incident_ids)))


def step(session: Session, actor: Actor, step_id: UUID) -> StepRow | None:
    """One step of the actor's own shelter."""
    return next(iter(_steps(session, IncidentStep.id == step_id, IncidentStep.agency_id == actor.agency_id)), None)


def open_steps(session: Session, actor: Actor) -> list[StepRow]:
    """Steps of the actor's own shelter that nobody has taken, the most urgent first."""
    mine = (IncidentStep.agency_id == actor.agency_id, IncidentStep.outcome.is_(None))
    return sorted(_steps(session, *mine), key=lambda one: one.due_at)


def _steps(session: Session, *conditions: ColumnElement[bool]) -> list[StepRow]:
    table = IncidentStep
    first = ("id", "incident_id", "case_id", "name", "due_at", "outcome", "done_at")
    rows = session.execute(
        select(*[getattr(table, name) for name in first], Member.name.label("done_by"), table.basis, table.note)
        .outerjoin(Member, Member.id == table.done_by_id)
        .where(*conditions)
        .order_by(table.incident_id, table.position)
        .limit(PAGE * 8)
    )
    return [StepRow(**row._mapping) for row in rows]


def last_number(session: Session, actor: Actor) -> int:
    """How far the register of the actor's own shelter goes."""
    found = select(func.max(Incident.number)).where(Incident.agency_id == actor.agency_id)
    return int(session.execute(found).scalar_one() or 0)
