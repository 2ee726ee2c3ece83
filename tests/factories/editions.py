"""Frozen reports, signed as their supervisors would."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from app.clock import local_day, utc_now
from app.services import editions, unit_of_work
from app.services.editions import NewEdition
from app.vocabulary.period import month
from tests.factories.world import World


def frozen(world: World, by: str, reason: str = "") -> UUID:
    """A report on a month of 2014, as it was known at the end of yesterday."""
    unit_of_work.bind(world.database)
    yesterday = local_day(utc_now()) - timedelta(days=1)
    return editions.freeze(world.actor(by), NewEdition(month(2014, 3), ("identified",), yesterday, reason))


def twice_frozen(world: World, by: str) -> UUID:
    """The second edition of it."""
    frozen(world, by)
    return frozen(world, by, "Late entries.")
