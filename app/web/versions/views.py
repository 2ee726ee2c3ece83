"""Moving a case to the version of the procedure in force: the plan is read first."""

from uuid import UUID

from flask import Blueprint, render_template
from flask_babel import gettext

from app.services import moving
from app.services.viewing import view
from app.web.attempts import status_of
from app.web.cases.steps import Answer
from app.web.corrections.acts import settle
from app.web.guard import acting
from app.web.versions.forms import choice_form, chosen, move_form

versions = Blueprint("versions", __name__)


@versions.route("/cases/<uuid:case_id>/version", methods=["GET", "POST"])
def move(case_id: UUID) -> Answer:
    """What the move would do, and doing it."""
    page = view(acting(), "case:version_shown", moving.shown, case_id=case_id, chosen=chosen())
    form = move_form(page.choices)

    def again() -> str:
        form.row_version.data = form.row_version.data or page.row_version
        return render_template("versions/move.html", page=page, form=form, choice=choice_form(page.choices))

    if page.why_not:
        return again(), 409 if form.is_submitted() else 200
    if not form.validate_on_submit():
        return again(), status_of(form)
    says = (str(form.why.data), form.row_version.data, chosen(), form.claim())
    return settle(form, lambda: moving.move(acting(), case_id, *says), again, case_id, gettext("The case is moved."))
