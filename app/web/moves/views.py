"""Pages of a move away from a house that must be left: for who places the person, and for the driver."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import NotFound, Refusal
from app.services import move_places as service
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.moves.forms import PlaceForm, place_form
from app.web.phrases import phrase

moves = Blueprint("moves", __name__)
Answer = str | Response | tuple[str, int]


@moves.get("/moves")
def index() -> str:
    """Who has to be moved in the reader's cases, and whom she drives."""
    return render_template("moves/index.html", page=view(acting(), "move:listed", service.index))


@moves.get("/moves/<uuid:relocation_id>")
def show(relocation_id: UUID) -> str:
    """One move."""
    page = view(acting(), "move:opened", service.whole, relocation_id=relocation_id)
    return render_template("moves/move.html", page=page, plain=ActForm(), refused="")


@moves.route("/moves/<uuid:relocation_id>/place", methods=["GET", "POST"])
def place(relocation_id: UUID) -> Answer:
    """Write where the person goes and who drives."""
    page = view(acting(), "move:opened", service.whole, relocation_id=relocation_id)
    if not page.may_write:
        raise NotFound
    form = place_form(page)
    if form.validate_on_submit() and attempt(form, lambda: _write(relocation_id, form)):
        flash(gettext("Sealed. You and the driver alone can read it."))
        return redirect(url_for("moves.show", relocation_id=relocation_id))  # type: ignore[return-value]
    return render_template("moves/place.html", page=page, form=form), status_of(form)


def _write(relocation_id: UUID, form: PlaceForm) -> bool:
    service.write(acting(), relocation_id, form.told, form.claim())
    return True


@moves.post("/moves/<uuid:relocation_id>/address/<any(to, from):end>")
def address(relocation_id: UUID, end: str) -> Answer:
    """For the driver: where to fetch the person, or where to bring her."""
    try:
        opened = service.open_address(acting(), relocation_id, end)
    except NotFound:
        raise
    except Refusal as refusal:
        page = view(acting(), "move:opened", service.whole, relocation_id=relocation_id)
        return render_template("moves/move.html", page=page, plain=ActForm(), refused=phrase(refusal.key)), 422
    back = url_for("moves.show", relocation_id=relocation_id)
    return render_template("addresses/shown.html", opened=opened, back=back)
