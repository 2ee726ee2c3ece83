"""Pages of a shelter's beds: the board, one stay, and what is recorded of a stay."""

from uuid import UUID

from flask import Blueprint, render_template, request

from app.services import bed_board, month_board
from app.services import stays as service
from app.services.viewing import view
from app.web.beds import acts
from app.web.beds.acts import Answer
from app.web.beds.forms import DayForm, day_of, move_form
from app.web.guard import acting

beds = Blueprint("beds", __name__)
stays = Blueprint("stays", __name__)


@beds.get("/beds")
def board() -> str:
    """The beds of the reader's own shelter on a day: who has them, who is expected, who leaves."""
    form = DayForm(request.args)
    found = view(acting(), "stay:board", bed_board.board, day=day_of(form, request.args))
    return render_template("beds/board.html", board=found, days=form)


@beds.get("/beds/month")
def month() -> str:
    """The beds of the reader's own shelter over the 31 days from a day on."""
    form = DayForm(request.args)
    found = view(acting(), "stay:board", month_board.board, day=day_of(form, request.args))
    return render_template("beds/month.html", board=found, days=form)


@stays.get("/stays/<uuid:stay_id>")
def show(stay_id: UUID) -> str:
    """One stay with its safety minimum."""
    return render_template("beds/stay.html", page=view(acting(), "stay:opened", bed_board.one_stay, stay_id=stay_id))


@stays.route("/stays/<uuid:stay_id>/<any(extend, leave):action>", methods=["GET", "POST"])
def step(stay_id: UUID, action: str) -> Answer:
    """Extend the stay, or record that she leaves."""
    page = service.asked(acting(), stay_id, action)
    form = acts.form_of(page)
    if form.validate_on_submit():
        return acts.take(page, form, stay_id, action)
    return render_template("beds/step.html", page=page, form=form, stay_id=stay_id), 422 if form.errors else 200


@stays.route("/stays/<uuid:stay_id>/move", methods=["GET", "POST"])
def move(stay_id: UUID) -> Answer:
    """Move to another bed of the house, or change places with someone."""
    page = view(acting(), "stay:opened", bed_board.one_stay, stay_id=stay_id)
    form = move_form(page)
    if form.validate_on_submit():
        return acts.move(page, form, stay_id)
    return render_template("beds/move.html", page=page, form=form), 422 if form.errors else 200
