"""The course of a referral: reading what is sent about it, and showing its page again with what stands in the way."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import referral_course, referral_ends
from app.services import referrals as service
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.guard import acting
from app.web.referrals.forms import GiveBackForm, LastDayForm, ReportForm


def shown(referral_id: UUID, sent: Any = None) -> tuple[str, int]:
    """The page; of its forms the one that was sent comes back as it was filled in."""
    page = view(acting(), "referral:shown", referral_course.shown, referral_id=referral_id)
    forms = {kind.__name__: sent if isinstance(sent, kind) else kind() for kind in FORMS}
    text = render_template("referrals/course.html", page=page, form=sent, forms=forms)
    return text, status_of(sent) if sent else 200


FORMS = (LastDayForm, ReportForm, GiveBackForm)


def set_last_day(referral_id: UUID) -> Answer:
    """Say until when it waits; or the page again."""
    page, form = _asked(referral_id), LastDayForm()
    if not page.waits or page.is_ours:
        raise NotFound
    if form.validate() and attempt(form, lambda: service.set_last_day(acting(), referral_id, form.day, form.claim())):
        flash(gettext("The last day is set."))
        return _to_course(referral_id)
    return shown(referral_id, form)


def report(referral_id: UUID) -> Answer:
    """Tell the sender what was done; or the page again. Sent once more, it leads where it led."""
    page, form = _asked(referral_id), ReportForm()
    if not page.is_ours:
        raise NotFound
    if form.validate():
        told, actor = str(form.feedback.data), acting()
        if attempt(form, lambda: referral_ends.report_done(actor, referral_id, told, form.claim())):
            flash(gettext("Reported back. The agency that sent it is told."))
            return _to_course(referral_id)
    return shown(referral_id, form)


def give_back(referral_id: UUID) -> Answer:
    """Give it back and go to the queue, for the case is not open any more; or the page again."""
    form = GiveBackForm()
    try:
        page = _asked(referral_id)
    except NotFound:
        service.answered(acting(), form.claim())
        return _to_queue()
    if not page.is_ours:
        raise NotFound
    if form.validate() and attempt(
        form, lambda: referral_ends.give_back(acting(), referral_id, form.told, form.claim())
    ):
        flash(gettext("Given back. The agency that sent it is told, and the case is hers again."))
        return _to_queue()
    return shown(referral_id, form)


def _asked(referral_id: UUID) -> referral_course.CoursePage:
    return view(acting(), "referral:shown", referral_course.shown, referral_id=referral_id)


def _to_course(referral_id: UUID) -> Response:
    return redirect(url_for("referrals.course", referral_id=referral_id))  # type: ignore[return-value]


def _to_queue() -> Response:
    return redirect(url_for("referrals.index"))  # type: ignore[return-value]
