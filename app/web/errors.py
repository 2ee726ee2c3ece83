"""What people see when something is refused: a plain page in their language, with what they can do, never a value."""

from uuid import UUID

from flask import Flask, current_app, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.cipher import Tampered
from app.errors import Conflict, Forbidden, ForTwo, Invalid, NotFound, Refusal, Stale, Stopped, Unavailable, Unmet
from app.security.policy import PERMISSIONS, PUBLIC
from app.services import refusals
from app.web.guard import acting

STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    Forbidden: 403,
    ForTwo: 403,
    Stale: 409,
    Conflict: 409,
    Unmet: 409,
    Invalid: 422,
    Stopped: 429,
    Unavailable: 503,
}


def page(status: int, key: str = "") -> tuple[str, int]:
    """The error page of a status; `key` names the refusal where there is one."""
    g.refusal_key = key
    return render_template("errors/error.html", status=status, key=key), status


def refused(status: int, key: str = "") -> tuple[str, int]:
    """As `page`; what a member may not see is written down first, and where that cannot be the service is away."""
    route = request.endpoint or ""
    permission = PERMISSIONS.get(current_app.extensions["routes"].get(route, ""), PUBLIC)
    if status in (403, 404) and permission is not PUBLIC and current_user.is_authenticated:
        named = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, UUID)}
        try:
            refusals.note(acting(), route, named)
        except Unavailable as fault:
            return page(STATUS[Unavailable], fault.key)
    return page(status, key)


def register_errors(app: Flask) -> None:
    """Answer refusals, HTTP errors, a lost database and anything unforeseen."""
    app.register_error_handler(Refusal, lambda refusal: refused(STATUS.get(type(refusal), 422), refusal.key))
    app.register_error_handler(Tampered, lambda _: page(503, "cannot_be_opened"))
    app.register_error_handler(CSRFError, lambda _: page(400, "form_expired"))
    app.register_error_handler(HTTPException, lambda fault: refused(fault.code or 500))
    app.register_error_handler(500, lambda _: page(500))
