"""What is recorded of a stay: taken, or shown again with what stands in its way."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import NotFound, Refusal
from app.services import stays
from app.services.bed_board import StayPage
from app.services.leaving import offer_is_due
from app.services.stays import AskedOfStay
from app.web import step_form
from app.web.beds.forms import MoveForm
from app.web.cases.steps import explain
from app.web.errors import STATUS
from app.web.guard import acting
from app.web.step_form import StepForm

Answer = str | Response | tuple[str, int]


def form_of(page: AskedOfStay) -> StepForm:
    """The form of a step that a stay takes."""
    return step_form.build_step_form(page.form)()


def take(page: AskedOfStay, form: StepForm, stay_id: UUID, action: str) -> Answer:
    """Take the step; who has left is on the board no more, who stays longer has her page."""
    try:
        stays.take(acting(), stay_id, action, step_form.answers(form), form.occurred_on.data, form.claim())
    except NotFound:
        raise
    except Refusal as refusal:
        explain(form, refusal)
        shown = render_template("beds/step.html", page=page, form=form, stay_id=stay_id)
        return shown, STATUS.get(type(refusal), 422)
    flash(gettext("Recorded."))
    return redirect(_after(stay_id, action))  # type: ignore[return-value]


def _after(stay_id: UUID, action: str) -> str:
    """Where it goes on: who has left at high risk is to be offered a safety plan."""
    if action != "leave":
        return url_for("stays.show", stay_id=stay_id)
    return url_for("exits.offer", stay_id=stay_id) if offer_is_due(acting(), stay_id) else url_for("beds.board")


def move(page: StayPage, form: MoveForm, stay_id: UUID) -> Answer:
    """Move her and show the stay in its new bed."""
    try:
        made = stays.move(acting(), stay_id, form.bed_id, form.occurred_on.data, form.claim())
    except NotFound:
        raise
    except Refusal as refusal:
        explain(form, refusal)
        return render_template("beds/move.html", page=page, form=form), STATUS.get(type(refusal), 422)
    flash(gettext("Recorded."))
    return redirect(url_for("stays.show", stay_id=made["stay_id"]))  # type: ignore[return-value]
