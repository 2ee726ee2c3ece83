"""Reading an answer to a referral and giving it; an answer sent twice leads where the first one led."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound, Refusal
from app.services import referral_page
from app.services import referrals as service
from app.services.referral_page import ReferralPage
from app.services.step_page import StepPage
from app.web import step_form
from app.web.cases.choices import pairs
from app.web.cases.steps import Answer, explain, fill
from app.web.errors import STATUS
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.step_form import StepForm


def form_of(page: StepPage) -> StepForm:
    """The form of an answer."""
    form = step_form.build_step_form(page.form, choices=pairs(page.choices))()
    if request.method == "GET":
        for name, value in page.filled_in.items():
            fill(form[name], value)
    return form


def asked(referral_id: UUID, answer: str) -> tuple[ReferralPage, StepForm] | Response:
    """The page and form of accepting or declining; for one that was answered already, where that answer led."""
    try:
        page = referral_page.waiting(acting(), referral_id)
    except NotFound:
        return _again()
    chosen = page.accept if answer == "accept" else page.decline
    if chosen is None:
        raise NotFound
    form = form_of(chosen)
    if answer == "decline":
        del form.occurred_on  # it is declined now, whatever day it is about
    return page, form


def _again() -> Response:
    """Where the answer that this very form gave before led; raises NotFound where it gave none."""
    if request.method != "POST":
        raise NotFound
    made = service.answered(acting(), ActForm().claim())
    return _after(made)


def _after(made: dict[str, str]) -> Response:
    if "case_id" in made:
        return redirect(url_for("cases.show", case_id=made["case_id"]))  # type: ignore[return-value]
    return redirect(url_for("referrals.index"))  # type: ignore[return-value]


def accept(page: ReferralPage, form: StepForm, referral_id: UUID) -> Answer:
    """Accept, and open the case; or show the page again with what stands in the way."""
    try:
        told = step_form.answers(form)
        made = service.accept(acting(), referral_id, told, form.occurred_on.data, form.claim())
    except Refusal as refusal:
        explain(form, refusal)
        status = STATUS.get(type(refusal), 422)
        return render_template("referrals/referral.html", page=page, form=form, plain=ActForm()), status
    flash(gettext("Accepted. The case is open to you."))
    return _after(made)


def decline(page: ReferralPage, form: StepForm, referral_id: UUID) -> Answer:
    """Decline, and go back to the queue; or show the page again with what stands in the way."""
    told = step_form.answers(form)
    reason = str(told.get("decline_reason") or told.get("unmet_need_reason") or "other")
    try:
        made = service.decline(acting(), referral_id, told, reason, form.claim())
    except Refusal as refusal:
        explain(form, refusal)
        return render_template("referrals/decline.html", page=page, form=form), STATUS.get(type(refusal), 422)
    flash(gettext("Declined. The agency that sent it is told."))
    return _after(made)
