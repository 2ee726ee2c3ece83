"""What of a calendar year's numbers may be shown to a reader who may not see small ones (decisions 3 and 36). Pure.

The whole year is decided at once, months and year together, and the same for every page and file: what one of them
withholds cannot be worked out from another. An agency's reader knows her own agency's numbers, so that what is
protected from her is the rest, national less own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.queries.counts import AGENCY, PEOPLE, TOTAL, Cells, Place
from app.security.suppression import Line, is_small, withhold
from app.vocabulary.breakdown import (
    ADULT,
    ADULT_CHILD,
    AGE_BAND,
    CHILD,
    CITIZENSHIP,
    COMMUNITY,
    HOME,
    NO_COMMUNITY,
    group_of,
)
from app.vocabulary.metric import METRIC

Cell = tuple[str, int]
"""Row and column of a metric's breakdown: a value, and a month, the year, or REST."""

REST = -1
"""The months whose number of people is withheld, taken together: of these only the sum can be worked out."""

BEFORE = {AGE_BAND: ADULT_CHILD, COMMUNITY: CITIZENSHIP}
"""Breakdowns whose rows add up to rows of another, which is decided first."""


@dataclass(frozen=True)
class Numbers:
    """A year's numbers by month and as a whole.

    `own` are those of the reader's agency, which she knows. `totals_are_known`: the sums are shown elsewhere as they
    are, and only the rows of breakdowns are protected.
    """

    year: int
    national: Cells
    own: Cells = field(default_factory=dict)
    own_agency: str = ""
    totals_are_known: bool = False

    @property
    def months(self) -> tuple[int, ...]:
        """The columns of the months."""
        return tuple(self.year * 100 + number for number in range(1, 13))

    @property
    def whole(self) -> int:
        """The column of the year."""
        return self.year * 100

    @cached_property
    def tables(self) -> dict[tuple[str, str], dict[Cell, int]]:
        """The national numbers by breakdown and metric."""
        found: dict[tuple[str, str], dict[Cell, int]] = {}
        for place, number in self.national.items():
            found.setdefault((place.dimension, place.metric), {})[place.value, place.at] = number
        return found

    def protected(self, place: Place) -> int:
        """The number that must not be worked out while it is small: national, less what the reader knows."""
        return max(self.national.get(place, 0) - self.own.get(place, 0), 0)

    def is_sensitive(self, place: Place) -> bool:
        """Whether the number is small, or betrays that her records are among others' people."""
        left = self.national.get(place, 0) - self.own.get(place, 0)
        return is_small(left) or left < 0


