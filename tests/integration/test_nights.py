"""Bed-nights against a count that walks through the days and the stays one by one, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from app.models.placement import Bed
from app.queries import nights
from app.queries.nights import EndedStay, NightRow
from app.security.actor import system_actor
from app.vocabulary.period import Period, month
from app.vocabulary.shelter import OTHER_BED
from tests.factories.nights import Laid, at_random, beds_of, lay, lay_child, nights_in, shut_house, void_bed
from tests.factories.world import World
from tests.integration.test_statement_counts import listened

SHELTERS = ("shelter_ngo", "shelter_secure", "shelter_child")
FIRST = date(2014, 1, 1)
MARCH = month(2014, 3)
LATER = date(2014, 6, 1)
PERIODS = {
    "a month": (MARCH, LATER),
    "a month that runs": (MARCH, date(2014, 3, 17)),
    "a month ahead": (month(2014, 7), LATER),
    "one night": (Period(date(2014, 2, 10), date(2014, 2, 11)), LATER),
    "half a year": (Period(FIRST, date(2014, 7, 1)), LATER),
}


def asked(world: World, what: Callable[..., Any], *given: Any, by: str = "statistics") -> Any:
    """A number of nights, as one of the system's actors reads it, unless a member is named."""
    actor = world.actor(by) if "." in by else system_actor(by)
    with world.database.read(actor) as work:
        return what(work.session, actor, *given)


def by_hand(stays: list[Laid], period: Period, today: date) -> dict[tuple[UUID, date, bool], set[UUID]]:
    """Who slept where in each night, in a bed or in a cot."""
    found: dict[tuple[UUID, date, bool], set[UUID]] = {}
    for night in nights_in(period):
        for one in (one for one in stays if one.sleeps(night, today)):
            found.setdefault((one.agency_id, night, one.is_cot), set()).add(one.person)
    return found


def everywhere(slept: dict[tuple[UUID, date, bool], set[UUID]]) -> dict[date, int]:
    """How many people slept in a bed anywhere, night by night."""
    found: dict[date, set[UUID]] = {}
    for (_, night, is_cot), people in slept.items():
        found.setdefault(night, set()).update(set() if is_cot else people)
    return {night: len(people) for night, people in found.items() if people}


def told(rows: list[NightRow]) -> dict[tuple[UUID, date, bool], int]:
    """The same numbers of the same kind, without those that are nothing."""
    numbers = {(row.agency_id, row.night, False): row.slept for row in rows}
    numbers |= {(row.agency_id, row.night, True): row.cots for row in rows}
    return {place: number for place, number in numbers.items() if number}


@pytest.fixture
def laid(world: World) -> list[Laid]:
    """Three shelters full of stays over half a year."""
    found = at_random(world, Random(4), SHELTERS, FIRST, 180)  # noqa: S311 - the same rows each time
    lay(world, found)
    return found


@pytest.mark.parametrize(("period", "today"), PERIODS.values(), ids=PERIODS)
def test_nights_slept_are_those_of_an_independent_count(
    world: World, laid: list[Laid], period: Period, today: date
) -> None:
    expected = {place: len(people) for place, people in by_hand(laid, period, today).items()}

    assert told(asked(world, nights.by_night, period, today)) == expected


@pytest.mark.parametrize(("period", "today"), PERIODS.values(), ids=PERIODS)
def test_people_of_all_places_are_counted_once_a_night(
    world: World, laid: list[Laid], period: Period, today: date
) -> None:
    expected = everywhere(by_hand(laid, period, today))

    assert asked(world, nights.people_by_night, period, today) == expected


def test_records_of_one_person_are_counted_apart_where_links_are_not_read(world: World, laid: list[Laid]) -> None:
    once = sum(asked(world, nights.people_by_night, MARCH, LATER).values())

    assert sum(asked(world, nights.people_by_night, MARCH, LATER, by="placement").values()) > once


def test_two_records_of_one_person_have_one_night_between_them(world: World) -> None:
    one, other = _two_records_at_once(world)
    lay(world, [one, other])

    found = [row for row in asked(world, nights.by_night, MARCH, LATER) if row.slept]

    assert [(row.agency_id, row.slept) for row in found] == [(one.agency_id, 1)] * 4


