"""A case made long: it stands somewhere on every track that an adult's can, and as many events more are written."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, select, update

from app.models.workflow import CaseEvent, WorkflowRun

BEGUN = {
    "identification": "presumed",
    "risk": "rated_medium",
    "shelter": "refused",
    "legal": "permit_applied",
    "asylum": "claimed",
    "removal": "held",
    "justice": "trial",
    "testimony": "measures_requested",
    "non_punishment": "notified",
    "compensation": "filed",
    "return": "wish_recorded",
    "reintegration": "plan_signed",
}


def begin_all_tracks(above: Engine, case_id: UUID) -> None:
    """Write the states into the case, past every rule: what is measured is how it opens."""
    with above.begin() as connection:
        run = select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)
        states = connection.execute(run).scalar_one() | BEGUN
        connection.execute(update(WorkflowRun).where(WorkflowRun.case_id == case_id).values(states=states))


def add_events(above: Engine, case_id: UUID, number: int) -> None:
    """As many more events, each a copy of the last on the advocate's track, which the services recorded."""
    table = CaseEvent.__table__
    with above.begin() as connection:
        of_case = select(table).where(table.c.case_id == case_id).order_by(table.c.position)
        found = connection.execute(of_case).all()
        row: dict[str, Any] = dict([one for one in found if one.track == "advocacy"][-1]._mapping)
        last = found[-1].position
        rows = [row | {"id": uuid.uuid4(), "position": last + one} for one in range(1, number + 1)]
        connection.execute(insert(CaseEvent), rows)
