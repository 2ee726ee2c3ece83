"""Trying what a form asks for: what the service refuses stands in the form, at its field or at its head."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.errors import Invalid, NotFound, Refusal, Unmet
from app.web.conditions import unmet_sentence
from app.web.phrases import phrase

Result = TypeVar("Result")


def attempt(form: Any, act: Callable[[], Result]) -> Result | None:
    """What the act gives; None where it is refused, and then the form says why. What is not there stays not there."""
    try:
        return act()
    except NotFound:
        raise
    except Refusal as refusal:
        explain(form, refusal)
        return None


def explain(form: Any, refusal: Refusal) -> None:
    """Put a refusal into a form: at its fields, or at its head."""
    if isinstance(refusal, Invalid):
        form.refuse(refusal.fields)
    elif isinstance(refusal, Unmet):
        form.form_errors += [unmet_sentence(guard, neutral) for guard, neutral in refusal.guards]
    else:
        form.form_errors.append(phrase(refusal.key))


def status_of(form: Any) -> int:
    """What a page that shows the form answers with: 422 where something in it needs another look."""
    return 422 if form.errors or form.form_errors else 200
