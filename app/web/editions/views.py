"""Pages of frozen reports."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.queries import editions as query
from app.queries.counts import agency_names
from app.services import editions as service
from app.services.reading import look
from app.web.attempts import attempt
from app.web.counts import pages as counted
from app.web.counts.views import Answer, back_to_form
from app.web.editions import files, pages
from app.web.editions.forms import SignForm
from app.web.guard import acting
from app.web.paging import page_number

editions = Blueprint("editions", __name__, url_prefix="/counts/editions")


@editions.get("/")
def index() -> str:
    """The agency's frozen reports, the latest first."""
    page = page_number(request.args)
    rows = look(acting(), query.listed, page=page)
    return render_template("editions/index.html", rows=rows, page=page, per_page=query.PAGE)


@editions.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Sign the report that the address asks for, as it was known at the end of a past day."""
    asked = counted.asked_form(request.args)
    if not counted.fits(asked):
        return back_to_form()
    form, told = SignForm.of(asked), asked.request()
    if form.validate_on_submit():
        made = attempt(form, lambda: service.freeze(acting(), form.seen(form.told(told)), form.claim()))
        if made is not None:
            flash(gettext("Signed and frozen."))
            return redirect(url_for("editions.show", edition_id=made))  # type: ignore[return-value]
    return pages.signing(form, asked)


@editions.get("/<uuid:edition_id>")
def show(edition_id: UUID) -> str:
    """The numbers of an edition, and which of them are others than in the edition before."""
    return render_template("editions/show.html", edition=service.open_edition(acting(), edition_id))


@editions.get("/<uuid:edition_id>/export.<any(csv, xlsx, json, pdf):ending>")
def export(edition_id: UUID, ending: str) -> Response:
    """An edition as a file, named by its period and its number."""
    return files.answer(*service.export(acting(), edition_id, ending), ending)


@editions.get("/<uuid:edition_id>/members")
def members(edition_id: UUID) -> str:
    """Who stood behind a number."""
    cell, page = counted.cell_of(request.args), page_number(request.args)
    rows = service.members(acting(), edition_id, cell, page)
    names = {name.id: name for name in look(acting(), agency_names)}
    here = {**request.args.to_dict(), "edition_id": edition_id}
    return render_template("editions/members.html", rows=rows, cell=cell, page=page, names=names, here=here)


@editions.get("/<uuid:edition_id>/differences")
def differences(edition_id: UUID) -> str:
    """What differs from the edition before, row by row of its people."""
    page = page_number(request.args)
    edition, rows = service.differences(acting(), edition_id, page)
    names = {name.id: name for name in look(acting(), agency_names)}
    return render_template("editions/differences.html", edition=edition, rows=rows, page=page, names=names)
