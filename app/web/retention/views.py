"""Pages of what is over its period: shown, asked for by one; another decides on the pages of erasures and approvals."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.errors import NotFound, Refusal
from app.services import clearing, retention_page
from app.services import retention as service
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.paging import page_number
from app.web.phrases import phrase
from app.web.retention.forms import HoldForm, cases_of

retention = Blueprint("retention", __name__)

Answer = str | Response | tuple[str, int]


@retention.get("/retention")
def due() -> str:
    """What of the reader's agency is over its period."""
    page = page_number(request.args)
    found = service.due(acting(), page)
    asked = ",".join(str(one.case_id) for one in found.cases if one.can_be_asked)
    return render_template("retention/due.html", found=found, page=page, asked=asked, plain=ActForm())


@retention.post("/retention/ask")
def ask() -> Response:
    """Ask that one case be erased, or all that a page shows."""
    try:
        number = retention_page.ask_all(acting(), cases_of(request.form), ActForm().claim())
        told = ngettext("Asked for %(num)s case.", "Asked for %(num)s cases.", number)
        flash(told if number else gettext("Nothing was asked: it is asked already, is kept, or is not due."))
    except Refusal as refusal:
        flash(phrase(refusal.key), "important")
    return redirect(url_for("retention.due"))  # type: ignore[return-value]


@retention.post("/retention/clear")
def clear() -> Response:
    """Ask that what is over its period be cleared, of one class."""
    try:
        clearing.ask(acting(), request.form.get("what", ""), ActForm().claim())
        flash(gettext("Asked. Somebody else decides."))
    except Refusal as refusal:
        flash(phrase(refusal.key), "important")
    return redirect(url_for("retention.due"))  # type: ignore[return-value]


@retention.get("/retention/holds")
def holds() -> str:
    """The holds that stand in the reader's agency."""
    page = page_number(request.args)
    found = view(acting(), "hold:listed", retention_page.holds, page=page)
    return render_template("retention/holds.html", found=found, page=page, plain=ActForm())


@retention.route("/cases/<uuid:case_id>/hold", methods=["GET", "POST"])
def place(case_id: UUID) -> Answer:
    """Keep a case past its period."""
    page, form = view(acting(), "hold:shown", retention_page.to_place, case_id=case_id), HoldForm()
    if form.validate_on_submit():
        reason, until = str(form.reason.data), form.until.data
        if attempt(form, lambda: service.place(acting(), case_id, reason, until, form.claim())) is not None:  # type: ignore[arg-type]
            flash(gettext("The case is kept."))
            return redirect(url_for("retention.holds"))  # type: ignore[return-value]
    return render_template("retention/place.html", page=page, form=form), status_of(form)


@retention.post("/retention/lift")
def lift() -> Response:
    """End a hold before its day."""
    try:
        service.lift(acting(), UUID(request.form.get("hold", "")), ActForm().claim())
        flash(gettext("The hold has ended."))
    except (NotFound, ValueError):
        flash(gettext("Nothing was changed: the hold has ended already, or it is not yours to end."), "important")
    except Refusal as refusal:
        flash(phrase(refusal.key), "important")
    return redirect(url_for("retention.holds"))  # type: ignore[return-value]


@retention.get("/retention/periods")
def periods() -> str:
    """How long each class of data is kept."""
    return render_template("retention/periods.html", rows=service.kept())
