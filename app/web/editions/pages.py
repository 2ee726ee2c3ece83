"""The page on which an edition is signed: the numbers that will be kept stand on it."""

from flask import render_template

from app.errors import Conflict, Invalid
from app.queries import editions as query
from app.services import editions as service
from app.services.counts import Report
from app.services.reading import look
from app.web.attempts import status_of
from app.web.counts.forms import CountForm
from app.web.editions.forms import SignForm
from app.web.guard import acting
from app.web.phrases import phrase
from app.web.questions import today


def signing(form: SignForm, asked: CountForm) -> tuple[str, int]:
    """The form with the numbers of its day, and what it answers with."""
    told = asked.request()
    report = _numbers(form, asked)
    form.shows(report.request.as_of if report else None)
    page = render_template(
        "editions/new.html",
        form=form,
        told=told,
        report=report,
        began_today=told.period.start == today(),
        before=look(acting(), query.of_period, period=told.period),
        address=asked.address(),
    )
    return page, status_of(form)


def _numbers(form: SignForm, asked: CountForm) -> Report | None:
    """What would be kept, or None for a day of which nothing can be."""
    if form.as_of.data is None:
        return None
    try:
        return service.preview(acting(), form.told(asked.request()))
    except Invalid:
        return None
    except Conflict as refusal:
        form.form_errors = [phrase(refusal.key)]  # which may have refused the signature too
        return None
