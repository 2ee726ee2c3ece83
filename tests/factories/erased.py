"""Closed cases of people who lived in a shelter, and their erasure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, select

from app.services import erasing
from app.services.stays import move
from tests.factories.closing import close
from tests.factories.placed import GONE, House, day
from tests.security.relations import above

SHELTER, ADVOCATE, SUPERVISOR = "shelter.coordinator", "advocate", "advocacy.supervisor"


@dataclass(frozen=True)
class Closed:
    """A closed case of one who lived in the NGO shelter from 3 March until 4 April, in two beds."""

    house: House
    case_id: UUID

    def ask(self, by: str = ADVOCATE) -> UUID:
        """Ask for its erasure."""
        return UUID(erasing.ask(self.house.world.actor(by), self.case_id, "person_asked")["erasure_id"])

    def erase(self) -> None:
        """The whole of it."""
        erasing.approve(self.house.world.actor(SUPERVISOR), self.ask())

    def rows(self, connection: Connection, table: Any) -> list[dict[str, Any]]:
        """What a table holds of the case."""
        return [dict(row._mapping) for row in connection.execute(select(table).where(table.c.case_id == self.case_id))]


def resident(house: House, bed: str) -> UUID:
    """One who has a bed from 3 March on and another from the 10th; gives her case."""
    case_id, stay_id = house.places.resident(bed, alerts="Fears men in uniform")
    house.clock.at(day(10))
    move(house.world.actor(SHELTER), stay_id, house.places.bed("2B"))
    return case_id


def closed_case(house: House, case_id: UUID, on: date = date(2014, 4, 4)) -> Closed:
    """She leaves and her case is closed on a day; it is June."""
    house.clock.at(on)
    house.world.step(SHELTER, case_id, "shelter", "leave", on, **GONE)
    close(house.world, case_id, on)
    house.clock.at(date(2014, 6, 1))
    return Closed(house, case_id)


@pytest.fixture
def closed(house: House) -> Closed:
    """A closed case."""
    return closed_case(house, resident(house, "1A"))


@pytest.fixture
def rows(closed: Closed) -> Iterator[Connection]:
    """A connection above the services and above row-level security."""
    engine = above(closed.house.world)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
