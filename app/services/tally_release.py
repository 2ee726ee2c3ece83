"""Which numbers of persons accused, and of deadlines, may be shown to who may not see small ones. Pure.

A year is decided at once, whatever is asked: its months first, then, where the year's number is shown, its breakdowns.
A month is not broken down, so that a month and its year can be taken apart in no more than one way.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.queries.tallies import Number
from app.security.suppression import Line, is_small, withhold

YEAR = 0
"""Where the number of the whole year stands, beside those of its months."""

Figure = int | None
"""A number, or None where it may not be shown."""

Row = tuple[str, int]


@dataclass(frozen=True)
class YearOfFew:
    """One tally's numbers of a calendar year, by month."""

    year: int
    numbers: Sequence[Number]

    def total(self, at: int) -> Figure:
        """The number of a month, as 201203, or of the year."""
        return None if at in self._withheld else self._months[at]

    def at(self, month: int) -> Figure:
        """The number of a month, from 1 to 12, or of the year, which stands at 0."""
        return self.total(self.year * 100 + month if month else YEAR)

    def rows(self, values: Iterable[str]) -> list[tuple[str, Figure]]:
        """The rows of a breakdown of the year, given each number's value; none where the year's number is not shown."""
        if YEAR in self._withheld:
            return []
        sums: Counter[str] = Counter()
        for value, number in zip(values, self.numbers, strict=True):
            sums[value] += number.number
        cells = {(value, 1): number for value, number in sums.items()}
        total: Row = ("", 0)
        lines = [Line(total, tuple(cells))]
        sensitive = {cell for cell, number in cells.items() if is_small(number)}
        found = withhold({**cells, total: self._months[YEAR]}, lines, sensitive, {total: True})
        return [(value, None if not found.holds or (value, 1) in found.cells else sums[value]) for value in sums]

    @cached_property
    def _months(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for one in self.numbers:
            found.update({one.at: one.number, YEAR: one.number})
        return found

    @cached_property
    def _withheld(self) -> frozenset[int]:
        months = [self.year * 100 + number for number in range(1, 13)]
        values = {at: self._months[at] for at in (*months, YEAR)}
        sensitive = {at for at, number in values.items() if is_small(number)}
        found = withhold(values, [Line(YEAR, tuple(months))], sensitive)
        return found.cells if found.holds else frozenset(values)
