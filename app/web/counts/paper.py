"""The report on paper: the numbers, what is drawn of them, every table, what is not known, what the words mean.

It is the same report as on the page, so that it withholds the same.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from app.services.count_blocks import Block, Figure
from app.services.count_exports import Paper
from app.services.counts import Report
from app.web.counts import definitions, drawn, long_table, quality_notes, words
from app.web.days import day_words
from app.web.drawings.shapes import Drawing
from app.web.filters import agency_name, number_words
from app.web.papers import PaperContent, PaperSection, PaperTable, picture_of

NOT_SHOWN = "*"


def content(found: Paper, made_by: str) -> PaperContent:
    """What the paper says, in the reader's language."""
    report = found.report
    period = words.period_words(report.request.period)
    return PaperContent(
        gettext("Counts: %(period)s", period=period),
        gettext("Internal, not for release."),
        gettext("Page"),
        [(str(line[0]), ", ".join(map(_cell, line[1:]))) for line in definitions.made(found, made_by)],
        [
            PaperSection(gettext("People counted"), [words.kind_words(report)], tables=[_headline(report)]),
            *(_section(one) for one in drawn.sections(found)),
            PaperSection(gettext("Breakdowns"), tables=list(_breakdowns(report))),
            *_agencies(report),
            PaperSection(gettext("Notes on quality"), _known_at(report), tables=_notes(found)),
            PaperSection(gettext("What is counted"), tables=[_meanings(report)]),
        ],
        report.made_at,
    )


def _cell(cell: Any) -> str:
    """A cell of a line as words; None is a number that may not be shown."""
    if cell is None:
        return NOT_SHOWN
    if isinstance(cell, date):
        return day_words(cell)
    return cell if isinstance(cell, str) else number_words(cell)


def _table(caption: str, head: str, rows: Iterable[tuple[str, Sequence[Figure | str]]], *columns: str) -> PaperTable:
    return PaperTable(caption, [head, *columns], [[name, *map(_cell, cells)] for name, cells in rows])


def _headline(report: Report) -> PaperTable:
    blocks = long_table.blocks(report)
    lowest = report.nation.lowest if report.nation else {}
    rows = [
        [words.metric_words(metric), *(_cell(block.figures[place]) for _, block in blocks)]
        + ([_cell(lowest.get(metric, _last(blocks, place)))] if lowest else [])
        for place, metric in enumerate(report.request.metrics)
    ]
    heads = [words.count_head(), *(name for name, _ in blocks)]
    heads += [gettext("If all doubtful links were confirmed")] if lowest else []
    return PaperTable("", heads, rows)


def _last(blocks: Sequence[tuple[str, Block]], place: int) -> Figure:
    return blocks[-1][1].figures[place]


def _section(one: drawn.Section) -> PaperSection:
    kinds = {(drawing.table.head, *(name for name, _ in drawing.table.rows)) for drawing in one.drawings}
    if len(one.drawings) > 1 and len(kinds) == 1:
        pictures = [picture_of(drawing, None) for drawing in one.drawings]
        return PaperSection(one.heading, [one.told], pictures, [_numbers_of_all(one.drawings)])
    pictures = [picture_of(drawing, _numbers(drawing)) for drawing in one.drawings]
    return PaperSection(one.heading, [one.told], pictures)


def _numbers_of_all(drawings: Sequence[Drawing]) -> PaperTable:
    """One table for drawings of the same rows, such as months: a column for each."""
    first = drawings[0].table
    rows = [
        (name, [drawing.table.rows[place][1][0] for drawing in drawings]) for place, (name, _) in enumerate(first.rows)
    ]
    return _table(gettext("The numbers"), first.head, rows, *(drawing.title for drawing in drawings))


def _numbers(drawing: Drawing) -> PaperTable:
    caption = gettext("The numbers") + ": " + drawing.title
    return _table(caption, drawing.table.head, drawing.table.rows, *drawing.table.columns)


def _breakdowns(report: Report) -> Iterable[PaperTable]:
    heads = words.metric_list(report.request.metrics)
    for whose, block in long_table.blocks(report):
        for dimension, table in block.tables.items():
            by = words.breakdown_words(dimension)
            caption = gettext("%(whose)s: by %(what)s", whose=whose, what=by.lower())
            rows = [(words.value_words(dimension, value), figures) for value, figures in table.rows]
            made = _table(caption, by, rows, *heads)
            sums = [gettext("All"), *map(_cell, table.totals)]
            yield PaperTable(made.caption, made.heads, made.rows, sums)


def _agencies(report: Report) -> Iterable[PaperSection]:
    if not report.agencies or report.nation is None:
        return
    heads = words.metric_list(report.request.metrics)
    own = _table(
        gettext("Each agency's own number"),
        gettext("Agency"),
        [(agency_name(row.agency), row.figures) for row in report.agencies],
        *heads,
    )
    sums = [gettext("People, each once"), *map(_cell, report.nation.figures)]
    yield PaperSection(gettext("Agencies"), tables=[PaperTable(own.caption, own.heads, own.rows, sums)])


def _known_at(report: Report) -> list[str]:
    return [gettext("As it was known at: %(moment)s.", moment=definitions.known_at(report))]


def _notes(found: Paper) -> list[PaperTable]:
    return [_table(one.caption, one.heads[0], one.rows, *one.heads[1:]) for one in quality_notes.tables(found)]


def _meanings(report: Report) -> PaperTable:
    heads = [words.count_head(), gettext("What it means")]
    rows = [[str(cell) for cell in line] for line in definitions.meanings(report)]
    return PaperTable("", heads, rows, of_numbers=False)
