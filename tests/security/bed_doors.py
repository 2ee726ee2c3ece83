"""What the addresses of a house's beds name: a bed, and a time in which one is out of use; hers and another house's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.clock import local_day, utc_now
from app.services import voids
from tests.factories.placed import Places
from tests.factories.world import World

HOUSES = {"own": ("shelter.coordinator", "shelter_ngo"), "another's": ("men.coordinator", "shelter_men")}


def lay_beds(world: World) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Make them through the services."""
    named: dict[tuple[str, str, str], dict[str, Any]] = {}
    for relation, (coordinator, shelter) in HOUSES.items():
        bed = Places(world).bed("1B" if shelter == "shelter_men" else "2C", shelter)
        made = voids.begin(world.actor(coordinator), bed, "repair", local_day(utc_now()) + timedelta(30))
        named[("bed_of_house", "shelter_coordinator", relation)] = {"bed_id": bed}
        named[("void", "shelter_coordinator", relation)] = {"void_id": UUID(made["void_id"])}
    return named
