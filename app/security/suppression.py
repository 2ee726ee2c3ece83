"""Which cells of a table may not be shown, so that no small number can be worked out from the others. Pure.

A table is cells and the sums between them (lines). Cells under the threshold are withheld, and then others with them,
until for each withheld cell there is another table that shows the very same numbers and differs in that cell.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

THRESHOLD = 5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Line(Generic[Key]):
    """A cell that is the sum of others."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Withheld(Generic[Key]):
    """The cells that may not be shown. `holds` is False where no choice of cells protects all of them."""

    cells: frozenset[Key]
    holds: bool


def is_small(value: int) -> bool:
    """Under the threshold and not zero: zero tells of nobody."""
    return 0 < value < THRESHOLD


def withhold(
    values: Mapping[Key, int],
    lines: Sequence[Line[Key]],
    sensitive: Collection[Key],
    settled: Mapping[Key, bool] | None = None,
) -> Withheld[Key]:
    """Choose what to withhold besides the sensitive cells; the same table always gives the same choice.

    `settled` are cells decided elsewhere: True stays shown, False stays withheld. Of a cell that is not zero a reader
    is taken to know just that (its row would not stand there), so that another table must keep it at 1 or more.
    """
    decided = dict(settled or {})
    hidden = {cell for cell in sensitive if not decided.get(cell)}
    hidden |= {cell for cell, is_shown in decided.items() if not is_shown}
    search = _Search(values, [line for line in lines if line.parts], hidden, frozenset(decided))
    holds = search.run()
    return Withheld(frozenset(search.hidden), holds)


@dataclass
class _Search(Generic[Key]):
    """Withholds one cell after the other until nothing can be worked out."""

    values: Mapping[Key, int]
    lines: Sequence[Line[Key]]
    hidden: set[Key]
    decided: frozenset[Key]
    lines_of: dict[Key, list[Line[Key]]] = field(default_factory=dict)
    place: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place = {cell: place for place, cell in enumerate(self.values)}
        for line in self.lines:
            for cell in (line.total, *line.parts):
                self.lines_of.setdefault(cell, []).append(line)

    def run(self) -> bool:
        """Whether all withheld cells are protected in the end."""
        while True:
            wanted = next((found for line in self.lines if (found := self._wanted(line))), None)
            if wanted is None:
                exposed = self._exposed()
                if exposed is None:
                    return True
                wanted = self._around(exposed)
            if not wanted:
                return False
            self.hidden.add(min(wanted, key=self._cost))

    def _wanted(self, line: Line[Key]) -> list[Key]:
        """The cells of which one must be withheld for this line; none where it is well or nothing can be done."""
        free = [cell for cell in line.parts if self._is_free(cell)]
        within = [cell for cell in line.parts if cell in self.hidden]
        if line.total in self.hidden:
            return [] if within else free
        if not within:
            return []
        if sum(self.values[cell] for cell in within) < THRESHOLD:
            positive = [cell for cell in free if self.values[cell]]
            if positive:
                return positive
        if len(within) > 1:
            return []
        # Alone in its line a cell is the total less the others: where no part can go with it, the total must.
        return free or [cell for cell in (line.total,) if self._is_free(cell)]

    def _is_free(self, cell: Key) -> bool:
        return cell not in self.hidden and cell not in self.decided

    def _around(self, exposed: Key) -> list[Key]:
        """What could still be withheld near an exposed cell, else near any withheld cell."""
        for cells in ([exposed], sorted(self.hidden, key=self.place.__getitem__)):
            lines = [line for cell in cells for line in self.lines_of.get(cell, ())]
            found = [cell for line in lines for cell in (*line.parts, line.total) if self._is_free(cell)]
            if found:
                return found
        return []

    def _cost(self, cell: Key) -> tuple[int, bool, int, int]:
        """Cheapest is what leaves the fewest lines with a single withheld cell, then what is smallest but not zero."""
        alone = sum(not self.hidden.intersection((line.total, *line.parts)) for line in self.lines_of[cell])
        return alone, not self.values[cell], self.values[cell], self.place[cell]

    def _exposed(self) -> Key | None:
        """A withheld cell for which no other table was found, or None."""
        cells = sorted(self.hidden, key=self.place.__getitem__)
        moves = _moves([_restricted(line, self.hidden) for line in self.lines], cells)
        safe: set[Key] = set()
        for move in moves:
            safe |= self._moved_by(move)
        missing = [cell for cell in cells if cell not in safe]
        for cell in missing:
            if not any(cell in self._moved_by(move) for move in _sums_with(cell, moves)):
                return cell
        return None

    def _moved_by(self, move: Mapping[Key, int]) -> frozenset[Key]:
        """The cells that a move changes, if it leads to a possible table in one of its two directions."""
        for sign in (1, -1):
            if all(self.values[cell] + sign * step >= min(self.values[cell], 1) for cell, step in move.items()):
                return frozenset(move)
        return frozenset()


def _restricted(line: Line[Key], hidden: Collection[Key]) -> dict[Key, int]:
    row = {cell: -1 for cell in line.parts if cell in hidden}
    if line.total in hidden:
        row[line.total] = row.get(line.total, 0) + 1
    return {cell: step for cell, step in row.items() if step}


def _moves(rows: Iterable[dict[Key, int]], cells: Sequence[Key]) -> list[dict[Key, int]]:
    """Changes of the withheld cells that leave every line as it is: a basis of the null space, in whole numbers."""
    pivots, stuck = _eliminated(rows)
    moves: dict[Key, dict[Key, int]] = {cell: {cell: 1} for cell in cells if cell not in pivots}
    for pivot, row in pivots.items():
        for cell, step in row.items():
            if cell != pivot:
                moves[cell][pivot] = -step
    return [move for move in moves.values() if not stuck.intersection(move)]


def _eliminated(rows: Iterable[dict[Key, int]]) -> tuple[dict[Key, dict[Key, int]], set[Key]]:
    """The rows solved for one cell each, and the cells of rows that could not be.

    Where sums nest, as in all our tables, every pivot is 1 or -1. A row without one is taken to mean that nothing in
    it moves, which can only lead to withholding more.
    """
    pivots: dict[Key, dict[Key, int]] = {}
    stuck: set[Key] = set()
    for row in rows:
        for cell in [cell for cell in row if cell in pivots]:
            _reduce(row, pivots[cell], cell)
        pivot = next((cell for cell, step in row.items() if abs(step) == 1), None)
        if pivot is None:
            stuck |= set(row)
            continue
        pivots[pivot] = {cell: step * row[pivot] for cell, step in row.items()}
        for cell, other in pivots.items():
            if cell != pivot and pivot in other:
                _reduce(other, pivots[pivot], pivot)
    return pivots, stuck


def _reduce(row: dict[Key, int], pivot_row: Mapping[Key, int], pivot: Key) -> None:
    factor = row[pivot]
    for cell, step in pivot_row.items():
        left = row.get(cell, 0) - factor * step
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _sums_with(cell: Key, moves: Sequence[Mapping[Key, int]]) -> Iterable[dict[Key, int]]:
    """Sums and differences of two moves, at least one of which changes the cell."""
    for first, second in combinations(moves, 2):
        if cell in first or cell in second:
            for sign in (1, -1):
                both = dict(first)
                for key, step in second.items():
                    both[key] = both.get(key, 0) + sign * step
                yield {key: step for key, step in both.items() if step}
