"""Pages of what a house records of its stays beside their steps."""

from functools import partial
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from app.services import bed_board
from app.services import stay_acts as service
from app.services.viewing import view
from app.web.acted import Answer, acted
from app.web.guard import acting
from app.web.stay_acts.forms import DepartureDayForm, OverstayForm, TransferForm, days_form

stay_acts = Blueprint("stay_acts", __name__)


@stay_acts.route("/stays/<uuid:stay_id>/overstay", methods=["GET", "POST"])
def overstay(stay_id: UUID) -> Answer:
    """Record whether she may stay after her expected end."""
    page = view(acting(), "stay:opened", bed_board.one_stay, stay_id=stay_id)
    form, url, shown = OverstayForm(), url_for("stays.show", stay_id=stay_id), "stay_acts/overstay.html"
    if page.is_overdue and form.validate_on_submit():
        asked, done = form.asked() | {"once": form.claim()}, gettext("Recorded.")
        act = partial(service.decide_overstay, acting(), stay_id, **asked)
        return acted(form, act, done, url, shown, page=page)
    return render_template(shown, page=page, form=form), 422 if form.errors else 200


@stay_acts.route("/stays/<uuid:stay_id>/transfer", methods=["GET", "POST"])
def transfer(stay_id: UUID) -> Answer:
    """Record why she goes, or went, to another place."""
    page = view(acting(), "stay:opened", bed_board.one_stay, stay_id=stay_id)
    form, url, shown = TransferForm(), url_for("stays.show", stay_id=stay_id), "stay_acts/transfer.html"
    if form.validate_on_submit():
        asked, done = (stay_id, str(form.kind.data), str(form.reason.data), form.claim()), gettext("Recorded.")
        return acted(form, lambda: service.say_why_transferred(acting(), *asked), done, url, shown, page=page)
    return render_template(shown, page=page, form=form), 422 if form.errors else 200


@stay_acts.route("/stays/<uuid:stay_id>/departure", methods=["GET", "POST"])
def departure(stay_id: UUID) -> Answer:
    """Put right the day on which she left."""
    page = view(acting(), "stay:opened", bed_board.one_stay, stay_id=stay_id)
    form, url = DepartureDayForm(data={"left_on": page.stay.left_on}), url_for("stays.show", stay_id=stay_id)
    if page.stay.left_on and form.validate_on_submit():
        asked, shown = (stay_id, form.left_on.data, form.claim()), "stay_acts/departure.html"
        done = gettext("The day is put right.")
        return acted(form, lambda: service.correct_departure(acting(), *asked), done, url, shown, page=page)
    return render_template("stay_acts/departure.html", page=page, form=form), 422 if form.errors else 200


@stay_acts.route("/stays/<uuid:stay_id>/days", methods=["GET", "POST"])
def days(stay_id: UUID) -> Answer:
    """Say how the days of a stay stand that need checking."""
    page = view(acting(), "stay:opened", bed_board.one_stay, stay_id=stay_id)
    form, url, shown = days_form(), url_for("stays.show", stay_id=stay_id), "stay_acts/days.html"
    if page.course.to_check and form.validate_on_submit():
        asked, done = (stay_id, str(form.settlement.data), form.claim()), gettext("Recorded.")
        return acted(form, lambda: service.settle_days(acting(), *asked), done, url, shown, page=page)
    return render_template(shown, page=page, form=form), 422 if form.errors else 200
