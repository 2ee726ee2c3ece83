"""What waits for one member: clocks of the cases she works on, joint acts that want her signature."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.base import UtcTime
from app.models.case import Case, CaseParty, CaseStaff
from app.models.workflow import CaseClock, Signature, WorkflowRun
from app.queries import clocks as clock_queries
from app.security.actor import Actor
from app.security.scoped_session import KEPT

AT_MOST = 50
AHEAD = timedelta(days=60)
"""How far ahead a clock is work: the term until which a closed case's file is kept is not."""

_staff, _signature = CaseStaff.__table__, Signature.__table__


@dataclass(frozen=True)
class ClockRow:
    """A clock that runs in a case that she works on."""

    case_id: UUID
    reference: str
    name: str
    due_at: datetime
    procedure: str
    digest: str


@dataclass(frozen=True)
class WaitingRow:
    """A case in which a joint act wants a signature."""

    case_id: UUID
    reference: str
    track: str
    state: str
    procedure: str
    digest: str


def _is_hers(case_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Assigned to her or to whom she covers; a supervisor's work is elsewhere."""
    return exists().where(
        _staff.c.case_id == case_id,
        _staff.c.agency_id == bindparam("this_agency"),
        _staff.c.ended_at.is_(None),
        _staff.c.member_id.in_(bindparam("these_members", expanding=True)),
    )


def _her(actor: Actor) -> dict[str, object]:
    return {"this_agency": actor.agency_id, "these_members": sorted(actor.stands_for)}


_DUE = (
    select(CaseClock.id, CaseClock.case_id, CaseClock.name, clock_queries.counts_from(CaseClock).label("due_at"))
    .where(
        *clock_queries.runs(CaseClock),
        CaseClock.due_at < bindparam("until", type_=UtcTime()),
        _is_hers(CaseClock.case_id),
    )
    .order_by(CaseClock.due_at, CaseClock.id)
    .limit(AT_MOST)
    .subquery("due")
)
_CLOCKS = (
    select(_DUE.c.case_id, Case.reference, _DUE.c.name, _DUE.c.due_at, WorkflowRun.procedure, WorkflowRun.digest)
    .join(Case, Case.id == _DUE.c.case_id)
    .join(WorkflowRun, WorkflowRun.case_id == _DUE.c.case_id)
    .order_by(_DUE.c.due_at, _DUE.c.id)
    .execution_options(**KEPT)
)


def clocks(session: Session, actor: Actor, now: datetime) -> list[ClockRow]:
    """The clocks of her cases that are overdue or due before long, what is due first first."""
    return [ClockRow(*row) for row in session.execute(_CLOCKS, {**_her(actor), "until": now + AHEAD})]


def signatures(session: Session, actor: Actor, places: Collection[tuple[str, str]]) -> list[WaitingRow]:
    """Her cases that are in one of the states in which a joint act is signed, and that no role of hers has signed."""
    found: list[WaitingRow] = []
    for track, state in sorted(places):
        asked = _her(actor) | {"these_roles": sorted(actor.roles)}
        rows = session.execute(_to_be_signed(track, state), asked)
        found += [WaitingRow(row[0], row[1], track, state, row[2], row[3]) for row in rows]
    return found


@cache
def _to_be_signed(track: str, state: str) -> Executable:
    is_signed = exists().where(
        _signature.c.case_id == WorkflowRun.case_id,
        _signature.c.track == track,
        _signature.c.role.in_(bindparam("these_roles", expanding=True)),
        _signature.c.voided_at.is_(None),
    )
    return (
        select(WorkflowRun.case_id, Case.reference, WorkflowRun.procedure, WorkflowRun.digest)
        .select_from(CaseParty)
        .join(WorkflowRun, WorkflowRun.case_id == CaseParty.case_id)
        .join(Case, Case.id == CaseParty.case_id)
        .where(
            CaseParty.agency_id == bindparam("this_agency"),
            CaseParty.ended_at.is_(None),
            CaseParty.case_state != "closed",
            _is_hers(CaseParty.case_id),
            WorkflowRun.states[track].as_string() == state,
            ~is_signed,
        )
        .order_by(Case.opened_on, Case.id)
        .limit(AT_MOST)
        .execution_options(**KEPT)
    )
