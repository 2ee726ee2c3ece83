"""Signals: those that an agency sent and how they stand; those that wait for an agency, and answering them."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.queries import signals as query
from app.services import procedures, signal_page
from app.services import signals as service
from app.services.reading import look
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.fields import today
from app.web.guard import acting
from app.web.paging import page_number
from app.web.signals import taking_up
from app.web.signals.forms import CloseForm, pass_on_form, signal_form

signals = Blueprint("signals", __name__, url_prefix="/signals")


@signals.get("/sent")
def index() -> str:
    """What the agency sent, and how each of them stands."""
    page = page_number(request.args)
    rows = look(acting(), query.sent, page=page)
    return render_template("signals/index.html", rows=rows, page=page, per_page=query.PAGE)


@signals.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Tell a signal, on one page."""
    form = signal_form(signal_page.receivers(acting()))
    if form.validate_on_submit() and attempt(form, lambda: service.send(acting(), form.told, form.claim())):
        flash(gettext("The signal is sent. You see here when it is received and when it is taken up."))
        return redirect(url_for("signals.index"))  # type: ignore[return-value]
    return render_template("signals/new.html", form=form), status_of(form)


@signals.get("/sent/<uuid:signal_id>")
def sent(signal_id: UUID) -> str:
    """One that the agency sent: her own words until it is answered, then how it stands."""
    return render_template("signals/sent.html", found=service.open_sent(acting(), signal_id))


@signals.get("/")
def incoming() -> str:
    """What waits for the agency's answer."""
    return render_template("signals/incoming.html", rows=look(acting(), query.waiting), at_most=query.AT_MOST)


@signals.get("/<uuid:signal_id>")
def show(signal_id: UUID) -> str:
    """One that waits. The first look acknowledges it to its sender."""
    found = service.open_waiting(acting(), signal_id)
    return render_template("signals/signal.html", found=found, openings=procedures.first_acts(acting(), today()))


@signals.route("/<uuid:signal_id>/take-up/<string:track>/<string:action>", methods=["GET", "POST"])
def take_up(signal_id: UUID, track: str, action: str) -> Answer:
    """Open a case from it."""
    asked = taking_up.asked(signal_id, track, action)
    if isinstance(asked, Response):
        return asked
    if asked.form.validate_on_submit():
        return taking_up.take(asked, signal_id)
    return render_template("signals/take_up.html", asked=asked, form=asked.form), status_of(asked.form)


@signals.route("/<uuid:signal_id>/pass-on", methods=["GET", "POST"])
def pass_on(signal_id: UUID) -> Answer:
    """Pass it on to another agency."""
    found = taking_up.waiting(signal_id)
    if isinstance(found, Response):
        return found
    form = pass_on_form(signal_page.receivers(acting()))
    if form.validate_on_submit() and attempt(
        form, lambda: service.pass_on(acting(), signal_id, form.told, form.claim())
    ):
        flash(gettext("The signal is passed on."))
        return redirect(url_for("signals.incoming"))  # type: ignore[return-value]
    return render_template("signals/pass_on.html", found=found, form=form), status_of(form)


@signals.route("/<uuid:signal_id>/close", methods=["GET", "POST"])
def close(signal_id: UUID) -> Answer:
    """Close it without a case."""
    found, form = taking_up.waiting(signal_id), CloseForm()
    if isinstance(found, Response):
        return found
    if form.validate_on_submit():
        service.close(acting(), signal_id, str(form.reason.data), form.claim())
        flash(gettext("The signal is closed. Its text is destroyed."))
        return redirect(url_for("signals.incoming"))  # type: ignore[return-value]
    return render_template("signals/close.html", found=found, form=form), status_of(form)
