"""What a drawing is made of: shapes at places of a plane, each with a look by name, and the table that says the same.

A number of None may not be shown: it has a mark of one size, whatever it is. How looks are painted belongs to svg.py
and to the style sheet.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

Value = int | None
MARK = 10.0
"""How long the mark of a number is that may not be shown."""

SERIES = 6
"""How many colours and hatchings there are; a seventh series looks like the first."""


@dataclass(frozen=True)
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class Path:
    """A line or an area, in the words of SVG."""

    d: str
    look: str


@dataclass(frozen=True)
class Words:
    """Words or a number beside a point: they begin there, or end there, or have it in their middle."""

    x: float
    y: float
    text: str
    look: str = "words"
    anchor: str = "start"


Shape = Rect | Path | Words


@dataclass(frozen=True)
class Table:
    """The numbers of a drawing: what heads the rows, the columns, and the rows themselves."""

    head: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Value | str]]]


@dataclass(frozen=True)
class Drawing:
    """A drawing with its words. `id` is its own on its page; `legend` names the series by their looks, if several."""

    id: str
    title: str
    description: str
    width: float
    height: float
    shapes: Sequence[Shape]
    table: Table
    legend: Sequence[tuple[str, str]] = ()


def cut(number: float) -> float:
    """A place, as exact as an eye can see."""
    return round(number, 1)


def fill(series: int) -> str:
    """The look of a series by its number, the first being 0."""
    return f"fill-{series % SERIES + 1}"


def hatch(series: int) -> str:
    """The hatching over a series, so that it is not told by colour alone; the first has none."""
    return f"hatch-{series % SERIES + 1}"


def filled(x: float, y: float, width: float, height: float, series: int) -> list[Shape]:
    """A rectangle of a series with its hatching upon it; nothing where it would have no size."""
    if width <= 0 or height <= 0:
        return []
    place = (cut(x), cut(y), cut(width), cut(height))
    over = [Rect(*place, hatch(series))] if series % SERIES else []
    return [Rect(*place, fill(series)), *over]


def withheld(x: float, y: float, width: float, height: float) -> Rect:
    """The mark of a number that may not be shown."""
    return Rect(cut(x), cut(y), cut(width), cut(height), "withheld")


def lines_of(text: str, letters: int, most: int = 2) -> list[str]:
    """Words in lines of so many letters; what does not fit ends in dots, and stands whole in the table."""
    return textwrap.wrap(text, letters, max_lines=most, placeholder=" …") or [""]


def written(
    x: float, middle: float, text: str, letters: int, anchor: str = "start", look: str = "words"
) -> list[Shape]:
    """Words in lines about a middle."""
    lines = lines_of(text, letters)
    first = middle + 5 - LINE * (len(lines) - 1) / 2
    return [Words(cut(x), cut(first + LINE * place), line, look, anchor) for place, line in enumerate(lines)]


LINE = 16.0
"""From one line of words to the next."""
