"""Keeping what is typed: by the script of the page as it is typed, or by a button. Nothing of it is checked or acts."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, session, url_for
from flask_babel import gettext

from app.services import step_page
from app.services import unsent as service
from app.services.unsent import Place
from app.web.filters import time_of_day
from app.web.guard import acting

unsent = Blueprint("unsent", __name__)

NOT_TYPED = frozenset({"csrf_token", "once", "keep", "kept", "by", "discard"})
SECONDS_LEFT = "Session-Seconds"
"""The header by which the script of the page learns how long the session lasts now."""


@unsent.post("/cases/<uuid:case_id>/steps/<string:track>/<string:action>/unsent")
def keep_step(case_id: UUID, track: str, action: str) -> Response:
    """Keep, or discard, what is typed for a step."""
    step_page.sent(acting(), case_id, track, action)
    form = url_for("cases.step", case_id=case_id, track=track, action=action)
    return _answer(Place(track, action, case_id), form, url_for("cases.show", case_id=case_id))


@unsent.post("/cases/new/<string:track>/<string:action>/unsent")
def keep_opening(track: str, action: str) -> Response:
    """Keep, or discard, what is typed for the act that opens a case."""
    step_page.opening(acting(), track, action)
    form = url_for("cases.begin", track=track, action=action)
    return _answer(Place(track, action), form, url_for("home.my_work"))


def _answer(place: Place, form: str, away: str) -> Response:
    if "discard" in request.form:
        service.forget(acting(), place, is_sent=False)
        flash(gettext("What had been typed is gone."))
        return redirect(form)  # type: ignore[return-value]
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    service.keep(acting(), place, typed)
    if request.form.get("by") == "script":
        return _kept_meanwhile()
    flash(gettext("Kept. It is filled in when you open the form again."))
    return redirect(away)  # type: ignore[return-value]


def _kept_meanwhile() -> Response:
    """For the script: the session goes on from now, and until when, in words and in seconds."""
    until = time_of_day(session.ends_at)  # type: ignore[attr-defined]
    words = gettext("If nothing is done, you are signed out at %(time)s.", time=until)
    answer = Response(words, mimetype="text/plain")
    answer.headers[SECONDS_LEFT] = str(session.seconds_left)  # type: ignore[attr-defined]
    return answer


def forget_sent(place: Place) -> None:
    """What was kept of a form has been sent with it."""
    if request.form.get("kept"):
        service.forget(acting(), place, is_sent=True)
