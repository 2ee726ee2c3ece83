"""What the addresses of a house's beds name: a bed, a time out of use, a child; hers and another house's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.clock import local_day, utc_now
from app.models.placement import Stay
from app.security.actor import system_actor
from app.services import companions, voids
from tests.factories.placed import Places
from tests.factories.world import World

HOUSES = {"own": ("shelter.coordinator", "shelter_ngo"), "another's": ("men.coordinator", "shelter_men")}


def _child(world: World, coordinator: str, shelter: str) -> UUID:
    """A child beside somebody who lives there."""
    with world.database.read(system_actor("placement")) as work:
        there = (Stay.agency_id == world.agencies[shelter], Stay.left_on.is_(None))
        stay_id = work.session.execute(select(Stay.id).where(*there).order_by(Stay.id).limit(1)).scalar_one()
    return UUID(companions.add(world.actor(coordinator), stay_id, "under_1")["companion_id"])


def lay_beds(world: World) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Make them through the services."""
    named: dict[tuple[str, str, str], dict[str, Any]] = {}
    for relation, (coordinator, shelter) in HOUSES.items():
        bed = Places(world).bed("1B" if shelter == "shelter_men" else "2C", shelter)
        made = voids.begin(world.actor(coordinator), bed, "repair", local_day(utc_now()) + timedelta(30))
        named[("bed_of_house", "shelter_coordinator", relation)] = {"bed_id": bed}
        named[("void", "shelter_coordinator", relation)] = {"void_id": UUID(made["void_id"])}
        named[("child", "shelter_coordinator", relation)] = {"companion_id": _child(world, coordinator, shelter)}
    return named
