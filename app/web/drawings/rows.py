"""Rows of bars, for kinds of things with long names: one series, or several one behind the other."""

from collections.abc import Sequence

from app.web.drawings.shapes import (
    MARK,
    Drawing,
    Path,
    Shape,
    Table,
    Value,
    Words,
    cut,
    fill,
    filled,
    withheld,
    written,
)

WIDTH, LABEL, NUMBER = 640.0, 240.0, 56.0
ROW, BAR, TOP = 36.0, 22.0, 4.0
PLOT = WIDTH - LABEL - NUMBER


def rows(
    id: str,
    title: str,
    description: str,
    head: str,
    series: Sequence[str],
    values: Sequence[tuple[str, Sequence[Value]]],
) -> Drawing:
    """A row for each of the values, with its bars; behind them their sum, if every one of them may be shown.

    Raises ValueError where a row has not a value for each series.
    """
    if any(len(numbers) != len(series) for _, numbers in values):
        raise ValueError("each row needs a value for each series")
    largest = max((sum(number or 0 for number in numbers) for _, numbers in values), default=0)
    shapes: list[Shape] = [Path(f"M{LABEL} {TOP}V{cut(TOP + ROW * len(values))}", "rule")]
    for place, (words, numbers) in enumerate(values):
        shapes += _row(TOP + ROW * place, words, numbers, largest)
    table = Table(head, series, values)
    height = cut(2 * TOP + ROW * len(values))
    legend = [(name, fill(place)) for place, name in enumerate(series)] if len(series) > 1 else []
    return Drawing(id, title, description, WIDTH, height, shapes, table, legend)


def _row(top: float, words: str, numbers: Sequence[Value], largest: int) -> list[Shape]:
    shapes = written(LABEL - 10, top + ROW / 2, words, 30, "end")
    x, y = LABEL, top + (ROW - BAR) / 2
    for series, number in enumerate(numbers):
        width = MARK if number is None else PLOT * number / largest if largest else 0.0
        shapes += [withheld(x, y, width, BAR)] if number is None else filled(x, y, width, BAR, series)
        x += width
    told = "*" if None in numbers else str(sum(number or 0 for number in numbers))
    shapes.append(Words(cut(x + 6), cut(top + ROW / 2 + 5), told, "number"))
    return shapes
