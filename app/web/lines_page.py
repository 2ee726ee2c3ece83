"""The page on which another is asked to agree that lines of people leave as a file; the view of each file shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.services.lines_of_people import State
from app.services.unit_of_work import Once
from app.vocabulary.period import Period
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm


@dataclass(frozen=True)
class LinesPage:
    """Whose lines of which days: where the question is asked, where it came from, and its files by address and name."""

    period: Period
    here: str
    back: str
    files: Sequence[tuple[str, str]]
    state: Callable[[], State]
    ask: Callable[[Once | None], bool]


def answer(page: LinesPage) -> Response | tuple[str, int]:
    """The page; sent, it asks."""
    form = ActForm()
    if form.validate_on_submit() and attempt(form, lambda: page.ask(form.claim())):
        flash(gettext("Asked. Somebody else decides."))
        return redirect(page.here)
    shown = render_template("lines/ask.html", page=page, state=page.state(), form=form)
    return shown, status_of(form) if request.method == "POST" else 200
