"""The page of a pair, and what happens after an answer."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext

from app.errors import NotFound
from app.queries import links as queries
from app.services.link_answers import Answered, Side
from app.services.reading import look
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.links.forms import ApartForm, SameForm, UndoForm
from app.web.links.words import agreement

Answer = str | tuple[str, int] | Response


def pair_page(pair_id: UUID, form: ActForm | None = None, sides: tuple[Side, Side] | None = None) -> str:
    """One pair with the answers that it takes; `form` is the one that needs another look. Raises NotFound."""
    pair = look(acting(), queries.one, pair_id=pair_id)
    if pair is None:
        raise NotFound
    return render_template(
        "links/pair.html",
        pair=pair,
        agreements=[agreement(reason) for reason in pair.reasons],
        answered=[agreement(reason) for reason in pair.answered or ()] if pair.changed_at else [],
        sides=sides,
        form=form,
        same=form if isinstance(form, SameForm) else SameForm(formdata=None),
        apart=form if isinstance(form, ApartForm) else ApartForm(formdata=None),
        undoing=form if isinstance(form, UndoForm) else UndoForm(formdata=None),
    )


def take(pair_id: UUID, form: ActForm, give: Callable[[], Answered]) -> Answer:
    """Give the answer, or show the page again with what is missing."""
    if not form.validate():
        return pair_page(pair_id, form), 422
    answered = give()
    flash(_what_changed(answered))
    return redirect(url_for("links.index"))  # type: ignore[return-value]


def _what_changed(answered: Answered) -> str:
    told = (
        gettext("Your answer is kept. The number of people stays %(people)d.", people=answered.people)
        if answered.people == answered.people_before
        else gettext(
            "Your answer is kept. There were %(before)d people, now there are %(people)d.",
            before=answered.people_before,
            people=answered.people,
        )
    )
    return f"{told} {ngettext('%(num)d pair waits.', '%(num)d pairs wait.', answered.waiting)}"
