"""What one has asked, another approves or refuses, on a page that says exactly what is done then."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound, Refusal
from app.services import approval_page, deciding
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.phrases import phrase

approvals = Blueprint("approvals", __name__)


@approvals.get("/approvals")
def index() -> str:
    """What waits for a second person, and what was decided lately."""
    return render_template("approvals/index.html", page=approval_page.page(acting()), plain=ActForm())


@approvals.post("/approvals/decide")
def decide() -> Response:
    """Approve, and it is done; or refuse, also where neither was said."""
    approves = request.form.get("decision") == "approve"
    told = (
        gettext("Approved: it is done, and the agency is told.") if approves else gettext("Refused: nothing is done.")
    )
    try:
        asked, shown = UUID(request.form.get("approval", "")), request.form.get("digest", "")
        deciding.decide(acting(), asked, shown, approves=approves, once=ActForm().claim())
        flash(told)
    except (NotFound, ValueError):
        flash(gettext("Nothing was changed: it is decided already, or it is not yours to decide."), "important")
    except Refusal as refusal:
        flash(phrase(refusal.key), "important")
    return redirect(url_for("approvals.index"))  # type: ignore[return-value]
