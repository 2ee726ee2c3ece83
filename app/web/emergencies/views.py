"""A colleague opens a case that nobody present can open; everybody concerned is told, and it ends by itself."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import emergencies as service
from app.services import emergency_ends
from app.web.attempts import attempt, status_of
from app.web.emergencies.forms import OpenForm
from app.web.forms import ActForm
from app.web.guard import acting

emergencies = Blueprint("emergencies", __name__)

Answer = Response | tuple[str, int]


@emergencies.route("/emergency", methods=["GET", "POST"])
def open_case() -> Answer:
    """Open a case of the agency by its code, with a reason, for three hours."""
    form = OpenForm()
    if form.validate_on_submit():
        told = (str(form.reference.data), str(form.reason.data))
        case_id = attempt(form, lambda: service.open_case(acting(), *told, form.claim()))
        if case_id:
            return redirect(url_for("cases.show", case_id=case_id))  # type: ignore[return-value]
    return render_template("emergencies/open.html", form=form), status_of(form)


@emergencies.post("/emergency/close")
def close() -> Response:
    """Close it before its time."""
    try:
        emergency_ends.close(acting(), ActForm().claim())
        flash(gettext("Closed. The case is open to you no more."))
    except NotFound:
        flash(gettext("Nothing was changed: no case is open to you in an emergency."), "important")
    return redirect(url_for("home.my_work"))  # type: ignore[return-value]
