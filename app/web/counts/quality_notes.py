"""What has to be known of a report's numbers, as tables: what is not known, what came late, what is in doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.services.count_blocks import Block, Figure
from app.services.count_exports import Export
from app.services.counts import Report
from app.vocabulary.answer import NOT_ASKED, REFUSED, UNKNOWN
from app.web.counts import definitions, words
from app.web.counts.long_table import blocks
from app.web.workbooks import Line

OPEN = (UNKNOWN.code, REFUSED.code, NOT_ASKED.code)
"""What a person can be under a breakdown besides known: three different things, none of them zero."""


@dataclass(frozen=True)
class NoteTable:
    """Notes of one kind: a number of None may not be shown."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Figure]]]


def tables(export: Export) -> list[NoteTable]:
    """The notes of a report, kind by kind; the nation's reader has those alone that follow from her own numbers."""
    report = export.report
    found = [_not_known(report, whose, block) for whose, block in blocks(report)]
    if export.notes.late is not None:
        late = [(words.metric_words(metric), [export.notes.late.get(metric, 0)]) for metric in report.request.metrics]
        caption = gettext("Facts recorded after the period had ended")
        found.append(NoteTable(caption, [words.count_head(), gettext("Facts")], late))
    if export.notes.pairs is not None:
        found.append(_in_doubt(report, export.notes.pairs))
    return [one for one in found if one.rows]


def lines(export: Export) -> Iterable[Line]:
    """The same as lines of a sheet, after the moment that the numbers are of."""
    yield [gettext("As it was known at"), definitions.known_at(export.report)]
    for one in tables(export):
        yield []
        yield [one.caption]
        yield one.heads
        for name, figures in one.rows:
            yield [name, *(gettext("not shown") if figure is None else figure for figure in figures)]


def _not_known(report: Report, whose: str, block: Block) -> NoteTable:
    """The rows of every breakdown for what is not known; ages have theirs among children and among adults."""
    caption = gettext("%(whose)s: what is not known of the people counted", whose=whose)
    heads = [gettext("Broken down by"), *words.metric_list(report.request.metrics)]
    rows = [
        (f"{words.breakdown_words(dimension)}: {words.value_words(dimension, value)}", figures)
        for dimension, table in block.tables.items()
        for value, figures in table.rows
        if value.rpartition(":")[2] in OPEN
    ]
    return NoteTable(caption, heads, rows)


def _in_doubt(report: Report, pairs: int) -> NoteTable:
    lowest = report.nation.lowest if report.nation else {}
    rows: list[tuple[str, Sequence[Figure]]] = [(gettext("Pairs that wait for an answer"), [pairs])]
    for metric, number in lowest.items():
        named = words.metric_words(metric) if metric else gettext("People, each once, under one of these")
        rows.append((gettext("%(count)s, if all doubtful links were confirmed", count=named), [number]))
    return NoteTable(gettext("Records that may be one person"), [gettext("What"), gettext("How many")], rows)
