"""Pages of movement limits."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.services import limit_counts, limit_page
from app.services import limits as service
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.guard import acting
from app.web.languages import asked_language
from app.web.limits.forms import ORDER, LiftForm, ReviewForm, order_form
from app.web.paging import year_asked
from app.web.sheets.views import on_paper

limits = Blueprint("limits", __name__)
Answer = str | Response | tuple[str, int]


@limits.get("/stays/<uuid:stay_id>/limits")
def of_stay(stay_id: UUID) -> str:
    """What a resident was ordered."""
    page = view(acting(), "limit:listed", limit_page.of_stay, stay_id=stay_id)
    return render_template("limits/of_stay.html", page=page)


@limits.route("/stays/<uuid:stay_id>/limits/new", methods=["GET", "POST"])
def order(stay_id: UUID) -> Answer:
    """Order a limit."""
    page = view(acting(), "limit:asked", limit_page.asked, stay_id=stay_id)
    form = order_form(page)
    if form.validate_on_submit():
        made = attempt(form, lambda: service.order(acting(), stay_id, form.told, form.claim()))
        if made:
            flash(gettext("The limit is ordered. Who leads the case is told."))
            return redirect(url_for("limits.show", limit_id=made["limit_id"]))  # type: ignore[return-value]
    return render_template("limits/order.html", page=page, form=form, order=ORDER), status_of(form)


@limits.get("/limits/<uuid:limit_id>")
def show(limit_id: UUID) -> str:
    """One order with its reviews."""
    return render_template("limits/limit.html", page=view(acting(), "limit:opened", limit_page.one, limit_id=limit_id))


@limits.get("/limits/<uuid:limit_id>/paper")
def paper(limit_id: UUID) -> str:
    """One order on paper, to be signed by the person, in the language that she reads."""
    page = view(acting(), "limit:printed", limit_page.one, limit_id=limit_id)
    language = asked_language()
    return render_template(
        "limits/paper.html", page=page, language=language, paper=on_paper("limits/on_paper.html", language, page=page)
    )


@limits.route("/limits/<uuid:limit_id>/review", methods=["GET", "POST"])
def review(limit_id: UUID) -> Answer:
    """Look at an order again."""
    page = view(acting(), "limit:opened", limit_page.one, limit_id=limit_id)
    form = ReviewForm()
    if form.validate_on_submit():
        asked = (str(form.outcome.data), str(form.note.data), form.on.data, form.claim())
        if attempt(form, lambda: service.review(acting(), limit_id, *asked)):
            return shown(limit_id)
    return render_template("limits/review.html", page=page, form=form), status_of(form)


@limits.route("/limits/<uuid:limit_id>/lift", methods=["GET", "POST"])
def lift(limit_id: UUID) -> Answer:
    """Lift an order before it ends."""
    page = view(acting(), "limit:opened", limit_page.one, limit_id=limit_id)
    form = LiftForm()
    if form.validate_on_submit():
        asked = (str(form.reason.data), form.on.data, form.claim())
        if attempt(form, lambda: service.lift(acting(), limit_id, *asked)):
            return shown(limit_id)
    return render_template("limits/lift.html", page=page, form=form), status_of(form)


def shown(limit_id: UUID) -> Response:
    """Back to the order, which says what was recorded."""
    flash(gettext("Recorded. Who leads the case is told."))
    return redirect(url_for("limits.show", limit_id=limit_id))  # type: ignore[return-value]


@limits.get("/limits/counts")
def counts() -> str:
    """How many limits were ordered in a year, of which kinds, and what was said to them."""
    return render_template("limits/counts.html", counted=limit_counts.of_year(acting(), year_asked(request.args)))
