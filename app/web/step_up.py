"""Asks for a fresh code or a passkey before what must not be done at a screen that was left open, and goes on after it.

A page that is opened is come back to. A form that was sent travels through the question: what was filled in stands,
unseen, in the forms that ask, and is sent on with the answer.
"""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from flask import Response, current_app, redirect, request, session, url_for

from app.security.actor import Actor
from app.services import factors
from app.web.account import asking
from app.web.account.forms import StepUpForm, StepUpPasskeyForm
from app.web.attempts import attempt, status_of

BACK = "step_up_back"
OWN_FIELDS = frozenset({"csrf_token", StepUpForm.NAME, StepUpPasskeyForm.NAME})

Answer = Response | tuple[str, int]
Given = StepUpForm | StepUpPasskeyForm


def asked_first(actor: Actor) -> Answer | None:
    """The question, where the route asks for a fresh code and none was given; None where the request goes on."""
    always = current_app.extensions["step_up"]
    if getattr(session, "is_fresh", False) or request.endpoint not in always:
        return None
    if request.method != "POST":
        session[BACK] = request.full_path.rstrip("?")
        return redirect(url_for("account.step_up"))  # type: ignore[return-value]
    form = _sent()
    is_answered = form.NAME in request.form
    if is_answered and form.validate() and give(form, actor):
        return None
    if not is_answered:
        form.process(None)
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in OWN_FIELDS]
    return _asked(form, actor, kept, request.full_path.rstrip("?")), 422 if form.errors or form.form_errors else 403


def give(form: Given, actor: Actor) -> bool:
    """Whether what was given is taken; the form says why not."""
    token, network = getattr(session, "token", None) or "", request.remote_addr or ""
    return bool(attempt(form, lambda: factors.step_up(actor, token, form.given(), network)))


def page(actor: Actor) -> Answer:
    """The question by itself, and the way back to what was opened before it."""
    form = _sent()
    if form.validate_on_submit() and give(form, actor):
        return redirect(str(session.pop(BACK, url_for("home.my_work"))))  # type: ignore[return-value]
    return _asked(form, actor), status_of(form)


def _sent() -> Given:
    return StepUpPasskeyForm() if StepUpPasskeyForm.NAME in request.form else StepUpForm()


def _asked(form: Given, actor: Actor, kept: Sequence[tuple[str, str]] = (), action: str = "") -> str:
    member_id = cast(UUID, actor.member_id)
    return asking.page("account/step_up.html", member_id, form, StepUpForm, kept=kept, action=action)
