"""Holds a walk against its model: the same people in the same beds after each step, and every night now and then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from app.models.placement import BedHold, Stay
from app.models.premises import Premises
from app.models.record import ClientRecord
from app.queries import nights
from app.security.actor import Actor, system_actor
from app.services import voids
from app.vocabulary.period import Period
from tests.factories.facts import one_person
from tests.factories.house_walk import COORDINATORS, FIRST_DAY, Person, Walk
from tests.factories.nights import beds_of
from tests.factories.placed import House
from tests.factories.world import World
from tests.support.nights_model import A_DAY, Houses, days

PEOPLE = 22
PAIRS = 3
"""How many of them are two records of one person."""
STAY, HOLD, RECORD = Stay.__table__, BedHold.__table__, ClientRecord.__table__
Count = Callable[[World, Period, date], dict[Any, Any]]


def begin(house: House, seed: int) -> Walk:
    """Two empty houses, people with a risk rating and consent, and three who have two records each."""
    places, world = house.places, house.world
    beds, house_of = {}, {}
    for shelter in COORDINATORS:
        for bed in beds_of(world, shelter):
            house_of[f"{shelter} {bed.name}"], beds[f"{shelter} {bed.name}"] = shelter, bed.id
    people = [Person(f"person {number}", places.client()) for number in range(PEOPLE)]
    model = Houses(FIRST_DAY, house_of, ready_after={"shelter_ngo_second": 1})
    voids.set_turnaround(world.actor("ngo2.coordinator"), 1)
    for number in range(PAIRS):
        one, other = people[2 * number], people[2 * number + 1]
        one_person(world, _record(house, one), _record(house, other))
        model.person_of[other.name] = one.name
    with world.database.read(system_actor("placement")) as work:
        found = work.session.execute(select(Premises.agency_id, Premises.id)).all()
    of = {row.agency_id: row.id for row in found}
    premises = {shelter: of[world.agencies[shelter]] for shelter in COORDINATORS}
    return Walk(house, model, Random(seed), people, beds, premises=premises)  # noqa: S311 - the same walk each time


def _record(house: House, person: Person) -> UUID:
    with house.world.database.read(house.world.actor("advocate")) as work:
        found = work.session.connection().execute(select(RECORD.c.id).where(RECORD.c.case_id == person.case_id))
        return UUID(str(found.scalar_one()))


def go(walk: Walk, owner: Engine, number: int, every: int = 50, counted_by: Count | None = None) -> Walk:
    """So many steps, or fewer where something is found."""
    with owner.connect() as connection:
        while walk.steps < number and not walk.disagreements:
            walk.step()
            compare_beds(walk, connection)
            if walk.steps % every == 0:
                compare_nights(walk, connection, counted_by or count)
            connection.rollback()
        compare_nights(walk, connection, counted_by or count)
    return walk


def compare_beds(walk: Walk, connection: Connection) -> None:
    """The same people are in the same beds now, each in one and each bed with one, and the same beds are kept."""
    there = select(STAY.c.bed_id, STAY.c.case_id).where(STAY.c.left_on.is_(None))
    found: Counter[Any] = Counter((row.bed_id, row.case_id) for row in connection.execute(there))
    cases = {one.name: one.case_id for one in walk.people}
    expected: Counter[Any] = Counter((walk.beds[bed], cases[one.who]) for bed, one in walk.model.now.items())
    held = select(HOLD.c.bed_id, HOLD.c.case_id).where(HOLD.c.state == "held", HOLD.c.to_on > walk.model.today)
    found += Counter(("kept", row.bed_id, row.case_id) for row in connection.execute(held))
    ahead = [one for one in walk.model.booked if max(one.nights) >= walk.model.today]
    expected += Counter(("kept", walk.beds[one.bed], cases[one.who]) for one in ahead)
    if found != expected:
        walk.disagreements.append(f"{walk.steps}: {found - expected} are not there, {expected - found} are")


def compare_nights(walk: Walk, connection: Connection, counted_by: Count) -> None:
    """Every night of every row, and every count that the application makes of them, is the model's."""
    today, period = walk.model.today, Period(FIRST_DAY - A_DAY, walk.model.today + A_DAY)
    if period.end - A_DAY <= FIRST_DAY:
        return
    everybody = [*walk.people, *walk.forgotten]
    names, beds = {one.case_id: one.name for one in everybody}, {row: bed for bed, row in walk.beds.items()}
    rows = connection.execute(select(STAY.c.case_id, STAY.c.bed_id, STAY.c.arrived_on, STAY.c.left_on))
    found = Counter(
        (names[row.case_id], night, beds[row.bed_id])
        for row in rows
        for night in days(row.arrived_on, row.left_on or today)
    )
    known = {who: slept for who, slept in walk.model.slept.items() if who not in walk.model.erased}
    expected = Counter((who, *night) for who, slept in known.items() for night in slept)
    if found != expected:
        walk.disagreements.append(f"{walk.steps}: {found - expected} too much, {expected - found} lost")
    counted, expected_counts = counted_by(walk.house.world, period, today), walk.model.counted(period.start, today)
    for kind, numbers in expected_counts.items():
        wrong = {at: number for at, number in counted[kind].items() if number != numbers.get(at)}
        if wrong or set(numbers) - set(counted[kind]):
            rightly = {at: numbers.get(at) for at in wrong}
            walk.disagreements.append(f"{walk.steps}: {kind} counted as {wrong} instead of {rightly}")


def count(world: World, period: Period, today: date) -> dict[Any, Any]:
    """What the application counts: by night and house how many slept and how many could, and by night everywhere."""
    actor = system_actor("statistics")
    houses = {world.agencies[house]: house for house in COORDINATORS}
    with world.database.read(actor) as work:
        rows = nights.by_night(work.session, actor, period, today)
        people = nights.people_by_night(work.session, actor, period, today)
        whole = _of_whole_months(work.session, actor, world, today)
    by_house = {
        (houses[row.agency_id], row.night): (row.slept, row.capacity) for row in rows if row.agency_id in houses
    }
    return {"by house": by_house, "everywhere": people, "whole months": whole}


def _of_whole_months(session: Session, actor: Actor, world: World, today: date) -> dict[str, int]:
    """What each house slept in all the months that are over."""
    first, end = FIRST_DAY.replace(day=1), today.replace(day=1)
    if first == end:
        return dict.fromkeys(COORDINATORS, 0)
    asked = (session, actor, Period(first, end), today)
    return {house: nights.total(*asked, world.agencies[house]).slept for house in COORDINATORS}
