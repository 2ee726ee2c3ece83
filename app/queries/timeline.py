"""What happened in a case: its steps with who took them, newest first. Opens no answer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, bindparam, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.workflow import CaseEvent
from app.security.actor import Actor
from app.security.scoped_session import KEPT


@dataclass(frozen=True)
class EventRow:
    """One step; `answers`, `identity` and `reason` are sealed."""

    id: UUID
    case_id: UUID
    position: int
    track: str
    action: str
    from_state: str
    to_state: str
    form: str | None
    occurred_on: date
    recorded_at: datetime
    answers: bytes | None
    identity: bytes | None
    reason: bytes | None
    voided_at: datetime | None
    corrected_by_id: UUID | None
    member_id: UUID
    by: str
    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


_COLUMNS = (
    CaseEvent.id,
    CaseEvent.case_id,
    CaseEvent.position,
    CaseEvent.track,
    CaseEvent.action,
    CaseEvent.from_state,
    CaseEvent.to_state,
    CaseEvent.form,
    CaseEvent.occurred_on,
    CaseEvent.recorded_at,
    CaseEvent.answers,
    CaseEvent.identity,
    CaseEvent.reason,
    CaseEvent.voided_at,
    CaseEvent.corrected_by_id,
    CaseEvent.member_id,
    Member.name.label("by"),
    CaseEvent.agency_id,
    Agency.name_en,
    Agency.name_sq,
    Agency.name_sr,
)


def _made(*narrower: ColumnElement[bool]) -> Executable:
    return (
        select(*_COLUMNS)
        .join(Member, Member.id == CaseEvent.member_id)
        .join(Agency, Agency.id == CaseEvent.agency_id)
        .where(CaseEvent.case_id == bindparam("this_case"), *narrower)
        .order_by(CaseEvent.position.desc(), CaseEvent.recorded_at.desc(), CaseEvent.id)
        .execution_options(**KEPT)
    )


_EVENTS = _made()
_EVENT = _made(CaseEvent.id == bindparam("this_event"))
_LATEST = _made(CaseEvent.track == bindparam("this_track"), CaseEvent.voided_at.is_(None))
_SINCE = _made(CaseEvent.position >= bindparam("this_position"), CaseEvent.voided_at.is_(None))


def _rows(session: Session, statement: Executable, **asked: object) -> list[EventRow]:
    return [EventRow(**row._mapping) for row in session.execute(statement, asked)]


def events(session: Session, actor: Actor, case_id: UUID) -> list[EventRow]:
    """The steps of a case that are open to the actor, newest first."""
    return _rows(session, _EVENTS, this_case=case_id)


def event(session: Session, actor: Actor, case_id: UUID, event_id: UUID) -> EventRow | None:
    """One step of a case, None where it is not open to the actor."""
    return next(iter(_rows(session, _EVENT, this_case=case_id, this_event=event_id)), None)


def latest(session: Session, actor: Actor, case_id: UUID, track: str) -> list[EventRow]:
    """The steps of one track that stand, newest first."""
    return _rows(session, _LATEST, this_case=case_id, this_track=track)


def since(session: Session, actor: Actor, case_id: UUID, position: int) -> list[EventRow]:
    """The steps taken since a version of the case, newest first."""
    return _rows(session, _SINCE, this_case=case_id, this_position=position)
