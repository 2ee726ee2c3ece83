"""Which nights and lengths of stay of a calendar year may be shown to who may not see small numbers. Pure.

The whole year is decided at once, months and year together, whatever is asked: what one page withholds cannot be worked
out from another. A number of nights is small where fewer than five people slept them, however many nights they make.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.security.suppression import Line, is_small, withhold

YEAR = 0
"""Where the number of the whole year stands, beside those of the months 1 to 12."""

MONTHS = tuple(range(1, 13))
ALL = ""
"""The row of all lengths together."""

Cell = tuple[str, int]


@dataclass(frozen=True)
class YearOfNights:
    """A year's numbers: nights and people by month, stays that ended by band and month; the year's own under YEAR."""

    nights: Mapping[int, int]
    people: Mapping[int, int]
    lengths: Mapping[Cell, int]
    bands: tuple[str, ...]

    def slept(self, at: int) -> int | None:
        """The nights of a month or of the year; None where they may not be shown."""
        return None if at in self._without_nights else self.nights.get(at, 0)

    def length(self, band: str, at: int) -> int | None:
        """The stays of a band that ended in a month or in the year, or of all bands; None where it may not be shown."""
        return None if (band, at) in self._without_lengths else self.lengths.get((band, at), 0)

    @cached_property
    def _without_nights(self) -> frozenset[int]:
        values = {at: self.nights.get(at, 0) for at in (YEAR, *MONTHS)}
        sensitive = {at for at in values if is_small(self.people.get(at, 0))}
        found = withhold(values, [Line(YEAR, MONTHS)], sensitive)
        return found.cells if found.holds else frozenset(values)

    @cached_property
    def _without_lengths(self) -> frozenset[Cell]:
        values = {(band, at): self.lengths.get((band, at), 0) for band in (ALL, *self.bands) for at in (YEAR, *MONTHS)}
        lines = [Line((band, YEAR), tuple((band, at) for at in MONTHS)) for band in (ALL, *self.bands)]
        lines += [Line((ALL, at), tuple((band, at) for band in self.bands)) for at in (YEAR, *MONTHS)]
        found = withhold(values, lines, {cell for cell, value in values.items() if is_small(value)})
        return found.cells if found.holds else frozenset(values)
