"""Pages of a case's clocks. They name no one who is helped: a case is its code here."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import Refusal
from app.services import clock_acts
from app.services import clock_page as pages
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.clocks.forms import ExemptionForm, PauseForm
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.phrases import phrase

clocks = Blueprint("clocks", __name__)

Answer = str | Response | tuple[str, int]


def _back(made: dict[str, str], told: str) -> Response:
    flash(told)
    return redirect(url_for("clocks.of_case", case_id=made["case_id"]))  # type: ignore[return-value]


@clocks.get("/cases/<uuid:case_id>/clocks")
def of_case(case_id: UUID) -> str:
    """The clocks of a case."""
    return _list_page(case_id, ActForm())


def _list_page(case_id: UUID, form: ActForm) -> str:
    page = view(acting(), "clock:shown", pages.of_case, case_id=case_id)
    return render_template("clocks/index.html", page=page, form=form)


@clocks.route("/clocks/<uuid:clock_id>/pause", methods=["GET", "POST"])
def pause(clock_id: UUID) -> Answer:
    """Let a clock stand still."""
    page, form = view(acting(), "clock:shown", pages.one, clock_id=clock_id), PauseForm()
    if form.validate_on_submit():
        act = attempt(form, lambda: clock_acts.pause(acting(), clock_id, str(form.reason.data), form.claim()))
        if act is not None:
            return _back(act, gettext("The deadline is paused."))
    return render_template("clocks/pause.html", page=page, form=form), status_of(form)


@clocks.route("/clocks/<uuid:clock_id>/exempt", methods=["GET", "POST"])
def exempt(clock_id: UUID) -> Answer:
    """Let a lapse not count until a day."""
    page = view(acting(), "clock:shown", pages.one, clock_id=clock_id)
    form = ExemptionForm.of(page)
    if form.validate_on_submit():
        act = attempt(form, lambda: clock_acts.exempt(acting(), clock_id, form.told, form.claim()))
        if act is not None:
            return _back(act, gettext("The exemption is granted. It ends by itself."))
    return render_template("clocks/exempt.html", page=page, form=form), status_of(form)


Act = Callable[..., dict[str, str]]


def _at_once(act: Act, clock_id: UUID, told: str) -> Answer:
    """An act with nothing to fill in; what refuses it stands at the head of the list."""
    form = ActForm()
    try:
        return _back(act(acting(), clock_id, form.claim()), told)
    except Refusal as refusal:
        if refusal.key not in ("clock_is_over", "clock_runs", "not_exempt"):
            raise
        form.form_errors.append(phrase(refusal.key))
    page = view(acting(), "clock:shown", pages.one, clock_id=clock_id)
    return _list_page(page.case.case_id, form), 422


@clocks.post("/clocks/<uuid:clock_id>/resume")
def resume(clock_id: UUID) -> Answer:
    """Let a clock run on."""
    return _at_once(clock_acts.resume, clock_id, gettext("The deadline runs again."))


@clocks.post("/clocks/<uuid:clock_id>/end-exemption")
def end_exemption(clock_id: UUID) -> Answer:
    """End an exemption before its day."""
    return _at_once(clock_acts.end_exemption, clock_id, gettext("The exemption has ended."))


@clocks.post("/clocks/<uuid:clock_id>/silence")
def silence(clock_id: UUID) -> Answer:
    """Turn the reminders of a clock off."""
    return _at_once(clock_acts.silence, clock_id, gettext("Nobody of your agency is reminded of it in this case."))


@clocks.post("/clocks/<uuid:clock_id>/remind")
def remind(clock_id: UUID) -> Answer:
    """Turn the reminders of a clock on again."""
    return _at_once(clock_acts.remind, clock_id, gettext("Your agency is reminded of it again."))
