"""The page of costs, and its files."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from app.services import costs as service
from app.services import funding
from app.web.costs import files, words
from app.web.costs.forms import CostForm, asked_form
from app.web.guard import acting

costs = Blueprint("costs", __name__, url_prefix="/funding/costs")
costs.record(lambda state: state.app.jinja_env.globals.update(cost_words=words))

Answer = str | Answered | tuple[str, int]


@costs.get("/")
def index() -> Answer:
    """What is paid for, in a year beside the one before."""
    form = asked_form(request.args, funding.choices(acting()))
    report = service.report(acting(), form.request) if form.validate() else None
    chart = words.trend_chart(report) if report else None
    return render_template("costs/index.html", form=form, report=report, chart=chart), 200 if report else 422


@costs.get("/export.csv")
def export_csv() -> Answer:
    """The table as CSV."""
    return _file(files.csv_answer)


@costs.get("/export.xlsx")
def export_xlsx() -> Answer:
    """The tables as a workbook, with a sheet of definitions."""
    return _file(files.xlsx_answer)


def _file(made: Callable[[CostForm], Response]) -> Answer:
    form = asked_form(request.args, funding.choices(acting()))
    if form.validate():
        return made(form)
    asked = urlencode(list(request.args.items(multi=True)))  # not by url_for, which takes some names for its own
    return redirect(f"{url_for('costs.index')}?{asked}")
