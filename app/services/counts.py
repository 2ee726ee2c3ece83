"""The counts of a period for one reader (decisions 3 and 36): raw for the statistics supervisor; for an agency's
supervisor her own agency's raw beside the nation's; for her and for the national coordinator small numbers withheld.

The same report is behind the page and the workbook, so that neither shows what the other withholds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.clock import local_day
from app.errors import Invalid
from app.queries import counts
from app.queries.count_facts import Asked, Grain, Only
from app.queries.counts import Cells
from app.security.actor import Actor
from app.security.suppression import THRESHOLD
from app.services import count_blocks, unit_of_work
from app.services.count_blocks import AgencyRow, Block, FigureAt, OverlapRow, Shape, plain
from app.services.count_release import BEFORE, Numbers, Release
from app.services.settled_days import refuse_unsettled
from app.services.told_ranges import RangeRelease
from app.services.unit_of_work import Work
from app.vocabulary.breakdown import COMMUNITY, SEVERAL
from app.vocabulary.metric import MAIN, METRIC
from app.vocabulary.period import Period, end_of_day, months_until, year
from app.vocabulary.role import Role

TREND, DRAWN = 12, 2
"""How many months a chart has, and of how many of the counts asked there are charts."""


class Reader(StrEnum):
    """What kind of reader of counts an actor is."""

    AGENCY = "agency"
    STATISTICS = "statistics"
    NATION = "nation"


def reader_of(actor: Actor) -> Reader:
    """Which of the three the actor is; who has several roles reads with the one that shows most."""
    if actor.has(Role.STATISTICS_SUPERVISOR):
        return Reader.STATISTICS
    return Reader.AGENCY if actor.has(Role.AGENCY_SUPERVISOR) else Reader.NATION


@dataclass(frozen=True)
class CountRequest:
    """What a reader asks for. `as_of` is a past day: the facts are to be as they were known at its end."""

    period: Period
    metrics: tuple[str, ...] = MAIN
    dimensions: tuple[str, ...] = ()
    as_of: date | None = None
    drawn: int = DRAWN
    only: Only | None = None

    @property
    def as_of_moment(self) -> datetime | None:
        """The end of the day of `as_of`."""
        return end_of_day(self.as_of) if self.as_of else None

    @property
    def is_releasable(self) -> bool:
        """Whether small numbers can be withheld from it: over other ranges they follow from the difference of two."""
        return (self.period.is_month or self.period.is_year) and self.as_of is None and self.only is None

    @property
    def is_of_months(self) -> bool:
        """Whether what may be told of it follows from months and years: whole months, as they are known now."""
        return self.period.is_of_months and self.as_of is None and self.only is None

    def asked(self, period: Period | None = None, metrics: tuple[str, ...] = ()) -> Asked:
        """What the queries are asked for; by default the period and the counts of the request."""
        return Asked(period or self.period, metrics or self.metrics, self.as_of_moment, self.only)

    @property
    def trend(self) -> tuple[Period, ...]:
        """The months of the chart: the twelve that end with the period."""
        return tuple(months_until(self.period, TREND))

    @property
    def years(self) -> range:
        """The calendar years of which it has days."""
        return range(self.period.start.year, self.period.last.year + 1)

    @property
    def in_year(self) -> Shape:
        """Its numbers among those of its year."""
        at = self.period.start.year * 100 + (0 if self.period.is_year else self.period.start.month)
        return Shape(self.metrics, self.dimensions, at, self.trend, self.drawn)

    @property
    def released(self) -> "CountRequest":
        """The same without breakdowns whose rows do not add up: what is withheld there could not be decided."""
        return replace(self, dimensions=tuple(name for name in self.dimensions if name not in SEVERAL))

    @property
    def alone(self) -> Shape:
        """Its numbers by themselves."""
        return Shape(self.metrics, self.dimensions, 0, self.trend, self.drawn)


@dataclass(frozen=True)
class Report:
    """What a reader is shown. `nation` is None where the range is one from which small numbers could be worked out."""

    reader: Reader
    request: CountRequest
    made_at: datetime
    own: Block | None = None
    nation: Block | None = None
    agencies: tuple[AgencyRow, ...] = ()
    overlaps: tuple[OverlapRow, ...] = ()

    @property
    def months(self) -> tuple[Period, ...]:
        """The months of the chart that had begun on the day of which it tells: of later ones there is no number yet."""
        last = self.request.as_of or local_day(self.made_at)
        return tuple(each for each in self.request.trend if each.start <= last)


def report(actor: Actor, request: CountRequest) -> Report:
    """The counts that the actor may see. Raises Invalid for a period that is not counted, or not for her."""
    with unit_of_work.read(actor) as work:
        return build(work, request)


def build(work: Work, request: CountRequest) -> Report:
    """As `report`, within the caller's unit of work."""
    reader = reader_of(work.actor)
    refuse(work, request)
    if reader is Reader.STATISTICS:
        return _raw(work, request)
    if reader is Reader.AGENCY:
        return _of_agency(work, request)
    return (_of_nation if request.is_releasable else _of_months)(work, request.released)


