"""The funnel: a bar for each stage, each as wide as its number, the ones that follow narrowing what came before."""

from collections.abc import Sequence
from itertools import pairwise

from app.web.drawings.shapes import MARK, Drawing, Path, Shape, Table, Value, Words, cut, filled, withheld, written

WIDTH, LABEL, NUMBER = 640.0, 250.0, 56.0
BAR, GAP, TOP = 40.0, 22.0, 8.0
PLOT = WIDTH - LABEL - NUMBER


def funnel(id: str, title: str, description: str, head: str, unit: str, stages: Sequence[tuple[str, Value]]) -> Drawing:
    """A bar for each stage about one middle. Between two numbers that are shown a band leads from one to the next."""
    largest = max((number or 0 for _, number in stages), default=0)
    widths = [_width(number, largest) for _, number in stages]
    shapes: list[Shape] = []
    for place, ((_, one), (_, other)) in enumerate(pairwise(stages)):
        if one and other:
            shapes.append(_band(_top(place) + BAR, widths[place], widths[place + 1]))
    for place, ((words, number), width) in enumerate(zip(stages, widths, strict=True)):
        y, x = _top(place), MIDDLE - width / 2
        shapes += written(0, y + BAR / 2, words, 30)
        shapes.append(Words(LABEL + NUMBER - 14, cut(y + BAR / 2 + 5), _told(number), "number", "end"))
        shapes += [withheld(x, y, width, BAR)] if number is None else filled(x, y, width, BAR, 0)
    rows = [(words, [number]) for words, number in stages]
    height = _top(len(stages)) - GAP + TOP if stages else TOP
    return Drawing(id, title, description, WIDTH, cut(height), shapes, Table(head, [unit], rows))


MIDDLE = LABEL + NUMBER + PLOT / 2


def _top(place: int) -> float:
    return TOP + place * (BAR + GAP)


def _width(number: Value, largest: int) -> float:
    return MARK if number is None else PLOT * number / largest if largest else 0.0


def _told(number: Value) -> str:
    return "*" if number is None else str(number)


def _band(y: float, above: float, below: float) -> Path:
    corners = (
        (MIDDLE - above / 2, y),
        (MIDDLE + above / 2, y),
        (MIDDLE + below / 2, y + GAP),
        (MIDDLE - below / 2, y + GAP),
    )
    return Path("M" + "L".join(f"{cut(x)} {cut(height)}" for x, height in corners) + "Z", "band")
