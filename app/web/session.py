"""Flask's session kept on the server: the cookie holds a random token and nothing else."""

from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, g, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from app.security.actor import Actor
from app.services import accounts, unit_of_work
from config import Settings


class BrowserSession(CallbackDict[str, Any], SessionMixin):
    """The values of one browser; knows its token and who is signed in."""

    def __init__(
        self,
        values: dict[str, Any],
        token: str | None,
        actor: Actor | None,
        language: str | None,
        *,
        has_first_password: bool = False,
    ) -> None:
        super().__init__(values, lambda _: setattr(self, "modified", True))
        self.token, self.actor, self.member_language = token, actor, language
        self.has_first_password = has_first_password
        self.modified = False


def browser_token() -> str | None:
    """The token of this request's browser; None where it has no session yet."""
    token: str | None = getattr(session, "token", None)
    return token


class ServerSession(SessionInterface):
    """Opens and stores sessions through the accounts service."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cookie = "__Host-session" if settings.cookie_is_secure else "session"
        self.limits = accounts.Limits(timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.longest_hours))

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session of the browser's token, or an empty one; static files and health need none."""
        unit_of_work.bind(app.extensions["database"])
        token = request.cookies.get(self.cookie)
        if token and request.endpoint not in ("static", "health.alive"):
            found = accounts.find_session(token, self.limits)
            if found:
                first = found.has_first_password
                return BrowserSession(found.values, token, found.actor, found.language, has_first_password=first)
        return BrowserSession({}, None, None, None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; a token set during the request (sign-in, sign-out) goes out as the new cookie."""
        assert isinstance(session, BrowserSession)  # noqa: S101 - the interface's own type
        fresh = g.get("fresh_token")
        if fresh is None and session.modified:
            fresh = accounts.keep_values(session.token, dict(session))
            fresh = None if fresh == session.token else fresh
        if fresh == "":
            response.delete_cookie(self.cookie, secure=self.settings.cookie_is_secure, httponly=True, samesite="Strict")
        elif fresh:
            response.set_cookie(
                self.cookie,
                fresh,
                httponly=True,
                samesite="Strict",
                secure=self.settings.cookie_is_secure,
                path="/",
            )
