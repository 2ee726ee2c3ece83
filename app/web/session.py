"""Flask's session kept on the server: the cookie holds a random token and nothing else."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict
from werkzeug.exceptions import HTTPException

from app.security.actor import Actor
from app.security.sealed_pages import SEALED_PAGES
from app.services import sessions, unit_of_work
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
        waiting: UUID | None = None,
        is_fresh: bool = False,
        ends_at: datetime | None = None,
        seconds_left: int = 0,
    ) -> None:
        super().__init__(values, lambda _: setattr(self, "modified", True))
        self.token, self.actor, self.member_language = token, actor, language
        self.waiting, self.is_fresh = waiting, is_fresh
        self.ends_at, self.seconds_left = ends_at, seconds_left
        self.modified = False


def browser_token() -> str | None:
    """The token of this request's browser; None where it has no session yet."""
    token: str | None = getattr(session, "token", None)
    return token


def brought_token() -> bool:
    """Whether the browser sent a token along, of a session that lives or not. From another site it sends none."""
    kept: ServerSession = current_app.session_interface  # type: ignore[assignment]
    return kept.cookie in request.cookies


def waiting_member() -> UUID | None:
    """Whose password was right in this browser, while her second factor is waited for."""
    waiting: UUID | None = getattr(session, "waiting", None)
    return waiting


def _endpoint(app: Flask, request: Request) -> str:
    """Which page is asked for: the session is opened before Flask looks that up."""
    adapter = app.create_url_adapter(request)
    try:
        return str(adapter.match()[0]) if adapter else ""
    except HTTPException:
        return ""


class ServerSession(SessionInterface):
    """Opens and stores sessions through the accounts service."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cookie = "__Host-session" if settings.cookie_is_secure else "session"
        self.limits = sessions.Limits(
            timedelta(minutes=settings.idle_minutes),
            timedelta(hours=settings.longest_hours),
            timedelta(minutes=settings.sealed_idle_minutes),
        )

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session of the browser's token, or an empty one; static files and health need none."""
        unit_of_work.bind(app.extensions["database"])
        token, asked = request.cookies.get(self.cookie), _endpoint(app, request)
        if token and asked not in ("static", "health.alive"):
            found = sessions.find_session(token, self.limits, is_sealed=asked in SEALED_PAGES)
            if found:
                return BrowserSession(
                    found.values,
                    token,
                    found.actor,
                    found.language,
                    waiting=found.waiting,
                    is_fresh=found.is_fresh,
                    ends_at=found.ends_at,
                    seconds_left=found.seconds_left,
                )
        return BrowserSession({}, None, None, None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; a token set during the request (sign-in, sign-out) goes out as the new cookie."""
        assert isinstance(session, BrowserSession)  # noqa: S101 - the interface's own type
        fresh = g.get("fresh_token")
        if fresh is None and session.modified:
            fresh = sessions.keep_values(session.token, dict(session))
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