def refuse(work: Work, request: CountRequest) -> None:
    """Raise Invalid with what is wrong with the period for the actor, Conflict where its past day is not settled yet.

    To be called before anything is read for it.
    """
    refuse_period(reader_of(work.actor), request, work.today)
    refuse_unsettled(work, request.as_of_moment)


def refuse_period(reader: Reader, request: CountRequest, today: date) -> None:
    """Raise Invalid with what is wrong with the period, by field."""
    if request.period.is_too_long:
        raise Invalid({"end": "range_too_long"})
    if request.period.start > today:
        raise Invalid({"start": "range_in_future"})
    if request.as_of is not None and request.as_of >= today:
        raise Invalid({"as_of": "as_of_not_past"})
    if request.only and (request.only.dimension == COMMUNITY or reader is Reader.NATION):
        raise Invalid({"only": "row_not_open"})
    if reader is Reader.NATION and not request.is_of_months:
        raise Invalid({"as_of" if request.as_of else "end": "needs_whole_months"})
    if request.as_of is not None and request.as_of < request.period.start:
        raise Invalid({"as_of": "as_of_before_period"})


def _never(_metric: str) -> bool:
    return False


def _raw(work: Work, request: CountRequest) -> Report:
    asked = request.asked()
    cells = counts.cells(work.session, work.actor, asked, request.dimensions)
    found = counts.overlaps(work.session, work.actor, asked)
    names = counts.agency_names(work.session, work.actor)
    in_months = _months(work, request)
    merges = _merges(work, asked)
    nation = count_blocks.block(request.alone, plain(cells), cells, in_months, _never)
    rows = count_blocks.agency_rows(request.alone, plain(cells), cells, names, _never)
    return Report(
        Reader.STATISTICS,
        request,
        work.now,
        nation=replace(nation, lowest=count_blocks.lowest(request.metrics, nation, merges)),
        agencies=rows,
        overlaps=count_blocks.overlap_rows(found, rows, request.metrics, cautious=False),
    )


def _merges(work: Work, asked: Asked) -> dict[str, int]:
    """By how many people the doubtful pairs would lower each number; none of a past day, for which pairs waited then
    is not kept: today's would change a report that never changes."""
    if asked.as_of is not None:
        return {}
    with work.as_system("statistics"):
        return counts.merges(work.session, work.actor, asked)


def _months(work: Work, request: CountRequest) -> FigureAt:
    window = Period(request.trend[0].start, request.trend[-1].end)
    asked = request.asked(window, request.metrics[: request.drawn])
    return plain(counts.totals(work.session, work.actor, asked))


def _of_nation(work: Work, request: CountRequest) -> Report:
    with work.as_system("statistics"):
        years = _years(work, request, METRIC.keys())
        found = counts.overlaps(work.session, work.actor, Asked(request.period, request.metrics))
        names = counts.agency_names(work.session, work.actor)
        merges = counts.merges(work.session, work.actor, Asked(request.period))
    releases = {number: Release(Numbers(number, cells)) for number, cells in years.items()}
    seen = _Seen(request, years, releases)
    nation = seen.block()
    rows = count_blocks.agency_rows(request.in_year, seen.figure, seen.cells, names, seen.is_closed)
    return Report(
        Reader.NATION,
        request,
        work.now,
        nation=replace(nation, lowest=count_blocks.lowest(request.metrics, nation, merges, THRESHOLD)),
        agencies=rows,
        overlaps=count_blocks.overlap_rows(found, rows, request.metrics, cautious=True),
    )


