"""What people see when something is refused: a plain page in their language, with what they can do, never a value."""

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Stale, Unavailable, Unmet

STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    Forbidden: 403,
    Stale: 409,
    Conflict: 409,
    Unmet: 409,
    Invalid: 422,
    Unavailable: 503,
}


def page(status: int, key: str = "") -> tuple[str, int]:
    """The error page of a status; `key` names the refusal where there is one."""
    return render_template("errors/error.html", status=status, key=key), status


def register_errors(app: Flask) -> None:
    """Answer refusals, HTTP errors, a lost database and anything unforeseen."""
    app.register_error_handler(Refusal, lambda refusal: page(STATUS.get(type(refusal), 422), refusal.key))
    app.register_error_handler(CSRFError, lambda _: page(400, "form_expired"))
    app.register_error_handler(HTTPException, lambda fault: page(fault.code or 500))
    app.register_error_handler(500, lambda _: page(500))
