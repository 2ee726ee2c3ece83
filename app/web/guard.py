"""Each request against the policy table: who is not named may not. And who acts, for the views."""

from collections.abc import Mapping

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask_login import UserMixin, current_user

from app.errors import Conflict
from app.security.actor import Actor
from app.security.policy import PERMISSIONS, PUBLIC, allows
from app.security.routes import ROUTES
from app.security.step_up import STEP_UP
from app.web.step_up import asked_first

WHILE_READING = frozenset({"emergencies.close", "account.sign_out", "account.step_up"})
"""What may be sent while a case is open in an emergency: she reads, and acts again once it is closed."""


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


def check_policy() -> Response | tuple[str, int] | None:
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
    if not allows(acting().roles, permission, acting().agency_kind):
        abort(403)
    if acting().emergency is not None and request.method == "POST" and request.endpoint not in WHILE_READING:
        raise Conflict("emergency_reads_only")
    return asked_first(acting())


def register_guard(app: Flask, routes: Mapping[str, str] = ROUTES, step_up: frozenset[str] = STEP_UP) -> None:
    """Put the policy before every view; other rows than its own are for the control tests."""
    app.extensions["routes"], app.extensions["step_up"] = routes, step_up
    app.before_request(check_policy)
    app.jinja_env.globals["may"] = may
