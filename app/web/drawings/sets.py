"""Sets and what they share: a row for each set, a column for each combination, dots where the combination has the set.

A picture of circles fails beyond three sets; this one reads like a table, the largest combinations first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.drawings.shapes import Drawing, Path, Rect, Shape, Table, Words, cut, filled, written

LABEL, SETS, COLUMN, ROW = 210.0, 90.0, 34.0, 36.0
TOP, BARS, DOT, SIDE = 20.0, 130.0, 7.0, 12.0
LEAST = 640.0
LEFT = LABEL + SETS + 2 * SIDE


@dataclass(frozen=True)
class Group:
    """A set: its name, and how many belong to it."""

    name: str
    number: int


@dataclass(frozen=True)
class Shared:
    """A combination of sets by their places in the list, and how many belong to it."""

    members: frozenset[int]
    number: int


def sets(
    id: str,
    title: str,
    description: str,
    heads: tuple[str, str],
    groups: Sequence[Group],
    shared: Sequence[Shared],
    most: int = 14,
) -> Drawing:
    """The largest combinations drawn, all of them in the table; `heads` are of the combination and of the number."""
    columns = sorted(shared, key=lambda one: (-one.number, sorted(one.members)))[:most]
    used = sorted({place for one in columns for place in one.members})
    rows = {place: number for number, place in enumerate(used)}
    width = max(cut(LEFT + COLUMN * len(columns) + SIDE), LEAST)
    shapes: list[Shape] = []
    for place, row in rows.items():
        shapes += _set_row(groups[place], row, max(group.number for group in groups), width)
    largest = max((one.number for one in columns), default=0)
    for place, one in enumerate(columns):
        shapes += _column(LEFT + COLUMN * (place + 0.5), one, rows, largest)
    table = [(" + ".join(groups[place].name for place in sorted(one.members)), [one.number]) for one in shared]
    height = cut(_base() + ROW * len(rows) + SIDE)
    return Drawing(id, title, description, width, height, shapes, Table(heads[0], heads[1:], table))


def _base() -> float:
    return TOP + BARS + SIDE


def _middle(row: int) -> float:
    return _base() + ROW * (row + 0.5)


def _set_row(group: Group, row: int, largest: int, width: float) -> list[Shape]:
    y, long = _middle(row), (SETS - 34) * group.number / max(largest, 1)
    ground = [Rect(0, cut(y - ROW / 2), width, ROW, "row")] if row % 2 == 0 else []
    end = LABEL + SETS + SIDE
    bar = filled(end - long, y - 8, long, 16, 0)
    number = Words(cut(end - long - 5), cut(y + 5), str(group.number), "number", "end")
    return [*ground, *written(4, y, group.name, 28), *bar, number]


def _column(x: float, one: Shared, rows: dict[int, int], largest: int) -> list[Shape]:
    tall = BARS * one.number / max(largest, 1)
    shapes = filled(x - 9, TOP + BARS - tall, 18, tall, 0)
    shapes.append(Words(cut(x), cut(TOP + BARS - tall - 4), str(one.number), "number", "middle"))
    inside = sorted(rows[place] for place in one.members)
    for row in rows.values():
        shapes.append(_dot(x, _middle(row), "dot" if row in inside else "no-dot"))
    if len(inside) > 1:
        shapes.append(Path(f"M{cut(x)} {cut(_middle(inside[0]))}V{cut(_middle(inside[-1]))}", "joint"))
    return shapes


def _dot(x: float, y: float, look: str) -> Path:
    return Path(f"M{cut(x - DOT)} {cut(y)}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0Z", look)
