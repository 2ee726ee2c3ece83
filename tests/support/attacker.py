"""Tries to work out withheld numbers from shown ones, by searching for other tables that show the same. Knows no code
of the product but the shape of a line.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from app.security.suppression import Line

Key = TypeVar("Key", bound=Hashable)
Bounds = tuple[int, int]


class Attacker(Generic[Key]):
    """Knows the shown numbers, how they add up, and that a withheld number is not zero unless it is `unsure`."""

    def __init__(
        self,
        values: Mapping[Key, int],
        lines: Sequence[Line[Key]],
        hidden: Collection[Key],
        unsure: Collection[Key] = (),
    ) -> None:
        self.lines = lines
        self.hidden = sorted(hidden, key=repr)
        most = max(values.values(), default=0) + 1
        self.bounds: dict[Key, Bounds] = {cell: (value, value) for cell, value in values.items()}
        for cell in self.hidden:
            self.bounds[cell] = (0 if cell in unsure else min(values[cell], 1), most)

    def recovered(self) -> list[Key]:
        """The withheld cells of which only one number is possible."""
        return [cell for cell in self.hidden if len(self._possible(cell)) < 2]

    def _possible(self, cell: Key) -> set[int]:
        """Two numbers that the cell could have, or fewer."""
        found: set[int] = set()
        least, most = self.bounds[cell]
        for number in range(least, most + 1):
            if next(self._tables({**self.bounds, cell: (number, number)}), None) is not None:
                found.add(number)
            if len(found) == 2:
                break
        return found

    def _tables(self, bounds: dict[Key, Bounds]) -> Iterator[dict[Key, Bounds]]:
        if not self._tightened(bounds):
            return
        open_cells = [cell for cell in self.hidden if bounds[cell][0] < bounds[cell][1]]
        if not open_cells:
            yield bounds
            return
        cell = min(open_cells, key=lambda each: bounds[each][1] - bounds[each][0])
        for number in range(bounds[cell][0], bounds[cell][1] + 1):
            yield from self._tables({**bounds, cell: (number, number)})

    def _tightened(self, bounds: dict[Key, Bounds]) -> bool:
        """Narrow the bounds by the sums until nothing moves; False where they contradict each other."""
        moved = True
        while moved:
            before = dict(bounds)
            if not all(self._narrow(line, bounds) for line in self.lines):
                return False
            moved = before != bounds
        return True

    def _narrow(self, line: Line[Key], bounds: dict[Key, Bounds]) -> bool:
        least = sum(bounds[cell][0] for cell in line.parts)
        most = sum(bounds[cell][1] for cell in line.parts)
        low, high = bounds[line.total]
        bounds[line.total] = low, high = max(low, least), min(high, most)
        for cell in line.parts:
            at_least, at_most = bounds[cell]
            bounds[cell] = (max(at_least, low - (most - at_most)), min(at_most, high - (least - at_least)))
        return low <= high and all(bounds[cell][0] <= bounds[cell][1] for cell in line.parts)


def recovered(
    values: Mapping[Key, int], lines: Sequence[Line[Key]], hidden: Collection[Key], unsure: Collection[Key] = ()
) -> list[Key]:
    """The withheld cells that an attacker works out."""
    return Attacker(values, lines, hidden, unsure).recovered()
