"""Bed-nights among the numbers of work: counted where nights are defined, for each of the three readers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.queries import kept_nights, nights
from app.services.count_blocks import Figure
from app.services.counts import Reader
from app.services.occupancy import LONGEST
from app.services.occupancy_release import YEAR, YearOfNights
from app.services.told_ranges import parts_of, sum_of, told
from app.services.unit_of_work import Work
from app.vocabulary.period import Period, year


@dataclass(frozen=True)
class Slept:
    """The nights slept in beds; by agency as each counts them, which for who may not see small numbers is not told."""

    total: Figure
    agencies: Mapping[UUID, int] = field(default_factory=dict)


def is_countable(period: Period) -> bool:
    """Whether nights are counted over so many days at once."""
    return (period.end - period.start).days <= LONGEST


def slept(work: Work, reader: Reader, period: Period) -> Slept:
    """The nights of a period: of the actor's own agency, or of all places."""
    if reader is Reader.AGENCY:
        assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
        own = nights.total(work.session, work.actor, period, work.today, work.actor.agency_id).slept
        return Slept(own, {work.actor.agency_id: own} if own else {})
    with work.as_system("statistics"):
        return _of_nation(work, period) if reader is Reader.NATION else _of_all(work, period)


def _of_all(work: Work, period: Period) -> Slept:
    asked = (work.session, work.actor, period)
    total = sum(nights.people_by_night(*asked, work.today).values())
    found: Counter[UUID] = Counter()
    for night in nights.by_night(*asked, work.today):
        found[night.agency_id] += night.slept
    for kept in kept_nights.by_month(*asked):
        if kept.is_whole_in(period) and not kept.is_cot:
            found[kept.agency_id] += kept.once_here
            total += kept.once
    return Slept(total, {agency_id: number for agency_id, number in found.items() if number})


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
