"""Deadlines and nights among the numbers of work: kept and missed by their days, and nights as occupancy has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select

from app.models.workflow import CaseClock, CaseEvent
from app.services import occupancy, tallies, tally_exports
from app.services.tallies import WorkRequest
from app.vocabulary.period import Period, month, year
from tests.factories import nights
from tests.factories.world import World
from tests.security.relations import above

NOON = datetime(2014, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MARCH = month(2014, 3)
SHELTERS = ("shelter_ngo", "shelter_men")


@dataclass(frozen=True)
class Due:
    """A deadline, and under which tally it counts in March 2014, if under any."""

    tally: str
    due_at: datetime = NOON
    stopped_at: datetime | None = None
    voided_at: datetime | None = None
    paused_at: datetime | None = None
    exempt_until: datetime | None = None


DEADLINES = {
    "met before it was due": Due("clocks_kept", stopped_at=NOON - DAY),
    "met at the very moment": Due("clocks_kept", stopped_at=NOON),
    "met in March though due in May": Due("clocks_kept", NOON + 60 * DAY, NOON),
    "met before March": Due("", stopped_at=NOON - 20 * DAY),
    "met late": Due("clocks_missed", stopped_at=NOON + DAY),
    "met late, in April": Due("clocks_missed", stopped_at=NOON + 40 * DAY),
    "never met": Due("clocks_missed"),
    "never met, due in February": Due("", NOON - 20 * DAY),
    "not due yet": Due("", datetime(2999, 1, 1, tzinfo=UTC)),
    "standing still": Due("", paused_at=NOON - DAY),
    "taken back": Due("", voided_at=NOON),
    "exempt until April": Due("", exempt_until=NOON + 40 * DAY),
    "met while exempt": Due("clocks_kept", stopped_at=NOON + DAY, exempt_until=NOON + 2 * DAY),
    "on the last evening of March, in the country": Due(
        "clocks_missed", datetime(2014, 3, 31, 21, 30, tzinfo=UTC), datetime(2014, 4, 5, tzinfo=UTC)
    ),
    "after midnight of the first of April, in the country": Due(
        "", datetime(2014, 3, 31, 22, 30, tzinfo=UTC), datetime(2014, 4, 5, tzinfo=UTC)
    ),
}


def _lay(world: World, deadlines: list[Due]) -> None:
    """These deadlines and no other, of the police's."""
    case_id = world.open_signal()
    with above(world).begin() as connection:
        event_id = connection.execute(select(CaseEvent.id).where(CaseEvent.case_id == case_id)).scalars().first()
        connection.execute(delete(CaseClock))
        shared = {"case_id": case_id, "agency_id": world.agencies["police"], "name": "consent", "calendar": ""}
        shared |= {"started_at": NOON - 30 * DAY, "started_by_id": event_id}
        rows: list[dict[str, Any]] = [{**shared, "id": uuid4(), **_times(one)} for one in deadlines]
        connection.execute(insert(CaseClock), rows)


def _times(one: Due) -> dict[str, datetime | None]:
    return {name: getattr(one, name) for name in ("due_at", "stopped_at", "voided_at", "paused_at", "exempt_until")}


def _totals(world: World, by: str, period: Period) -> dict[str, int | None]:
    found = tallies.report(world.actor(by), WorkRequest(period)).tallies
    return {one.tally: one.total for one in found if one.total}


@pytest.mark.parametrize("name", DEADLINES)
def test_deadline_counts_where_its_definition_says(world: World, name: str) -> None:
    _lay(world, [DEADLINES[name]])

    expected = DEADLINES[name].tally

    assert _totals(world, "statistics.supervisor", MARCH) == ({expected: 1} if expected else {})


def test_deadlines_are_the_agency_s_own_and_are_listed_by_their_day(world: World) -> None:
    _lay(world, list(DEADLINES.values()))
    kept, missed = (sum(one.tally == name for one in DEADLINES.values()) for name in ("clocks_kept", "clocks_missed"))

    listed = [one for one, _ in tally_exports.acts(world.actor("police.supervisor"), WorkRequest(MARCH))]

    assert _totals(world, "police.supervisor", MARCH) == {"clocks_kept": kept, "clocks_missed": missed}
    assert _totals(world, "advocacy.supervisor", MARCH) == {}
    assert len(listed) == kept + missed
    assert {one.day.month for one in listed} == {3}


@pytest.mark.parametrize("period", [MARCH, year(2014), Period(date(2014, 2, 10), date(2014, 5, 3))])
def test_nights_are_those_of_occupancy_for_each_of_its_readers(world: World, period: Period) -> None:
    nights.lay(world, nights.at_random(world, Random(5), SHELTERS, date(2014, 2, 1), 150))  # noqa: S311 - a seed
    readers = ("statistics.supervisor", "shelter.supervisor")

    slept = [occupancy.occupancy(world.actor(by), period).total.slept for by in readers]

    assert [_totals(world, by, period)["bed_nights"] for by in readers] == slept
    assert slept[0] > slept[1] > 0  # type: ignore[operator]


def test_nights_of_the_coordinator_are_withheld_as_on_the_page_of_occupancy(world: World) -> None:
    nights.lay(world, nights.at_random(world, Random(5), ("shelter_ngo",), date(2014, 2, 1), 8))  # noqa: S311 - a seed
    actor = world.actor("national.coordinator")

    shown = [_nights_of(world, number) for number in range(1, 13)]

    assert shown == [occupancy.occupancy(actor, month(2014, number)).total.slept for number in range(1, 13)]
    assert None in shown


def _nights_of(world: World, number: int) -> int | None:
    found = tallies.report(world.actor("national.coordinator"), WorkRequest(month(2014, number))).tallies
    return next(one.total for one in found if one.tally == "bed_nights")


def test_nights_of_each_place_are_listed_and_add_up_to_what_it_counts(world: World) -> None:
    nights.lay(world, nights.at_random(world, Random(5), SHELTERS, date(2014, 2, 1), 60))  # noqa: S311 - a seed
    actor = world.actor("shelter.supervisor")

    listed = [one for one, _ in tally_exports.acts(actor, WorkRequest(year(2014))) if one.tally == "bed_nights"]

    assert sum(one.number for one in listed) == _totals(world, "shelter.supervisor", year(2014))["bed_nights"]
    assert {one.agency_id for one in listed} == {world.agencies["shelter_ngo"]}


def test_nights_of_more_than_three_years_are_not_told(world: World) -> None:
    request = WorkRequest(Period(date(2010, 1, 1), date(2015, 1, 1)))

    found = tallies.report(world.actor("statistics.supervisor"), request).tallies

    assert [one.tally for one in found if not one.is_told] == ["bed_nights"]
