"""A signal that waits, and opening a case from it: the usual first page, with what the signal tells filled in."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import signals as service
from app.services import step_page
from app.services.cases import Opening
from app.services.signals import OpenSignal
from app.services.step_page import StepPage
from app.web import step_form
from app.web.attempts import attempt, status_of
from app.web.cases.choices import pairs
from app.web.cases.steps import Answer, fill
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.step_form import StepForm


@dataclass(frozen=True)
class Asked:
    """A signal, the first act that opens its case, and the form of that act."""

    found: OpenSignal
    page: StepPage
    form: StepForm


def waiting(signal_id: UUID) -> OpenSignal | Response:
    """A signal that waits; for one that this very form has answered already, where that answer led."""
    try:
        return service.open_waiting(acting(), signal_id)
    except NotFound:
        if request.method != "POST":
            raise
        return _after(service.answered(acting(), ActForm().claim()))


def asked(signal_id: UUID, track: str, action: str) -> Asked | Response:
    """What is asked; for a signal that this very form has taken up already, the case that it became."""
    found = waiting(signal_id)
    if isinstance(found, Response):
        return found
    page = step_page.opening(acting(), track, action)
    form = step_form.build_step_form(page.form, choices=pairs(page.choices), leave_out=("entry_door",))()
    if request.method == "GET":
        for name, value in found.answers.items():
            if name in form and value:
                fill(form[name], value)
    return Asked(found, page, form)


def take(asked: Asked, signal_id: UUID) -> Answer:
    """Open the case and show it, or the page again with what stands in the way."""
    page, form = asked.page, asked.form
    opening = Opening(page.track, page.action, step_form.answers(form), form.occurred_on.data)
    made = attempt(form, lambda: service.take_up(acting(), signal_id, opening, form.claim()))
    if made is None:
        return render_template("signals/take_up.html", asked=asked, form=form), status_of(form)
    flash(gettext("The case is open."))
    return _after(made)


def _after(made: dict[str, str]) -> Response:
    if "case_id" in made:
        return redirect(url_for("cases.show", case_id=made["case_id"]))  # type: ignore[return-value]
    return redirect(url_for("signals.incoming"))  # type: ignore[return-value]
