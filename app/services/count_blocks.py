"""Numbers arranged as a reader sees them: figures by metric, breakdowns, agencies, overlaps. Pure.

What may be shown is asked of a `figure` function; count_release.py decides it for who may not see small numbers.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.queries.counts import AGENCY, PEOPLE, TOTAL, AgencyName, Cells, Overlap, Place
from app.security.suppression import THRESHOLD, is_small
from app.vocabulary.breakdown import in_order
from app.vocabulary.period import Period

Figure = int | None
"""A number, or None where it may not be shown."""

FigureAt = Callable[[Place], Figure]
IsClosed = Callable[[str], bool]


@dataclass(frozen=True)
class Shape:
    """Which numbers stand where: `at` is the period among them, as in Place; `drawn` of the metrics have a chart."""

    metrics: tuple[str, ...]
    dimensions: tuple[str, ...]
    at: int
    trend: tuple[Period, ...]
    drawn: int


@dataclass(frozen=True)
class Table:
    """A breakdown: rows of a value with a figure for each metric. `closed` metrics are too few to be broken down."""

    dimension: str
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    totals: tuple[Figure, ...]
    closed: tuple[bool, ...]


@dataclass(frozen=True)
class Block:
    """The numbers of the nation or of one agency, in the order of the metrics asked; `months` of those drawn.

    `lowest` are the numbers if every doubtful pair of links were confirmed, by metric ("" for people), where lower.
    """

    figures: tuple[Figure, ...]
    people: Figure
    tables: Mapping[str, Table]
    months: tuple[tuple[Figure, ...], ...]
    lowest: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class AgencyRow:
    """An agency's own numbers."""

    agency: AgencyName
    figures: tuple[Figure, ...]
    is_own: bool = False


@dataclass(frozen=True)
class Counted:
    """An agency, a metric, and how many people it counted under it."""

    agency: AgencyName
    metric: str
    figure: int


@dataclass(frozen=True)
class OverlapRow:
    """How many people two agencies both counted, beside what each counted."""

    first: Counted
    second: Counted
    people: int


def plain(cells: Cells) -> FigureAt:
    """Every number as it is; what is not there is zero."""
    return lambda place: cells.get(place, 0)


def block(shape: Shape, figure: FigureAt, cells: Cells, in_months: FigureAt, is_closed: IsClosed) -> Block:
    """The block of a shape; `cells` say which rows there are."""
    totals = tuple(figure(Place(TOTAL, metric, "", shape.at)) for metric in shape.metrics)
    tables = {dimension: table(dimension, shape, figure, cells, is_closed, totals) for dimension in shape.dimensions}
    months = tuple(
        tuple(in_months(Place(TOTAL, metric, "", at_month(each))) for each in shape.trend)
        for metric in shape.metrics[: shape.drawn]
    )
    return Block(totals, figure(Place(PEOPLE, "", "", shape.at)), tables, months)


def at_month(month: Period) -> int:
    """Where a month stands, as in Place."""
    return month.start.year * 100 + month.start.month


def table(
    dimension: str, shape: Shape, figure: FigureAt, cells: Cells, is_closed: IsClosed, totals: tuple[Figure, ...]
) -> Table:
    """One breakdown: the values that anybody has under a metric that may be broken down.

    A metric of which no row may be shown names none either: five rows of five people would tell of each.
    """
    closed = tuple(is_closed(metric) for metric in shape.metrics)
    asked = {metric for metric, shut in zip(shape.metrics, closed, strict=True) if not shut}
    there = [place for place in cells if place.dimension == dimension and place.at == shape.at]
    told = {place.metric for place in there if place.metric in asked and figure(place) is not None}
    values = frozenset(place.value for place in there if place.metric in told)
    rows = tuple(
        (value, tuple(figure(Place(dimension, metric, value, shape.at)) for metric in shape.metrics))
        for value in in_order(dimension, values)
    )
    return Table(dimension, rows, totals, closed)


def agency_rows(
    shape: Shape, figure: FigureAt, cells: Cells, names: Iterable[AgencyName], is_closed: IsClosed
) -> tuple[AgencyRow, ...]:
    """The agencies that counted anybody, each with its own numbers."""
    asked = {metric for metric in shape.metrics if not is_closed(metric)}
    there = {
        place.value for place in cells if (place.dimension, place.at) == (AGENCY, shape.at) and place.metric in asked
    }
    return tuple(
        AgencyRow(name, tuple(figure(Place(AGENCY, metric, str(name.id), shape.at)) for metric in shape.metrics))
        for name in names
        if str(name.id) in there
    )


def with_own(rows: Sequence[AgencyRow], agency: AgencyName, figures: tuple[Figure, ...]) -> tuple[AgencyRow, ...]:
    """The reader's own agency first, with the numbers that it has of itself."""
    return (AgencyRow(agency, figures, is_own=True), *(row for row in rows if row.agency.id != agency.id))


def overlap_rows(
    found: Iterable[Overlap], rows: Iterable[AgencyRow], metrics: Sequence[str], *, cautious: bool
) -> tuple[OverlapRow, ...]:
    """The overlaps of agencies whose numbers are shown.

    A cautious list leaves out what is under the threshold, and what would leave a few people, or of the reader's own
    agency nobody, outside of the overlap: that would tell of links (decision 36).
    """
    shown = {
        (row.agency.id, metric): (Counted(row.agency, metric, figure), row.is_own)
        for row in rows
        for metric, figure in zip(metrics, row.figures, strict=True)
        if figure is not None
    }
    listed = []
    for each in found:
        first = shown.get((each.first_agency, each.first_metric))
        second = shown.get((each.second_agency, each.second_metric))
        if first and second and not (cautious and _tells(each.people, first, second)):
            listed.append(OverlapRow(first[0], second[0], each.people))
    return tuple(listed)


def _tells(people: int, *sides: tuple[Counted, bool]) -> bool:
    outside = [(side.figure - people, is_own) for side, is_own in sides]
    return people < THRESHOLD or any(is_small(left) or (is_own and left <= 0) for left, is_own in outside)


def gives_away(cells: Cells, at: int) -> bool:
    """Whether the number of people over all metrics would give a small overlap away, there being but two others."""
    people = cells.get(Place(PEOPLE, "", "", at), 0)
    for dimension in (AGENCY, TOTAL):
        sides = [number for place, number in cells.items() if (place.dimension, place.at) == (dimension, at)]
        both = sum(sides) - people
        if len(sides) == 2 and (is_small(both) or any(is_small(number - both) for number in sides)):
            return True
    return False


def lowest(metrics: Collection[str], block_: Block, merges: Mapping[str, int], least: int = 0) -> dict[str, int]:
    """Each number less the people that confirming all doubtful pairs would merge, where it is shown and lower."""
    pairs = [*zip(metrics, block_.figures, strict=True), ("", block_.people)]
    lower = {metric: number - merges[metric] for metric, number in pairs if number is not None and metric in merges}
    return {metric: number for metric, number in lower.items() if number >= least}
