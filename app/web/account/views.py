"""Signing in and out, and choosing a language."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from app.errors import Refusal
from app.services import accounts
from app.web.account.forms import PasswordForm, SignInForm
from app.web.attempts import attempt, status_of
from app.web.guard import acting
from app.web.languages import COOKIE, LANGUAGES
from app.web.phrases import phrase
from app.web.session import browser_token

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
        network = request.remote_addr or ""
        g.fresh_token = accounts.sign_in(form.sign_in.data or "", form.password.data or "", network, browser_token())
    except Refusal as refusal:
        form.sign_in.errors = [phrase(refusal.key)]
        return render_template("account/sign_in.html", form=form), 422
    return redirect(url_for("home.my_work"))  # type: ignore[return-value]


@account.route("/sign-out", methods=["POST"])
def sign_out() -> Response:
    """End the session, here and on the server."""
    accounts.end_session(browser_token() or "")
    g.fresh_token = ""
    answer: Response = redirect(url_for("account.sign_in"))  # type: ignore[assignment]
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@account.route("/password", methods=["GET", "POST"])
def replace_password() -> str | Response | tuple[str, int]:
    """Replace one's own password; a first one must be."""
    form, token = PasswordForm(), browser_token() or ""
    if form.validate_on_submit():
        told = str(form.old.data), str(form.new.data)
        if attempt(form, lambda: accounts.replace_password(acting(), *told, keeping=token)):
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
