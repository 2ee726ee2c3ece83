"""The application as it is attacked: served over the network, on a copy of a database that is put back again."""

from __future__ import annotations

import re
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from app.factory import create_app
from app.services.unit_of_work import Parts
from config import Settings
from tests.support.served import served

HELD_BACK = Parts(
    tries_are_held_up=False,
    reading_is_limited=False,
    acts_once=False,
    row_version_is_checked=False,
    step_up=frozenset(),
)
"""What would refuse a form that comes a thousand times before it reaches a statement. The token is left out too."""
MALFORMED = re.compile(r"syntax error|unrecognized token|no such column|unterminated|does not exist", re.IGNORECASE)


@dataclass
class Ground:
    """One served application: how often it answered what, and statements that the database could not read."""

    app: Flask
    address: str = ""
    answers: Counter[int] = field(default_factory=Counter)
    malformed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.app.config |= {"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False}
        self.app.wsgi_app = _counting(self.app.wsgi_app, self.count)  # type: ignore[method-assign]
        event.listen(self.app.extensions["database"].engine, "handle_error", self.note)

    def count(self, status: str) -> None:
        """Count an answer."""
        with self.lock:
            self.answers[int(status[:3])] += 1

    def note(self, context: ExceptionContext) -> None:
        """Keep a statement that is no SQL: what was typed has become part of it."""
        if MALFORMED.search(str(context.original_exception)):
            self.malformed.append(f"{context.original_exception}: {context.statement}")

    def put_back(self, kept: Path) -> None:
        """The database as it was kept."""
        engine = self.app.extensions["database"].engine
        engine.dispose()
        file = Path(engine.url.database)
        for beside in ("-wal", "-shm"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
        shutil.copy(kept, file)


@contextmanager
def ground_of(app: Flask) -> Iterator[Ground]:
    """Serve an application to be attacked."""
    ground = Ground(app)
    with served(app) as ground.address:
        yield ground


def long_lived(settings: Settings) -> Settings:
    """The settings with sessions that outlive the attack, and a log of faults alone."""
    return replace(settings, idle_minutes=600, sealed_idle_minutes=600, longest_hours=24, log_level="error")


@contextmanager
def embedded_ground(settings: Settings, folder: Path) -> Iterator[Ground]:
    """One on a file of its own in a folder, empty until a kept one is put there."""
    address = f"sqlite:///{folder / 'attacked.db'}"
    app = create_app(replace(long_lived(settings), database_url=address, owner_url=address), HELD_BACK)
    try:
        with ground_of(app) as ground:
            yield ground
    finally:
        app.extensions["database"].engine.dispose()


def _counting(inner: Any, count: Callable[[str], None]) -> Callable[[Any, Any], Iterable[bytes]]:
    def answer(environ: Any, start: Any) -> Iterable[bytes]:
        def begin(status: str, *more: Any) -> Any:
            count(status)
            return start(status, *more)

        answered: Iterable[bytes] = inner(environ, begin)
        return answered

    return answer
