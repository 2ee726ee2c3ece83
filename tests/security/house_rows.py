"""What a house wrote of a resident, laid by hand for the matrix: at the house where her stay is, whoever asks."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from app.cipher import new_key
from app.clock import local_day, utc_now
from app.models.house_life import Appointment, Belonging, HouseText, MovementLimit
from app.models.house_trouble import Complaint, Incident, IncidentStep
from app.models.placement import Stay
from tests.factories.world import World
from tests.security.laid_rows import OPENER, row_of_case


def lay(connection: Connection, world: World, named: dict[str, Any]) -> dict[str, Any]:
    """A row of each kind for the stay that an address names."""
    stay = connection.execute(select(Stay.__table__).where(Stay.id == named["stay_id"])).one()
    own = {"stay_id": stay.id, "sealed_under": "content"}
    return {
        "limit_id": _limit(connection, world, stay, own),
        "belonging_id": _belonging(connection, world, stay, own),
        "appointment_id": _appointment(connection, world, stay, own),
        **_incident(connection, world, stay),
    }


def _incident(connection: Connection, world: World, stay: Any) -> dict[str, Any]:
    of_stay = row_of_case(stay.case_id, stay.agency_id)
    before = len(connection.execute(select(Incident.id).where(Incident.agency_id == stay.agency_id)).all())
    row = of_stay | {"stay_id": stay.id, "number": before + 1, "kind": "threat", "occurred_on": local_day(utc_now())}
    row |= {"recorded_at": utc_now(), "member_id": world.actor(OPENER).member_id}
    connection.execute(insert(Incident), [row])
    step = of_stay | {"id": uuid.uuid4(), "incident_id": row["id"], "position": 1, "name": "tell_police"}
    connection.execute(insert(IncidentStep), [step | {"due_at": utc_now()}])
    return {"incident_id": row["id"], "step_id": step["id"]}


def lay_complaints(connection: Connection, world: World) -> dict[tuple[str, str, str], dict[str, Any]]:
    """One to answer for whoever can, and one that another receives."""
    receivers = {"shelter_coordinator": "shelter_ngo", "agency_supervisor": "advocacy_prishtine"}
    elsewhere = {"complaint_id": _complaint(connection, world, "advocacy_peje")}
    named = {}
    for role, agency in receivers.items():
        named[("complaint", role, "own")] = {"complaint_id": _complaint(connection, world, agency)}
        named[("complaint", role, "another's")] = elsewhere
    return named


def _complaint(connection: Connection, world: World, agency: str) -> uuid.UUID:
    row_id, agency_id, vault = uuid.uuid4(), world.agencies[agency], world.database.vault
    key, made_to = new_key(), "house" if agency == "shelter_ngo" else "past"
    row = {"id": row_id, "agency_id": agency_id, "shelter_id": world.agencies["shelter_ngo"], "made_to": made_to}
    row |= {"kind": "staff", "wrapped": vault.wrap(key, row_id, "complaint", agency_id), "due_at": utc_now()}
    row |= {
        "received_on": local_day(utc_now()),
        "recorded_at": utc_now(),
        "recorded_by_id": world.actor(OPENER).member_id,
    }
    connection.execute(insert(Complaint), [row])
    return row_id


def lay_text(connection: Connection, world: World) -> None:
    """House rules of the shelter that asks."""
    row = {"id": uuid.uuid4(), "agency_id": world.agencies["shelter_ngo"], "kind": "house_rules", "version": 1}
    row |= {"language": "sqi", "body": "Nata është e qetë.", "written_at": utc_now()}
    connection.execute(insert(HouseText), [row | {"written_by_id": world.actor("shelter.coordinator").member_id}])


def _belonging(connection: Connection, world: World, stay: Any, own: dict[str, Any]) -> uuid.UUID:
    row = row_of_case(stay.case_id, stay.agency_id) | own | {"kind": "money", "at_own_wish": True}
    row |= {"occurred_on": local_day(utc_now()), "recorded_at": utc_now(), "member_id": world.actor(OPENER).member_id}
    connection.execute(insert(Belonging), [row])
    return row["id"]  # type: ignore[no-any-return]


def _appointment(connection: Connection, world: World, stay: Any, own: dict[str, Any]) -> uuid.UUID:
    row = row_of_case(stay.case_id, stay.agency_id) | own | {"kind": "school", "held_on": local_day(utc_now())}
    row |= {"goes_along": "staff", "reached_by": "shelter", "recorded_at": utc_now()}
    connection.execute(insert(Appointment), [row | {"member_id": world.actor(OPENER).member_id}])
    return row["id"]  # type: ignore[no-any-return]


def _limit(connection: Connection, world: World, stay: Any, own: dict[str, Any]) -> uuid.UUID:
    today = local_day(utc_now())
    row = row_of_case(stay.case_id, stay.agency_id) | own | {"number": _number(connection, stay)}
    row |= {"kind": str(row["id"]), "ground": "threat", "ordered_by_id": world.actor(OPENER).member_id}
    row |= {"recorded_at": utc_now(), "from_on": today, "ends_on": today + timedelta(7), "days": 7}
    row |= {"review_on": today + timedelta(3), "own_word": "agrees", "told_in": "sq", "told_way": "spoken"}
    connection.execute(insert(MovementLimit), [row])
    return row["id"]  # type: ignore[no-any-return]


def _number(connection: Connection, stay: Any) -> int:
    """One more than there are: many addresses name the one stay elsewhere."""
    before = select(MovementLimit.id).where(MovementLimit.case_id == stay.case_id)
    return len(connection.execute(before).all()) + 1
