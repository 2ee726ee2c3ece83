"""What is counted of nights after an erasure: as before, where months are whole, and never of fewer people."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, update

from app.models.erasure import KeptNights
from app.models.placement import Bed
from app.queries import nights
from app.security.actor import system_actor
from app.services import companions, tally_nights, unit_of_work
from app.services.counts import Reader
from app.services.occupancy import occupancy
from app.vocabulary.period import Period, month
from tests.factories.erased import SHELTER, Closed, closed_case
from tests.factories.nights import Laid, beds_of, lay, shut_house
from tests.factories.placed import House, day
from tests.security.relations import above

MARCH, APRIL, MAY = (month(2014, number) for number in (3, 4, 5))
NATION = "national.coordinator"


def test_a_period_after_a_month_of_erased_nights_lacks_none_of_them(closed: Closed) -> None:
    closed.erase()

    found = {period.start.month: _picture(closed, period, SHELTER).erased for period in (MAY, Period(day(2), day(31)))}

    assert found == {5: 0, 3: 29}


def _picture(closed: Closed, period: Period, by: str) -> Any:
    return occupancy(closed.house.world.actor(by), period)


def _told(closed: Closed, period: Period) -> list[int | None]:
    """The nights of a month as the national coordinator sees them, on either page."""
    with unit_of_work.read(closed.house.world.actor(NATION)) as work:
        tally = tally_nights.slept(work, Reader.NATION, period).total
    return [_picture(closed, period, NATION).total.slept, tally]


def test_nights_of_few_people_are_withheld_once_those_are_erased_as_before(closed: Closed) -> None:
    before = _told(closed, MARCH)

    closed.erase()

    assert (before, _told(closed, MARCH)) == ([None, None], [None, None])


def test_nights_of_many_people_are_told_though_one_of_them_is_erased(closed: Closed) -> None:
    lay(closed.house.world, [_beside(closed.house, name) for name in ("1B", "1C", "2A", "2C")])
    before = _told(closed, MARCH)

    closed.erase()

    assert (before, _told(closed, MARCH)) == ([145, 145], [145, 145])


def _beside(house: House, bed: str) -> Laid:
    """One who slept in another bed on the same days as she whose case is closed."""
    found = next(one for one in beds_of(house.world, "shelter_ngo") if one.name == bed)
    record = uuid4()
    days = (day(3), date(2014, 4, 4), "own_home")
    return Laid(found.agency_id, found.id, False, record, record, *days, id=uuid4())


def _shown(closed: Closed) -> list[tuple[int, int | None, int | None]]:
    """Beds, nights and cots of March, for the house and for the statistics."""
    columns = [_picture(closed, MARCH, by).total for by in (SHELTER, "statistics.supervisor")]
    return [(one.capacity, one.slept, one.cots) for one in columns]


def _change(closed: Closed, statement: Any) -> None:
    with above(closed.house.world).begin() as connection:
        connection.execute(statement)


def test_a_childs_nights_in_a_cot_stay_when_she_whom_it_came_with_is_erased(house: House) -> None:
    case_id, stay_id = house.places.resident("1A")
    cot = {"id": uuid4(), "agency_id": house.world.agencies["shelter_ngo"], "name": "Cot 1", "is_cot": True}
    with above(house.world).begin() as connection:
        room = connection.execute(select(Bed.room_id).where(Bed.id == house.places.bed("1A"))).scalar_one()
        connection.execute(insert(Bed), [cot | {"room_id": room, "is_active": True}])
    child = companions.add(house.world.actor(SHELTER), stay_id, "under_1", cot["id"])["companion_id"]
    house.clock.at(day(23))
    companions.leave(house.world.actor(SHELTER), UUID(child), day(23))
    closed = closed_case(house, case_id)
    before = _shown(closed)

    closed.erase()

    assert ([cots for _, _, cots in before], _shown(closed)) == ([20, 20], before)


def test_a_bed_that_is_out_of_use_since_counts_in_the_nights_of_who_was_erased(closed: Closed) -> None:
    _change(closed, update(Bed).where(Bed.agency_id == _shelter(closed)).values(is_active=False))
    before = _shown(closed)

    closed.erase()

    assert (before[0], _shown(closed)) == ((29, 29, 0), before)


def _shelter(closed: Closed) -> UUID:
    return closed.house.world.agencies["shelter_ngo"]


def test_no_place_is_fuller_than_full_after_an_erasure(closed: Closed) -> None:
    closed.erase()
    shut_house(closed.house.world, _beside(closed.house, "1A"), day(1), date(2014, 4, 1))

    shown = _picture(closed, MARCH, SHELTER).total

    assert (shown.slept, shown.capacity, shown.share) == (29, 29, 100)
    assert _total(closed, MARCH) == (29, 29)


def _total(closed: Closed, period: Period) -> tuple[int, int]:
    with closed.house.world.database.read(system_actor("statistics")) as work:
        found = nights.total(work.session, work.actor, period, work.today, _shelter(closed))
    return found.slept, found.capacity


@pytest.fixture
def same_day(house: House) -> Closed:
    """A closed case of one who came and left on 3 March."""
    return closed_case(house, house.places.resident("1A")[0], day(3))


def test_who_came_and_left_on_one_day_is_told_no_more_once_she_is_erased(same_day: Closed) -> None:
    before = _moves(same_day)

    same_day.erase()

    assert (before, _moves(same_day)) == ((1, 1, 1), (0, 0, 0))


def _moves(closed: Closed) -> tuple[int | None, int | None, int | None]:
    """Arrivals, departures and stays that ended in March."""
    shown = _picture(closed, MARCH, SHELTER)
    return shown.total.arrivals, shown.total.departures, shown.ended


def test_a_stay_of_no_night_adds_no_night_and_nobody_who_slept(same_day: Closed) -> None:
    same_day.erase()

    with above(same_day.house.world).connect() as connection:
        kept = connection.execute(select(KeptNights.month, KeptNights.nights, KeptNights.once)).all()
    assert [tuple(row) for row in kept] == [(day(1), 0, 0)]
    assert _people(same_day) == {0: 0}


def _people(closed: Closed) -> dict[int, int]:
    with closed.house.world.database.read(system_actor("statistics")) as work:
        return nights.people_by_month(work.session, work.actor, MARCH, work.today)
