"""The hotline's pages: the log, a contact, sending it on, and how many there were."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.queries import hotline as query
from app.services import hotline as service
from app.services import hotline_counts, signal_page
from app.services.reading import look
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.guard import acting
from app.web.hotline.forms import contact_form, send_on_form
from app.web.paging import page_number, year_asked

hotline = Blueprint("hotline", __name__, url_prefix="/hotline")


@hotline.get("/")
def index() -> str:
    """The agency's contacts, newest first."""
    page = page_number(request.args)
    rows = look(acting(), query.listed, page=page)
    return render_template("hotline/index.html", rows=rows, page=page, per_page=query.PAGE)


@hotline.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Log a contact."""
    form = contact_form()
    if form.validate_on_submit():
        contact_id = attempt(form, lambda: service.log(acting(), form.told, form.claim()))
        if contact_id:
            flash(gettext("The contact is logged."))
            return redirect(url_for("hotline.show", contact_id=contact_id))  # type: ignore[return-value]
    return render_template("hotline/new.html", form=form), status_of(form)


@hotline.get("/<uuid:contact_id>")
def show(contact_id: UUID) -> str:
    """One contact."""
    return render_template("hotline/contact.html", contact=service.open_contact(acting(), contact_id))


@hotline.route("/<uuid:contact_id>/send-on", methods=["GET", "POST"])
def send_on(contact_id: UUID) -> Answer:
    """Send it on as a signal, with the person's consent."""
    contact = service.open_contact(acting(), contact_id)
    form = send_on_form(contact, signal_page.receivers(acting()))
    if form.validate_on_submit():
        asked = (form.told, form.agreement, form.claim())
        if attempt(form, lambda: service.send_on(acting(), contact_id, *asked)):
            flash(gettext("The signal is sent. You see here when it is received and when it is taken up."))
            return redirect(url_for("signals.index"))  # type: ignore[return-value]
    return render_template("hotline/send_on.html", contact=contact, form=form), status_of(form)


@hotline.get("/counts")
def counts() -> str:
    """How many contacts there were, by month."""
    counted = hotline_counts.of_year(acting(), year_asked(request.args))
    return render_template("hotline/counts.html", counted=counted)
