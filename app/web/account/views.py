"""Signing in and out, and choosing a language."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from app.errors import Refusal, Unavailable
from app.services import accounts, factors, invitations, recovery, sessions
from app.web import step_up as question
from app.web.account import asking
from app.web.account.forms import CodeForm, InvitationForm, PasskeyForm, PasswordForm, SignInForm
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.languages import COOKIE, LANGUAGES
from app.web.phrases import phrase
from app.web.session import browser_token, waiting_member

account = Blueprint("account", __name__)


@account.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in with name and password."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("home.my_work"))  # type: ignore[return-value]
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422 if form.errors else 200
    try:
        g.fresh_token = accounts.sign_in(*form.told, request.remote_addr or "", browser_token())
    except Unavailable:
        raise
    except Refusal as refusal:
        form.sign_in.errors = [phrase(refusal.key)]
        return render_template("account/sign_in.html", form=form), 422
    return redirect(url_for("account.enter_code"))  # type: ignore[return-value]


@account.route("/sign-in/code", methods=["GET", "POST"])
def enter_code() -> str | Response | tuple[str, int]:
    """The second half of signing in; who has no app yet sets one up here, before anything else opens."""
    waiting = waiting_member()
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("home.my_work"))  # type: ignore[return-value]
    if waiting is None:
        return render_template("account/code.html")
    enrolment, form = factors.enrolment(waiting), PasskeyForm() if PasskeyForm.NAME in request.form else CodeForm()
    if form.validate_on_submit():
        told = browser_token() or "", form.given(), request.remote_addr or ""
        fresh = attempt(form, lambda: factors.enter(waiting, *told, enrolling=enrolment is not None))
        if fresh:
            g.fresh_token = fresh
            return redirect(url_for("account.recovery_codes" if enrolment else "home.my_work"))  # type: ignore[return-value]
    return asking.page("account/code.html", waiting, form, CodeForm, enrolment=enrolment), status_of(form)


@account.route("/invitation", methods=["GET", "POST"])
def accept_invitation() -> str | Response | tuple[str, int]:
    """Choose one's own password by an invitation; the second factor comes next."""
    form = InvitationForm()
    if form.validate_on_submit():
        told = str(form.invitation.data), str(form.password.data), request.remote_addr or ""
        waiting = attempt(form, lambda: invitations.accept(*told, browser_token()))
        if waiting:
            g.fresh_token = waiting
            return redirect(url_for("account.enter_code"))  # type: ignore[return-value]
    return render_template("account/invitation.html", form=form), status_of(form)


@account.route("/step-up", methods=["GET", "POST"])
def step_up() -> question.Answer:
    """A fresh code or passkey, before what asks for one; then back to it."""
    return question.page(acting())


@account.route("/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> str | tuple[str, int]:
    """How many codes are left for a lost app; ten fresh ones are shown in the answer, this once."""
    form = ActForm()
    codes = recovery.renew(acting()) if form.validate_on_submit() else ()
    left = recovery.left(acting())
    return render_template("account/recovery.html", form=form, codes=codes, left=left), status_of(form)


@account.route("/sign-out", methods=["POST"])
def sign_out() -> Response:
    """End the session, here and on the server."""
    sessions.end_session(browser_token() or "")
    g.fresh_token = ""
    answer: Response = redirect(url_for("account.sign_in"))  # type: ignore[assignment]
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@account.route("/password", methods=["GET", "POST"])
def replace_password() -> str | Response | tuple[str, int]:
    """Replace one's own password."""
    form, token = PasswordForm(), browser_token() or ""
    if form.validate_on_submit():
        told = str(form.old.data), str(form.new.data), token, request.remote_addr or ""
        if attempt(form, lambda: accounts.replace_password(acting(), *told)):
            flash(gettext("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("home.my_work"))  # type: ignore[return-value]
    return render_template("account/password.html", form=form), status_of(form)


@account.route("/language", methods=["POST"])
def choose_language() -> Response:
    """Keep the chosen language in the browser, and with the member where one is signed in."""
    language = request.form.get("language", "")
    back = urlsplit(request.form.get("back", "")).path
    answer: Response = redirect(back if back.startswith("/") and not back.startswith("//") else "/")  # type: ignore[assignment]
    if language not in LANGUAGES:
        return answer
    if current_user.is_authenticated:
        accounts.choose_language(acting(), language)
    secure = current_app.config["SETTINGS"].cookie_is_secure
    answer.set_cookie(COOKIE, language, max_age=31536000, httponly=True, samesite="Strict", secure=secure)
    return answer
