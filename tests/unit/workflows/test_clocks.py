"""When a period is due: elapsed time, days on the wall clock, working days, holidays, months, pauses."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.clocks import Calendar, Pause, due, due_with_pauses, is_overdue, remind_at
from workflows.definition import Window

ZONE = ZoneInfo("Europe/Belgrade")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MAY_DAY = frozenset({date(2013, 5, 1), date(2013, 5, 2)})


def local(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2013, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("window", "start", "end"),
    [
        (Window(30, "minutes"), local(5, 6), local(5, 6, 12, 30)),
        (Window(24, "hours"), local(5, 6), local(5, 7)),
        (Window(24, "hours"), local(3, 30), local(3, 31, 13)),
        (Window(1, "days"), local(3, 30), local(3, 31)),
        (Window(10, "days"), local(4, 26), local(5, 6)),
        (Window(1, "days"), local(3, 30, 2, 30), local(3, 31, 3, 30)),
        (Window(1, "working_days"), local(5, 6), local(5, 7)),
        (Window(1, "working_days"), local(5, 10), local(5, 13)),
        (Window(1, "working_days"), local(5, 11), local(5, 13)),
        (Window(2, "working_days"), local(4, 30), local(5, 6)),
        (Window(5, "working_days"), local(5, 6), local(5, 13)),
        (Window(1, "months"), local(1, 31), local(2, 28)),
        (Window(12, "months"), local(5, 6), datetime(2014, 5, 6, 12, tzinfo=ZONE)),
        (Window(3, "months"), local(11, 30), datetime(2014, 2, 28, 12, tzinfo=ZONE)),
    ],
    ids=[
        "minutes",
        "hours",
        "hours over the change to summer time",
        "days over the change to summer time",
        "days",
        "an hour that the change leaves out",
        "a working day",
        "from a Friday",
        "from a Saturday",
        "over a holiday and a weekend",
        "a working week",
        "a month that has no such day",
        "a year",
        "over the turn of the year",
    ],
)
def test_a_window_ends_when_the_calendar_says(window: Window, start: datetime, end: datetime) -> None:
    assert due(window, start, MAY_DAY, ZONE) == end


def test_a_due_time_is_in_utc() -> None:
    assert due(Window(1, "days"), local(5, 6), frozenset(), ZONE).tzinfo is UTC


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        due(Window(1, "days"), datetime(2013, 5, 6, 12), frozenset(), ZONE)  # noqa: DTZ001 - the fault under test


@given(
    st.integers(0, 30 * 365 * 24 * 60).map(lambda minutes: EPOCH + timedelta(minutes=minutes)),
    st.integers(1, 40),
    st.frozensets(st.dates(date(2000, 1, 1), date(2030, 1, 1)), max_size=20),
)
def test_working_days_end_on_a_working_day_with_as_many_between(
    start: datetime, amount: int, holidays: frozenset[date]
) -> None:
    first, last = (
        one.astimezone(ZONE).date() for one in (start, due(Window(amount, "working_days"), start, holidays, ZONE))
    )

    days = [first + timedelta(days=1 + number) for number in range((last - first).days)]
    assert last.weekday() < 5
    assert last not in holidays
    assert sum(day.weekday() < 5 and day not in holidays for day in days) == amount


HOUR = Window(60, "minutes")
CALENDAR = Calendar(ZONE, MAY_DAY)


@pytest.mark.parametrize(
    ("pauses", "end"),
    [
        ([], local(5, 6, 13)),
        ([Pause(local(5, 6, 12, 10), local(5, 6, 12, 20))], local(5, 6, 13, 10)),
        ([Pause(local(5, 6, 14), local(5, 6, 15))], local(5, 6, 13)),
        ([Pause(local(5, 6, 11), local(5, 6, 12, 15))], local(5, 6, 13, 15)),
        ([Pause(local(5, 6, 10), local(5, 6, 11))], local(5, 6, 13)),
        (
            [Pause(local(5, 6, 13, 5), local(5, 6, 13, 10)), Pause(local(5, 6, 12, 1), local(5, 6, 12, 11))],
            local(5, 6, 13, 15),
        ),
        ([Pause(local(5, 6, 12, 30))], None),
        ([Pause(local(5, 6, 13))], local(5, 6, 13)),
    ],
    ids=[
        "none",
        "one inside",
        "one after the end",
        "one begun before the start",
        "one before the start",
        "the second only through the first",
        "one that still stands",
        "one that begins when the time is over",
    ],
)
def test_time_in_a_pause_does_not_count(pauses: list[Pause], end: datetime | None) -> None:
    assert due_with_pauses(HOUR, local(5, 6), CALENDAR, pauses) == end


def test_a_pause_over_a_weekend_moves_working_days_on() -> None:
    paused = [Pause(local(5, 10, 13), local(5, 13, 13))]

    assert due_with_pauses(Window(1, "working_days"), local(5, 10), CALENDAR, paused) == local(5, 14)


def test_a_reminder_comes_with_a_quarter_of_the_time_left() -> None:
    assert remind_at(local(5, 6, 12), local(5, 6, 16)) == local(5, 6, 15)


@pytest.mark.parametrize(
    ("stopped", "now", "overdue"),
    [
        (None, local(5, 6, 12), False),
        (None, local(5, 6, 12, 1), True),
        (local(5, 6, 11), local(5, 6, 15), False),
        (local(5, 6, 13), local(5, 6, 15), True),
    ],
    ids=["due now", "a minute late", "stopped in time", "stopped too late"],
)
def test_a_clock_is_overdue_when_it_ran_past_its_time(stopped: datetime | None, now: datetime, overdue: bool) -> None:
    assert is_overdue(local(5, 6, 12), stopped, now) is overdue
