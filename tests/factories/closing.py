"""Closing a case through its steps: what has not come to rest is set aside, then the lead agency closes it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.models.workflow import WorkflowRun
from tests.factories.world import World
from workflows import registry

CLOSING = {"closure_reason": "goal_reached", "person_told": True, "follow_up_asked": True}


def close(world: World, case_id: UUID, on: date, by: str = "advocate") -> None:
    """Bring every track to rest and close the case."""
    with world.database.read(world.actor(by)) as work:
        found = select(WorkflowRun.states, WorkflowRun.procedure, WorkflowRun.digest)
        run = work.session.execute(found.where(WorkflowRun.case_id == case_id)).one()
    procedure = registry.get(run.procedure, run.digest)
    for name, track in procedure.tracks.items():
        if name != "case" and not track.states[run.states[name]].ends:
            world.step(by, case_id, name, "set_aside", on, reason="It has come to an end.")
    world.step(by, case_id, "case", "close", on, **CLOSING)
