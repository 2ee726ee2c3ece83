"""What is counted of nights after an erasure: as before, where months are whole, and never of fewer people."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from app.services import tally_nights, unit_of_work
from app.services.counts import Reader
from app.services.occupancy import occupancy
from app.vocabulary.period import Period, month
from tests.factories.erased import SHELTER, Closed
from tests.factories.nights import Laid, beds_of, lay
from tests.factories.placed import House, day

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