def test_a_shelter_counts_its_own_records_for_it_learns_of_no_link(world: World) -> None:
    one, other = _two_records_at_once(world)
    lay(world, [one, other])

    found = asked(world, nights.by_night, MARCH, LATER, by="shelter.supervisor")

    assert {row.slept for row in found} == {0, 2}
    assert {row.agency_id for row in found if row.slept} == {one.agency_id}


def _two_records_at_once(world: World) -> tuple[Laid, Laid]:
    """Two beds of one house taken for the same four nights under two records of one person."""
    here, there = [bed for bed in beds_of(world, "shelter_ngo") if not bed.is_cot][:2]
    records = (uuid4(), uuid4())
    person = uuid4()
    days = (date(2014, 3, 4), date(2014, 3, 8), "own_home")
    found = [
        Laid(bed.agency_id, bed.id, False, person, record, *days, id=uuid4())
        for bed, record in zip((here, there), records, strict=True)
    ]
    return found[0], found[1]


def test_beds_that_could_be_slept_in_are_those_in_use_and_no_cots(world: World) -> None:
    beds = beds_of(world, "shelter_ngo")

    total = asked(world, nights.total, MARCH, LATER, beds[0].agency_id)

    assert (total.capacity, total.slept) == (31 * len([bed for bed in beds if not bed.is_cot]), 0)


def test_a_bed_out_of_use_counts_in_the_nights_that_it_was_slept_in(world: World) -> None:
    stay = _two_records_at_once(world)[0]
    lay(world, [stay])
    before = asked(world, nights.total, MARCH, LATER, stay.agency_id).capacity
    _take_out_of_use(world, stay.bed_id)

    assert asked(world, nights.total, MARCH, LATER, stay.agency_id).capacity == before - 31 + 4


def _take_out_of_use(world: World, bed_id: UUID) -> None:
    with world.database.write(system_actor("setup")) as work:
        work.change(update(Bed).where(Bed.id == bed_id).values(is_active=False))
        work.audit("test:bed")
        work.commit()


def test_a_void_bed_is_missing_in_the_nights_in_which_it_is_void(world: World) -> None:
    bed = next(one for one in beds_of(world, "shelter_ngo") if not one.is_cot)
    before = asked(world, nights.total, MARCH, LATER, bed.agency_id).capacity
    void_bed(world, bed, date(2014, 3, 10), date(2014, 3, 14))

    assert [
        before - asked(world, nights.total, MARCH, LATER, bed.agency_id, by=by).capacity
        for by in ("statistics", "placement", "shelter.supervisor")
    ] == [4, 4, 4]


def test_a_child_in_a_cot_has_nights_of_its_own_kind(world: World) -> None:
    stay, cot = _two_records_at_once(world)[0], _a_cot(world, beds_of(world, "shelter_child")[0])
    lay(world, [stay])
    lay_child(world, stay, cot, date(2014, 3, 4), date(2014, 3, 7))

    found = [asked(world, nights.total, MARCH, LATER, cot.agency_id, by=by) for by in ("statistics", "placement")]

    assert [(one.cots, one.slept) for one in found] == [(3, 0)] * 2


def _a_cot(world: World, beside: Bed) -> Bed:
    """A cot in the room of a bed."""
    cot = Bed(id=uuid4(), agency_id=beside.agency_id, room_id=beside.room_id, name="Cot", is_cot=True, is_active=True)
    with world.database.write(system_actor("setup")) as work:
        work.session.add(cot)
        work.audit("test:cot")
        work.commit()
    return cot


def test_never_more_nights_than_beds(world: World, laid: list[Laid]) -> None:
    rows = asked(world, nights.by_night, Period(FIRST, LATER), LATER)

    assert [row for row in rows if row.slept > row.capacity] == []
    assert {row.agency_id for row in rows if row.slept} == {world.agencies[name] for name in SHELTERS}


