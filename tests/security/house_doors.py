"""What the addresses of houses, alarms and moves name: a shelter's own and another's, a move to place and to drive."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from app.cipher import new_key
from app.clock import utc_now
from app.models.house_period import PremisesAlarm, PremisesPeriod, Relocation, RelocationPlace
from app.models.placement import Stay
from app.models.premises import Premises
from tests.factories.placed import Places
from tests.factories.world import A_DAY, World
from tests.security.doors import Named
from tests.security.relations import above


def lay_houses(world: World) -> Named:
    """A closed house with a resident for the shelter of the tests and for another; an alarm each; a move to make."""
    placed = _move(world)
    with above(world).begin() as connection:
        own = _house(connection, world, "shelter_ngo", "shelter.coordinator")
        other = _house(connection, world, "shelter_men", "men.coordinator")
        move = _secret(connection, world, placed)
    unknown = {"relocation_id": uuid4()}
    return {
        ("premises", "shelter_coordinator", "own"): own,
        ("premises", "shelter_coordinator", "another's"): other,
        ("alarm", "shelter_coordinator", "own"): own,
        ("alarm", "shelter_coordinator", "another's"): other,
        ("move", "advocate", "own"): move,
        ("move", "investigator", "own"): move,
        ("move", "advocate", "another's"): unknown,
        ("driven_move", "investigator", "own"): move,
        ("driven_move", "investigator", "another's"): unknown,
    }


def _move(world: World) -> UUID:
    """A resident of the secure facility whom the advocate of the tests has placed there."""
    places = Places(world)
    case_id = places.client()
    places.ask(case_id, "shelter_secure")
    places.expect(case_id, "1A", by="secure.coordinator")
    places.admit(case_id, "1A", by="secure.coordinator")
    return case_id


def _house(connection: Connection, world: World, shelter: str, by: str) -> dict[str, Any]:
    agency, member = world.agencies[shelter], world.actor(by).member_id
    premises = connection.execute(select(Premises.id).where(Premises.agency_id == agency)).scalars().first()
    row = {"id": uuid4(), "agency_id": agency, "premises_id": premises, "recorded_at": utc_now()}
    row |= {"reason": "other", "residents_leave": True, "set_by_id": member}
    # In a year to come: the beds of the other subjects stay open.
    ahead = row | {"kind": "closed", "from_on": A_DAY.replace(year=2999)}
    past = row | {"id": uuid4(), "kind": "compromised", "from_on": A_DAY, "to_on": A_DAY}
    connection.execute(insert(PremisesPeriod), [ahead | {"to_on": None}, past])
    alarm = {"id": uuid4(), "agency_id": agency, "premises_id": premises, "period_id": past["id"]}
    wrapped = world.database.vault.wrap(new_key(), alarm["id"], PremisesAlarm.__tablename__, agency)
    alarm |= {"raised_by_id": member, "raised_at": utc_now(), "wrapped": wrapped, "account": None}
    connection.execute(insert(PremisesAlarm), [alarm])
    stay = connection.execute(
        select(Stay.id, Stay.case_id).where(Stay.agency_id == agency, Stay.left_on.is_(None)).limit(1)
    ).one()
    plan = _plan(agency, premises, ahead["id"], stay.id, stay.case_id, is_secret=False)
    connection.execute(insert(Relocation), [plan])
    return {
        "premises_id": premises,
        "period_id": ahead["id"],
        "alarm_id": alarm["id"],
        "relocation_id": plan["id"],
    }


def _plan(
    agency: UUID, premises: UUID | None, period: Any, stay: UUID, case: UUID, *, is_secret: bool
) -> dict[str, Any]:
    row = {"id": uuid4(), "agency_id": agency, "premises_id": premises, "period_id": period, "stay_id": stay}
    return row | {"case_id": case, "is_secret": is_secret, "made_at": utc_now()}


def _secret(connection: Connection, world: World, case_id: UUID) -> dict[str, Any]:
    agency, member = world.agencies["shelter_secure"], world.actor("secure.coordinator").member_id
    premises = connection.execute(select(Premises.id).where(Premises.agency_id == agency)).scalars().first()
    stay = connection.execute(select(Stay.id).where(Stay.case_id == case_id, Stay.left_on.is_(None))).scalar_one()
    period = {"id": uuid4(), "agency_id": agency, "premises_id": premises, "kind": "compromised", "from_on": A_DAY}
    period |= {"reason": "location_known", "residents_leave": True, "set_by_id": member, "recorded_at": utc_now()}
    connection.execute(insert(PremisesPeriod), [period])
    plan = _plan(agency, premises, period["id"], stay, case_id, is_secret=True)
    connection.execute(insert(Relocation), [plan])
    named = {"id": uuid4(), "case_id": case_id, "agency_id": world.agencies["advocacy_prishtine"], "place": None}
    named |= {"relocation_id": plan["id"], "wrapped": b"", "driver_id": world.actor("investigator").member_id}
    named |= {"driver_wrapped": b"", "written_by_id": world.actor("advocate").member_id, "written_at": utc_now()}
    connection.execute(insert(RelocationPlace), [named])
    return {"relocation_id": plan["id"]}
