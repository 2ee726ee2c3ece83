"""One line of the log for each request: which route, never which address, and what it was answered with."""

import time
from typing import Any
from uuid import uuid4

from flask import Flask, Response, current_app, g, got_request_exception, request
from flask_login import current_user

from app import journal
from app.cipher import digest

LOUD = frozenset({400, 401, 403, 429})
"""Answers that a person who keeps to the pages seldom gets."""
HEADER = "X-Request-Id"


def request_id() -> str:
    """The number of this request: in the log, in the answer's head, and on the page of a fault."""
    if "request_id" not in g:
        g.request_id = str(uuid4())
    return str(g.request_id)


def register_noting(app: Flask, key: bytes) -> None:
    """Note each answer, and each exception that no view and no handler of ours expected."""
    app.config["JOURNAL_KEY"] = key.hex()
    app.before_request(_begin)
    app.after_request(_note)
    got_request_exception.connect(_note_fault, app)
    app.log_exception = _say_nothing  # type: ignore[method-assign]
    app.jinja_env.globals["request_id"] = request_id


def _say_nothing(exc_info: object) -> None:
    """In the place of Flask's own, which writes the address and the exception's text: the fault is noted already."""


def member_digest(member_id: object) -> str:
    """Who asked, so that one person's lines can be put together; whose they are, only the key's holder can find out."""
    return digest(f"{current_app.config['JOURNAL_KEY']}|{member_id}")[:16]


def _begin() -> None:
    g.began = time.monotonic()


def _note(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    if request.endpoint == "health.alive":
        return response
    status = response.status_code
    level = "error" if status >= 500 else "warning" if status in LOUD else "info"
    began = g.get("began")
    told: dict[str, Any] = {"request": request_id(), "route": request.endpoint or "none", "method": request.method}
    told |= {"status": status, "ms": round((time.monotonic() - began) * 1000) if began else 0}
    if current_user and current_user.is_authenticated:
        told["member"] = member_digest(current_user.id)
    if g.get("refusal_key"):
        told["reason"] = g.refusal_key
    journal.note("answered", level, **told)
    return response


def _note_fault(_app: Flask, exception: BaseException, **_more: object) -> None:
    journal.note("fault", "error", exception, request=request_id(), route=request.endpoint or "none")
