"""The server as it is run: workers that share what was loaded before them and give back what they used for a moment."""

import contextlib
import ctypes
import gc
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from app.cli.server_log import ServerLog

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4
OWNER_ONLY = 0o077  # the embedded database and its journals are for this account alone
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # what glibc's mallopt calls them
MAPPED_FROM_BYTES = 1024**2
ARENAS = 2


class Server(BaseApplication):
    """Gunicorn around an application that is already made: its workers share what was imported."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options and nothing from the environment or a file."""
        for name, setting in self._options.items():
            self.cfg.set(name, setting)

    def load(self) -> Flask:
        """Return the application."""
        return self._app


def serve(app: Flask, port: int) -> None:
    """Serve the application on a port of this machine until it is told to end."""
    Server(app, _options(port)).run()


def share_memory() -> None:
    """Keep what is loaded in one copy for all processes that are made from now on, as far as they leave it as it is.

    The collector would write into every object that it looks at, and so copy its page; it leaves alone what is frozen.
    """
    gc.collect()
    gc.freeze()
    _give_back()


def _give_back() -> None:
    """Let large pieces of memory go back when they are freed.

    A password is tested in some twenty MB. Left to itself glibc takes the first such piece for the measure of what it
    keeps for later, in each thread's own arena. Where the C library is another one there is nothing to set.
    """
    with contextlib.suppress(AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, MAPPED_FROM_BYTES)
        library.mallopt(M_ARENA_MAX, ARENAS)


def _options(port: int) -> dict[str, Any]:
    return {
        "bind": f"{HOST}:{port}",
        "workers": WORKERS,
        "worker_class": "gthread",
        "threads": THREADS,
        "umask": OWNER_ONLY,
        "graceful_timeout": 5,
        "loglevel": "warning",
        "logger_class": ServerLog,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",  # what a web server of ours says is read in web/proxies.py, and nowhere else
        "when_ready": lambda _server: click.echo(f"Throughcare is served on http://{HOST}:{port}/ (Ctrl-C ends it)"),
    }
