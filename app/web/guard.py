"""Each request against the policy table: who is not named may not. And who acts, for the views."""

from collections.abc import Mapping

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask_login import UserMixin, current_user

from app.security.actor import Actor
from app.security.policy import PERMISSIONS, PUBLIC, ROUTES, allows


class SignedIn(UserMixin):
    """Flask-Login's view of the actor."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.id = str(actor.member_id)


def load_user(_request: object) -> SignedIn | None:
    """Who is signed in, from the server-side session."""
    actor = getattr(session, "actor", None)
    return SignedIn(actor) if actor else None


def acting() -> Actor:
    """The actor of this request; the guard has made sure that there is one."""
    actor: Actor = current_user.actor
    return actor


def may(permission: str) -> bool:
    """Whether the actor's roles have the permission: for showing links."""
    return current_user.is_authenticated and allows(acting().roles, permission, acting().agency_kind)


WITH_FIRST_PASSWORD = frozenset({"account.replace_password", "account.sign_out", "account.choose_language"})
"""All that a first password opens: an administrator has seen it."""


def check_policy() -> Response | None:
    """Refuse a request that the policy does not allow; an unknown address stays a 404."""
    if request.endpoint is None:
        return None
    permission = current_app.extensions["routes"].get(request.endpoint, "")
    if PERMISSIONS.get(permission) is PUBLIC:
        return None
    if not current_user.is_authenticated:
        if request.method == "GET":
            return redirect(url_for("account.sign_in"))  # type: ignore[return-value]
        abort(401)
    if getattr(session, "has_first_password", False) and request.endpoint not in WITH_FIRST_PASSWORD:
        return redirect(url_for("account.replace_password"))  # type: ignore[return-value]
    if not allows(acting().roles, permission, acting().agency_kind):
        abort(403)
    return None


def register_guard(app: Flask, routes: Mapping[str, str] = ROUTES) -> None:
    """Put the policy before every view; other rows than its own are for the control tests."""
    app.extensions["routes"] = routes
    app.before_request(check_policy)
    app.jinja_env.globals["may"] = may
