"""Deadlines of a case of the police as they stand: met on a day, or never."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select

from app.models.workflow import CaseClock, CaseEvent
from tests.factories.world import World
from tests.security.relations import above

DUE = date(2014, 3, 15)


def deadlines_of_a_case(world: World, *met: tuple[str, date | None], due: date = DUE) -> None:
    """A new case with these deadlines alone: by name, when each was met, all due on one day."""
    case_id = world.open_signal()
    with above(world).begin() as connection:
        event_id = connection.execute(select(CaseEvent.id).where(CaseEvent.case_id == case_id)).scalars().first()
        connection.execute(delete(CaseClock).where(CaseClock.case_id == case_id))
        shared = {"case_id": case_id, "agency_id": world.agencies["police"], "started_by_id": event_id, "calendar": ""}
        connection.execute(insert(CaseClock), [shared | _deadline(name, on, due) for name, on in met])


def _deadline(name: str, met_on: date | None, due: date) -> dict[str, Any]:
    moment, stopped = _noon(due), _noon(met_on) if met_on else None
    began = moment.replace(day=1)
    told = {"id": uuid4(), "name": name, "started_at": began, "due_at": moment, "stopped_at": stopped}
    return told | {"known_since": stopped or began}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
