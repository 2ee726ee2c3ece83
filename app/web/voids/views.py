"""Pages of beds that are out of use."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from app.services import voids as service
from app.web.acted import Answer, acted
from app.web.guard import acting
from app.web.voids.forms import BackForm, EndForm, TurnaroundForm, void_form

voids = Blueprint("voids", __name__)


@voids.route("/beds/<uuid:bed_id>/out-of-use", methods=["GET", "POST"])
def begin(bed_id: UUID) -> Answer:
    """When a bed was and will be out of use; put it out of use."""
    page, form = service.of_bed(acting(), bed_id), void_form()
    if form.validate_on_submit():
        asked = (bed_id, str(form.reason.data), form.from_on.data, form.to_on.data, form.claim())
        words, url = gettext("The bed is out of use."), url_for("beds.board")
        return acted(form, lambda: service.begin(acting(), *asked), words, url, "voids/begin.html", page=page)
    return render_template("voids/begin.html", page=page, form=form), 422 if form.errors else 200


@voids.get("/out-of-use/<uuid:void_id>")
def show(void_id: UUID) -> str:
    """One time out of use: why, since and until when, how its end was changed."""
    return render_template("voids/show.html", page=service.page(acting(), void_id))


@voids.route("/out-of-use/<uuid:void_id>/end", methods=["GET", "POST"])
def change_end(void_id: UUID) -> Answer:
    """Change the day from which the bed can be used again."""
    page = service.page(acting(), void_id)
    form, url = EndForm(data={"to_on": page.void.to_on}), url_for("voids.show", void_id=void_id)
    if form.validate_on_submit():
        asked = (void_id, form.to_on.data, form.claim())
        done = gettext("Recorded.")
        return acted(form, lambda: service.change_end(acting(), *asked), done, url, "voids/change_end.html", page=page)
    return render_template("voids/change_end.html", page=page, form=form), 422 if form.errors else 200


@voids.route("/out-of-use/<uuid:void_id>/back", methods=["GET", "POST"])
def put_back(void_id: UUID) -> Answer:
    """Put the bed back into use."""
    page, form, url = service.page(acting(), void_id), BackForm(), url_for("beds.board")
    if form.validate_on_submit():
        asked = (void_id, form.on.data, form.claim())
        done = gettext("The bed is in use again.")
        return acted(form, lambda: service.end(acting(), *asked), done, url, "voids/put_back.html", page=page)
    return render_template("voids/put_back.html", page=page, form=form), 422 if form.errors else 200


@voids.route("/beds/made-ready", methods=["GET", "POST"])
def turnaround() -> Answer:
    """For how many days a bed is made ready after somebody has left it."""
    form, url = TurnaroundForm(data={"days": service.turnaround(acting())}), url_for("beds.board")
    if form.validate_on_submit():
        asked, done = (form.days.data, form.claim()), gettext("Recorded.")
        return acted(form, lambda: service.set_turnaround(acting(), *asked), done, url, "voids/turnaround.html")
    return render_template("voids/turnaround.html", form=form), 422 if form.errors else 200
