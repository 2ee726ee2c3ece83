"""Counts as files: the stream of facts, the workbook, the paper, and one for machines. None is named by a person."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Response
from flask_babel import gettext

from app.queries.count_members import CODED
from app.services import count_exports, count_stream, counts
from app.services.counts import Reader
from app.vocabulary.period import Period
from app.web import papers
from app.web.counts import json_report, long_table, paper, words, workbook
from app.web.counts.forms import CountForm
from app.web.guard import acting
from app.web.languages import data_language
from app.web.workbooks import XLSX, csv_lines


def csv_answer(form: CountForm) -> Response:
    """All facts, streamed; for who sees no single fact, the numbers of her workbook."""
    request = form.request()
    if counts.reader_of(acting()) is Reader.NATION:
        report = count_exports.numbers(acting(), request, "csv").report
        lines: Iterable[bytes] = [csv_lines(long_table.lines(report))]
    else:
        lines = count_stream.facts(acting(), request, headings(), data_language())
    return _answer(lines, "text/csv", request.period, "csv")


def xlsx_answer(form: CountForm) -> Response:
    """The workbook."""
    request = form.request()
    made = workbook.written(count_exports.workbook(acting(), request), acting().name)
    return _answer(made, XLSX, request.period, "xlsx")


def json_answer(form: CountForm) -> Response:
    """The report for machines."""
    request = form.request()
    made = json_report.written(count_exports.numbers(acting(), request, "json"))
    return _answer(made, "application/json", request.period, "json")


def pdf_answer(form: CountForm) -> Response:
    """The report on paper."""
    request = form.request()
    made = papers.written(paper.content(count_exports.paper(acting(), request), acting().name))
    return _answer(made, papers.PDF, request.period, "pdf")


def _answer(made: bytes | Iterable[bytes], kind: str, period: Period, ending: str) -> Response:
    named = f'attachment; filename="{file_name(period, ending)}"'
    return Response(made, mimetype=kind, headers={"Content-Disposition": named})


def file_name(period: Period, ending: str, edition: int | None = None) -> str:
    """A file is named by its period, and by its edition where it is one of a frozen report."""
    of_edition = "" if edition is None else f"-edition-{edition}"
    return f"counts-{file_period(period)}{of_edition}-internal.{ending}"


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
    return [who, gettext("Day"), gettext("Agency"), words.count_head(), *coded]
