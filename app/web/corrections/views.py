"""Pages on which what was recorded is put right, each with a reason. The original stays to be seen."""

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext

from app.services import correction_page, corrections, records
from app.services.records import CONTACT_PART, IDENTITY_PART
from app.services.viewing import view
from app.web import step_form
from app.web.attempts import status_of
from app.web.cases.steps import Answer
from app.web.corrections.acts import asked, asked_community, asked_record, settle
from app.web.corrections.forms import TakeBackForm, told
from app.web.guard import acting

corrected = Blueprint("corrections", __name__)


@corrected.route("/cases/<uuid:case_id>/events/<uuid:event_id>/correct", methods=["GET", "POST"])
def correct(case_id: UUID, event_id: UUID) -> Answer:
    """Put right the day or the answers of a step."""
    page, form = asked(case_id, event_id)

    def again() -> str:
        return render_template("corrections/correct.html", page=page, form=form)

    if not form.validate_on_submit():
        return again(), status_of(form)
    day: date = form.occurred_on.data  # type: ignore[assignment]
    says = (step_form.answers(form), day, str(form["why_corrected"].data))
    ids, version = (acting(), case_id, event_id), form.row_version.data
    done = gettext("Corrected. The original can still be seen.")
    return settle(form, lambda: corrections.correct(*ids, *says, version, form.claim()), again, case_id, done)


@corrected.route("/cases/<uuid:case_id>/events/<uuid:event_id>/take-back", methods=["GET", "POST"])
def take_back(case_id: UUID, event_id: UUID) -> Answer:
    """Take back the latest step of a track."""
    page = view(acting(), "case:correction_shown", correction_page.shown, case_id=case_id, event_id=event_id)
    form = TakeBackForm()

    def again() -> str:
        form.row_version.data = form.row_version.data or page.row_version
        return render_template("corrections/take_back.html", page=page, form=form)

    if not form.validate_on_submit():
        return again(), status_of(form)
    says = (str(form.why.data), form.row_version.data, form.claim())
    act = lambda: corrections.take_back(acting(), case_id, event_id, *says)  # noqa: E731
    return settle(form, act, again, case_id, gettext("Taken back."))


@corrected.route("/cases/<uuid:case_id>/person", methods=["GET", "POST"])
def person(case_id: UUID) -> Answer:
    """Put right who the person is."""
    page, form = asked_record(case_id, IDENTITY_PART)

    def again() -> str:
        return render_template("corrections/person.html", page=page, form=form)

    if request.method == "GET" or not form.validate():
        return again(), status_of(form)
    says = (told(form), str(form.reason.data), form.row_version.data, form.claim())
    act = lambda: records.change_identity(acting(), case_id, *says)  # noqa: E731
    return settle(form, act, again, case_id, gettext("The record is changed."))


@corrected.route("/cases/<uuid:case_id>/safe-contact", methods=["GET", "POST"])
def safe_contact(case_id: UUID) -> Answer:
    """Put right how the person is reached safely."""
    page, form = asked_record(case_id, CONTACT_PART)

    def again() -> str:
        return render_template("corrections/contact.html", page=page, form=form)

    if request.method == "GET" or not form.validate():
        return again(), status_of(form)
    says = (told(form), str(form.reason.data), form.row_version.data, form.claim())
    act = lambda: records.change_safe_contact(acting(), case_id, *says)  # noqa: E731
    return settle(form, act, again, case_id, gettext("The safe contact is changed. All parties are told."))


@corrected.route("/cases/<uuid:case_id>/community", methods=["GET", "POST"])
def community(case_id: UUID) -> Answer:
    """Record the person's community, for counting alone."""
    page, form = asked_community(case_id)

    def again() -> str:
        return render_template("corrections/community.html", page=page, form=form)

    if request.method == "GET" or not form.validate():
        return again(), status_of(form)
    says = (str(form.community.data), form.row_version.data, form.claim())
    act = lambda: records.record_community(acting(), case_id, *says)  # noqa: E731
    return settle(form, act, again, case_id, gettext("Kept for counting. No page shows it."))
