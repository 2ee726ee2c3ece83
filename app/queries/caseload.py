"""The open cases of an agency as its supervisor sees them: who works on which, what is overdue, who stands in for whom.

No name of anybody who is helped is read here. Everything starts from the parties' rows within the actor's scope, so
that a supervisor who is barred from a case does not find it in any number either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Uuid, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models.agency import Cover, Member, MemberRole
from app.models.case import Case, CaseBar, CaseParty, CaseStaff
from app.models.workflow import CaseClock, WorkflowRun
from app.queries import clocks
from app.security.actor import Actor
from app.security.policy import CASE_ROLES

PAGE = 25
OVERDUE_AT_MOST = 500
NOT_OPEN = ("closed", "imported")

_staff, _clock, _member = CaseStaff.__table__, CaseClock.__table__, Member.__table__


@dataclass(frozen=True)
class TeamMember:
    """A member of the agency who can have cases."""

    id: UUID
    name: str
    is_active: bool
    roles: tuple[str, ...]


@dataclass(frozen=True)
class CaseRow:
    """An open case of the agency."""

    case_id: UUID
    reference: str
    opened_on: date
    state: str
    stage: str
    next_due: datetime | None


@dataclass(frozen=True)
class StaffRow:
    """Someone who works on a case."""

    case_id: UUID
    member_id: UUID
    name: str
    since: datetime


@dataclass(frozen=True)
class OverdueRow:
    """A clock of an open case that has lapsed."""

    case_id: UUID
    reference: str
    name: str
    due_at: datetime
    agency_id: UUID
    procedure: str
    digest: str


@dataclass(frozen=True)
class CoverRow:
    """Who stands in for whom, from and until."""

    id: UUID
    name: str
    covered_by: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class BarRow:
    """A bar that stands; `reason` is sealed."""

    id: UUID
    name: str
    set_by: str
    set_at: datetime
    reason: bytes | None


def team(session: Session, actor: Actor) -> list[TeamMember]:
    """The members of the agency whose roles see cases, those who work there now first."""
    roles = (
        select(func.aggregate_strings(MemberRole.role, ","))
        .where(MemberRole.member_id == Member.id, MemberRole.role.in_(sorted(CASE_ROLES)))
        .correlate(Member)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Member.id, Member.name, Member.is_active, roles)
        .where(Member.agency_id == actor.agency_id)
        .order_by(Member.is_active.desc(), Member.name, Member.id)
    )
    return [TeamMember(row[0], row[1], row[2], tuple(sorted(row[3].split(",")))) for row in rows if row[3]]


def _is_open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        CaseParty.agency_id == actor.agency_id,
        CaseParty.ended_at.is_(None),
        CaseParty.case_state.not_in(NOT_OPEN),
    )


def _has_staff() -> ColumnElement[bool]:
    """Somebody who works there now is assigned: whoever was let go or lost her role does not count."""
    return exists().where(
        _staff.c.case_id == CaseParty.case_id,
        _staff.c.agency_id == CaseParty.agency_id,
        _staff.c.ended_at.is_(None),
        _staff.c.member_id == _member.c.id,
        _member.c.is_active.is_(True),
    )


def _next_due() -> Any:
    running = (_clock.c.case_id == CaseParty.case_id, *clocks.runs(_clock.c))
    return select(func.min(clocks.counts_from(_clock.c))).where(*running).correlate(CaseParty).scalar_subquery()


def numbers(session: Session, actor: Actor) -> dict[UUID, int]:
    """How many open cases each member works on."""
    rows = session.execute(
        select(CaseStaff.member_id, func.count(func.distinct(CaseStaff.case_id)))
        .join(CaseParty, CaseParty.case_id == CaseStaff.case_id)
        .where(*_is_open(actor), CaseStaff.ended_at.is_(None))
        .group_by(CaseStaff.member_id)
    )
    return {row[0]: row[1] for row in rows}


def count(session: Session, actor: Actor, *, without_staff: bool = False) -> int:
    """How many cases are open, or how many of them nobody works on."""
    narrower = (~_has_staff(),) if without_staff else ()
    number: int = session.execute(
        select(func.count()).select_from(CaseParty).where(*_is_open(actor), *narrower)
    ).scalar_one()
    return number


def open_cases(
    session: Session,
    actor: Actor,
    *,
    member_id: UUID | None = None,
    without_staff: bool = False,
    after: tuple[date, UUID] | None = None,
) -> list[CaseRow]:
    """Open cases of one member, or of nobody, oldest first, a page and one row more."""
    found = (
        select(
            CaseParty.case_id, Case.reference, CaseParty.opened_on, CaseParty.case_state, CaseParty.stage, _next_due()
        )
        .join(Case, Case.id == CaseParty.case_id)
        .where(*_is_open(actor))
        .order_by(CaseParty.opened_on, CaseParty.case_id)
        .limit(PAGE + 1)
    )
    if member_id is not None:
        hers = exists().where(
            _staff.c.case_id == CaseParty.case_id, _staff.c.member_id == member_id, _staff.c.ended_at.is_(None)
        )
        found = found.where(hers)
    if without_staff:
        found = found.where(~_has_staff())
    if after is not None:
        here = tuple_(CaseParty.opened_on, CaseParty.case_id)
        found = found.where(here > tuple_(literal(after[0], Date), literal(after[1], Uuid)))
    return [CaseRow(*row) for row in session.execute(found)]


def one_case(session: Session, actor: Actor, case_id: UUID) -> CaseRow | None:
    """One case of which the agency is a party now, whatever its state."""
    row = session.execute(
        select(
            CaseParty.case_id, Case.reference, CaseParty.opened_on, CaseParty.case_state, CaseParty.stage, _next_due()
        )
        .join(Case, Case.id == CaseParty.case_id)
        .where(CaseParty.case_id == case_id, CaseParty.agency_id == actor.agency_id, CaseParty.ended_at.is_(None))
    ).first()
    return None if row is None else CaseRow(*row)


def staff(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[StaffRow]:
    """Who of the agency works on these cases."""
    if not case_ids:
        return []
    rows = session.execute(
        select(CaseStaff.case_id, CaseStaff.member_id, Member.name, CaseStaff.since)
        .join(Member, Member.id == CaseStaff.member_id)
        .where(CaseStaff.case_id.in_(sorted(case_ids)), CaseStaff.ended_at.is_(None))
        .where(CaseStaff.agency_id == actor.agency_id)
        .order_by(Member.name, CaseStaff.id)
    )
    return [StaffRow(*row) for row in rows]


def overdue(session: Session, actor: Actor, now: datetime) -> list[OverdueRow]:
    """The lapsed clocks of the agency's open cases, those due first first; not endless."""
    rows = session.execute(
        select(
            CaseClock.case_id,
            Case.reference,
            CaseClock.name,
            CaseClock.due_at,
            CaseClock.agency_id,
            WorkflowRun.procedure,
            WorkflowRun.digest,
        )
        .join(CaseParty, CaseParty.case_id == CaseClock.case_id)
        .join(Case, Case.id == CaseClock.case_id)
        .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
        .where(*_is_open(actor), *clocks.lapsed(CaseClock, now))
        .order_by(CaseClock.due_at, CaseClock.id)
        .limit(OVERDUE_AT_MOST)
    )
    return [OverdueRow(*row) for row in rows]


def covers(session: Session, actor: Actor, today: date) -> list[CoverRow]:
    """Who stands in for whom now or will, the soonest first."""
    by = aliased(Member)
    rows = session.execute(
        select(Cover.id, Member.name, by.name, Cover.from_on, Cover.to_on)
        .join(Member, Member.id == Cover.member_id)
        .join(by, by.id == Cover.covered_by_id)
        .where(Cover.agency_id == actor.agency_id, Cover.to_on >= today)
        .order_by(Cover.from_on, Cover.id)
    )
    return [CoverRow(*row) for row in rows]


def bars(session: Session, actor: Actor, case_id: UUID) -> list[BarRow]:
    """The bars that stand against members of the agency in one case."""
    by = aliased(Member)
    rows = session.execute(
        select(CaseBar.id, Member.name, by.name, CaseBar.set_at, CaseBar.reason)
        .join(Member, Member.id == CaseBar.member_id)
        .join(by, by.id == CaseBar.set_by_id)
        .where(CaseBar.case_id == case_id, CaseBar.agency_id == actor.agency_id, CaseBar.lifted_at.is_(None))
        .order_by(CaseBar.set_at, CaseBar.id)
    )
    return [BarRow(*row) for row in rows]
