"""Meetings: the list, calling one, one as its guests see it, who came, and of each case what was decided."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import Conflict, Invalid
from app.services import meetings as service
from app.services.viewing import view
from app.web.cases.steps import explain
from app.web.errors import STATUS
from app.web.forms import OwnForm
from app.web.guard import acting
from app.web.meetings.forms import CallForm, DecisionForm, FollowUpForm, attendance_form

meetings = Blueprint("meetings", __name__)
Answer = str | Response | tuple[str, int]


@meetings.get("/meetings")
def index() -> str:
    """The meetings that the reader's agency called or is invited to."""
    return render_template("meetings/index.html", rows=view(acting(), "meeting:listed", service.of_agency))


@meetings.route("/meetings/new", methods=["GET", "POST"])
def call() -> Answer:
    """Call a meeting, on a case that the address names or on others."""
    form = CallForm()
    if form.validate_on_submit():
        try:
            made = service.call(acting(), form.told, form.claim())
            flash(gettext("The meeting is called. Those who are invited are told."))
            return redirect(url_for("meetings.show", meeting_id=made["meeting_id"]))  # type: ignore[return-value]
        except Invalid as refusal:
            form.refuse(refusal.fields)
    elif not form.is_submitted():
        form.references.data = asked_reference()
    return render_template("meetings/new.html", form=form), 422 if form.errors else 200


def asked_reference() -> str | None:
    """The pseudonym of the case that the address names, None where it names none."""
    try:
        case_id = UUID(request.args.get("case", ""))
    except ValueError:
        return None
    return view(acting(), "meeting:asked_for", service.reference_of, case_id=case_id)


@meetings.get("/meetings/<uuid:meeting_id>")
def show(meeting_id: UUID) -> str:
    """One meeting: of its cases those that are open to the reader."""
    page = view(acting(), "meeting:opened", service.one, meeting_id=meeting_id)
    return render_template("meetings/meeting.html", page=page)


@meetings.route("/meetings/<uuid:meeting_id>/attendance", methods=["GET", "POST"])
def attendance(meeting_id: UUID) -> Answer:
    """Who came, for which agency and in which role."""
    page = view(acting(), "meeting:opened", service.one, meeting_id=meeting_id)
    form = attendance_form(page.invited)
    if form.validate_on_submit():
        try:
            service.record_attendance(acting(), meeting_id, form.told, form.claim())
            return redirect(url_for("meetings.show", meeting_id=meeting_id))  # type: ignore[return-value]
        except (Conflict, Invalid) as refusal:
            explain(form, refusal)
    return render_template("meetings/attendance.html", page=page, form=form), status_of(form)


@meetings.route("/meetings/entries/<uuid:entry_id>", methods=["GET", "POST"])
def decide(entry_id: UUID) -> Answer:
    """What was decided on one case."""
    page = view(acting(), "meeting:entry_opened", service.entry, entry_id=entry_id)
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            service.decide(acting(), entry_id, str(form.decision.data), form.claim())
            return redirect(url_for("meetings.show", meeting_id=page.entry.row.meeting_id))  # type: ignore[return-value]
        except (Conflict, Invalid) as refusal:
            explain(form, refusal)
    return render_template("meetings/decision.html", page=page, form=form), status_of(form)


@meetings.route("/meetings/entries/<uuid:entry_id>/follow-up", methods=["GET", "POST"])
def follow_up(entry_id: UUID) -> Answer:
    """What one of the parties is to do."""
    page = view(acting(), "meeting:entry_opened", service.entry, entry_id=entry_id)
    form = FollowUpForm.of(page.parties)
    if form.validate_on_submit():
        try:
            service.add_follow_up(acting(), entry_id, form.told, form.claim())
            return redirect(url_for("meetings.show", meeting_id=page.entry.row.meeting_id))  # type: ignore[return-value]
        except (Conflict, Invalid) as refusal:
            explain(form, refusal)
    return render_template("meetings/follow_up.html", page=page, form=form), status_of(form)


def status_of(form: OwnForm) -> int:
    """What a form's page answers with: 409 where others or the day stand in the way, 422 for faults at its fields."""
    if form.form_errors:
        return STATUS.get(Conflict, 409)
    return 422 if form.errors else 200


@meetings.post("/meetings/follow-ups/<uuid:follow_up_id>/done")
def done(follow_up_id: UUID) -> Response:
    """What the reader's agency took on is done."""
    meeting_id = service.mark_done(acting(), follow_up_id)
    flash(gettext("Recorded."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id))  # type: ignore[return-value]
