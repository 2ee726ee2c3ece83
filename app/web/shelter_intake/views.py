"""Pages of whom a shelter takes: its periods, a new one, and one that is taken back before it begins."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.services import shelter_intake as service
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.shelter_intake.forms import IntakeForm

shelter_intake = Blueprint("shelter_intake", __name__)
Answer = str | Response | tuple[str, int]


def _back(agency_id: UUID, told: str) -> Response:
    flash(told)
    return redirect(url_for("shelter_intake.show", agency_id=agency_id))  # type: ignore[return-value]


@shelter_intake.get("/shelters/<uuid:agency_id>/intake")
def show(agency_id: UUID) -> str:
    """Whom a shelter takes, took and will take."""
    page = service.whole(acting(), agency_id)
    return render_template("shelter_intake/show.html", page=page, plain=ActForm())


@shelter_intake.route("/shelters/<uuid:agency_id>/intake/new", methods=["GET", "POST"])
def new(agency_id: UUID) -> Answer:
    """Say whom it takes from a day on."""
    page = service.kept(acting(), agency_id)
    form = IntakeForm.of(page.place.intake)
    if form.validate_on_submit():
        takes, from_on = form.told
        if attempt(form, lambda: service.set_period(acting(), agency_id, takes, from_on, form.claim())):
            return _back(agency_id, gettext("It is recorded whom the shelter takes."))
    return render_template("shelter_intake/new.html", page=page, form=form), status_of(form)


@shelter_intake.post("/shelters/<uuid:agency_id>/intake/<uuid:period_id>/withdraw")
def withdraw(agency_id: UUID, period_id: UUID) -> Response:
    """Take back a period that has not begun."""
    service.withdraw(acting(), agency_id, period_id, ActForm().claim())
    return _back(agency_id, gettext("The planned change is taken back."))
