"""Pages and files of occupancy."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from app.errors import ForTwo
from app.web import lines_page
from app.web.charts import share
from app.web.occupancy import files, pages, words

occupancy = Blueprint("occupancy", __name__)
occupancy.record(
    lambda state: state.app.jinja_env.globals.update(night_words=words, night_rules=files.rules, bar_share=share)
)

Answer = str | Answered | tuple[str, int]


@occupancy.get("/occupancy")
def index() -> Answer:
    """How full the reader's house was, or all places, and how long people stayed."""
    form = pages.asked_form(request.args)
    found = pages.found(form)
    chart = pages.picture(found) if found and found.columns else None
    return render_template("occupancy/index.html", form=form, found=found, chart=chart), 200 if found else 422


@occupancy.get("/occupancy/by-day.csv")
def export_days() -> Answer:
    """The nights of each day."""
    form = pages.asked_form(request.args)
    return files.days_csv(form.period) if pages.fits(form) else back_to_form()


@occupancy.get("/occupancy/placements.csv")
def export_placements() -> Answer:
    """The stays of the reader's own house, by pseudonym."""
    form = pages.asked_form(request.args)
    if not pages.fits(form):
        return back_to_form()
    try:
        return files.placements_csv(form.period)
    except ForTwo:
        return redirect(url_for("occupancy.lines", **form.period_address()))


@occupancy.route("/occupancy/lines", methods=["GET", "POST"])
def lines() -> Answer:
    """Whether a second person is needed for the lines of stays, and her agreement asked."""
    form = pages.asked_form(request.args)
    return lines_page.answer(pages.lines_of(form)) if pages.fits(form) else back_to_form()


@occupancy.get("/occupancy/workbook.xlsx")
def export_book() -> Answer:
    """Both, and what the numbers mean."""
    form = pages.asked_form(request.args)
    return files.book(form.period) if pages.fits(form) else back_to_form()


def back_to_form() -> Response:
    """To the page that says what needs another look."""
    asked = urlencode(list(request.args.items(multi=True)))
    return redirect(f"{url_for('occupancy.index')}?{asked}")  # type: ignore[return-value]
