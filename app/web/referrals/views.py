"""Referrals: what waits for the agency's answer. Accepting makes it a party, declining gives a reason."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.services import referral_page
from app.services import referrals as service
from app.services.viewing import view
from app.web.cases.steps import Answer
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.referrals import answers, courses

referrals = Blueprint("referrals", __name__)


@referrals.get("/referrals")
def index() -> str:
    """What waits for the agency, and what it sent that waits elsewhere."""
    queue = view(acting(), "referral:listed", referral_page.queue)
    return render_template("referrals/index.html", queue=queue, form=ActForm())


@referrals.get("/referrals/<uuid:referral_id>")
def show(referral_id: UUID) -> str:
    """One that waits: the pointer alone. The first look stamps the time."""
    service.open_waiting(acting(), referral_id)
    page = referral_page.waiting(acting(), referral_id)
    form = answers.form_of(page.accept)
    return render_template("referrals/referral.html", page=page, form=form, plain=ActForm())


@referrals.post("/referrals/<uuid:referral_id>/claim")
def claim(referral_id: UUID) -> Response:
    """Take it on, so that colleagues leave it alone."""
    service.claim(acting(), referral_id)
    flash(gettext("You have taken this on: your colleagues see it."))
    return redirect(url_for("referrals.show", referral_id=referral_id))  # type: ignore[return-value]


@referrals.post("/referrals/<uuid:referral_id>/withdraw")
def withdraw(referral_id: UUID) -> Response:
    """Take back one that the agency sent."""
    service.withdraw(acting(), referral_id, ActForm().claim())
    flash(gettext("Taken back. The agency that it was sent to is told."))
    return redirect(url_for("referrals.index"))  # type: ignore[return-value]


@referrals.get("/referrals/<uuid:referral_id>/course")
def course(referral_id: UUID) -> str:
    """Each moment of one that the agency sent or accepted, and what can be done with it now."""
    return courses.shown(referral_id)[0]


@referrals.post("/referrals/<uuid:referral_id>/last-day")
def set_last_day(referral_id: UUID) -> Answer:
    """Say until when it waits for its answer."""
    return courses.set_last_day(referral_id)


@referrals.post("/referrals/<uuid:referral_id>/report")
def report(referral_id: UUID) -> Answer:
    """Tell the sender what was done."""
    return courses.report(referral_id)


@referrals.post("/referrals/<uuid:referral_id>/give-back")
def give_back(referral_id: UUID) -> Answer:
    """Give an accepted one back to its sender."""
    return courses.give_back(referral_id)


@referrals.post("/referrals/<uuid:referral_id>/accept")
def accept(referral_id: UUID) -> Answer:
    """Accept: the agency becomes a party, and the case opens."""
    found = answers.asked(referral_id, "accept")
    if isinstance(found, Response):
        return found
    page, form = found
    if form.validate():
        return answers.accept(page, form, referral_id)
    return render_template("referrals/referral.html", page=page, form=form, plain=ActForm()), 422


@referrals.route("/referrals/<uuid:referral_id>/decline", methods=["GET", "POST"])
def decline(referral_id: UUID) -> Answer:
    """Decline with a coded reason, which decides what happens next."""
    found = answers.asked(referral_id, "decline")
    if isinstance(found, Response):
        return found
    page, form = found
    if form.validate_on_submit():
        return answers.decline(page, form, referral_id)
    return render_template("referrals/decline.html", page=page, form=form), 422 if form.errors else 200
