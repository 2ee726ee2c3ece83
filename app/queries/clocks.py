"""Clocks: which of them run and when they count as lapsed, and all that was done to the clocks of one case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Member
from app.models.workflow import CaseClock, CaseEvent, ClockExemption, ClockPause, ClockSilence, FormerClock
from app.security.actor import Actor

AT_MOST = 200


def runs(clock: Any) -> tuple[ColumnElement[bool], ...]:
    """Neither stopped, nor voided, nor standing still; `clock` is the entity or the columns of its table."""
    return clock.stopped_at.is_(None), clock.voided_at.is_(None), clock.paused_at.is_(None)


def counts_from(clock: Any) -> ColumnElement[datetime]:
    """From when on it counts as overdue: its due time, or the end of the exemption that reaches further."""
    return case((clock.exempt_until > clock.due_at, clock.exempt_until), else_=clock.due_at)


def known(as_of: datetime | None) -> Any:
    """The clocks as they are known, or were known at a moment: columns as `CaseClock` has them."""
    clock, before = CaseClock, FormerClock
    if as_of is None:
        return clock
    said = ("due_at", "stopped_at", "voided_at", "paused_at", "exempt_until")
    whose = (clock.id, clock.agency_id, clock.name)
    now = select(*whose, *(getattr(clock, name) for name in said)).where(clock.known_since < as_of)
    then = select(*whose, *(getattr(before, name) for name in said)).join(before, before.clock_id == clock.id)
    return now.union_all(then.where(before.since < as_of, before.until >= as_of)).subquery("known_clock").c


def lapsed(clock: Any, now: Any) -> tuple[ColumnElement[bool], ...]:
    """It runs and counts as overdue. The due time is asked first, by its index."""
    exempt = or_(clock.exempt_until.is_(None), clock.exempt_until <= now)
    return *runs(clock), clock.due_at < now, exempt


def missed(clock: Any) -> tuple[ColumnElement[bool], ...]:
    """It was stopped after it had begun to count as overdue."""
    return (
        clock.stopped_at.is_not(None),
        clock.voided_at.is_(None),
        clock.paused_at.is_(None),
        clock.stopped_at > counts_from(clock),
    )


@dataclass(frozen=True)
class ClockRow:
    """A clock of a case, running or not."""

    id: UUID
    agency_id: UUID
    name: str
    started_at: datetime
    due_at: datetime
    first_due_at: datetime | None
    stopped_at: datetime | None
    paused_at: datetime | None
    exempt_until: datetime | None


@dataclass(frozen=True)
class PauseRow:
    """A pause: who, of which agency, or which step began it, and who ended it. `reason` is sealed."""

    id: UUID
    clock_id: UUID
    began_at: datetime
    ended_at: datetime | None
    by: str | None
    ended_by: str | None
    track: str | None
    action: str | None
    from_state: str | None
    reason: bytes | None
    agency_id: UUID | None


@dataclass(frozen=True)
class ExemptionRow:
    """An exemption. `reason` is sealed."""

    id: UUID
    clock_id: UUID
    granted_at: datetime
    until_on: date
    revoked_at: datetime | None
    by: str
    approved_by: str
    reason: bytes | None
    agency_id: UUID


def of_case(session: Session, actor: Actor, case_id: UUID) -> list[ClockRow]:
    """The clocks of a case, those that run first, then the latest; not endless."""
    rows = session.execute(
        select(
            CaseClock.id,
            CaseClock.agency_id,
            CaseClock.name,
            CaseClock.started_at,
            CaseClock.due_at,
            CaseClock.first_due_at,
            CaseClock.stopped_at,
            CaseClock.paused_at,
            CaseClock.exempt_until,
        )
        .where(CaseClock.case_id == case_id, CaseClock.voided_at.is_(None))
        .order_by(CaseClock.stopped_at.is_not(None), CaseClock.stopped_at.desc(), CaseClock.due_at, CaseClock.id)
        .limit(AT_MOST)
    )
    return [ClockRow(*row) for row in rows]


def pauses(session: Session, actor: Actor, case_id: UUID) -> list[PauseRow]:
    """The pauses of a case's clocks, the earliest first."""
    began, ended = aliased(Member), aliased(Member)
    rows = session.execute(
        select(
            ClockPause.id,
            ClockPause.clock_id,
            ClockPause.began_at,
            ClockPause.ended_at,
            began.name,
            ended.name,
            CaseEvent.track,
            CaseEvent.action,
            CaseEvent.from_state,
            ClockPause.reason,
            began.agency_id,
        )
        .outerjoin(began, began.id == ClockPause.begun_by_id)
        .outerjoin(ended, ended.id == ClockPause.ended_by_id)
        .outerjoin(CaseEvent, CaseEvent.id == ClockPause.begun_by_event_id)
        .where(ClockPause.case_id == case_id, ClockPause.voided_at.is_(None))
        .order_by(ClockPause.began_at, ClockPause.id)
    )
    return [PauseRow(*tuple(row)) for row in rows]


def exemptions(session: Session, actor: Actor, case_id: UUID) -> list[ExemptionRow]:
    """The exemptions of a case's clocks, the earliest first."""
    by, approver = aliased(Member), aliased(Member)
    rows = session.execute(
        select(
            ClockExemption.id,
            ClockExemption.clock_id,
            ClockExemption.granted_at,
            ClockExemption.until_on,
            ClockExemption.revoked_at,
            by.name,
            approver.name,
            ClockExemption.reason,
            by.agency_id,
        )
        .join(by, by.id == ClockExemption.granted_by_id)
        .join(approver, approver.id == ClockExemption.approved_by_id)
        .where(ClockExemption.case_id == case_id)
        .order_by(ClockExemption.granted_at, ClockExemption.id)
    )
    return [ExemptionRow(*row) for row in rows]


def silences(session: Session, actor: Actor, case_id: UUID) -> set[str]:
    """The names of the clocks of a case of which the actor's agency is not reminded."""
    rows = session.execute(
        select(ClockSilence.name).where(
            ClockSilence.case_id == case_id,
            ClockSilence.agency_id == actor.agency_id,
            ClockSilence.lifted_at.is_(None),
        )
    )
    return set(rows.scalars())
