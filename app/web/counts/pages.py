"""What the pages of counts show beside the report itself: charts, and where a number leads."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from app.errors import Invalid, NotFound
from app.queries.count_members import Cell
from app.services import count_lines
from app.services import counts as service
from app.services.counts import Reader, Report
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period
from app.web.charts import Chart, Series, columns
from app.web.counts.forms import CountForm
from app.web.counts.words import metric_words, month_words
from app.web.guard import acting
from app.web.lines_page import LinesPage
from app.web.questions import today


def asked_form(asked: Mapping[str, str]) -> CountForm:
    """The form of an address, for the reader."""
    return CountForm.of(asked, service.reader_of(acting()))


def fits(form: CountForm) -> bool:
    """Whether the form asks for what can be counted for this reader; what is wrong stands at its field."""
    if not form.validate():
        return False
    try:
        service.refuse_period(service.reader_of(acting()), form.request(), today())
    except Invalid as refusal:
        form.refuse(refusal.fields)
    return not form.errors


def counted(form: CountForm) -> Report | None:
    """The report that a form asks for, or None where something needs another look."""
    return service.report(acting(), form.request()) if fits(form) else None


def lines_of(form: CountForm) -> LinesPage:
    """The page on which another is asked to agree to the lines of people behind a form's counts."""
    asked, address = form.request(), form.address()
    named = [("csv", gettext("Every single fact, by pseudonym (CSV)"))]
    named += [("xlsx", gettext("Workbook with all breakdowns (XLSX)"))]
    return LinesPage(
        period=asked.period,
        here=url_for("counts.lines", **address),
        back=url_for("counts.index", **address),
        files=[(url_for(f"counts.export_{kind}", **address), name) for kind, name in named],
        state=lambda: count_lines.state(acting(), asked),
        ask=lambda once: count_lines.ask(acting(), asked, once),
    )


def charts_of(report: Report) -> list[Chart]:
    """The months that end with the period, a chart for each of the first counts: of the agency, or of all."""
    block = report.own or report.nation
    if block is None:
        return []
    whose = gettext("Your agency") if report.reader is Reader.AGENCY else gettext("All agencies")
    labels = [_month_label(each, is_first=place == 0) for place, each in enumerate(report.months)]
    begun = (figures[: len(labels)] for figures in block.months)
    pairs = zip(report.request.metrics, begun, strict=False)
    return [
        columns(
            f"chart-{metric}",
            metric_words(metric),
            gettext("A column for each of the twelve months that end with the period, as far as they had begun."),
            gettext("Month"),
            labels,
            [Series(whose, figures)],
        )
        for metric, figures in pairs
        if any(figure != 0 for figure in figures)
    ]


def _month_label(month: Period, *, is_first: bool) -> str:
    """The month, with its year where one begins."""
    words = month_words(month.start, short=True)
    return f"{words} {month.start:%y}" if is_first or month.start.month == 1 else words


def cell_of(asked: Mapping[str, str]) -> Cell:
    """The number whose members are asked for. Raises NotFound for one that no report has."""
    metric, dimension, agency = (asked.get(name, "") for name in ("metric", "dimension", "agency"))
    if metric not in METRIC or (dimension and dimension not in BREAKDOWN):
        raise NotFound
    return Cell(metric, dimension, asked.get("value", ""), _id(agency))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def address_of(form: CountForm, cell: Cell) -> dict[str, Any]:
    """The address of the members of a number, for turning its pages."""
    asked = {"metric": cell.metric, "dimension": cell.dimension, "value": cell.value, "agency": cell.agency_id or ""}
    return {**form.address(), **asked}
