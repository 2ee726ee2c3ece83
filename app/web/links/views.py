"""Pairs of records that may be one person: agreement first, names only where that is not enough, answers, undoing."""

from uuid import UUID

from flask import Blueprint, render_template, request

from app.queries import links as queries
from app.services import link_answers
from app.services.reading import look
from app.web.guard import acting
from app.web.links import pages
from app.web.links.forms import ApartForm, SameForm, UndoForm
from app.web.links.words import AGAINST, AGREES, NEARLY, in_short
from app.web.paging import page_number

links = Blueprint("links", __name__)


@links.get("/links")
def index() -> str:
    """What waits for an answer, what stands, what was kept apart, or what was answered on older data."""
    shown = request.args.get("show", "")
    shown = shown if shown in queries.LISTS else "waiting"
    number = page_number(request.args)
    found = look(acting(), queries.page, shown=shown, number=number)
    figures = look(acting(), queries.figures)
    told = [(pair, *(in_short(pair.reasons, tone) for tone in (AGREES, NEARLY, AGAINST))) for pair in found]
    more = len(found) > queries.PAGE
    return render_template(
        "links/index.html", shown=shown, rows=told[: queries.PAGE], more=more, number=number, figures=figures
    )


@links.get("/links/<uuid:pair_id>")
def show(pair_id: UUID) -> str:
    """One pair: how its two records agree, and the answers that it takes."""
    return pages.pair_page(pair_id)


@links.post("/links/<uuid:pair_id>/names")
def open_names(pair_id: UUID) -> str:
    """The names of both, where the agreement is not enough: each opening is written down."""
    sides = link_answers.open_pair(acting(), pair_id)
    return pages.pair_page(pair_id, sides=sides)


@links.post("/links/<uuid:pair_id>/same")
def confirm(pair_id: UUID) -> pages.Answer:
    """They are one person."""
    form = SameForm()
    return pages.take(
        pair_id,
        form,
        lambda: link_answers.decide(acting(), pair_id, True, str(form.reason_same.data), form.claim()),
    )


@links.post("/links/<uuid:pair_id>/apart")
def refuse(pair_id: UUID) -> pages.Answer:
    """They are two people."""
    form = ApartForm()
    return pages.take(
        pair_id,
        form,
        lambda: link_answers.decide(acting(), pair_id, False, str(form.reason_apart.data), form.claim()),
    )


@links.post("/links/<uuid:pair_id>/undo")
def undo(pair_id: UUID) -> pages.Answer:
    """Take a standing link back, for good."""
    form = UndoForm()
    return pages.take(
        pair_id, form, lambda: link_answers.undo(acting(), pair_id, str(form.reason_apart.data), form.claim())
    )