def _of_months(work: Work, request: CountRequest) -> Report:
    """Of whole months that are no month and no year: what follows from those; nothing of overlaps, nor of people over
    all counts, which follow from nothing."""
    with work.as_system("statistics"):
        years = _years(work, request, METRIC.keys())
        cells = counts.cells(work.session, work.actor, request.asked(), request.dimensions)
        names = counts.agency_names(work.session, work.actor)
    releases = {number: Release(Numbers(number, found)) for number, found in years.items()}
    seen = RangeRelease(request.period, releases, cells)

    def in_months(place: counts.Place) -> count_blocks.Figure:
        return releases[place.at // 100].figure(place)

    nation = count_blocks.block(request.alone, seen.figure, cells, in_months, seen.is_closed)
    rows = count_blocks.agency_rows(request.alone, seen.figure, cells, names, seen.is_closed)
    return Report(Reader.NATION, request, work.now, nation=nation, agencies=rows)


def _of_agency(work: Work, request: CountRequest) -> Report:
    if not request.is_releasable:
        return Report(Reader.AGENCY, request, work.now, own=_own_of_range(work, request))
    own_years, agency_id = _years(work, request, request.metrics), work.actor.agency_id
    own, request = _own_of_year(request, own_years), request.released
    with work.as_system("statistics"):
        years = _years(work, request, request.metrics)
        found = counts.overlaps(work.session, work.actor, Asked(request.period, request.metrics), agency_id)
        names = counts.agency_names(work.session, work.actor)
    releases = {
        number: Release(Numbers(number, cells, own_years[number], str(agency_id))) for number, cells in years.items()
    }
    seen = _Seen(request, years, releases)
    others = count_blocks.agency_rows(request.in_year, seen.figure, seen.cells, names, seen.is_closed)
    mine = next(name for name in names if name.id == agency_id)
    rows = count_blocks.with_own(others, mine, own.figures)
    # People over several counts would tell of overlaps with her own; who counts them all is told by the overlap alone.
    nation = replace(seen.block(), people=None)
    listed = count_blocks.overlap_rows(found, rows, request.metrics, cautious=True)
    return Report(Reader.AGENCY, request, work.now, own, nation, rows, listed)


def _own_of_range(work: Work, request: CountRequest) -> Block:
    """An agency's own numbers over any days. Its communities stay out: two ranges would tell of one person."""
    open_to_all = tuple(name for name in request.dimensions if name != COMMUNITY)
    cells = counts.cells(work.session, work.actor, request.asked(), open_to_all)
    shape = replace(request.alone, dimensions=open_to_all)
    return count_blocks.block(shape, plain(cells), cells, _months(work, request), _never)


def _own_of_year(request: CountRequest, years: Mapping[int, Cells]) -> Block:
    """An agency's own numbers, as they are; communities only where they tell of nobody (decision 36)."""
    number = request.period.start.year
    cells, shape = years[number], request.in_year
    every = {place: one for each in years.values() for place, one in each.items()}
    whole = count_blocks.block(shape, plain(cells), cells, plain(every), _never)
    if COMMUNITY not in shape.dimensions:
        return whole
    release = Release(Numbers(number, cells, totals_are_known=True))
    table = count_blocks.table(
        COMMUNITY,
        shape,
        release.figure,
        cells,
        lambda metric: not release.is_broken_down(metric, shape.at),
        whole.figures,
    )
    return replace(whole, tables={**whole.tables, COMMUNITY: table})


def _years(work: Work, request: CountRequest, metrics: tuple[str, ...]) -> dict[int, Cells]:
    """The numbers of metrics by year, months and whole: the year asked with breakdowns, the one before without.

    What is withheld must not depend on what else stands on the page: where metrics are decided together, as for the
    nation's reader, all of them are counted whatever was asked.
    """
    grains = (Grain.MONTH, Grain.YEAR)
    years_asked, first_year = request.years, request.trend[0].start.year
    nested = {BEFORE[name] for name in request.dimensions if name in BEFORE}
    dimensions = tuple(sorted({*request.dimensions, *nested}))
    found = {
        number: counts.cells(work.session, work.actor, Asked(year(number), metrics), dimensions, grains)
        for number in years_asked
    }
    if first_year not in found:
        found[first_year] = counts.totals(work.session, work.actor, Asked(year(first_year), metrics), grains)
    return found


@dataclass(frozen=True)
class _Seen:
    """A period's numbers through the releases of its years."""

    request: CountRequest
    years: Mapping[int, Cells]
    releases: Mapping[int, Release]

    @property
    def cells(self) -> Cells:
        return self.years[self.request.period.start.year]

    @property
    def figure(self) -> FigureAt:
        return self.releases[self.request.period.start.year].figure

    def is_closed(self, metric: str) -> bool:
        release = self.releases[self.request.period.start.year]
        return not release.is_broken_down(metric, self.request.in_year.at)

    def block(self) -> Block:
        def in_months(place: counts.Place) -> count_blocks.Figure:
            return self.releases[place.at // 100].figure(place)

        shape = self.request.in_year
        found = count_blocks.block(shape, self.figure, self.cells, in_months, self.is_closed)
        return replace(found, people=None) if count_blocks.gives_away(self.cells, shape.at) else found
