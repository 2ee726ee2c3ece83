"""The numbers of a report as one long table: a line for each, with what it is a number of."""

from collections.abc import Iterable

from flask_babel import gettext

from app.services.count_blocks import Block, Figure
from app.services.counts import Report
from app.web.counts import words
from app.web.filters import agency_name
from app.web.workbooks import Line, guarded


def blocks(report: Report) -> list[tuple[str, Block]]:
    """The reader's own numbers and the nation's, as far as there are any, each with whose they are."""
    named = ((gettext("Your agency"), report.own), (gettext("All agencies"), report.nation))
    return [(name, block) for name, block in named if block is not None]


def lines(report: Report) -> Iterable[Line]:
    """The line of heads, then all numbers; a number that may not be shown says so."""
    yield [gettext("Counted by"), gettext("Broken down by"), gettext("Row"), words.count_head(), gettext("People")]
    for whose, block in blocks(report):
        yield from _told(report, [whose, "", gettext("All")], block.figures)
        for dimension, table in block.tables.items():
            for value, figures in table.rows:
                row = [words.breakdown_words(dimension), guarded(words.value_words(dimension, value))]
                yield from _told(report, [whose, *row], figures)
    for each in report.agencies:
        whose = gettext("Your agency") if each.is_own else gettext("All agencies")
        yield from _told(report, [whose, gettext("Agency"), guarded(agency_name(each.agency))], each.figures)


def _told(report: Report, before: list[str], figures: Iterable[Figure]) -> Iterable[Line]:
    for metric, figure in zip(report.request.metrics, figures, strict=True):
        yield [*before, words.metric_words(metric), gettext("not shown") if figure is None else figure]
