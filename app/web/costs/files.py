"""Costs as files: one table as CSV, a workbook with payers and definitions. Amounts are numbers of one currency."""

import io
from collections.abc import Iterable

import xlsxwriter
from flask import Response
from flask_babel import gettext

from app.services import costs as service
from app.services.costs import Costs, Sum, YearOf
from app.web.amounts import in_main_unit
from app.web.costs import words
from app.web.costs.forms import CostForm
from app.web.filters import label_of
from app.web.guard import acting
from app.web.workbooks import OPTIONS, XLSX, Line, Sheets, csv_lines, guarded


def csv_answer(form: CostForm) -> Response:
    """The table of places."""
    made = service.exported(acting(), form.request, "csv")
    return Response(csv_lines(place_lines(made)), mimetype="text/csv", headers=_named(made, "csv"))


def xlsx_answer(form: CostForm) -> Response:
    """Places, payers, years, definitions."""
    made = service.exported(acting(), form.request, "xlsx")
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        sheets = Sheets(book, f"{made.years[0]}, {made.years[1]}, {made.currency}")
        sheets.add(gettext("Places"), place_lines(made))
        sheets.add(gettext("Payers"), _payer_lines(made))
        sheets.add(gettext("Years"), _year_lines(made))
        sheets.add(gettext("Definitions"), ([sentence, ""] for sentence in words.definitions(made)))
    return Response(held.getvalue(), mimetype=XLSX, headers=_named(made, "xlsx"))


def _named(made: Costs, ending: str) -> dict[str, str]:
    name = f"funding-{made.request.year}-{made.currency}-internal.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def place_lines(made: Costs) -> Iterable[Line]:
    """A line for each place, with both years."""
    heads = [gettext("Place"), gettext("Currency")]
    for number in made.years:
        heads += [
            gettext("Granted %(year)s", year=number),
            gettext("Falls into %(year)s", year=number),
            gettext("Of the state %(year)s", year=number),
            gettext("Of donors %(year)s", year=number),
            gettext("Bed-nights %(year)s", year=number),
            gettext("Cost of a bed-night %(year)s", year=number),
        ]
    yield [*heads, gettext("Months of cover"), gettext("Money until"), gettext("Days without money"), gettext("Remark")]
    for row in made.places:
        months = row.cover.months
        cells: list[object] = [guarded(words.named(row)), made.currency]
        for of in (row.before, row.now):
            cells += _cells(of, made.currency)
        cells += [None if months is None else round(float(months), 1), row.cover.until, words.gap_words(row.gaps)]
        yield [*cells, _remark([row.before.fell, row.before.granted, row.now.fell, row.now.granted])]


def _cells(of: YearOf, currency: str) -> list[object]:
    per_night = None if of.per_night is None else float(in_main_unit(of.per_night, currency))
    nights = gettext("not shown") if of.is_withheld else of.nights
    sums = (of.granted, of.fell, of.by_kind["state"], of.by_kind["donor"])
    return [*(_number(one, currency) for one in sums), nights, per_night]


def _number(found: Sum, currency: str) -> float:
    return float(in_main_unit(found.minor, currency))


def _remark(sums: list[Sum]) -> str:
    told = []
    if any(one.has_untold for one in sums):
        told.append(gettext("some amounts are not told"))
    if any(one.is_approximate for one in sums):
        told.append(gettext("some amounts are approximate"))
    return ", ".join(told)


def _payer_lines(made: Costs) -> Iterable[Line]:
    yield [gettext("Who pays"), gettext("Kind of payer"), gettext("Falls into %(year)s", year=made.request.year), "%"]
    for one in made.shares:
        kind = label_of(one.payer.kind, "payer_kind")
        yield [
            guarded(words.agency_name(one.payer)),
            kind,
            _number(one.sum, made.currency),
            round(100 * float(one.share), 1),
        ]


def _year_lines(made: Costs) -> Iterable[Line]:
    yield [gettext("Year"), label_of("state", "payer_kind"), label_of("donor", "payer_kind")]
    for number, kinds in made.trend:
        yield [str(number), *(_number(kinds[kind], made.currency) for kind in ("state", "donor"))]
