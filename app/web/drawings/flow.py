"""The flow: on the left who had them before, on the right who had them next, and between them bands as thick as many.

What goes both ways between two stands in two bands, so that nothing runs in a circle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.web.drawings.shapes import (
    LINE,
    Drawing,
    Path,
    Shape,
    Table,
    Words,
    cut,
    fill,
    filled,
    hatch,
    lines_of,
    written,
)

WIDTH, LABEL, NODE, TOP, GAP = 720.0, 200.0, 12.0, 8.0, 14.0
LETTERS = 28
THICKNESS = 220.0
LEAST = 48.0
"""How much room a number and a name need, however few stand behind them."""


@dataclass(frozen=True)
class Band:
    """How many went from one to another."""

    before: str
    after: str
    number: int


def flow(
    id: str, title: str, description: str, heads: tuple[str, str, str], bands: Sequence[Band], most: int = 12
) -> Drawing:
    """The largest bands drawn, all of them in the table; `heads` are of before, of after, and of the number."""
    drawn = sorted(bands, key=lambda band: -band.number)[:most]
    before, after = _sums(drawn, "before"), _sums(drawn, "after")
    scale = THICKNESS / max(sum(before.values()), 1)
    left, right = _tops(before, scale), _tops(after, scale)
    shapes: list[Shape] = []
    from_y, to_y = dict(left), dict(right)
    for band in drawn:
        series, thick = list(before).index(band.before), band.number * scale
        d = _ribbon(from_y[band.before], to_y[band.after], thick)
        shapes += [Path(d, fill(series)), *([Path(d, hatch(series))] if series % 6 else [])]
        from_y[band.before] += thick
        to_y[band.after] += thick
    shapes += _nodes(before, left, scale, is_left=True) + _nodes(after, right, scale, is_left=False)
    rows = [(f"{band.before} → {band.after}", [band.number]) for band in bands]
    table = Table(f"{heads[0]} → {heads[1]}", heads[2:], rows)
    return Drawing(id, title, description, WIDTH, cut(_height(before, after, scale)), shapes, table)


def _sums(bands: Sequence[Band], side: str) -> dict[str, int]:
    """Each name of a side with its sum, the largest first."""
    found: dict[str, int] = {}
    for band in bands:
        name = getattr(band, side)
        found[name] = found.get(name, 0) + band.number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _room(number: int, scale: float) -> float:
    return max(number * scale, LEAST) + GAP


def _tops(sums: Mapping[str, int], scale: float) -> dict[str, float]:
    """Where each name's bar begins; a thin one stands in the middle of the room that its name needs."""
    tops, y = {}, TOP
    for name, number in sums.items():
        tops[name] = y + (_room(number, scale) - GAP - number * scale) / 2
        y += _room(number, scale)
    return tops


def _height(before: Mapping[str, int], after: Mapping[str, int], scale: float) -> float:
    return TOP + max((sum(_room(number, scale) for number in side.values()) for side in (before, after)), default=0.0)


def _ribbon(from_y: float, to_y: float, thick: float) -> str:
    x, end = LABEL + NODE, WIDTH - LABEL - NODE
    middle = (x + end) / 2
    there = f"M{x} {cut(from_y)}C{middle} {cut(from_y)} {middle} {cut(to_y)} {end} {cut(to_y)}"
    low, back = cut(to_y + thick), cut(from_y + thick)
    return f"{there}V{low}C{middle} {low} {middle} {back} {x} {back}Z"


def _nodes(sums: Mapping[str, int], tops: Mapping[str, float], scale: float, *, is_left: bool) -> list[Shape]:
    shapes: list[Shape] = []
    for series, (name, number) in enumerate(sums.items()):
        y, height = tops[name], number * scale
        bar, edge, anchor = (LABEL, LABEL - 8, "end") if is_left else (WIDTH - LABEL - NODE, WIDTH - LABEL + 8, "start")
        shapes += filled(bar, y, NODE, height, series) if is_left else filled(bar, y, NODE, height, 5)
        shapes += _named(edge, y + height / 2, name, number, anchor)
    return shapes


def _named(x: float, middle: float, name: str, number: int, anchor: str) -> list[Shape]:
    """The number over the name, both beside the middle of a bar."""
    half = LINE * len(lines_of(name, LETTERS)) / 2
    told = Words(cut(x), cut(middle + 5 - half), str(number), "number", anchor)
    return [told, *written(x, middle + LINE / 2, name, LETTERS, anchor)]