class Release:
    """The numbers of a year as one reader may see them."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._decided: dict[str, dict[str, frozenset[Cell]]] = {}

    def figure(self, place: Place) -> int | None:
        """The number at a place of the year, or None where it may not be shown."""
        if place.at in self.closed(place.dimension if place.dimension == PEOPLE else TOTAL, place.metric):
            return None
        if place.dimension not in (PEOPLE, TOTAL) and (place.value, place.at) in self._cells(place):
            return None
        number = self.numbers.national.get(place, 0)
        is_masked = is_small(number) and not (self.numbers.totals_are_known and place.dimension == TOTAL)
        return None if is_masked else number

    def is_broken_down(self, metric: str, at: int) -> bool:
        """Whether rows of a metric may be shown at all for a month or year."""
        return at not in self.closed(TOTAL, metric)

    def _cells(self, place: Place) -> frozenset[Cell]:
        if place.dimension not in self._decided:
            self._decided[place.dimension] = self._decide(place.dimension)
        return self._decided[place.dimension].get(place.metric, frozenset())

    @cached_property
    def _lines(self) -> dict[tuple[str, str], frozenset[int]]:
        return {}

    def closed(self, dimension: str, metric: str) -> frozenset[int]:
        """The months (and perhaps the year) whose number of people is withheld."""
        known = self._lines.get((dimension, metric))
        if known is None:
            known = self._lines[dimension, metric] = self._decide_time(dimension, metric)
        return known

    def _decide_time(self, dimension: str, metric: str) -> frozenset[int]:
        numbers = self.numbers
        places = {at: Place(dimension, metric, "", at) for at in (*numbers.months, numbers.whole)}
        sensitive = {at for at, place in places.items() if numbers.is_sensitive(place)}
        if numbers.totals_are_known:
            return frozenset(sensitive)
        values = {at: numbers.protected(place) for at, place in places.items()}
        found = withhold(values, [Line(numbers.whole, numbers.months)], sensitive)
        return found.cells if found.holds else frozenset(values)

    def _decide(self, dimension: str) -> dict[str, frozenset[Cell]]:
        """All metrics of a breakdown. For the nation's reader no withheld cell stays alone in its row either: stages
        follow each other, and a lone one between two shown numbers can be guessed."""
        tables = {metric: _Table(self, metric, dimension) for metric in METRIC.keys()}  # noqa: SIM118 - a code list
        found = {metric: table.decide() for metric, table in tables.items()}
        if self.numbers.own_agency or self.numbers.totals_are_known:
            return found
        while (lone := self._beside_a_lone_one(dimension, found)) is not None:
            metric, cell = lone
            tables[metric].forced.add(cell)
            found[metric] = tables[metric].decide()
        return found

    def _beside_a_lone_one(self, dimension: str, found: Mapping[str, frozenset[Cell]]) -> tuple[str, Cell] | None:
        numbers = self.numbers
        rows = {cell for (name, _), table in numbers.tables.items() if name == dimension for cell in table}
        for value, at in sorted(rows):
            there = {
                metric: numbers.national.get(Place(dimension, metric, value, at), 0)
                for metric in found
                if numbers.national.get(Place(TOTAL, metric, "", at))
            }
            withheld = [metric for metric in there if (value, at) in found[metric] or at in self.closed(TOTAL, metric)]
            shown = [(number, metric) for metric, number in there.items() if number and metric not in withheld]
            if len(withheld) == 1 and shown:
                return min(shown)[1], (value, at)
        return None

    def settled(self, metric: str, dimension: str, cells: Iterable[Cell]) -> dict[Cell, bool]:
        """How cells of another breakdown were decided."""
        hidden = self._cells(Place(dimension, metric))
        return {cell: cell not in hidden for cell in cells}


class _Table:
    """One metric's breakdown over the year: rows of values; columns of the months that are shown, REST, the year."""

    def __init__(self, release: Release, metric: str, dimension: str) -> None:
        self.release, self.numbers = release, release.numbers
        self.metric, self.dimension = metric, dimension
        self.closed = release.closed(TOTAL, metric)
        self.forced: set[Cell] = set()

    def decide(self) -> frozenset[Cell]:
        """The cells to withhold; where months cannot be protected, all months; where the year cannot, everything."""
        everything = frozenset((value, at) for value in self.values for at in self.ats)
        if self.numbers.whole in self.closed:
            return everything
        in_closed = frozenset(cell for cell in everything if cell[1] in self.closed)
        for columns in (self.columns, [self.numbers.whole]):
            outside = frozenset(cell for cell in everything if cell[1] not in columns and columns != self.columns)
            found = self._try(columns)
            if found is not None:
                return found | in_closed | outside
        return everything

    @property
    def ats(self) -> tuple[int, ...]:
        """All months and the year."""
        return (*self.numbers.months, self.numbers.whole)

    @cached_property
    def values(self) -> list[str]:
        """The rows: every value that anybody counted in the year has."""
        return sorted({value for value, _ in self._table} - {self.numbers.own_agency})

    @property
    def _table(self) -> dict[Cell, int]:
        return self.numbers.tables.get((self.dimension, self.metric), {})

    @cached_property
    def columns(self) -> list[int]:
        """The months with people whose number is shown, the others together, and the year."""
        shown = [at for at in self.numbers.months if at not in self.closed and self._total(at)]
        rest = [REST] if shown and self._total(REST) else []
        return [*shown, *rest, self.numbers.whole]

    def _number(self, value: str, column: int, dimension: str = "") -> int:
        ats = [at for at in self.numbers.months if at in self.closed] if column == REST else [column]
        places = (Place(dimension or self.dimension, self.metric, value, at) for at in ats)
        return sum(self.numbers.protected(place) for place in places)

    def _total(self, column: int) -> int:
        return self._number("", column, TOTAL)

    def _try(self, columns: list[int]) -> frozenset[Cell] | None:
        cells = {(value, column): self._number(value, column) for value in self.values for column in columns}
        known = {("", column): self._total(column) for column in columns}
        lines = [Line(("", column), tuple((value, column) for value in self.values)) for column in columns]
        lines += self._in_time(self.values, columns)
        nested, nested_lines, settled = self._nested(columns)
        sensitive = {cell for cell, number in cells.items() if self._is_sensitive(cell, number)}
        sensitive |= {cell for cell in self.forced if cell in cells} | self._small_sums(cells, columns)
        settled |= dict.fromkeys(known, True)
        found = withhold({**cells, **nested, **known}, [*lines, *nested_lines], sensitive, settled)
        return frozenset(cell for cell in found.cells if cell in cells) if found.holds else None

    def _in_time(self, values: Iterable[str], columns: list[int]) -> list[Line[Cell]]:
        whole = self.numbers.whole
        months = [column for column in columns if column != whole]
        return [Line((value, whole), tuple((value, column) for column in months)) for value in values if months]

    def _is_sensitive(self, cell: Cell, number: int) -> bool:
        value, column = cell
        if column == REST:
            return is_small(number)
        place = Place(self.dimension, self.metric, value, column)
        if self.dimension != AGENCY:
            return self.numbers.is_sensitive(place)
        nation = self.numbers.national.get(Place(TOTAL, self.metric, "", column), 0)
        mine = self.numbers.national.get(place, 0)
        # Who counted everybody counted all of the reader's own people too: that would tell of links.
        has_all_of_hers = nation == mine and self.numbers.own.get(Place(TOTAL, self.metric, "", column), 0) > 0
        return is_small(mine) or is_small(nation - mine) or has_all_of_hers

    def _small_sums(self, cells: Mapping[Cell, int], columns: list[int]) -> set[Cell]:
        """Where the agencies' numbers exceed the nation's by a few, the few are an overlap: one number goes."""
        if self.dimension != AGENCY:
            return set()
        found = set()
        for column in columns:
            nation = self.numbers.national.get(Place(TOTAL, self.metric, "", column), 0)
            every = sum(number for (_, at), number in self._table.items() if at == column)
            there = [(number, cell) for cell, number in cells.items() if cell[1] == column and number]
            if is_small(every - nation) and there:
                found.add(min(there)[1])
        return found

    def _nested(self, columns: list[int]) -> tuple[dict[Cell, int], list[Line[Cell]], dict[Cell, bool]]:
        """The rows of another breakdown that these rows add up to: children and adults; citizens by community."""
        if self.dimension not in BEFORE:
            return {}, [], {}
        before = BEFORE[self.dimension]
        groups = self._groups()
        cells = [(group, column) for group in groups for column in columns]
        names = {cell: (f"{before}:{cell[0]}", cell[1]) for cell in cells}
        sums = {names[cell]: self._number(*cell, before) for cell in cells}
        decided = self.release.settled(self.metric, before, cells)
        is_age = self.dimension == AGE_BAND
        lines = [
            Line(names[cell], tuple((value, cell[1]) for value in groups[cell[0]]))
            for cell in cells
            if is_age or decided[cell]
        ]
        if is_age:
            lines += [Line(("", column), tuple(names[group, column] for group in groups)) for column in columns]
            lines += self._in_time([f"{before}:{group}" for group in groups], columns)
        return sums, lines, {names[cell]: shown for cell, shown in decided.items()}

    def _groups(self) -> dict[str, list[str]]:
        if self.dimension == AGE_BAND:
            return {group: [value for value in self.values if group_of(value) == group] for group in (ADULT, CHILD)}
        return {HOME: [value for value in self.values if value not in NO_COMMUNITY]}
