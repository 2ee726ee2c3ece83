"""Members who were stopped from opening more cases; their supervisor lets them on."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.services import held_reading
from app.web.forms import ActForm
from app.web.guard import acting

reading = Blueprint("reading", __name__)


@reading.get("/reading")
def held() -> str:
    """Who of the reader's agency is stopped now."""
    here = acting().member_id
    return render_template("reading/held.html", rows=held_reading.held(acting()), here=here, plain=ActForm())


@reading.post("/reading/let-on")
def let_on() -> Response:
    """Let a member read on."""
    try:
        done = held_reading.let_on(acting(), UUID(request.form.get("member", "")))
    except ValueError:
        done = False
    flash(gettext("The colleague can read on.") if done else gettext("This was not done: nobody is stopped there."))
    return redirect(url_for("reading.held"))  # type: ignore[return-value]
