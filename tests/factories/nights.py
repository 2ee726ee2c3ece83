"""Stays laid out above all rules, many at once, and an independent count of their nights, day by day."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text

from app.models.base import Base
from app.models.placement import Bed, Room
from app.security.actor import system_actor
from app.vocabulary.period import Period
from tests.factories.world import World
from tests.security.relations import NOW, above

A_NIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Laid:
    """One stay as it was laid, and whose it is."""

    agency_id: UUID
    bed_id: UUID
    is_cot: bool
    person: UUID
    record_id: UUID
    arrived_on: date
    left_on: date | None = None
    destination: str | None = None
    previous: Laid | None = None
    expected_until: date | None = None
    id: UUID = UUID(int=0)

    def sleeps(self, night: date, today: date) -> bool:
        """Whether she slept there in the night that began on that day."""
        return self.arrived_on <= night < min(self.left_on or today, today)


def beds_of(world: World, shelter: str) -> list[Bed]:
    """The beds of a shelter, cots among them."""
    with world.database.read(system_actor("placement")) as work:
        found = select(Bed).where(Bed.agency_id == world.agencies[shelter]).order_by(Bed.name)
        return list(work.session.execute(found).scalars())


def lay(world: World, stays: Iterable[Laid]) -> None:
    """Write the stays and which records are one person, without the cases that they would belong to."""
    found = list(stays)
    linked = {one.record_id: one.person for one in found if one.person != one.record_id}
    engine = above(world)
    off = "SET session_replication_role = replica" if world.database.is_postgresql else "PRAGMA foreign_keys=OFF"
    with engine.begin() as connection:
        connection.execute(text(off))
        if found:
            connection.execute(Base.metadata.tables["stay"].insert(), [_row(one) for one in found])
        links = [{"record_id": record, "person_id": person, "since": NOW} for record, person in linked.items()]
        if links:
            connection.execute(Base.metadata.tables["record_person"].insert(), links)
    engine.dispose()


def lay_child(world: World, stay: Laid, cot: Bed, arrived: date, left: date | None) -> None:
    """A child beside a resident, in a cot of the cot's own house."""
    row = {"id": uuid4(), "case_id": uuid4(), "agency_id": cot.agency_id, "stay_id": stay.id, "bed_id": cot.id}
    told = {"age": "under_1", "arrived_on": arrived, "left_on": left, "recorded_at": NOW}
    engine = above(world)
    off = "SET session_replication_role = replica" if world.database.is_postgresql else "PRAGMA foreign_keys=OFF"
    with engine.begin() as connection:
        connection.execute(text(off))
        whose = {"recorded_by_id": world.actor("shelter.coordinator").member_id}
        connection.execute(Base.metadata.tables["companion_stay"].insert(), [row | told | whose])
    engine.dispose()


def void_bed(world: World, bed: Bed, first: date, back: date | None) -> None:
    """Put a bed out of use, [first, back)."""
    member = world.actor("shelter.coordinator").member_id
    row = {"id": uuid4(), "agency_id": bed.agency_id, "bed_id": bed.id, "from_on": first, "to_on": back}
    engine = above(world)
    with engine.begin() as connection:
        told = {"reason": "repair", "made_by_id": member, "recorded_at": NOW}
        connection.execute(Base.metadata.tables["bed_void"].insert(), [row | told])
    engine.dispose()


def shut_house(world: World, stay: Laid, first: date, open_again: date) -> None:
    """Let the house of a stay take nobody, [first, open again)."""
    engine = above(world)
    with engine.begin() as connection:
        house = connection.execute(
            select(Room.premises_id).join(Bed, Bed.room_id == Room.id).where(Bed.id == stay.bed_id)
        ).scalar_one()
        row = {"id": uuid4(), "agency_id": stay.agency_id, "premises_id": house, "from_on": first, "to_on": open_again}
        told = {"kind": "suspended", "reason": "other", "residents_leave": False, "recorded_at": NOW}
        connection.execute(Base.metadata.tables["premises_period"].insert(), [row | told])
    engine.dispose()


def _row(one: Laid) -> dict[str, Any]:
    names = ("agency_id", "bed_id", "record_id", "arrived_on", "left_on", "destination", "expected_until", "id")
    previous = one.previous.id if one.previous else None
    return {name: getattr(one, name) for name in names} | {
        "case_id": uuid4(),
        "previous_stay_id": previous,
        "recorded_at": NOW,
    }


def at_random(world: World, random: Random, shelters: Iterable[str], first: date, days: int) -> list[Laid]:
    """Every bed filled with one stay after the other; of sixty records forty are two of one person."""
    people = {record: record for record in (uuid4() for _ in range(60))}
    records = list(people)
    for one, other in zip(records[:20], records[20:40], strict=True):
        people[one] = people[other] = uuid4()
    made: list[Laid] = []
    for bed in itertools.chain(*(beds_of(world, shelter) for shelter in shelters)):
        _fill(random, bed, people, made, (first, first + timedelta(days=days)))
    return made


def _fill(random: Random, bed: Bed, people: dict[UUID, UUID], made: list[Laid], between: tuple[date, date]) -> None:
    """One stay after the other in a bed, some of no night at all, the last perhaps open; none twice at one time."""
    day, end = between
    while day < end:
        day += timedelta(days=random.randrange(6))
        left = day + timedelta(days=random.randrange(25)) if random.random() < 0.9 else None
        record = random.choice(list(people))
        if all(_apart(one, day, left) for one in made if one.record_id == record):
            gone = "own_home" if left else None
            whose = (bed.agency_id, bed.id, bed.is_cot, people[record], record)
            made.append(Laid(*whose, day, left, gone, id=uuid4()))
        if left is None:
            return
        day = left


def _apart(one: Laid, arrived: date, left: date | None) -> bool:
    return (left or date.max) <= one.arrived_on or (one.left_on or date.max) <= arrived


def nights_in(period: Period) -> Iterator[date]:
    """The days of a period."""
    day = period.start
    while day < period.end:
        yield day
        day += A_NIGHT
