"""One's own passkeys: what there is, one more, one less."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound, Refusal
from app.services import passkeys as service
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.passkeys.forms import MakeForm
from app.web.phrases import phrase
from app.web.public_address import elsewhere, site
from app.web.session import browser_token

passkeys = Blueprint("passkeys", __name__)


@passkeys.route("/passkeys", methods=["GET", "POST"])
def index() -> str | Response | tuple[str, int]:
    """One's own passkeys, and making one more."""
    form, token = MakeForm(), browser_token() or ""
    if form.validate_on_submit():
        told = token, str(form.name.data), form.given()
        if attempt(form, lambda: service.add(acting(), *told, form.claim())):
            flash(gettext("The passkey is kept. From now on you can sign in with it."))
            flash(gettext("You are signed in here alone."))
            return redirect(url_for("passkeys.index"))  # type: ignore[return-value]
    shown = service.own_page(acting(), token, site())
    page = render_template("passkeys/index.html", form=form, page=shown, elsewhere=elsewhere(), plain=ActForm())
    return page, status_of(form)


@passkeys.post("/passkeys/remove")
def remove() -> Response:
    """Take one of one's own passkeys away."""
    try:
        named, here = UUID(request.form.get("passkey_id", "")), browser_token() or ""
        service.remove(acting(), named, ActForm().claim(), keeping=here)
        flash(gettext("The passkey is taken away: it opens nothing any more."))
        flash(gettext("You are signed in here alone."))
    except (ValueError, NotFound):
        flash(gettext("Nothing was changed: there is no such passkey of yours."), "important")
    except Refusal as refusal:
        flash(phrase(refusal.key), "important")
    return redirect(url_for("passkeys.index"))  # type: ignore[return-value]
