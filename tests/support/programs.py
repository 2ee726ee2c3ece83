"""Programs that the tests start and end: whether one answers, whether all of it is gone."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable

HOST = "127.0.0.1"


def is_served(port: int) -> bool:
    """Whether something listens on the port."""
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=2):
        return True
    return False


def falls_silent(port: int, seconds: float) -> bool:
    """Wait until nothing listens on the port any more; whether that came to pass in time."""
    return _comes_true(lambda: not is_served(port), seconds)


def starts_serving(port: int, seconds: float) -> bool:
    """Wait until something listens on the port; whether that came to pass in time."""
    return _comes_true(lambda: is_served(port), seconds)


def group_is_gone(group: int, seconds: float) -> bool:
    """Wait until no process of the group lives; whether that came to pass in time."""
    return _comes_true(lambda: not _group_lives(group), seconds)


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _comes_true(question: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.05)
    return question()
