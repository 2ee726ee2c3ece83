"""Bed-nights among the numbers of work: counted where nights are defined, for each of the three readers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.queries import kept_nights, nights
from app.services.count_blocks import Figure
from app.services.counts import Reader
from app.services.occupancy import LONGEST
from app.services.occupancy_release import YEAR, YearOfNights
from app.services.told_ranges import parts_of, sum_of, told
from app.services.unit_of_work import Work
from app.vocabulary.period import Period, end_of_day, year


@dataclass(frozen=True)
class Slept:
    """The nights slept in beds; by agency as each counts them, which for who may not see small numbers is not told."""

    total: Figure
    agencies: Mapping[UUID, int] = field(default_factory=dict)


def is_countable(period: Period) -> bool:
    """Whether nights are counted over so many days at once."""
    return (period.end - period.start).days <= LONGEST


def slept(work: Work, reader: Reader, period: Period, as_of: date | None = None) -> Slept:
    """The nights of a period: of the actor's own agency, or of all places; as known at the end of a past day."""
    if reader is Reader.AGENCY:
        assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
        own = sum(one.number for one in by_night(work, period, as_of))
        return Slept(own, {work.actor.agency_id: own} if own else {})
    with work.as_system("statistics"):
        return _of_nation(work, period) if reader is Reader.NATION else _of_all(work, period, as_of)


@dataclass(frozen=True)
class Night:
    """The nights that people slept in a place: of one day, or of a month of which no day is known any more."""

    agency_id: UUID
    day: date
    number: int


def by_night(work: Work, period: Period, as_of: date | None = None) -> list[Night]:
    """Each night of each place that somebody slept in: of the actor's own agency, or of all for the statistics, that
    count a person once in a place; those of erased stays on the first of their month.

    As of a past day erased stays are told of in the months that were over on it.
    """
    asked = (work.session, work.actor, period, as_of or work.today, _whose(work))
    rows = nights.by_night(*asked, as_of=_moment(as_of))
    found = [Night(one.agency_id, one.night, one.slept) for one in rows if one.slept]
    kept = "nights" if _whose(work) else "once_here"
    return found + [
        Night(one.agency_id, one.month.replace(day=1), getattr(one, kept)) for one in _kept(work, period, as_of)
    ]


def _of_all(work: Work, period: Period, as_of: date | None) -> Slept:
    once = nights.people_by_night(work.session, work.actor, period, as_of or work.today, as_of=_moment(as_of))
    total = sum(once.values()) + sum(one.once for one in _kept(work, period, as_of))
    found: Counter[UUID] = Counter()
    for night in by_night(work, period, as_of):
        found[night.agency_id] += night.number
    return Slept(total, {agency_id: number for agency_id, number in found.items() if number})


def _kept(work: Work, period: Period, as_of: date | None) -> list[kept_nights.MonthRow]:
    rows = kept_nights.by_month(work.session, work.actor, period, _whose(work))
    return [one for one in rows if not one.is_cot and one.is_whole_in(period) and (not as_of or one.is_over(as_of))]


def _whose(work: Work) -> UUID | None:
    return None if work.actor.system == "statistics" else work.actor.agency_id


def _moment(as_of: date | None) -> datetime | None:
    return end_of_day(as_of) if as_of else None


def _of_nation(work: Work, period: Period) -> Slept:
    """Of whole months, as the page of occupancy shows it to the same reader."""
    parts = parts_of(period)
    years = {number: _of_year(work, year(number)) for number in parts}
    return Slept(sum_of(told(years[number].slept, months) for number, months in parts.items()))


def _of_year(work: Work, whole: Period) -> YearOfNights:
    asked = (work.session, work.actor, whole)
    found: Counter[int] = Counter()
    for night, number in nights.people_by_night(*asked, work.today).items():
        found.update({YEAR: number, night.month: number})
    for kept in kept_nights.by_month(*asked):
        if kept.is_whole_in(whole) and not kept.is_cot:
            found.update({YEAR: kept.once, kept.month.month: kept.once})
    people = {at % 100: number for at, number in nights.people_by_month(*asked, work.today).items()}
    return YearOfNights(found, people, {}, ())
