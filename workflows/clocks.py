"""When a period is due: hours, days, working days, months, holidays and pauses. No period is written here."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from workflows.definition import Window

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a clock stood still; without an end it still stands."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordedPause:
    """A pause with the moments at which its begin and its end were recorded, and at which it was taken back."""

    begin: datetime
    begin_recorded: datetime
    end: datetime | None = None
    end_recorded: datetime | None = None
    voided: datetime | None = None

    def as_known(self, at: datetime) -> Pause | None:
        """Return the pause as it was known before a moment; None where nothing of it was."""
        if self.begin_recorded >= at or _is_before(self.voided, at):
            return None
        return Pause(self.begin, self.end if _is_before(self.end_recorded, at) else None)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A time up to which a lapse does not count; `granted` and `revoked` are the moments of recording."""

    granted: datetime
    until: datetime
    revoked: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it was known and stood at a moment; its last moment is included."""
        return self.granted < at <= self.until and not _is_before(self.revoked, at)


@dataclass(frozen=True, slots=True)
class ClockHistory:
    """All that was ever recorded of one clock. `first_due` is when it was due before any pause."""

    windows: tuple[Window, ...]
    started: datetime
    started_recorded: datetime
    first_due: datetime
    stopped_recorded: datetime | None = None
    voided: datetime | None = None
    pauses: tuple[RecordedPause, ...] = ()
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The country's zone and holidays, handed in by the services; `version` is stored beside each due time."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()
    version: str = ""


def due(window: Window, start: datetime, holidays: frozenset[date], zone: tzinfo) -> datetime:
    """Return when the window ends, in UTC.

    Minutes and hours are elapsed time. Days, working days and months keep the hour of the clock on the wall, over a
    change to summer time too. Working days skip Saturdays, Sundays and holidays, and begin on the day after the start.
    Raises ValueError for a start without a zone.
    """
    if start.tzinfo is None:
        raise ValueError("a start without a zone")
    if window.unit == "minutes":
        return start.astimezone(UTC) + timedelta(minutes=window.amount)
    if window.unit == "hours":
        return start.astimezone(UTC) + timedelta(hours=window.amount)
    local = start.astimezone(zone)
    day = _last_day(window, local.date(), holidays)
    # An hour that the change to summer time leaves out is read with the offset before it, hence lands an hour later.
    return datetime.combine(day, local.time(), tzinfo=zone).astimezone(UTC)


def due_with_pauses(window: Window, start: datetime, calendar: Calendar, pauses: Sequence[Pause]) -> datetime | None:
    """Return when the window ends if the time of each pause does not count; None while a pause still stands."""
    begin = start
    for pause in sorted(pauses, key=lambda one: one.begin):
        if pause.begin >= due(window, begin, calendar.holidays, calendar.zone):
            break
        if pause.end is None:
            return None
        begin += max(pause.end - max(pause.begin, start), timedelta())
    return due(window, begin, calendar.holidays, calendar.zone)


def due_after(
    windows: Sequence[Window], start: datetime, first_due: datetime, calendar: Calendar, pauses: Sequence[Pause]
) -> datetime | None:
    """Return when a clock is due after its pauses; None while one still stands.

    Which of the windows it runs by is told by when it was due at first. One that was due on a day agreed with the
    person, by none of them, is due as much later as it stood still.
    """
    for window in windows:
        if due(window, start, calendar.holidays, calendar.zone) == first_due:
            return due_with_pauses(window, start, calendar, pauses)
    later = first_due
    for pause in sorted(pauses, key=lambda one: one.begin):
        if pause.begin >= later:
            break
        if pause.end is None:
            return None
        later += max(pause.end - max(pause.begin, start), timedelta())
    return later


def was_overdue(history: ClockHistory, calendar: Calendar, at: datetime) -> bool:
    """Whether a clock ran and had lapsed at a past moment, told by nothing but what had been recorded by then."""
    is_known = history.started_recorded < at and not _is_before(history.voided, at)
    if not is_known or _is_before(history.stopped_recorded, at):
        return False
    if any(one.holds(at) for one in history.exemptions):
        return False
    pauses = [pause for one in history.pauses if (pause := one.as_known(at)) is not None]
    ends = due_after(history.windows, history.started, history.first_due, calendar, pauses)
    return _is_before(ends, at)


def _is_before(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment < at


def remind_at(start: datetime, due_at: datetime, warns: Sequence[Window] = ()) -> datetime:
    """Return when those who are reminded first hear of it: at the first warning, else with a quarter of the time."""
    return next_warning(due_at, warns, start) or due_at - (due_at - start) / 4


def next_warning(due_at: datetime, warns: Sequence[Window], after: datetime) -> datetime | None:
    """Return the next of the moments, so many days before the end, at which a clock warns; None after the last."""
    moments = sorted(due_at - timedelta(days=one.amount) for one in warns)
    return next((one for one in moments if one > after), None)


def is_overdue(due_at: datetime, stopped_at: datetime | None, now: datetime) -> bool:
    """Whether a clock has lapsed: it runs and its time is over, or it was stopped too late."""
    return (stopped_at or now) > due_at


def _last_day(window: Window, day: date, holidays: frozenset[date]) -> date:
    if window.unit == "days":
        return day + timedelta(days=window.amount)
    if window.unit == "months":
        return _months_later(day, window.amount)
    return _working_days_later(day, window.amount, holidays)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_days_later(day: date, amount: int, holidays: frozenset[date]) -> date:
    left = amount
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day
