"""Life in a house: the shelter today, a resident's texts, belongings, appointments and services; and, on the page of a
case, what those who follow it read of all that.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import appointments, belongings, house_day, house_services, house_texts, limit_page
from app.services.limit_page import Resident
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.fields import today as today_is
from app.web.guard import acting
from app.web.house_life import forms

house_life = Blueprint("house_life", __name__)
Answer = str | Response | tuple[str, int]


def back(endpoint: str, **values: Any) -> Response:
    """To the page that shows what was recorded."""
    flash(gettext("Recorded."))
    return redirect(url_for(endpoint, **values))  # type: ignore[return-value]


def still_open(form: Any, resident: Resident) -> Any:
    """The form of a resident who lives here; none of one who has left, and then nothing is taken."""
    if resident.stay.left_on is None:
        return form
    if form.is_submitted():
        raise NotFound
    return None


@house_life.get("/cases/<uuid:case_id>/house")
def of_case(case_id: UUID) -> str:
    """What a house has ordered and written down of a resident, as far as it is theirs to read."""
    page = view(acting(), "house_life:opened", limit_page.of_case, case_id=case_id)
    return render_template("house_life/of_case.html", page=page)


@house_life.get("/house")
def today() -> str:
    """The shelter today."""
    return render_template("house_life/today.html", page=view(acting(), "house_life:today", house_day.today))


@house_life.route("/stays/<uuid:stay_id>/texts", methods=["GET", "POST"])
def texts_of(stay_id: UUID) -> Answer:
    """House rules and rights as a resident was given them."""
    page = view(acting(), "house_text:listed", house_texts.given, stay_id=stay_id)
    form = forms.AcknowledgeForm()
    if form.validate_on_submit() and attempt(
        form, lambda: house_texts.acknowledge(acting(), stay_id, form.told, form.claim())
    ):
        return back("house_life.texts_of", stay_id=stay_id)
    shown = still_open(form, page.resident)
    return render_template("house_life/texts_of.html", page=page, form=shown), status_of(form)


@house_life.route("/stays/<uuid:stay_id>/belongings", methods=["GET", "POST"])
def belongings_of(stay_id: UUID) -> Answer:
    """What is kept for a resident."""
    page = view(acting(), "belonging:listed", belongings.of_stay, stay_id=stay_id)
    form = forms.BelongingForm()
    if form.validate_on_submit() and attempt(
        form, lambda: belongings.take_in(acting(), stay_id, form.told, form.claim())
    ):
        return back("house_life.belongings_of", stay_id=stay_id)
    shown = still_open(form, page.resident)
    return render_template("house_life/belongings_of.html", page=page, form=shown), status_of(form)


@house_life.route("/belongings/<uuid:belonging_id>", methods=["GET", "POST"])
def give_back(belonging_id: UUID) -> Answer:
    """Give something back."""
    page = view(acting(), "belonging:opened", belongings.one, belonging_id=belonging_id)
    form = forms.ReturnForm()
    if form.validate_on_submit():
        asked = (str(form.to.data), form.on.data or today_is(), form.claim())
        stay_id = attempt(form, lambda: belongings.give_back(acting(), belonging_id, *asked))
        if stay_id:
            return back("house_life.belongings_of", stay_id=stay_id)
    return render_template("house_life/give_back.html", page=page, form=form), status_of(form)


@house_life.route("/stays/<uuid:stay_id>/appointments", methods=["GET", "POST"])
def appointments_of(stay_id: UUID) -> Answer:
    """Where a resident is expected."""
    page = view(acting(), "appointment:listed", appointments.of_stay, stay_id=stay_id)
    form = forms.AppointmentForm()
    if form.validate_on_submit() and attempt(
        form, lambda: appointments.plan(acting(), stay_id, form.told, form.claim())
    ):
        return back("house_life.appointments_of", stay_id=stay_id)
    shown = still_open(form, page.resident)
    return render_template("house_life/appointments_of.html", page=page, form=shown), status_of(form)


@house_life.route("/appointments/<uuid:appointment_id>", methods=["GET", "POST"])
def settle(appointment_id: UUID) -> Answer:
    """How an appointment went."""
    page = view(acting(), "appointment:opened", appointments.one, appointment_id=appointment_id)
    form = forms.OutcomeForm()
    if form.validate_on_submit():
        asked = (str(form.outcome.data), form.claim())
        stay_id = attempt(form, lambda: appointments.settle(acting(), appointment_id, *asked))
        if stay_id:
            return back("house_life.appointments_of", stay_id=stay_id)
    return render_template("house_life/settle.html", page=page, form=form), status_of(form)


@house_life.route("/stays/<uuid:stay_id>/services", methods=["GET", "POST"])
def services_of(stay_id: UUID) -> Answer:
    """What the shelter gave a resident."""
    page = view(acting(), "service:listed", house_services.of_stay, stay_id=stay_id)
    form = forms.ServiceForm()
    if form.validate_on_submit():
        asked = (list(form.services.data or []), form.on.data or today_is(), form.claim())
        if attempt(form, lambda: house_services.record(acting(), stay_id, *asked)):
            return back("house_life.services_of", stay_id=stay_id)
    shown = still_open(form, page.resident)
    return render_template("house_life/services_of.html", page=page, form=shown), status_of(form)
