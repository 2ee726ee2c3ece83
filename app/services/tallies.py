"""Work in numbers, for one reader: an agency's supervisor her agency's own, the statistics supervisor everybody's as
they are, the national coordinator sums of whole months, small numbers of persons accused and of deadlines withheld.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.queries import tallies
from app.queries.counts import AgencyName, agency_names
from app.queries.tallies import Asked, Number
from app.security.actor import Actor
from app.services import counts, tally_nights, unit_of_work
from app.services.count_blocks import Figure
from app.services.counts import CountRequest, Reader, reader_of
from app.services.tally_release import YearOfFew
from app.services.told_ranges import parts_of, sum_of, told
from app.services.unit_of_work import Work
from app.vocabulary import catalog
from app.vocabulary.period import Period, end_of_day, year
from app.vocabulary.tally import DIMENSIONS, KEPT, LIST_OF, MISSED, NIGHTS, RELEASED, TALLY

Rows = tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class WorkRequest:
    """Which days, and as they were known at the end of which past day; None: as they are known now."""

    period: Period
    as_of: date | None = None

    @property
    def as_of_moment(self) -> datetime | None:
        """The end of that day."""
        return end_of_day(self.as_of) if self.as_of else None


@dataclass(frozen=True)
class Tallied:
    """One tally: its number, each agency's own, and its breakdowns by name. Not told: for such days it is not kept."""

    tally: str
    total: Figure = None
    agencies: tuple[tuple[AgencyName, Figure], ...] = ()
    tables: tuple[tuple[str, Rows], ...] = ()
    is_told: bool = True


@dataclass(frozen=True)
class WorkReport:
    """What a reader is shown."""

    reader: Reader
    request: WorkRequest
    made_at: datetime
    tallies: tuple[Tallied, ...] = field(default_factory=tuple)


def report(actor: Actor, request: WorkRequest) -> WorkReport:
    """The numbers that the actor may see. Raises Invalid for a period that is not counted, or not for her."""
    with unit_of_work.read(actor) as work:
        return build(work, request)


def build(work: Work, request: WorkRequest) -> WorkReport:
    """As `report`, within the caller's unit of work."""
    reader = reader_of(work.actor)
    refuse(work, request)
    has_nights = tally_nights.is_countable(request.period)
    slept = tally_nights.slept(work, reader, request.period, request.as_of) if has_nights else None
    asked = asked_of(work, request)
    with work.as_system("statistics"):
        names = agency_names(work.session, work.actor)
        if reader is Reader.NATION:
            found = _of_nation(work, asked, names)
        else:
            numbers = tallies.tallies(work.session, work.actor, asked)
            found = [_plain(name, _of(numbers, name), names) for name in TALLY.keys()]  # noqa: SIM118 - a code list
    told = (_nights(one, slept, names) if one.tally == NIGHTS else one for one in found)
    return WorkReport(reader, request, work.now, tuple(told))


def asked_of(work: Work, request: WorkRequest) -> Asked:
    """What is asked of the queries: the reader's own agency's, or everybody's."""
    own = work.actor.agency_id if reader_of(work.actor) is Reader.AGENCY else None
    return Asked(request.period, work.now, request.as_of_moment, own)


def refuse(work: Work, request: WorkRequest) -> None:
    """Raise Invalid and Conflict as for the counts of people."""
    counts.refuse(work, _days_of(request))


def refuse_period(reader: Reader, request: WorkRequest, today: date) -> None:
    """Raise Invalid as for the counts of people: one rule says which days a reader may ask for."""
    counts.refuse_period(reader, _days_of(request), today)


def _days_of(request: WorkRequest) -> CountRequest:
    return CountRequest(request.period, as_of=request.as_of)


def _of(numbers: Iterable[Number], name: str) -> list[Number]:
    return [one for one in numbers if one.tally == name]


