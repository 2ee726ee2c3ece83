"""Nights in the reader's words: days and months of a picture, hundredths, lines of its table and of its files."""

from collections.abc import Iterable

from flask_babel import gettext

from app.services.occupancy import Column, Figure, Occupancy, Reader
from app.web.counts.words import month_words
from app.web.filters import label_of, near_words
from app.web.workbooks import Line


def column_words(column: Column, *, by_day: bool) -> str:
    """The day or the month of a column."""
    return near_words(column.period.start) if by_day else month_words(column.period.start)


def axis_words(column: Column, *, by_day: bool) -> str:
    """The same, as short as an axis has room for."""
    return str(column.period.start.day) if by_day else month_words(column.period.start, short=True)


def share_words(column: Column) -> str | None:
    """How many of a hundred beds were slept in; None where the number may not be shown."""
    if column.slept is None:
        return None
    return "\N{EN DASH}" if column.share is None else f"{column.share} %"


def heads(reader: Reader) -> list[str]:
    """The heads of a table of nights, after its days."""
    found = [gettext("Beds"), gettext("Nights slept"), gettext("Of a hundred")]
    if reader is Reader.NATION:
        return found
    return [*found, gettext("In cots"), gettext("Arrivals"), gettext("Departures")]


def values(column: Column, reader: Reader) -> list[Figure | str]:
    """The numbers under those heads."""
    found: list[Figure | str] = [column.capacity, column.slept, share_words(column)]
    return found if reader is Reader.NATION else [*found, column.cots, column.arrivals, column.departures]


def file_lines(found: Occupancy) -> Iterable[Line]:
    """The nights of each day as lines of a file."""
    yield [gettext("Day"), gettext("Beds"), gettext("Nights slept"), gettext("In cots"), *_movement_heads()]
    for one in found.columns:
        numbers = [one.capacity, one.slept, one.cots, one.arrivals, one.departures]
        yield [one.period.start, *numbers]


def _movement_heads() -> list[str]:
    return [gettext("Arrivals"), gettext("Departures")]


def band_words(band: str) -> str:
    """A length of stay."""
    return label_of(band, "length_of_stay")
