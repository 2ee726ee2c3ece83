"""Work in numbers in the reader's words: tallies, units, breakdowns and their rows."""

from app.services import wording
from app.services.tallies import Tallied
from app.vocabulary import tally
from app.vocabulary.tally import DIMENSION, LIST_OF, TALLY, UNIT
from app.web.filters import label_of, own_words
from app.web.languages import data_language


def tally_words(code: str) -> str:
    """The name of a tally."""
    return TALLY.label(code, data_language())


def unit_words(code: str) -> str:
    """What a tally is counted in."""
    return UNIT.label(tally.unit_of(code), data_language())


def definition_words(code: str) -> str:
    """The sentence that defines a tally."""
    return tally.definition(code).text(data_language())


def dimension_words(dimension: str) -> str:
    """By what is broken down."""
    return DIMENSION.label(dimension, data_language())


def kind_words(dimension: str, code: str) -> str:
    """A row of a breakdown; a deadline as the procedure calls it."""
    if dimension in LIST_OF:
        return label_of(code, LIST_OF[dimension])
    label = wording.clock_label(code)
    return own_words(label) if label else code


def broken_down(found: Tallied) -> list[tuple[str, list[tuple[str, list[int | None]]]]]:
    """The breakdowns of a tally that have rows: what by, and its rows in words."""
    return [
        (dimension_words(dimension), [(kind_words(dimension, code), [number]) for code, number in rows])
        for dimension, rows in found.tables
        if rows
    ]
