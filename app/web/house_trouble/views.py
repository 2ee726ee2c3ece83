"""Pages of incidents and of complaints."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.services import complaints as complaint_service
from app.services import house_day, incident_page
from app.services import incidents as service
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.guard import acting
from app.web.house_trouble import forms
from app.web.paging import page_number

incidents = Blueprint("incidents", __name__)
complaints = Blueprint("complaints", __name__)
Answer = str | Response | tuple[str, int]


def shown(incident_id: UUID) -> Response:
    """Back to the incident, which says what was recorded."""
    flash(gettext("Recorded."))
    return redirect(url_for("incidents.show", incident_id=incident_id))  # type: ignore[return-value]


@incidents.get("/incidents")
def index() -> str:
    """The register of the shelter."""
    page = page_number(request.args)
    found = view(acting(), "incident:listed", incident_page.register, page=page)
    return render_template("house_trouble/register.html", found=found, page=page, per_page=25)


@incidents.route("/incidents/new", methods=["GET", "POST"])
def new() -> Answer:
    """Write an incident down."""
    form = forms.incident_form(view(acting(), "house_life:today", house_day.today))
    if form.validate_on_submit():
        made = attempt(form, lambda: service.report(acting(), form.told, form.claim()))
        if made:
            return shown(UUID(made["incident_id"]))
    return render_template("house_trouble/new.html", form=form, order=forms.INCIDENT_ORDER), status_of(form)


@incidents.get("/incidents/<uuid:incident_id>")
def show(incident_id: UUID) -> str:
    """One incident with its first steps."""
    page = view(acting(), "incident:opened", incident_page.one, incident_id=incident_id)
    return render_template("house_trouble/incident.html", page=page)


@incidents.route("/incidents/steps/<uuid:step_id>", methods=["GET", "POST"])
def step(step_id: UUID) -> Answer:
    """Record a first step, or why it is not taken."""
    found, incident = view(acting(), "incident:step_opened", incident_page.one_step, step_id=step_id)
    form = forms.StepForm()
    if form.validate_on_submit():
        asked = (str(form.outcome.data), form.basis.data, form.note.data, form.claim())
        if attempt(form, lambda: service.take(acting(), step_id, *asked)):
            return shown(incident.id)
    return render_template("house_trouble/step.html", step=found, incident=incident, form=form), status_of(form)


@incidents.route("/incidents/<uuid:incident_id>/close", methods=["GET", "POST"])
def close(incident_id: UUID) -> Answer:
    """Close an incident."""
    page = view(acting(), "incident:opened", incident_page.one, incident_id=incident_id)
    form = forms.CloseForm()
    if form.validate_on_submit():
        asked = (str(form.conclusion.data), form.claim())
        if attempt(form, lambda: service.close(acting(), incident_id, *asked)):
            return shown(incident_id)
    return render_template("house_trouble/close.html", page=page, form=form), status_of(form)


@complaints.route("/stays/<uuid:stay_id>/complaint", methods=["GET", "POST"])
def make(stay_id: UUID) -> Answer:
    """Pass on what a resident complains of."""
    page = view(acting(), "complaint:asked", complaint_service.asked, stay_id=stay_id)
    form = forms.complaint_form(page)
    if form.validate_on_submit():
        made = attempt(form, lambda: complaint_service.make(acting(), stay_id, form.complaint, form.claim()))
        if made:
            flash(gettext("The complaint is passed on. It opens to whoever answers it, and to nobody else."))
            return redirect(url_for("stays.show", stay_id=stay_id))  # type: ignore[return-value]
    shown_again = render_template("house_trouble/complain.html", page=page, form=form, order=forms.COMPLAINT_ORDER)
    return shown_again, status_of(form)


@complaints.get("/complaints", endpoint="index")
def index_of_complaints() -> str:
    """The complaints that are the reader's to answer."""
    page = page_number(request.args)
    rows = view(acting(), "complaint:listed", complaint_service.received, page=page)
    return render_template("house_trouble/complaints.html", rows=rows, page=page, per_page=25)


@complaints.route("/complaints/<uuid:complaint_id>", methods=["GET", "POST"], endpoint="show")
def answer(complaint_id: UUID) -> Answer:
    """One complaint, and its answer."""
    page = view(acting(), "complaint:opened", complaint_service.one, complaint_id=complaint_id)
    form = forms.AnswerForm()
    if form.validate_on_submit():
        asked = (str(form.answer.data), form.told_on.data, form.claim())
        if attempt(form, lambda: complaint_service.answer(acting(), complaint_id, *asked)):
            flash(gettext("Recorded."))
            return redirect(url_for("complaints.show", complaint_id=complaint_id))  # type: ignore[return-value]
    if page.row.answered_at:
        return render_template("house_trouble/complaint.html", page=page), 409 if form.is_submitted() else 200
    return render_template("house_trouble/complaint.html", page=page, form=form), status_of(form)
