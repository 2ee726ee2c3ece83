"""Pages and files of counts."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from app.errors import ForTwo
from app.services import count_changes, count_members, count_pictures
from app.web import lines_page
from app.web.counts import drawn, files, pages, words
from app.web.drawings.svg import inline
from app.web.guard import acting
from app.web.paging import page_number

counts = Blueprint("counts", __name__)
counts.record(lambda state: state.app.jinja_env.globals.update(count_words=words, svg=inline))

Answer = str | Answered | tuple[str, int]


@counts.get("/counts")
def index() -> Answer:
    """The counts of a period, as far as the reader may see them."""
    form = pages.asked_form(request.args)
    report = pages.counted(form)
    charts = pages.charts_of(report) if report else []
    page = render_template("counts/index.html", form=form, report=report, charts=charts)
    return page, 200 if report else 422


@counts.get("/counts/members")
def members() -> Answer:
    """Who stands behind a number."""
    form, cell = pages.asked_form(request.args), pages.cell_of(request.args)
    if not pages.fits(form):
        return back_to_form()
    number = page_number(request.args)
    found = count_members.members(acting(), form.request(), cell, number)
    here = pages.address_of(form, cell)
    return render_template("counts/members.html", form=form, cell=cell, members=found, number=number, here=here)


@counts.get("/counts/changes")
def changes() -> Answer:
    """What changed since the past day that was asked for, fact by fact."""
    form = pages.asked_form(request.args)
    if not pages.fits(form):
        return back_to_form()
    number, asked = page_number(request.args), form.request()
    found = count_changes.changes(acting(), asked, number)
    return render_template("counts/changes.html", form=form, found=found, number=number, as_of=asked.as_of)


@counts.get("/counts/pictures")
def pictures() -> Answer:
    """The same counts as pictures, each with its table."""
    form = pages.asked_form(request.args)
    found = count_pictures.pictures(acting(), form.request()) if pages.fits(form) else None
    shown = drawn.sections(found, str(form.breakdown.data)) if found else []
    page = render_template("counts/pictures.html", form=form, found=found, sections=shown)
    return page, 200 if found else 422


@counts.get("/counts/export.csv")
def export_csv() -> Answer:
    """All facts of the period as a stream; the numbers shown, for who sees no single fact."""
    form = pages.asked_form(request.args)
    if not pages.fits(form):
        return back_to_form()
    try:
        return files.csv_answer(form)
    except ForTwo:
        return redirect(url_for("counts.lines", **form.address()))


@counts.route("/counts/lines", methods=["GET", "POST"])
def lines() -> Answer:
    """Whether a second person is needed for the lines of people behind these counts, and her agreement asked."""
    form = pages.asked_form(request.args)
    return lines_page.answer(pages.lines_of(form)) if pages.fits(form) else back_to_form()


@counts.get("/counts/export.xlsx")
def export_xlsx() -> Answer:
    """The whole report as a workbook."""
    form = pages.asked_form(request.args)
    return files.xlsx_answer(form) if pages.fits(form) else back_to_form()


@counts.get("/counts/export.json")
def export_json() -> Answer:
    """The whole report for machines."""
    form = pages.asked_form(request.args)
    return files.json_answer(form) if pages.fits(form) else back_to_form()


@counts.get("/counts/export.pdf")
def export_pdf() -> Answer:
    """The whole report on paper, with its pictures."""
    form = pages.asked_form(request.args)
    return files.pdf_answer(form) if pages.fits(form) else back_to_form()


def back_to_form() -> Response:
    """To the page that says what needs another look."""
    asked = urlencode(list(request.args.items(multi=True)))  # not by url_for, which takes some names for its own
    return redirect(f"{url_for('counts.index')}?{asked}")  # type: ignore[return-value]
