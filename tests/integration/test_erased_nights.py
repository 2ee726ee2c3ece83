"""What is counted of nights after an erasure: as before, where months are whole, and never of fewer people."""

from __future__ import annotations

from typing import Any

from app.services.occupancy import occupancy
from app.vocabulary.period import Period, month
from tests.factories.erased import SHELTER, Closed
from tests.factories.placed import day

MARCH, APRIL, MAY = (month(2014, number) for number in (3, 4, 5))


def test_a_period_after_a_month_of_erased_nights_lacks_none_of_them(closed: Closed) -> None:
    closed.erase()

    found = {period.start.month: _picture(closed, period, SHELTER).erased for period in (MAY, Period(day(2), day(31)))}

    assert found == {5: 0, 3: 29}


def _picture(closed: Closed, period: Period, by: str) -> Any:
    return occupancy(closed.house.world.actor(by), period)
