"""Answers a form that acts: does it and goes on, or shows the form again with what stands in the way."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template

from app.errors import NotFound, Refusal
from app.web.cases.steps import explain
from app.web.errors import STATUS

Answer = str | Response | tuple[str, int]


def acted(form: Any, act: Callable[[], object], words: str, url: str, template: str, **page: Any) -> Answer:
    """Act, say so in words and go to an address; a refusal stands at its field or at the head of the form."""
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        explain(form, refusal)
        return render_template(template, form=form, **page), STATUS.get(type(refusal), 422)
    flash(words)
    return redirect(url)  # type: ignore[return-value]
