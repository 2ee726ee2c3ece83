"""Programs that the tests start and end: whether one answers, whether all of it is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 180, 60


@contextlib.contextmanager
def started_application(instance: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run `flask start` in a process group of its own, wait until it serves, end it as Ctrl-C would."""
    process = start(instance, port, environment)
    try:
        if not starts_serving(port, START_SECONDS, process):
            process.kill()
            raise RuntimeError(f"The application did not start:\n{process.communicate()[0]}")
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)


def start(instance: Path, port: int | str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Run `flask start` over the data in a folder, output and errors in one pipe."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "start"],
        cwd=ROOT,
        env={**kept, "INSTANCE": str(instance), "PORT": str(port), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def is_served(port: int) -> bool:
    """Whether something listens on the port."""
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=2):
        return True
    return False


def falls_silent(port: int, seconds: float) -> bool:
    """Wait until nothing listens on the port any more; whether that came to pass in time."""
    return _comes_true(lambda: not is_served(port), seconds)


def starts_serving(port: int, seconds: float, process: subprocess.Popen[str]) -> bool:
    """Wait until the process listens on the port; whether that came to pass in time and it still lives."""
    _comes_true(lambda: is_served(port) or process.poll() is not None, seconds)
    return process.poll() is None and is_served(port)


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
