"""Work in numbers as CSV: each act in coded words for who may see acts, else the numbers shown."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context
from flask_babel import gettext

from app.security.actor import Actor
from app.services import counts, tally_exports
from app.services.counts import Reader
from app.services.tallies import WorkReport, WorkRequest
from app.services.tally_exports import Row
from app.vocabulary.tally import DIMENSION, DIMENSIONS
from app.web.counts.files import file_period
from app.web.counts.words import figure_words
from app.web.filters import agency_name
from app.web.guard import acting
from app.web.tallies import words
from app.web.tallies.forms import WorkForm
from app.web.workbooks import csv_lines, guarded

BLOCK = 500


def csv_answer(form: WorkForm) -> Response:
    """The acts behind the numbers as they come, or the numbers."""
    request = form.request()
    lines = stream_with_context(csv_blocks(acting(), request))
    named = f'attachment; filename="work-{file_period(request.period)}-internal.csv"'
    return Response(lines, mimetype="text/csv", headers={"Content-Disposition": named})


def csv_blocks(actor: Actor, request: WorkRequest) -> Iterator[bytes]:
    """The file in parts, recorded before the first of them. Raises Invalid and Conflict as the numbers do."""
    if counts.reader_of(actor) is Reader.NATION:
        return iter([csv_lines(number_lines(tally_exports.numbers(actor, request)))])
    return _blocks(tally_exports.acts(actor, request))


def _blocks(rows: Iterable[Row]) -> Iterator[bytes]:
    yield ("\ufeff" + _line(headings())).encode()
    block: list[str] = []
    for row in rows:
        block.append(_line(act_cells(row)))
        if len(block) == BLOCK:
            yield "".join(block).encode()
            block = []
    yield "".join(block).encode()


def _line(cells: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def headings() -> list[str]:
    """The heads of the columns of acts: one for each breakdown."""
    head = [gettext("Day"), gettext("Agency"), gettext("Count"), gettext("Number")]
    return [*head, *(words.dimension_words(code.code) for code in DIMENSION)]


def act_cells(row: Row) -> list[object]:
    """One act in words, each breakdown in its own column."""
    act, agency = row
    kinds = dict(zip(DIMENSIONS[act.tally], act.kinds, strict=True))
    cells = [words.kind_words(code.code, kinds[code.code]) if code.code in kinds else "" for code in DIMENSION]
    head = [act.day.isoformat(), guarded(agency_name(agency)), words.tally_words(act.tally), act.number]
    return [*head, *(guarded(cell) for cell in cells)]


def number_lines(report: WorkReport) -> Iterator[list[Any]]:
    """The numbers of a report as one long table."""
    yield [gettext("Count"), gettext("Broken down by"), gettext("Row"), gettext("Number")]
    for one in report.tallies:
        name = words.tally_words(one.tally)
        if one.is_told:
            yield [name, "", gettext("All"), figure_words(one.total)]
        for agency, number in one.agencies:
            yield [name, gettext("Agency"), agency_name(agency), figure_words(number)]
        for dimension, rows in one.tables:
            by = words.dimension_words(dimension)
            for code, number in rows:
                yield [name, by, words.kind_words(dimension, code), figure_words(number)]
