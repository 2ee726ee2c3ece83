"""Pages on which a place is looked for, and of those who wait for one."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.queries.unmet_needs import PAGE
from app.services import placing_page, unmet_needs
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.fields import today
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.paging import page_number, year_asked
from app.web.placing.forms import DayForm, NeedsForm, NothingFitsForm

placing = Blueprint("placing", __name__)
Answer = str | Response | tuple[str, int]


def _to_places(case_id: UUID, told: str) -> Response:
    flash(told)
    return redirect(url_for("placing.suggest", case_id=case_id))  # type: ignore[return-value]


def _day_asked() -> tuple[DayForm, date | None]:
    form = DayForm(request.args)
    return form, form.on.data if form.validate() else None


@placing.route("/cases/<uuid:case_id>/places", methods=["GET", "POST"])
def suggest(case_id: UUID) -> Answer:
    """Every shelter with what speaks for it and against it; and that nothing fits is kept here."""
    days, on = _day_asked()
    page = view(acting(), "places:listed", placing_page.shown, case_id=case_id, on=on)
    form = NothingFitsForm(data={"reason": page.likely_reason})
    if form.validate_on_submit() and attempt(
        form, lambda: unmet_needs.record_nothing_fits(acting(), case_id, str(form.reason.data), form.claim())
    ):
        return _to_places(
            case_id, gettext("It is kept that no place was found. The days are counted until there is one.")
        )
    shown = render_template("placing/places.html", page=page, form=form, days=days, plain=ActForm())
    return shown, status_of(form)


@placing.route("/cases/<uuid:case_id>/places/needs", methods=["GET", "POST"])
def needs(case_id: UUID) -> Answer:
    """What a place must offer the person."""
    page = view(acting(), "place_need:opened", placing_page.asked, case_id=case_id)
    form = NeedsForm.of(page.needs)
    if form.validate_on_submit() and attempt(
        form, lambda: placing_page.record(acting(), case_id, form.told, form.claim())
    ):
        return _to_places(case_id, gettext("It is recorded what the place must offer."))
    return render_template("placing/needs.html", page=page, form=form), status_of(form)


@placing.post("/cases/<uuid:case_id>/places/stop-waiting")
def stop_waiting(case_id: UUID) -> Response:
    """Nobody looks for a place any longer."""
    unmet_needs.stop_waiting(acting(), case_id, ActForm().claim())
    return _to_places(case_id, gettext("No place is looked for any longer."))


@placing.get("/places/waiting")
def waiting() -> str:
    """The reader's cases that wait for a place."""
    page = page_number(request.args)
    rows = view(acting(), "unmet_need:listed", unmet_needs.waiting, page=page)
    return render_template("placing/waiting.html", rows=rows, page=page, per_page=PAGE, today=today())


@placing.get("/places/unmet")
def unmet() -> str:
    """The needs of a year that were not met at once, as numbers."""
    return render_template("placing/unmet.html", counted=unmet_needs.of_year(acting(), year_asked(request.args)))
