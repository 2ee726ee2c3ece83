"""Clocks that may have been overdue on a past day, with all that was recorded of them; what was, is computed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from app.models.base import UtcTime
from app.models.case import Case, CaseParty
from app.models.workflow import CaseClock, CaseEvent, ClockExemption, ClockPause, WorkflowRun
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class CandidateRow:
    """A clock that had been due, before any pause, by the end of a past day, and not stopped so far as was known."""

    id: UUID
    case_id: UUID
    reference: str
    name: str
    started_at: datetime
    started_recorded_at: datetime
    first_due_at: datetime
    stopped_at: datetime | None
    stopped_recorded_at: datetime | None
    voided_at: datetime | None
    procedure: str
    digest: str


@dataclass(frozen=True)
class PauseRow:
    """A pause with its moments of recording."""

    clock_id: UUID
    began_at: datetime
    recorded_at: datetime
    ended_at: datetime | None
    end_recorded_at: datetime | None
    voided_at: datetime | None


@dataclass(frozen=True)
class ExemptionRow:
    """An exemption with its moments of recording."""

    clock_id: UUID
    granted_at: datetime
    until_on: date
    revoked_at: datetime | None


# When steps were recorded: of a clock that is open to the reader, hence by the plain tables beside it.
_STARTED, _STOPPED = CaseEvent.__table__.alias("started"), CaseEvent.__table__.alias("stopped")
_FIRST_DUE: Any = func.coalesce(CaseClock.first_due_at, CaseClock.due_at, type_=UtcTime())
_COLUMNS = (
    CaseClock.id,
    CaseClock.case_id,
    Case.reference,
    CaseClock.name,
    CaseClock.started_at,
    _STARTED.c.recorded_at,
    _FIRST_DUE,
    CaseClock.stopped_at,
    _STOPPED.c.recorded_at,
    CaseClock.voided_at,
    WorkflowRun.procedure,
    WorkflowRun.digest,
)


def candidates(
    session: Session,
    actor: Actor,
    day: date,
    at: datetime,
    answered_for: Mapping[str, Collection[str]],
    after: UUID | None,
) -> list[CandidateRow]:
    """The clocks of cases that the agency is a party to, due first first, a page and one row more.

    `answered_for` names by procedure the clocks of others that are the agency's to answer for; `at` is the end of the
    day.
    """
    found = (
        select(*_COLUMNS)
        .join(CaseParty, CaseParty.case_id == CaseClock.case_id)
        .join(Case, Case.id == CaseClock.case_id)
        .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
        .join(_STARTED, _STARTED.c.id == CaseClock.started_by_id)
        .outerjoin(_STOPPED, _STOPPED.c.id == CaseClock.stopped_by_id)
        .where(*_possible(actor, day, at), _is_answered_for(actor, answered_for))
        .order_by(_FIRST_DUE, CaseClock.id)
        .limit(PAGE + 1)
    )
    last = _last(session, after)
    if last is not None:
        found = found.where(
            tuple_(_FIRST_DUE, CaseClock.id) > tuple_(literal(last[0], UtcTime()), literal(last[1], Uuid))
        )
    return [CandidateRow(*tuple(row)) for row in session.execute(found)]


def _possible(actor: Actor, day: date, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What can be told without pauses and exemptions, which only make it less."""
    return (
        CaseParty.agency_id == actor.agency_id,
        CaseParty.ended_at.is_(None),
        CaseParty.since < at,
        or_(Case.closed_on.is_(None), Case.closed_on > day),
        _STARTED.c.recorded_at < at,
        at > _FIRST_DUE,
        or_(CaseClock.voided_at.is_(None), CaseClock.voided_at >= at),
        or_(CaseClock.stopped_at.is_(None), func.coalesce(_STOPPED.c.recorded_at, CaseClock.stopped_at) >= at),
    )


def _is_answered_for(actor: Actor, answered_for: Mapping[str, Collection[str]]) -> ColumnElement[bool]:
    reminded = (
        and_(WorkflowRun.procedure == procedure, CaseClock.name.in_(sorted(names)))
        for procedure, names in sorted(answered_for.items())
    )
    return or_(CaseClock.agency_id == actor.agency_id, *reminded)


def _last(session: Session, after: UUID | None) -> tuple[datetime, UUID] | None:
    if after is None:
        return None
    row = session.execute(select(_FIRST_DUE, CaseClock.id).where(CaseClock.id == after)).first()
    return None if row is None else (row[0], row[1])


def pauses(session: Session, actor: Actor, clock_ids: Collection[UUID]) -> list[PauseRow]:
    """All pauses of some clocks, those taken back too."""
    rows = session.execute(
        select(
            ClockPause.clock_id,
            ClockPause.began_at,
            ClockPause.recorded_at,
            ClockPause.ended_at,
            ClockPause.end_recorded_at,
            ClockPause.voided_at,
        ).where(ClockPause.clock_id.in_(sorted(clock_ids)))
    )
    return [PauseRow(*row) for row in rows]


def exemptions(session: Session, actor: Actor, clock_ids: Collection[UUID]) -> list[ExemptionRow]:
    """All exemptions of some clocks."""
    rows = session.execute(
        select(
            ClockExemption.clock_id, ClockExemption.granted_at, ClockExemption.until_on, ClockExemption.revoked_at
        ).where(ClockExemption.clock_id.in_(sorted(clock_ids)))
    )
    return [ExemptionRow(*row) for row in rows]
