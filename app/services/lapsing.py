"""Steps that the clock job takes by itself when a period of the procedure is over, in the name of who started it."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from app.errors import Refusal
from app.models.agency import Agency
from app.models.workflow import CaseClock, CaseEvent, WorkflowRun
from app.queries import clocks
from app.services.act import StepRequest
from app.services.unit_of_work import Work
from app.services.workflow_runner import advance, find_standing
from workflows import registry
from workflows.definition import TICK, Transition

BATCH = 100


def end_periods(work: Work, agency_id: UUID) -> int:
    """Take the step that ends each lapsed period of an agency's cases; gives how many were taken."""
    rows = work.session.execute(
        select(
            CaseClock.case_id,
            CaseClock.name,
            WorkflowRun.procedure,
            WorkflowRun.digest,
            WorkflowRun.states,
            CaseEvent.member_id,
            Agency.kind,
        )
        .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
        .join(CaseEvent, CaseEvent.id == CaseClock.started_by_id)
        .join(Agency, Agency.id == CaseClock.agency_id)
        .where(CaseClock.agency_id == agency_id, CaseClock.name.in_(_ended_by_the_clock()))
        .where(*clocks.lapsed(CaseClock, work.now))
        .order_by(CaseClock.due_at, CaseClock.id)
        .limit(BATCH)
    ).all()
    return sum(_end(work, agency_id, row) for row in rows)


def _ended_by_the_clock() -> set[str]:
    """The clocks, in any version, at whose end the clock job takes a step."""
    every = (track for name in registry.names() for track in registry.get(name).tracks.values())
    return {clock for track in every for one in track.transitions for clock in one.stops if _ends(one, clock)}


def _ends(transition: Transition, clock: str) -> bool:
    return TICK in transition.by and f"{clock}_has_lapsed" in transition.requires


def _end(work: Work, agency_id: UUID, row: Any) -> int:
    procedure = registry.get(row.procedure, row.digest)
    leaving = (one for place in row.states.items() for one in procedure.leaving.get(place, {}).values())
    step = next((one for one in leaving if _ends(one, row.name)), None)
    if step is None:
        return 0
    # In the name of who began the period: a step has a member, and the clock is none.
    named = {"agency_kind": row.kind, "member_id": row.member_id, "roles": frozenset({TICK})}
    with work.answering_for(agency_id, **named):
        known, event_id = find_standing(work, row.case_id), uuid4()
        try:
            advance(work, known, StepRequest(row.case_id, step.track, step.action), event_id)
        except Refusal:
            return 0
    work.audit("case:step", row.case_id, track=step.track, step=step.action, event=event_id)
    return 1
