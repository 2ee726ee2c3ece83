"""How full the shelters were, and how long people stayed: of a reader's own house, or of all places together.

A house and the statistics see every number, over any days. The national coordinator sees whole months, by month,
with small numbers withheld as occupancy_release decides them for the whole year.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID

from app.errors import Invalid
from app.queries import beds, kept_nights, nights
from app.queries.beds import ShelterOf
from app.queries.kept_nights import MonthRow
from app.queries.nights import EndedStay
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.occupancy_release import ALL, YEAR, YearOfNights
from app.services.told_ranges import parts_of, sum_of, told
from app.services.unit_of_work import Work
from app.vocabulary.length_of_stay import LENGTH_OF_STAY, band_of
from app.vocabulary.period import Period, month, year
from app.vocabulary.role import Role

Figure = int | None
"""A number; None is one that may not be shown."""

BY_DAY = 62
"""Up to how many days a picture has a column for each; of a longer period it has one for each month."""

LONGEST = 3 * 366
A_DAY = timedelta(days=1)


class Reader(StrEnum):
    """What kind of reader of nights an actor is."""

    HOUSE = "house"
    STATISTICS = "statistics"
    NATION = "nation"


def reader_of(actor: Actor) -> Reader:
    """Which of the three the actor is."""
    if actor.has(Role.STATISTICS_SUPERVISOR):
        return Reader.STATISTICS
    return Reader.NATION if actor.has(Role.NATIONAL_COORDINATOR) else Reader.HOUSE


@dataclass(frozen=True)
class Column:
    """A day or a month of a picture, or all of it: beds and nights, and how many came and went."""

    period: Period
    capacity: int
    slept: Figure
    cots: Figure = None
    arrivals: Figure = None
    departures: Figure = None

    @property
    def share(self) -> Figure:
        """How many of a hundred beds were slept in; None where there were none, or where it may not be shown."""
        return None if self.slept is None or not self.capacity else round(100 * self.slept / self.capacity)


@dataclass(frozen=True)
class Occupancy:
    """What a reader is shown. `place` is her own house; None for all places, where `added` are the places' own nights
    added up: more than the nights slept by those that two places both recorded of one person.
    """

    reader: Reader
    period: Period
    made_at: datetime
    place: ShelterOf | None
    columns: tuple[Column, ...]
    total: Column
    lengths: tuple[tuple[str, Figure], ...]
    ended: Figure
    added: Figure = None
    erased: int = 0
    """Nights of erased stays in months of which the period has a part: in no number here."""

    @property
    def is_by_day(self) -> bool:
        """Whether each column is a day."""
        return all(one.period.start == one.period.last for one in self.columns)


def occupancy(actor: Actor, period: Period) -> Occupancy:
    """The nights of a period as the actor may see them. Raises Invalid for a period that is not counted for her."""
    with unit_of_work.read(actor) as work:
        return build(work, period)


def build(work: Work, period: Period, *, by_day: bool | None = None) -> Occupancy:
    """As `occupancy`, within the caller's unit of work; by day or by month where that is said."""
    reader = reader_of(work.actor)
    refuse_period(reader, period, work.today)
    if reader is Reader.NATION:
        return _of_nation(work, period)
    past = _past(period, work.today)
    in_days = (period.end - period.start).days <= BY_DAY if by_day is None else by_day
    parts = [] if past is None else days_of(past) if in_days else months_of(past)
    return _of_all(work, period, parts) if reader is Reader.STATISTICS else _of_house(work, period, parts)


def _past(period: Period, today: date) -> Period | None:
    """What of a period is over: nothing is told of a night that has not been slept, nor of the day before it is."""
    return Period(period.start, min(period.end, today)) if period.start < today else None


def refuse_period(reader: Reader, period: Period, today: date) -> None:
    """Raise Invalid with what is wrong with the period, by field."""
    if (period.end - period.start).days > LONGEST:
        raise Invalid({"end": "nights_too_long"})
    if period.start > today:
        raise Invalid({"start": "range_in_future"})
    if reader is Reader.NATION and not period.is_of_months:
        raise Invalid({"end": "needs_whole_months"})


def days_of(period: Period) -> list[Period]:
    """The days of a period."""
    starts = (period.start + timedelta(days=number) for number in range((period.end - period.start).days))
    return [Period(start, start + A_DAY) for start in starts]


def months_of(period: Period) -> list[Period]:
    """The calendar months of a period, the first and the last as far as they belong to it."""
    return list(_months_of(period))


def _months_of(period: Period) -> Iterator[Period]:
    start = period.start
    while start < period.end:
        end = min(month(start.year, start.month).end, period.end)
        yield Period(start, end)
        start = end


def _of_house(work: Work, period: Period, parts: list[Period]) -> Occupancy:
    place = beds.shelter_of(work.session, work.actor)
    if place is None:
        return Occupancy(Reader.HOUSE, period, work.now, None, (), Column(period, 0, 0), (), 0)
    found = replace(_Counted.find(work, period, place.agency_id), kept_as="nights")
    columns = tuple(found.column(part) for part in parts)
    gone = len(found.gone)
    return Occupancy(
        Reader.HOUSE,
        period,
        work.now,
        place,
        columns,
        found.column(period),
        lengths_of(found.gone),
        gone,
        erased=found.cut(period),
    )


