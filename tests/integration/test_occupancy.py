"""Who is counted which nights, and who gets no single stay, whatever page asks for it."""

from __future__ import annotations

import pytest

from app.errors import Forbidden, Invalid
from app.services import occupancy, occupancy_exports, unit_of_work
from app.vocabulary.period import Period, month, year
from tests.factories.placed import House, day

MARCH = month(2014, 3)


@pytest.mark.parametrize("name", ["statistics.supervisor", "national.coordinator"])
def test_nobody_but_the_house_gets_its_single_stays(house: House, name: str) -> None:
    unit_of_work.bind(house.world.database)

    with pytest.raises(Forbidden):
        occupancy_exports.stays(house.world.actor(name), MARCH, "csv")


def test_who_sees_sums_alone_gets_no_file_of_days(house: House) -> None:
    unit_of_work.bind(house.world.database)

    with pytest.raises(Forbidden):
        occupancy_exports.by_day(house.world.actor("national.coordinator"), MARCH, "csv")


@pytest.mark.parametrize("period", [Period(day(1), day(9)), month(2014, 4)], ids=["a range", "ahead"])
def test_who_sees_sums_alone_asks_for_a_month_or_a_year_that_has_begun(house: House, period: Period) -> None:
    unit_of_work.bind(house.world.database)

    with pytest.raises(Invalid):
        occupancy.occupancy(house.world.actor("national.coordinator"), period)


def test_an_agency_that_is_no_shelter_has_no_nights(house: House) -> None:
    unit_of_work.bind(house.world.database)

    found = occupancy.occupancy(house.world.actor("advocate"), MARCH)

    assert (found.place, found.columns, found.total.slept) == (None, (), 0)


def test_a_year_of_sums_is_told_by_month(house: House) -> None:
    unit_of_work.bind(house.world.database)

    found = occupancy.occupancy(house.world.actor("national.coordinator"), year(2014))

    assert [one.period.start.month for one in found.columns] == [1, 2, 3]
