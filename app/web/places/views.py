"""Keep apart: the marks of a case, set and lifted by those who place the person."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import Invalid
from app.services import keeping_apart as service
from app.services.viewing import view
from app.web.guard import acting
from app.web.places.forms import keep_apart_form

places = Blueprint("places", __name__)


@places.route("/cases/<uuid:case_id>/keep-apart", methods=["GET", "POST"])
def keep_apart(case_id: UUID) -> str | Response | tuple[str, int]:
    """From which places and from whom the person is kept away; a new mark."""
    page = view(acting(), "keep_apart:opened", service.of_case, case_id=case_id)
    form = keep_apart_form(page)
    if form.validate_on_submit():
        try:
            asked = (form.shelter_id, form.other_reference.data, form.claim())
            service.keep_apart(acting(), case_id, str(form.reason.data), *asked)
            return redirect(url_for("places.keep_apart", case_id=case_id))  # type: ignore[return-value]
        except Invalid as refusal:
            form.refuse(refusal.fields)
    shown = render_template("places/keep_apart.html", page=page, form=form)
    return shown, 422 if form.errors else 200


@places.post("/cases/<uuid:case_id>/keep-apart/<uuid:mark_id>/lift")
def lift(case_id: UUID, mark_id: UUID) -> Response:
    """Take a mark off."""
    service.lift(acting(), case_id, mark_id)
    flash(gettext("The mark is lifted."))
    return redirect(url_for("places.keep_apart", case_id=case_id))  # type: ignore[return-value]
