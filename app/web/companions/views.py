"""Pages of children who live with a resident."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from app.services import companions as service
from app.services.viewing import view
from app.web.acted import Answer, acted
from app.web.companions.forms import ChildLeftForm, child_form
from app.web.guard import acting

companions = Blueprint("companions", __name__)


@companions.route("/stays/<uuid:stay_id>/children", methods=["GET", "POST"])
def add(stay_id: UUID) -> Answer:
    """Record a child who came along."""
    page = view(acting(), "stay:opened", service.page, stay_id=stay_id)
    form, url = child_form(page), url_for("stays.show", stay_id=stay_id)
    if form.validate_on_submit():
        asked = (stay_id, str(form.age.data), form.cot_id, form.arrived_on.data, form.claim())
        done, shown = gettext("The child is recorded."), "companions/add.html"
        return acted(form, lambda: service.add(acting(), *asked), done, url, shown, page=page)
    return render_template("companions/add.html", page=page, form=form), 422 if form.errors else 200


@companions.route("/children/<uuid:companion_id>/left", methods=["GET", "POST"])
def leave(companion_id: UUID) -> Answer:
    """Record that a child has left before the resident."""
    child, form = view(acting(), "stay:opened", service.child, companion_id=companion_id), ChildLeftForm()
    if form.validate_on_submit():
        asked, url = (companion_id, form.left_on.data, form.claim()), url_for("stays.show", stay_id=child.stay_id)
        done, shown = gettext("Recorded."), "companions/leave.html"
        return acted(form, lambda: service.leave(acting(), *asked), done, url, shown, child=child)
    return render_template("companions/leave.html", child=child, form=form), 422 if form.errors else 200
