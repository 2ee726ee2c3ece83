"""Every clock of every version: due by its window, later by its pauses, overdue once lapsed, not while exempt."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.definitions import CALENDAR, SHIPPED, UNLIKE
from workflows import registry
from workflows.clocks import ClockHistory, Exemption, Pause, due, due_with_pauses, remind_at, was_overdue
from workflows.definition import ALL_CLOCKS, ClockRule, Window

START = datetime(2014, 3, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOCKS = [(name, clock) for name in SHIPPED for clock in registry.get(name).clocks]


def rule(name: str, clock: str) -> ClockRule:
    return registry.get(name).clocks[clock]


def end_of(window: Window) -> datetime:
    return due(window, START, CALENDAR.holidays, CALENDAR.zone)


def history(window: Window, *exemptions: Exemption) -> ClockHistory:
    return ClockHistory((window,), START, START, end_of(window), exemptions=exemptions)


@pytest.mark.parametrize(("name", "clock"), CLOCKS)
def test_a_clock_is_due_after_its_window_and_reminds_before_that(name: str, clock: str) -> None:
    found = rule(name, clock)

    ends = [end_of(window) for window in found.windows]

    assert ends == sorted(ends)
    assert all(START < remind_at(START, one, found.warns) < one for one in ends)


@pytest.mark.parametrize(("name", "clock"), CLOCKS)
def test_a_clock_that_stood_still_is_due_later_by_as_much(name: str, clock: str) -> None:
    window = rule(name, clock).windows[0]
    half = START + (end_of(window) - START) / 2
    pause = Pause(half, half + timedelta(days=14))

    later = due_with_pauses(window, START, CALENDAR, [pause])

    assert due_with_pauses(window, START, CALENDAR, [Pause(half)]) is None
    assert later is not None
    assert later - end_of(window) >= timedelta(days=13)


@pytest.mark.parametrize(("name", "clock"), CLOCKS)
def test_a_clock_is_overdue_once_it_has_lapsed_and_not_while_exempt(name: str, clock: str) -> None:
    window = rule(name, clock).windows[0]
    after = end_of(window) + HOUR
    exempt = Exemption(START, after + timedelta(days=30))

    assert not was_overdue(history(window), CALENDAR, end_of(window) - timedelta(seconds=1))
    assert was_overdue(history(window), CALENDAR, after)
    assert not was_overdue(history(window, exempt), CALENDAR, after)


@pytest.mark.parametrize("name", UNLIKE)
def test_every_clock_is_started_by_a_step_and_stopped_by_another_than_closing(name: str) -> None:
    procedure = registry.get(name)
    steps = [one for track in procedure.tracks.values() for one in track.transitions]

    started = {clock for one in steps for clock in one.starts}
    stopped = {clock for one in steps for clock in one.stops} - {ALL_CLOCKS}

    assert started == set(procedure.clocks)
    assert stopped == set(procedure.clocks)
