"""Pages of leaving at high risk: of the house, and of the police and the prosecution that are asked."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.services import leaving as service
from app.services.viewing import view
from app.web.acted import Answer, acted
from app.web.exits.forms import ApprovalForm, AskForm, OfferForm, WishForm
from app.web.guard import acting

exits = Blueprint("exits", __name__)


@exits.get("/stays/<uuid:stay_id>/exit")
def of_stay(stay_id: UUID) -> str:
    """Her wish, the approvals, the safety plan offered."""
    page = view(acting(), "exit:opened", service.page, stay_id=stay_id)
    return render_template("exits/of_stay.html", page=page, form=AskForm())


@exits.post("/stays/<uuid:stay_id>/exit/ask")
def ask(stay_id: UUID) -> Response:
    """Ask police and prosecution."""
    form = AskForm()
    service.ask(acting(), stay_id, form.claim())
    flash(gettext("They are asked. The person can leave without their answer."))
    return redirect(url_for("exits.of_stay", stay_id=stay_id))  # type: ignore[return-value]


@exits.route("/stays/<uuid:stay_id>/exit/wish", methods=["GET", "POST"])
def wish(stay_id: UUID) -> Answer:
    """Record what she says herself."""
    page, form = view(acting(), "exit:opened", service.page, stay_id=stay_id), WishForm()
    if form.validate_on_submit():
        asked = (stay_id, str(form.wish.data), str(form.words.data or ""), form.said_on.data, form.claim())
        done, url = gettext("Recorded."), url_for("exits.of_stay", stay_id=stay_id)
        return acted(form, lambda: service.record_wish(acting(), *asked), done, url, "exits/wish.html", page=page)
    return render_template("exits/wish.html", page=page, form=form), 422 if form.errors else 200


@exits.route("/stays/<uuid:stay_id>/safety-plan", methods=["GET", "POST"])
def offer(stay_id: UUID) -> Answer:
    """Record whether a safety plan was offered."""
    page, form = view(acting(), "exit:opened", service.page, stay_id=stay_id), OfferForm()
    if form.validate_on_submit():
        asked = (stay_id, str(form.answer.data), form.offered_on.data, form.claim())
        done, url = gettext("Recorded."), url_for("stays.show", stay_id=stay_id)
        return acted(form, lambda: service.record_offer(acting(), *asked), done, url, "exits/offer.html", page=page)
    return render_template("exits/offer.html", page=page, form=form), 422 if form.errors else 200


@exits.get("/exits")
def index() -> str:
    """What the reader's agency was asked in cases that are open to her."""
    return render_template("exits/index.html", rows=view(acting(), "exit:listed", service.asked_of))


@exits.route("/exits/<uuid:approval_id>", methods=["GET", "POST"])
def answer(approval_id: UUID) -> Answer:
    """Answer for the police or the prosecution."""
    row, form = view(acting(), "exit:question", service.question, approval_id=approval_id), ApprovalForm()
    if row.is_approved is None and form.validate_on_submit():
        asked = (approval_id, form.is_approved.answer, str(form.reason.data), form.answered_on.data, form.claim())
        done, url = gettext("Your answer is recorded."), url_for("exits.index")
        return acted(form, lambda: service.answer(acting(), *asked), done, url, "exits/answer.html", row=row)
    return render_template("exits/answer.html", row=row, form=form), 422 if form.errors else 200
