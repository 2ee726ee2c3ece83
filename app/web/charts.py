"""Works out where the marks of a chart stand; templates/partials/chart.html draws them as SVG, with the numbers beside.

A value of None is a number that may not be shown because it is small: it has a place, and no height that could be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 16, 30
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
TICKS = 5
BAR_SHARE = 0.68
WITHHELD_HEIGHT = 10.0
SUMMED, NAMED = 20, 24
"""Over how many columns there is no room for a number over each, and none for a name under each but every second."""

_LARGER = tuple(step * 10**power for power in range(5, 12) for step in (2, 5, 10))
"""Steps of an axis for sums of money."""

Value = int | None


@dataclass(frozen=True)
class Series:
    """One kind of thing that is counted, with a value for each place on the axis."""

    label: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Mark:
    """A rectangle: where, of which series, and the value that it stands for."""

    x: float
    y: float
    width: float
    height: float
    series: int
    value: Value


@dataclass(frozen=True)
class Text:
    """Words or a number at a place of the drawing."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """All that the macro draws; `head`, `labels` and `series` are the table beside it as well. `limit` is a line over
    the columns: what there is room for.
    """

    id: str
    title: str
    description: str
    head: str
    labels: Sequence[str]
    series: Sequence[Series]
    marks: Sequence[Mark]
    ticks: Sequence[Text]
    names: Sequence[Text]
    sums: Sequence[Text]
    limit: Series | None = None
    limit_path: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def rows(self) -> list[tuple[str, list[Value]]]:
        """The rows of the table."""
        return [(label, [one.values[place] for one in self.table]) for place, label in enumerate(self.labels)]

    @property
    def table(self) -> list[Series]:
        """What has a column in the table: the series, and what they stand against."""
        return [*self.series, *([self.limit] if self.limit else [])]


def columns(
    id: str,
    title: str,
    description: str,
    head: str,
    labels: Sequence[str],
    series: Sequence[Series],
    limit: Series | None = None,
) -> Chart:
    """A column for each label, of one series or of several upon each other. Raises ValueError for uneven series.

    `head` says what the labels are ("Month"); `id` is the chart's own on its page.
    """
    if any(len(one.values) != len(labels) for one in (*series, *([limit] if limit else []))):
        raise ValueError("each series needs a value for each label")
    heights = [sum(one.values[place] or 0 for one in series) for place in range(len(labels))]
    limits = [value or 0 for value in limit.values] if limit else []
    top, steps = scale(max((*heights, *limits), default=0))
    slot = PLOT_WIDTH / max(len(labels), 1)
    marks: list[Mark] = []
    sums: list[Text] = []
    for place, total in enumerate(heights):
        x, base = LEFT + slot * (place + (1 - BAR_SHARE) / 2), float(TOP + PLOT_HEIGHT)
        for number, one in enumerate(series):
            value = one.values[place]
            height = WITHHELD_HEIGHT if value is None else PLOT_HEIGHT * value / top
            if height:
                base -= height
                marks.append(Mark(_cut(x), _cut(base), _cut(slot * BAR_SHARE), _cut(height), number, value))
        if total and len(labels) <= SUMMED and all(one.values[place] is not None for one in series):
            sums.append(Text(_cut(x + slot * BAR_SHARE / 2), _cut(base - 4), str(total)))
    ticks = [Text(LEFT - 6, _cut(TOP + PLOT_HEIGHT * (1 - step / top)), str(step)) for step in steps]
    names = [Text(_cut(LEFT + slot * (place + 0.5)), HEIGHT - 10, label) for place, label in enumerate(labels)]
    names = names if len(labels) <= NAMED else names[::2]
    path = _stairs([TOP + PLOT_HEIGHT * (1 - value / top) for value in limits], slot)
    return Chart(id, title, description, head, labels, series, marks, ticks, names, sums, limit, path)


def _stairs(heights: Sequence[float], slot: float) -> str:
    """A line that stands over each place at its height."""
    if not heights:
        return ""
    steps = (f"V{_cut(y)}H{_cut(LEFT + slot * (place + 1))}" for place, y in enumerate(heights))
    return f"M{LEFT} {_cut(heights[0])}" + "".join(steps)


def scale(largest: int) -> tuple[int, list[int]]:
    """The top of the axis and its whole-numbered steps, for values up to the largest."""
    step = 1
    for factor in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000, *_LARGER):
        step = factor
        if factor * TICKS >= largest:
            break
    top = max(step * -(-largest // step), step)
    return top, list(range(0, top + 1, step))


def share(value: Value, largest: int) -> float:
    """How much of a row's length its bar takes, in hundredths; nothing for a value that may not be shown."""
    return _cut(100 * (value or 0) / largest) if largest else 0.0


def _cut(number: float) -> float:
    return round(number, 1)
