"""A member asks that a closed case be erased; a supervisor, another person, decides. There is no way back."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.errors import NotFound, Refusal
from app.services import erasing, erasure_page
from app.services.viewing import view
from app.web.corrections.acts import settle
from app.web.erasures.forms import AskForm
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.phrases import phrase

erasures = Blueprint("erasures", __name__)

Answer = str | Response | tuple[str, int]
DECISIONS: dict[str, tuple[Callable[..., None], object]] = {
    "erase": (erasing.approve, _l("The case is erased.")),
    "keep": (erasing.refuse, _l("The case stays.")),
}


@erasures.route("/cases/<uuid:case_id>/erase", methods=["GET", "POST"])
def ask(case_id: UUID) -> Answer:
    """Ask that a closed case be erased."""
    page, form = view(acting(), "case:erasure_shown", erasure_page.of_case, case_id=case_id), AskForm()

    def again() -> str:
        return render_template("erasures/ask.html", page=page, form=None if page.why_not else form)

    if not form.validate_on_submit():
        return again(), (409 if page.why_not else 422) if form.errors else 200
    told = gettext("Asked. Your supervisor decides.")
    return settle(
        form, lambda: erasing.ask(acting(), case_id, str(form.reason.data), form.claim()), again, case_id, told
    )


@erasures.get("/erasures")
def index() -> str:
    """What waits for a decision in the reader's agency."""
    rows = view(acting(), "case:erasures_listed", erasure_page.waiting)
    return render_template("erasures/index.html", rows=rows, plain=ActForm())


@erasures.post("/erasures/decide")
def decide() -> Response:
    """Erase, or leave the case as it is."""
    act, done = DECISIONS.get(request.form.get("decision", ""), DECISIONS["keep"])
    try:
        act(acting(), UUID(request.form.get("erasure", "")), ActForm().claim())
        flash(str(done))
    except (NotFound, ValueError):
        flash(gettext("Nothing was changed: it is decided already, or it is not yours to decide."), "important")
    except Refusal as refusal:
        flash(phrase(refusal.key), "important")
    return redirect(url_for("erasures.index"))  # type: ignore[return-value]
