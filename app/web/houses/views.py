"""Pages of a shelter's houses: what they are today and were, suspending and closing, where residents go."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.queries import directory
from app.services import house_pages as pages
from app.services import house_periods as service
from app.services import relocations
from app.services.reading import look
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.houses.forms import PeriodForm, plan_form

houses = Blueprint("houses", __name__)
Answer = str | Response | tuple[str, int]


def _to(endpoint: str, words: str, **values: object) -> Response:
    flash(words)
    return redirect(url_for(endpoint, **values))  # type: ignore[return-value, arg-type]


@houses.get("/houses")
def index() -> str:
    """The houses of the reader's own shelter, and what each is today."""
    return render_template("houses/index.html", page=view(acting(), "premises:listed", pages.index))


@houses.get("/houses/<uuid:premises_id>")
def show(premises_id: UUID) -> str:
    """One house with its history."""
    page = view(acting(), "premises:looked", pages.whole, premises_id=premises_id)
    return render_template("houses/house.html", page=page, plain=ActForm())


@houses.route("/houses/<uuid:premises_id>/shut", methods=["GET", "POST"])
def shut(premises_id: UUID) -> Answer:
    """Suspend or close it; where residents must leave, on to where each of them goes."""
    page, form = view(acting(), "premises:looked", pages.whole, premises_id=premises_id), PeriodForm()
    if form.validate_on_submit():
        made = attempt(form, lambda: service.set_period(acting(), premises_id, form.told, form.claim()))
        if made:
            after = ("houses.leaving", "period_id") if service.must_leave(form.told) else ("houses.show", "premises_id")
            return _to(after[0], gettext("Recorded."), **{after[1]: made[after[1]]})
    return render_template("houses/shut.html", page=page, form=form), status_of(form)


@houses.post("/houses/periods/<uuid:period_id>/end")
def open_again(period_id: UUID) -> Response:
    """Open it again today, or take an announcement back."""
    made = service.end_period(acting(), period_id, ActForm().claim())
    return redirect(url_for("houses.show", premises_id=made["premises_id"]))  # type: ignore[return-value]


@houses.get("/houses/periods/<uuid:period_id>/residents")
def leaving(period_id: UUID) -> str:
    """Who has to leave by then, where each goes, who is still there."""
    page = view(acting(), "premises:leaving", pages.leaving, period_id=period_id)
    return render_template("houses/leaving.html", page=page)


@houses.route("/houses/residents/<uuid:relocation_id>", methods=["GET", "POST"])
def resident(relocation_id: UUID) -> Answer:
    """Where one of them goes, and when."""
    found, house = view(acting(), "premises:leaving", pages.one_resident, relocation_id=relocation_id)
    form = plan_form(found, look(acting(), directory.shelters), acting().agency_id)
    if form.validate_on_submit() and attempt(
        form, lambda: relocations.plan(acting(), relocation_id, form.told, form.claim())
    ):
        return _to("houses.leaving", gettext("Recorded."), period_id=found.row.period_id)
    return render_template("houses/resident.html", found=found, house=house, form=form), status_of(form)
