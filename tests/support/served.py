"""The application behind a real socket in a thread of the test, and a clock that the test moves. Knows no page."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app.clock import COUNTRY_ZONE

HOST = "127.0.0.1"
MORNING = time(9, 0)


class MovableClock:
    """The time in a test's country: goes on by itself from where it was set, and leaps when it is told to."""

    def __init__(self, day: date) -> None:
        self.leap = timedelta()
        self.move_to(day)

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC) + self.leap

    def move_to(self, day: date) -> None:
        """Leap to nine in the morning of a day, as the country's clocks show it."""
        wanted = datetime.combine(day, MORNING, COUNTRY_ZONE)
        self.leap = wanted - datetime.now(UTC)


class _Silent(WSGIRequestHandler):
    """Answers without a line on the terminal for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application on a free port; gives its address, without a slash at the end."""
    server = make_server(HOST, 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, name="served application", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
