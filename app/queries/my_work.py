"""What waits for one member: clocks of the cases she works on, joint acts that want her signature."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.case import Case, CaseStaff
from app.models.workflow import CaseClock, Signature, WorkflowRun
from app.security.actor import Actor
from app.security.scope import KEPT

AT_MOST = 50

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


_CLOCKS = (
    select(
        CaseClock.case_id,
        Case.reference,
        CaseClock.name,
        CaseClock.due_at,
        WorkflowRun.procedure,
        WorkflowRun.digest,
    )
    .join(Case, Case.id == CaseClock.case_id)
    .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
    .where(CaseClock.stopped_at.is_(None), CaseClock.voided_at.is_(None), _is_hers(CaseClock.case_id))
    .order_by(CaseClock.due_at, CaseClock.id)
    .limit(AT_MOST)
    .execution_options(**KEPT)
)


def clocks(session: Session, actor: Actor) -> list[ClockRow]:
    """The clocks of her cases, what is due first first."""
    return [ClockRow(*row) for row in session.execute(_CLOCKS, _her(actor))]


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
        .join(Case, Case.id == WorkflowRun.case_id)
        .where(WorkflowRun.states[track].as_string() == state, _is_hers(WorkflowRun.case_id), ~is_signed)
        .order_by(Case.opened_on, Case.id)
        .limit(AT_MOST)
        .execution_options(**KEPT)
    )