def _plain(name: str, numbers: Sequence[Number], names: Sequence[AgencyName]) -> Tallied:
    by_agency: Counter[str] = Counter()
    for one in numbers:
        by_agency[str(one.agency_id)] += one.number
    tables = []
    for dimension in DIMENSIONS[name]:
        sums: Counter[str] = Counter()
        for one in numbers:
            sums[one.kind(dimension)] += one.number
        tables.append((dimension, _in_order(dimension, sums.items())))
    total = sum(one.number for one in numbers)
    return Tallied(name, total, _named(by_agency.items(), names), tuple(tables))


def _named(rows: Iterable[tuple[str, Figure]], names: Sequence[AgencyName]) -> tuple[tuple[AgencyName, Figure], ...]:
    found = dict(rows)
    return tuple((name, found[str(name.id)]) for name in names if str(name.id) in found)


def _in_order(dimension: str, rows: Iterable[tuple[str, Figure]]) -> Rows:
    known = catalog.get(LIST_OF[dimension]).keys() if dimension in LIST_OF else ()
    places = {code: place for place, code in enumerate(known)}
    return tuple(sorted(rows, key=lambda row: (places.get(row[0], len(places)), row[0])))


def _nights(one: Tallied, slept: tally_nights.Slept | None, names: Sequence[AgencyName]) -> Tallied:
    if slept is None:
        return Tallied(one.tally, is_told=False)
    rows = ((str(agency_id), number) for agency_id, number in slept.agencies.items())
    return Tallied(one.tally, slept.total, _named(rows, names))


def _of_nation(work: Work, asked: Asked, names: Sequence[AgencyName]) -> list[Tallied]:
    """Acts as they are; of persons accused and of deadlines each year decided at once, of which the period shows its
    part."""
    parts = parts_of(asked.period)
    numbers = [one for count in (tallies.acts, tallies.under_way) for one in count(work.session, work.actor, asked)]
    by_month: dict[int, list[Number]] = {}
    for number in parts:
        whole = Asked(year(number), asked.now)
        by_month[number] = [
            one for count in (tallies.steps, tallies.clocks_by_month) for one in count(work.session, work.actor, whole)
        ]
        numbers += [one for one in by_month[number] if one.at % 100 in parts[number]]
    found = []
    for name in TALLY.keys():  # noqa: SIM118 - a code list
        if name in RELEASED and work.parts.small_numbers_are_withheld:
            years = {number: YearOfFew(number, _of(every, name)) for number, every in by_month.items()}
            found.append(_released(years, name, asked.period, names))
        else:
            found.append(_plain(name, _of(numbers, name), names))
    return found


def clocks_of_nation(work: Work, asked: Asked) -> list[tuple[str, Figure, Figure]]:
    """Each deadline with how often it was kept and missed in a calendar year, for the national coordinator.

    Of other periods there are none: what is not broken down under the work in numbers is not drawn either.
    """
    if not asked.period.is_year:
        return []
    with work.as_system("statistics"):
        numbers = tallies.clocks_by_month(work.session, work.actor, asked)
    years = [YearOfFew(asked.period.start.year, _of(numbers, name)) for name in (KEPT, MISSED)]
    kept, missed = (dict(one.rows(each.kind("clock") for each in one.numbers)) for one in years)
    without: list[Figure] = [None if one.at(0) is None else 0 for one in years]
    return [(clock, kept.get(clock, without[0]), missed.get(clock, without[1])) for clock in {**kept, **missed}]


def _released(years: Mapping[int, YearOfFew], name: str, period: Period, names: Sequence[AgencyName]) -> Tallied:
    parts = parts_of(period)
    total = sum_of(told(years[number].at, months) for number, months in parts.items())
    if not period.is_year:
        return Tallied(name, total)
    release = years[period.start.year]
    agencies = release.rows(str(one.agency_id) for one in release.numbers)
    tables = tuple(
        (dimension, _in_order(dimension, release.rows(one.kind(dimension) for one in release.numbers)))
        for dimension in DIMENSIONS[name]
    )
    return Tallied(name, total, _named(agencies, names), tables)