def _of_all(work: Work, period: Period, parts: list[Period]) -> Occupancy:
    with work.as_system("statistics"):
        found = _Counted.find(work, period, None)
        people = nights.people_by_night(work.session, work.actor, period, work.today)
    once = replace(found, slept=people, kept_as="once")
    return Occupancy(
        Reader.STATISTICS,
        period,
        work.now,
        None,
        tuple(once.column(part) for part in parts),
        once.column(period),
        lengths_of(found.gone),
        len(found.gone),
        added=found.column(period).slept,
        erased=once.cut(period),
    )


@dataclass(frozen=True)
class _Counted:
    """What was counted in a period, day by day, and the stays that ended in it."""

    capacity: Mapping[date, int]
    slept: Mapping[date, int]
    cots: Mapping[date, int]
    arrivals: Mapping[date, int]
    departures: Mapping[date, int]
    gone: list[EndedStay]
    kept: tuple[MonthRow, ...]
    """The nights of erased stays, by month."""
    kept_as: str = "once_here"
    """Which of their numbers is meant: of records, or of people in the house or anywhere."""

    @classmethod
    def find(cls, work: Work, period: Period, agency_id: UUID | None) -> "_Counted":
        """Of one house, or of all."""
        asked = (work.session, work.actor, period, work.today, agency_id)
        rows = nights.by_night(*asked)
        moves = [one for one in nights.movements(*asked) if one.day < work.today]
        return cls(
            _by_day((row.night, row.capacity) for row in rows),
            _by_day((row.night, row.slept) for row in rows),
            _by_day((row.night, row.cots) for row in rows),
            _by_day((one.day, one.arrivals) for one in moves),
            _by_day((one.day, one.departures) for one in moves),
            [one for one in nights.ended(*asked) if one.left_on < work.today],
            tuple(kept_nights.by_month(work.session, work.actor, period, agency_id)),
        )

    def column(self, part: Period) -> Column:
        """What fell into a part of the period; never more nights than beds, though who is erased slept in some that
        are not there any more."""
        days = [part.start + timedelta(days=number) for number in range((part.end - part.start).days)]
        kinds = (self.slept, self.cots, self.arrivals, self.departures)
        slept, cots, came, went = (sum(kind.get(day, 0) for day in days) for kind in kinds)
        whole = [one for one in self.kept if one.is_whole_in(part)]
        beds = [one for one in whole if not one.is_cot]
        slept += sum(self._kept(one) for one in beds)
        cots += sum(self._kept(one) for one in whole if one.is_cot)
        capacity = sum(self.capacity.get(day, 0) for day in days) + sum(one.out_of_use for one in beds)
        return Column(part, max(capacity, slept), slept, cots, came, went)

    def cut(self, period: Period) -> int:
        """Nights of erased stays in months of which the period has a part: in none of its numbers."""
        return sum(self._kept(one) for one in self.kept if not one.is_whole_in(period))

    def _kept(self, one: MonthRow) -> int:
        number: int = getattr(one, self.kept_as)
        return number


def _by_day(numbers: Iterable[tuple[date, int]]) -> Mapping[date, int]:
    found: Counter[date] = Counter()
    for day, number in numbers:
        found[day] += number
    return found


def lengths_of(gone: Iterable[EndedStay]) -> tuple[tuple[str, Figure], ...]:
    """How many of the stays were how long, band by band."""
    bands = Counter(band_of(one.nights) for one in gone)
    return tuple((code.code, bands[code.code]) for code in LENGTH_OF_STAY)


def _of_nation(work: Work, period: Period) -> Occupancy:
    parts = parts_of(period)
    of_years = {number: _of_year(work, year(number)) for number in parts}
    past = _past(period, work.today)
    columns = tuple(of_years[one.start.year].column(one) for one in (months_of(past) if past else []))
    capacity = sum(of_years[number].capacity(period) for number in parts)
    slept = sum_of(told(of_years[number].released.slept, months) for number, months in parts.items())
    lengths = {
        band: sum_of(told(partial(of_years[number].released.length, band), months) for number, months in parts.items())
        for band in (ALL, *LENGTH_OF_STAY.keys())
    }
    ended = lengths.pop(ALL)
    total = Column(period, capacity, slept)
    return Occupancy(Reader.NATION, period, work.now, None, columns, total, tuple(lengths.items()), ended)


@dataclass(frozen=True)
class _Year:
    """A calendar year as it was counted, and what of it may be shown."""

    found: _Counted
    released: YearOfNights

    def column(self, month_: Period) -> Column:
        """One of its months."""
        return Column(month_, self.found.column(month_).capacity, self.released.slept(month_.start.month))

    def capacity(self, period: Period) -> int:
        """What of its beds the period has."""
        return self.found.column(period).capacity


def _of_year(work: Work, whole: Period) -> _Year:
    with work.as_system("statistics"):
        found = _Counted.find(work, whole, None)
        people = nights.people_by_month(work.session, work.actor, whole, work.today)
        once = nights.people_by_night(work.session, work.actor, whole, work.today)
    return _Year(found, _released(replace(found, slept=once, kept_as="once"), people))


def _released(found: _Counted, people: Mapping[int, int]) -> YearOfNights:
    slept, lengths = Counter[int](), Counter[tuple[str, int]]()
    for night, number in found.slept.items():
        slept.update({YEAR: number, night.month: number})
    for kept in (one for one in found.kept if not one.is_cot):
        slept.update({YEAR: kept.once, kept.month.month: kept.once})
    for one in found.gone:
        for at in (YEAR, one.left_on.month):
            lengths.update([(band_of(one.nights), at), (ALL, at)])
    by_month = {at % 100: number for at, number in people.items()}
    return YearOfNights(slept, by_month, lengths, LENGTH_OF_STAY.keys())
