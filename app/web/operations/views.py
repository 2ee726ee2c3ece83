"""Pages of operations: the list, one of them, venues, and what the operations came to."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.queries import operations as query
from app.services import operations as service
from app.services.reading import look
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.guard import acting
from app.web.operations.figures import by_year
from app.web.operations.forms import CaseForm, VenueForm, operation_form, share_form
from app.web.paging import page_number

operations = Blueprint("operations", __name__, url_prefix="/operations")


@operations.get("/")
def index() -> str:
    """The operations that are open to the reader."""
    page = page_number(request.args)
    rows = look(acting(), query.listed, page=page)
    return render_template("operations/index.html", rows=rows, page=page, per_page=query.PAGE)


@operations.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Record an operation."""
    form = operation_form()
    if form.validate_on_submit():
        operation_id = attempt(form, lambda: service.record(acting(), form.told, form.claim()))
        if operation_id:
            flash(gettext("Recorded."))
            return redirect(url_for("operations.show", operation_id=operation_id))  # type: ignore[return-value]
    return render_template("operations/new.html", form=form), status_of(form)


@operations.get("/<uuid:operation_id>")
def show(operation_id: UUID) -> str:
    """One operation; each opening is written down."""
    page = service.open_operation(acting(), operation_id)
    return render_template("operations/operation.html", page=page, share=share_form(page), link=CaseForm())


@operations.post("/<uuid:operation_id>/share")
def share(operation_id: UUID) -> Answer:
    """Let a colleague open it."""
    page = service.open_operation(acting(), operation_id)
    form = share_form(page)
    if form.validate() and attempt(form, lambda: service.share(acting(), operation_id, form.member_id, form.claim())):
        flash(gettext("The colleague can open it now."))
        return redirect(url_for("operations.show", operation_id=operation_id))  # type: ignore[return-value]
    return render_template("operations/operation.html", page=page, form=form, share=form, link=CaseForm()), 422


@operations.post("/<uuid:operation_id>/case")
def link_case(operation_id: UUID) -> Answer:
    """Tie one of the reader's cases to it."""
    page, form = service.open_operation(acting(), operation_id), CaseForm()
    if form.validate() and attempt(
        form, lambda: service.link_case(acting(), operation_id, str(form.reference.data), form.claim())
    ):
        flash(gettext("Recorded."))
        return redirect(url_for("operations.show", operation_id=operation_id))  # type: ignore[return-value]
    return render_template("operations/operation.html", page=page, form=form, share=share_form(page), link=form), 422


@operations.get("/ratios")
def ratios() -> str:
    """What the operations came to, by year."""
    return render_template("operations/ratios.html", years=by_year(service.ratios(acting())))


@operations.get("/venues")
def venues() -> str:
    """The register of venues, under their codes."""
    page = page_number(request.args)
    rows = look(acting(), query.venues, page=page)
    return render_template("operations/venues.html", rows=rows, page=page, per_page=query.PAGE)


@operations.route("/venues/new", methods=["GET", "POST"])
def new_venue() -> Answer:
    """Register a venue."""
    form = VenueForm()
    if form.validate_on_submit():
        venue_id = attempt(form, lambda: service.add_venue(acting(), form.told, form.claim()))
        if venue_id:
            return redirect(url_for("operations.venue", venue_id=venue_id))  # type: ignore[return-value]
    return render_template("operations/new_venue.html", form=form), status_of(form)


@operations.get("/venues/<uuid:venue_id>")
def venue(venue_id: UUID) -> str:
    """One venue with its address; each opening is written down."""
    return render_template("operations/venue.html", page=service.open_venue(acting(), venue_id))
