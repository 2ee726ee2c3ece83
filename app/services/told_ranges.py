"""What of other whole months than one may be told to who may not see small numbers: what follows from months and years
that she is shown anyway, so that no two ranges tell what lies between them. Pure.

A quarter of a count is told besides, where no month that is withheld can be worked out from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.queries.counts import AGENCY, PEOPLE, TOTAL, Cells, Place
from app.security.suppression import THRESHOLD, Line, is_small, withhold
from app.services.count_release import Release
from app.vocabulary.period import Period, months_in

Figure = int | None
"""A number, or None where it may not be shown."""

YEAR = 0
"""Where the number of a year stands, beside those of its months 1 to 12."""

MONTHS = tuple(range(1, 13))
QUARTERS = tuple(tuple(range(first, first + 3)) for first in (1, 4, 7, 10))


def parts_of(period: Period) -> dict[int, tuple[int, ...]]:
    """The months of a period of whole months, by calendar year."""
    found: dict[int, tuple[int, ...]] = {}
    for one in months_in(period):
        found[one.start.year] = (*found.get(one.start.year, ()), one.start.month)
    return found


Quarter = tuple[int, ...]


def told(
    figure: Callable[[int], Figure], months: Iterable[int], quarters: Mapping[Quarter, int] | None = None
) -> Figure:
    """Months of a year added up: the year, or what is shown of them, or the year less the others; or None.

    `figure` gives the number shown of a month, or of the year; `quarters` are shown besides.
    """
    wanted, sums = frozenset(months), quarters or {}
    whole = figure(YEAR)
    if len(wanted) == len(MONTHS) and whole is not None:
        return whole
    added = _added(figure, wanted, sums)
    if added is not None:
        return added
    others = _added(figure, frozenset(MONTHS) - wanted, sums)
    return None if whole is None or others is None else whole - others


def _added(figure: Callable[[int], Figure], months: frozenset[int], quarters: Mapping[Quarter, int]) -> Figure:
    within = [quarter for quarter in quarters if months.issuperset(quarter)]
    shown = [figure(month) for month in months.difference(*within)]
    shown += [quarters[quarter] for quarter in within]
    return sum_of(shown)


def sum_of(figures: Iterable[Figure]) -> Figure:
    """The sum, or None where one of them may not be shown."""
    found = list(figures)
    return None if None in found else sum(number for number in found if number is not None)


def quarters_told(numbers: Mapping[int, int], withheld: frozenset[int]) -> dict[Quarter, int]:
    """The quarters that may be told beside the months and the year that are: one after the other, each where nothing
    withheld follows from it and those before, and what is withheld in it and outside comes to the threshold.
    """
    found: list[Quarter] = []
    for quarter in QUARTERS:
        tried = [*found, quarter]
        hidden = [month for month in quarter if month in withheld]
        if not is_small(sum(numbers[month] for month in quarter)) and (
            not hidden or (_is_enough(numbers, tried, withheld) and _holds(numbers, tried, withheld))
        ):
            found = tried
    return {quarter: sum(numbers[month] for month in quarter) for quarter in found}


def _is_enough(numbers: Mapping[int, int], quarters: list[Quarter], withheld: frozenset[int]) -> bool:
    inside = {month for quarter in quarters for month in quarter}
    groups = [*quarters, tuple(month for month in MONTHS if month not in inside)]
    hidden = [[numbers[month] for month in group if month in withheld] for group in groups]
    return all(sum(each) >= THRESHOLD for each in hidden if each)


def _holds(numbers: Mapping[int, int], quarters: list[Quarter], withheld: frozenset[int]) -> bool:
    """Whether for each number withheld there is another table that shows the very same."""
    sums = {-quarter[0]: sum(numbers[month] for month in quarter) for quarter in quarters}
    lines = [Line(YEAR, MONTHS), *(Line(-quarter[0], quarter) for quarter in quarters)]
    settled = {at: at not in withheld for at in numbers} | dict.fromkeys(sums, True)
    return withhold({**numbers, **sums}, lines, (), settled).holds


@dataclass(frozen=True)
class RangeRelease:
    """The numbers of whole months through the releases of their calendar years."""

    period: Period
    releases: Mapping[int, Release]
    cells: Cells
    """The period's own numbers, each person once in all of it; they stand at 0."""

    def figure(self, place: Place) -> Figure:
        """The number at a place of the period. With one row that may not be told for its own sake the whole breakdown
        of the count goes: the row would be the number of people less the others."""
        if place.dimension == PEOPLE:
            return None
        if place.dimension != TOTAL and (self.is_closed(place.metric) or self._is_shut(place.dimension, place.metric)):
            return None
        added = self._added(place)
        return None if added is None or self._is_masked(place, added) else self.cells.get(place, 0)

    def is_closed(self, metric: str) -> bool:
        """Whether rows of a metric may not be shown at all."""
        return self.figure(Place(TOTAL, metric)) is None

    def _is_masked(self, place: Place, added: int) -> bool:
        """Small, or beside its months it would tell of a few people who were counted in two of them."""
        number = self.cells.get(place, 0)
        return is_small(number) or is_small(abs(added - number))

    def _is_shut(self, dimension: str, metric: str) -> bool:
        known = self._shut.get((dimension, metric))
        if known is None:
            rows = [place for place in self.cells if (place.dimension, place.metric) == (dimension, metric)]
            pairs = [(place, self._added(place)) for place in rows]
            known = any(added is not None and self._is_masked(place, added) for place, added in pairs)
            known = known or (dimension == AGENCY and self._tells_of_few(metric, pairs))
            self._shut[dimension, metric] = known
        return known

    def _tells_of_few(self, metric: str, agencies: list[tuple[Place, Figure]]) -> bool:
        """Whether a few people were never counted by one of the agencies, or a few by more than one of them."""
        nation = self.cells.get(Place(TOTAL, metric), 0)
        shown = [self.cells[place] for place, added in agencies if added is not None]
        every = sum(self.cells[place] for place, _ in agencies)
        return is_small(every - nation) or any(is_small(nation - number) for number in shown)

    @cached_property
    def _shut(self) -> dict[tuple[str, str], bool]:
        return {}

    def _added(self, place: Place) -> Figure:
        return sum_of(self._of_year(place, year, months) for year, months in self._parts.items())

    @cached_property
    def _parts(self) -> dict[int, tuple[int, ...]]:
        return parts_of(self.period)

    def _of_year(self, place: Place, year: int, months: tuple[int, ...]) -> Figure:
        release = self.releases[year]

        def figure(at: int) -> Figure:
            return release.figure(Place(place.dimension, place.metric, place.value, year * 100 + at))

        if place.dimension != TOTAL:
            return told(figure, months)
        return told(figure, months, self._quarters(place.metric, year))

    def _quarters(self, metric: str, year: int) -> dict[Quarter, int]:
        release = self.releases[year]
        national = release.numbers.national
        numbers = {at: national.get(Place(TOTAL, metric, "", year * 100 + at), 0) for at in (YEAR, *MONTHS)}
        return quarters_told(numbers, frozenset(at % 100 for at in release.closed(TOTAL, metric)))
