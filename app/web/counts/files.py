"""Counts as files: the stream of facts, the numbers shown as CSV, the workbook. Named by their period alone."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta

from flask import Response
from flask_babel import gettext

from app.queries.count_members import CODED
from app.services import count_exports, counts
from app.services.counts import Reader, Report
from app.vocabulary.period import Period
from app.web.counts import words, workbook
from app.web.counts.forms import CountForm
from app.web.filters import agency_name
from app.web.guard import acting
from app.web.languages import data_language
from app.web.workbooks import XLSX, guarded


def csv_answer(form: CountForm) -> Response:
    """All facts, streamed; for who sees no single fact, the numbers of her workbook."""
    request = form.request()
    if counts.reader_of(acting()) is Reader.NATION:
        lines: Iterable[bytes] = [numbers_csv(count_exports.workbook(acting(), request, "csv").report)]
    else:
        lines = count_exports.facts(acting(), request, headings(), data_language())
    return Response(lines, mimetype="text/csv", headers=_named(request.period, "csv"))


def xlsx_answer(form: CountForm) -> Response:
    """The workbook."""
    request = form.request()
    made = workbook.written(count_exports.workbook(acting(), request, "xlsx"), acting().name)
    return Response(made, mimetype=XLSX, headers=_named(request.period, "xlsx"))


def _named(period: Period, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="counts-{file_period(period)}-internal.{ending}"'}


def file_period(period: Period) -> str:
    """A period as part of a file's name: 2007, 2007-03, or the first and the last day."""
    if period.is_year:
        return f"{period.start:%Y}"
    if period.is_month:
        return f"{period.start:%Y-%m}"
    return f"{period.start:%Y-%m-%d}--{period.end - timedelta(days=1):%Y-%m-%d}"


def headings() -> list[str]:
    """The heads of the stream's columns, as count_members.stream gives them."""
    who = gettext("Person") if counts.reader_of(acting()) is Reader.STATISTICS else gettext("Case")
    coded = [words.breakdown_words(name) for name in CODED]
    return [who, gettext("Day"), gettext("Agency"), gettext("Count"), *coded]


def numbers_csv(report: Report) -> bytes:
    """The numbers of a report as one long table, each with what it is a number of."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([gettext("Broken down by"), gettext("Row"), gettext("Count"), gettext("People")])
    for metric, figure in zip(report.request.metrics, report.nation.figures if report.nation else (), strict=False):
        lines.writerow(["", gettext("All"), words.metric_words(metric), words.figure_words(figure)])
    for dimension, table in report.nation.tables.items() if report.nation else ():
        for value, figures in table.rows:
            row = [words.breakdown_words(dimension), words.value_words(dimension, value)]
            for metric, figure in zip(report.request.metrics, figures, strict=True):
                lines.writerow([*row, words.metric_words(metric), words.figure_words(figure)])
    for each in report.agencies:
        for metric, figure in zip(report.request.metrics, each.figures, strict=True):
            named = [gettext("Agency"), guarded(agency_name(each.agency))]
            lines.writerow([*named, words.metric_words(metric), words.figure_words(figure)])
    return ("\ufeff" + written.getvalue()).encode()
