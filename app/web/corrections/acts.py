"""Reading and sending corrections: filled in when opened, as sent when they come back, never lost when out of date."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for

from app.errors import NotFound, Refusal, Stale
from app.services import correction_page, records
from app.services.correction_page import CorrectionPage
from app.services.records import COMMUNITY_PART, CONTACT_PART, RecordPage
from app.services.viewing import view
from app.web.attempts import explain
from app.web.cases.steps import Answer, fill
from app.web.corrections.forms import CommunityForm, ContactForm, IdentityForm, correction_form
from app.web.errors import STATUS
from app.web.guard import acting
from app.web.phrases import phrase
from app.web.step_form import StepForm


def asked(case_id: UUID, event_id: UUID) -> tuple[CorrectionPage, StepForm]:
    """The page and form of a correction."""
    if request.method == "POST":
        page = correction_page.sent(acting(), case_id, event_id)
        return page, correction_form(page)
    page = view(acting(), "case:correction_shown", correction_page.shown, case_id=case_id, event_id=event_id)
    form = correction_form(page)
    form.row_version.data = page.row_version
    form.occurred_on.process_data(page.occurred_on)
    for name, value in page.filled_in.items():
        if name in form:
            fill(form[name], value)
    return page, form


def asked_record(case_id: UUID, part: str) -> tuple[RecordPage, IdentityForm | ContactForm]:
    """The page and form of one part of the record."""
    page = view(acting(), "record:opened", records.shown, case_id=case_id, part=part)
    form = ContactForm() if part == CONTACT_PART else IdentityForm()
    if request.method == "GET":
        form.row_version.data = page.record_version
        for name, value in page.known.items():
            if name in form:
                fill(form[name], value)
    return page, form


def asked_community(case_id: UUID) -> tuple[RecordPage, CommunityForm]:
    """The page and form of the community: what was told before is never filled in."""
    page = view(acting(), "record:opened", records.shown, case_id=case_id, part=COMMUNITY_PART)
    form = CommunityForm()
    if request.method == "GET":
        form.row_version.data = page.record_version
    return page, form


def settle(form: Any, act: Callable[[], object], again: Callable[[], str], case_id: UUID, done: str) -> Answer:
    """Do it and go back to the case; or the page again with what stands in the way, and all that was typed."""
    try:
        act()
    except NotFound:
        raise
    except Stale as stale:
        form.form_errors.append(phrase(stale.key))
        form.row_version.data = stale.details["current"]
        form.once.data = form.once.default()
        return again(), 409
    except Refusal as refusal:
        explain(form, refusal)
        return again(), STATUS.get(type(refusal), 422)
    flash(done)
    return redirect(url_for("cases.show", case_id=case_id))  # type: ignore[return-value]
