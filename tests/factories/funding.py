"""Money that is recorded for shelters, as the services take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.services import funding, proposals
from app.services.funding import NewGrant, NewPayer
from app.services.proposals import NewCall
from tests.factories.world import World

MINISTRY = NewPayer("state", "Ministry of the test", "Ministria e provës", "Ministarstvo za probu")
DONOR = NewPayer("donor", "Donor of the test")
YEAR = {"from_on": date(2014, 1, 1), "to_on": date(2014, 12, 31)}


def payer(world: World, new: NewPayer = MINISTRY, by: str = "statistics.supervisor") -> UUID:
    """A payer, added unless it is there."""
    there = {one.name_en: one.id for one in funding.choices(world.actor(by)).payers}
    return there.get(new.name_en) or funding.add_payer(world.actor(by), new)


def grant(world: World, agencies: Sequence[str] = ("shelter_ngo",), pays: NewPayer = MINISTRY, **told: Any) -> NewGrant:
    """What a grant of a year for one house says, but for what is told."""
    usual = NewGrant(
        payer_id=payer(world, pays),
        purpose="running_costs",
        amount=Decimal(36_500),
        currency="EUR",
        source="Letter of the test",
        agencies=tuple(world.agencies[one] for one in agencies),
        **YEAR,
    )
    return replace(usual, **told)


def granted(world: World, by: str = "statistics.supervisor", part_of: UUID | None = None, **told: Any) -> UUID:
    """Record a grant."""
    return funding.record(world.actor(by), grant(world, **told), part_of)


def called(world: World, by: str = "statistics.supervisor", **told: Any) -> UUID:
    """Record a call for proposals that is open to places that assist people who suffered domestic violence."""
    days = (date(2013, 11, 1), date(2013, 11, 30), *YEAR.values())
    usual = NewCall(payer(world), *days, ("domestic_violence",), "Notice of the test")
    return proposals.record(world.actor(by), replace(usual, **told))
