"""Where a member is signed in; an administrator ends the sessions of one or of all."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import signed_in as service
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.session import browser_token

signed_in = Blueprint("signed_in", __name__)


@signed_in.get("/signed-in")
def index() -> str:
    """One's own sessions."""
    places = service.places(acting(), browser_token() or "")
    return render_template("signed_in/index.html", places=places, plain=ActForm())


@signed_in.post("/signed-in/end")
def end() -> Response:
    """End one of one's own sessions; the one of this browser too."""
    try:
        service.end_one(acting(), request.form.get("handle", ""))
    except NotFound:
        flash(gettext("Nothing was changed: that place is signed out already."), "important")
    return redirect(url_for("signed_in.index"))  # type: ignore[return-value]


@signed_in.post("/signed-in/end-others")
def end_others() -> Response:
    """Stay signed in here alone."""
    service.end_others(acting(), browser_token() or "")
    flash(gettext("You are signed in here alone."))
    return redirect(url_for("signed_in.index"))  # type: ignore[return-value]


@signed_in.post("/people/members/<uuid:member_id>/sign-out")
def end_of_member(member_id: UUID) -> Response:
    """Sign a member out wherever she is."""
    agency_id = service.end_of_member(acting(), member_id, ActForm().claim())
    flash(gettext("Signed out everywhere."))
    return redirect(url_for("people.agency", agency_id=agency_id))  # type: ignore[return-value]


@signed_in.route("/people/sign-everyone-out", methods=["GET", "POST"])
def end_everyone() -> str | Response | tuple[str, int]:
    """Sign everyone out, after asking once more."""
    form = ActForm()
    if form.validate_on_submit() and attempt(
        form, lambda: service.end_everyone(acting(), browser_token() or "", form.claim())
    ):
        flash(gettext("Everyone else is signed out."))
        return redirect(url_for("people.index"))  # type: ignore[return-value]
    return render_template("signed_in/everyone.html", form=form), status_of(form)
