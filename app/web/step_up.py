"""Asks for a fresh code before what must not be done at a screen that was left open, and goes on from there.

A page that is opened is come back to. A form that was sent travels through the question: what was filled in stands,
unseen, in the form that asks, and is sent on with the code.
"""

from flask import Response, current_app, redirect, render_template, request, session, url_for

from app.security.actor import Actor
from app.services import factors
from app.web.account.forms import StepUpForm
from app.web.attempts import attempt, status_of

BACK = "step_up_back"
OWN_FIELDS = frozenset({"csrf_token", StepUpForm.NAME})

Answer = Response | tuple[str, int]


def asked_first(actor: Actor) -> Answer | None:
    """The question, where the route asks for a fresh code and none was given; None where the request goes on."""
    always = current_app.extensions["step_up"]
    if getattr(session, "is_fresh", False) or request.endpoint not in always:
        return None
    if request.method != "POST":
        session[BACK] = request.full_path.rstrip("?")
        return redirect(url_for("account.step_up"))  # type: ignore[return-value]
    form = StepUpForm()
    if StepUpForm.NAME in request.form and form.validate() and give(form, actor):
        return None
    if StepUpForm.NAME not in request.form:
        form.process(None)
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in OWN_FIELDS]
    status = 422 if form.errors or form.form_errors else 403
    return render_template("account/step_up.html", form=form, kept=kept, action=request.full_path.rstrip("?")), status


def give(form: StepUpForm, actor: Actor) -> bool:
    """Whether the code that was typed is taken; the form says why not."""
    token, network = getattr(session, "token", None) or "", request.remote_addr or ""
    typed = str(form.step_up_code.data)
    return bool(attempt(form, lambda: factors.step_up(actor, token, typed, network)))


def page(actor: Actor) -> Answer:
    """The question by itself, and the way back to what was opened before it."""
    form = StepUpForm()
    if form.validate_on_submit() and give(form, actor):
        return redirect(str(session.pop(BACK, url_for("home.my_work"))))  # type: ignore[return-value]
    return render_template("account/step_up.html", form=form, kept=(), action=""), status_of(form)
