"""One step of a case: its page made from the procedure's form, taking it, and what to show when it is refused."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import Field

from app.errors import Invalid, NotFound, Refusal, Stale, Unmet
from app.services import procedures, step_page
from app.services.step_page import StepPage
from app.services.unsent import Place
from app.services.viewing import view
from app.services.workflow_runner import StepRequest, take_step
from app.web import step_form
from app.web.cases.choices import pairs
from app.web.conditions import unmet_sentence
from app.web.errors import STATUS
from app.web.fields import DateField, today
from app.web.guard import acting
from app.web.phrases import phrase
from app.web.step_form import StepForm
from app.web.unsent.views import forget_sent

CHOSEN_PLACE = "shelter"
"""The question that an address may answer: a place that was chosen on the page of places. Any other is no choice."""

Answer = str | Response | tuple[str, int]


def asked_step(case_id: UUID, track: str, action: str) -> tuple[StepPage, StepForm]:
    """The page of a step and its form: filled in when it is opened, as it was sent when it comes back."""
    actor = acting()
    if request.method == "POST":
        page = step_page.sent(actor, case_id, track, action)
    else:
        page = view(actor, "case:step_shown", step_page.shown, case_id=case_id, track=track, action=action)
    return page, form_of(page)


def form_of(page: StepPage) -> StepForm:
    """The form of a page, with what is known filled in when it is opened."""
    kind = step_form.build_step_form(
        page.form, choices=pairs(page.choices), leave_out=page.not_asked, also_required=page.required
    )
    form = kind(formdata=MultiDict(page.unsent.typed)) if page.unsent else kind()
    if request.method == "GET" and page.unsent is None:
        form.row_version.data = page.row_version
        for name, value in page.filled_in.items():
            if name in form:
                fill(form[name], value)
        if CHOSEN_PLACE in form and request.args.get(CHOSEN_PLACE):
            fill(form[CHOSEN_PLACE], request.args[CHOSEN_PLACE])
    return form


def fill(field: Field, value: Any) -> None:
    """Show an answer that is known; yes and no are radios."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    field.process_data(date.fromisoformat(value) if isinstance(field, DateField) else value)


def take(page: StepPage, form: StepForm, case_id: UUID) -> Answer:
    """Take the step and go back to the case, or show the page again with all that stands in its way."""
    asked = StepRequest(
        case_id,
        page.track,
        page.action,
        step_form.answers(form),
        form.occurred_on.data,
        form.row_version.data,
    )
    try:
        made = take_step(acting(), asked, form.claim())
    except NotFound:
        raise
    except Stale as stale:
        return outdated(page, form, case_id, stale)
    except Refusal as refusal:
        return refused(page, form, refusal)
    forget_sent(Place(page.track, page.action, case_id))
    flash(gettext("Your signature is recorded.") if "awaiting" in made else gettext("Recorded."))
    return redirect(after(page, case_id))  # type: ignore[return-value]


def after(page: StepPage, case_id: UUID) -> str:
    """Where a step leads: back to the case, or on to the first page of the case that follows it."""
    openings = procedures.first_acts(acting(), today()) if page.opens_next else ()
    if not openings:
        return url_for("cases.show", case_id=case_id)
    first = openings[0]
    return url_for("cases.begin", track=first.track, action=first.action, follows=case_id)


def refused(page: StepPage, form: StepForm, refusal: Refusal) -> Answer:
    """The page again: faults at their fields, conditions that fail as a list at the top."""
    explain(form, refusal)
    return render_template("cases/step.html", page=page, form=form), STATUS.get(type(refusal), 422)


def explain(form: Any, refusal: Refusal) -> None:
    """Put a refusal into a form: at its fields, or at its head."""
    if isinstance(refusal, Invalid):
        form.refuse(refusal.fields)
    elif isinstance(refusal, Unmet):
        form.form_errors += [unmet_sentence(guard, neutral) for guard, neutral in refusal.guards]
    else:
        form.form_errors.append(phrase(refusal.key))


def outdated(page: StepPage, form: StepForm, case_id: UUID, stale: Stale) -> Answer:
    """What changed since the page was opened, beside what was typed, which can be sent again as it is."""
    changes = step_page.changes_since(acting(), case_id, int(str(stale.details["given"])))
    form.row_version.data = changes.row_version
    form.once.data = form.once.default()
    return render_template("cases/stale.html", page=page, form=form, changes=changes), 409
