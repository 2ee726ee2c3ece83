"""A case on all tracks with two hundred events opens as one with few does: by a constant number of statements."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from app.models.workflow import CaseEvent, WorkflowRun
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.security.relations import above
from workflows import registry

EVENTS = 200
MOST = 24
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


def on_all_tracks(world: World) -> UUID:
    """A case that stands somewhere on every track that an adult's can."""
    case_id = world.with_advocate()
    world.step("advocate", case_id, "advocacy", "record_arrival")
    engine = above(world)
    with engine.begin() as connection:
        run = select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)
        states = connection.execute(run).scalar_one() | BEGUN
        connection.execute(update(WorkflowRun).where(WorkflowRun.case_id == case_id).values(states=states))
    engine.dispose()
    return case_id


def with_events(world: World, case_id: UUID, number: int) -> None:
    """As many more events, each a copy of one that was recorded through the services."""
    engine, table = above(world), CaseEvent.__table__
    with engine.begin() as connection:
        found = connection.execute(select(table).where(table.c.case_id == case_id, table.c.track == "advocacy")).all()
        row: dict[str, Any] = dict(found[-1]._mapping)
        rows = [row | {"id": uuid.uuid4(), "position": row["position"] + one} for one in range(1, number + 1)]
        connection.execute(insert(CaseEvent), rows)
    engine.dispose()


def statements(reader: Readers, case_id: UUID) -> int:
    visitor = reader("advocate")
    visitor.get(f"/cases/{case_id}")
    with reader.statements() as sent:
        visitor.get(f"/cases/{case_id}")
    return len(sent)


def test_a_long_case_on_all_tracks_opens_with_as_many_statements_as_a_short_one(reader: Readers, world: World) -> None:
    case_id = on_all_tracks(world)
    before = statements(reader, case_id)

    with_events(world, case_id, EVENTS)
    page = reader("advocate").get(f"/cases/{case_id}")

    assert set(BEGUN) <= set(registry.get("xk_2013").tracks)
    assert "Earlier ones (198)" in page.text
    assert statements(reader, case_id) == before
    assert before <= MOST