def test_stays_that_ended_are_as_long_as_they_were(world: World, laid: list[Laid]) -> None:
    expected = [
        EndedStay(one.agency_id, one.arrived_on, one.left_on)
        for one in laid
        if one.left_on and MARCH.start <= one.left_on < MARCH.end
    ]

    found = asked(world, nights.ended, MARCH, LATER)

    assert sorted(found, key=str) == sorted(expected, key=str)


def test_who_changes_her_bed_in_the_house_has_one_stay_and_arrives_and_leaves_once(world: World) -> None:
    first, second = _one_who_moves(world)
    lay(world, [first, second])

    assert asked(world, nights.ended, MARCH, LATER) == [EndedStay(first.agency_id, date(2014, 2, 20), date(2014, 3, 9))]
    assert asked(world, nights.ended, month(2014, 2), LATER) == []
    moves = asked(world, nights.movements, Period(FIRST, LATER), LATER)
    assert [(one.day, one.arrivals, one.departures) for one in moves] == [
        (date(2014, 2, 20), 1, 0),
        (date(2014, 3, 9), 0, 1),
    ]


def test_a_night_of_changing_beds_is_one_night(world: World) -> None:
    lay(world, _one_who_moves(world))

    found = asked(world, nights.total, Period(FIRST, LATER), LATER, world.agencies["shelter_ngo"])

    assert found.slept == 17


def _one_who_moves(world: World) -> tuple[Laid, Laid]:
    here, there = [bed for bed in beds_of(world, "shelter_ngo") if not bed.is_cot][:2]
    record = uuid4()
    of_first = (here.agency_id, here.id, False, record, record)
    first = Laid(*of_first, date(2014, 2, 20), date(2014, 3, 2), OTHER_BED, id=uuid4())
    of_second = (there.agency_id, there.id, False, record, record)
    return first, Laid(*of_second, date(2014, 3, 2), date(2014, 3, 9), "family", first, id=uuid4())


def test_arrivals_and_departures_are_those_of_an_independent_count(world: World, laid: list[Laid]) -> None:
    found = asked(world, nights.movements, MARCH, LATER)

    assert {(one.agency_id, one.day): [one.arrivals, one.departures] for one in found} == moved_by_hand(laid, MARCH)


def moved_by_hand(stays: list[Laid], period: Period) -> dict[tuple[UUID, date], list[int]]:
    """How many came and went, by shelter and day."""
    found: dict[tuple[UUID, date], list[int]] = {}
    for one in stays:
        for place, day in enumerate((one.arrived_on, one.left_on)):
            if day and period.start <= day < period.end:
                found.setdefault((one.agency_id, day), [0, 0])[place] += 1
    return found


def test_nothing_is_told_of_the_day_that_has_not_come(world: World, laid: list[Laid]) -> None:
    today = date(2014, 3, 10)

    rows = asked(world, nights.by_night, MARCH, today)
    days = [one.day for one in asked(world, nights.movements, MARCH, today)]

    assert max(row.night for row in rows) == today - timedelta(days=1)
    assert max(days) <= today


WHAT = {"nights": nights.by_night, "people": nights.people_by_night, "ended": nights.ended, "moves": nights.movements}


@pytest.mark.parametrize("what", WHAT.values(), ids=WHAT)
def test_one_statement_counts_them_whatever_the_rows(world: World, laid: list[Laid], what: Any) -> None:
    with listened(world) as sent:
        asked(world, what, Period(FIRST, LATER), LATER)

    assert len(sent) == 1


@pytest.mark.parametrize("by", ["statistics", "shelter.supervisor"])
def test_a_house_that_takes_nobody_has_no_capacity_but_where_somebody_sleeps(world: World, by: str) -> None:
    stay = _two_records_at_once(world)[0]
    before = asked(world, nights.total, MARCH, LATER, stay.agency_id, by=by).capacity
    lay(world, [stay])
    shut_house(world, stay, date(2014, 3, 1), date(2014, 3, 11))

    after = asked(world, nights.total, MARCH, LATER, stay.agency_id, by=by)

    assert (before, after.capacity, after.slept) == (31 * 6, 21 * 6 + 4, 4)
