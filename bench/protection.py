"""python -m bench.protection: what need-to-know costs. The page of a case with and without what protects it.

Two countries on PostgreSQL beside each other: one as it is; in the other nobody signs who acts, no look is written
down, and nothing is sealed. The same page of the same case is asked for in turn, in one process, so that what else the
machine does meets both alike: once by one reader, who waits for each page, and once by four at a time, as a worker of
the server answers them. CPU is the application's; rates hold the database too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from app.demo import PASSWORD, stories
from app.demo.caseload import Story, person
from app.demo.setup import set_up
from app.factory import create_app
from app.security.actor import Actor
from app.security.keyring import load_keyring
from app.security.scoped_session import ScopedSession
from app.security.vault import Vault
from app.services import accounts, notes, unit_of_work
from app.services.notes import NewNote
from app.services.unit_of_work import Database, Parts
from bench.run import TODAY, Country, country
from config import Settings
from migrations.frozen.signed_context_0028 import READERS, UNSIGNED_CTX
from tests.support.factors import signed_in

NAME = "advocate"
NOTES = 60
READERS_AT_ONCE = 4
WARM_UP = 30
UNSIGNED = text("SELECT set_config('app.ctx', :context, true), clock_timestamp() AS stamp")


class Open(Vault):
    """Seals nothing: what is to be kept is kept as it is."""

    def wrap(self, key: bytes, owner_id: uuid.UUID, kind: str, holder_id: uuid.UUID) -> bytes:
        """The key itself."""
        return key

    def unwrap(self, wrapped: bytes, owner_id: uuid.UUID, kind: str, holder_id: uuid.UUID) -> bytes:
        """The key itself."""
        return wrapped

    def seal(self, key: bytes, value: Any, table: str, column: str, row_id: uuid.UUID) -> bytes:
        """The value as JSON."""
        return json.dumps(value, ensure_ascii=False).encode()

    def open(self, key: bytes, sealed: bytes, table: str, column: str, row_id: uuid.UUID) -> Any:
        """The value again."""
        return json.loads(sealed)


@dataclass
class Side:
    """One of the two: its application, and what its page took each time."""

    app: Flask
    clients: list[FlaskClient] = field(default_factory=list)
    path: str = ""
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Agencies, people and cases by the services; one case gets notes, and the advocate who has it signs in."""
        database: Database = self.app.extensions["database"]
        unit_of_work.bind(database)
        agencies = set_up()
        story = Story(agencies, TODAY, person("Arta", "Bytyqi", "1990-05-05"))
        case_id = stories.with_advocate(story, 20).case_id
        actor = accounts.load_actor(NAME)
        for number in range(NOTES):
            notes.add_note(
                actor, case_id, NewNote("T", f"Call {number}: she was told what comes next, and asked.", TODAY)
            )
        self.path = f"/cases/{case_id}"
        token = signed_in(database, NAME, PASSWORD)
        for _ in range(READERS_AT_ONCE):
            client = self.app.test_client()
            client.set_cookie("session", token)
            self.clients.append(client)

    def ask(self, times: int, readers: int) -> None:
        """Open the page so many times, by so many readers at once."""
        began, used = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(readers) as pool:
            list(pool.map(self._open, self.clients[:readers], [times // readers] * readers))
        self.seconds.append((time.perf_counter() - began) / times)
        self.cpu.append((time.process_time() - used) / times)

    def _open(self, client: FlaskClient, times: int) -> None:
        for _ in range(times):
            answer = client.get(self.path)
            assert answer.status_code == 200, answer.status_code


@contextmanager
def _side(*, is_protected: bool) -> Iterator[Side]:
    parts = Parts(reading_is_limited=False, is_recorded=is_protected)
    with country("postgresql") as where:
        app = create_app(Settings("demo", where.folder, where.app_url, where.app_url, where.key_file), parts)
        database: Database = app.extensions["database"]
        if not is_protected:
            _unsign(where)
            database.vault = Open(load_keyring(where.key_file))
            database.tell_context = _told  # type: ignore[method-assign]
        side = Side(app)
        side.begin()
        yield side
        database.engine.dispose()


def _unsign(where: Country) -> None:
    """The database believes whatever it is told, as it did before contexts were signed."""
    above = create_engine(where.superuser_url)
    with above.begin() as connection:
        for statement in (UNSIGNED_CTX, *(f"ALTER FUNCTION {name} PARALLEL SAFE" for name in READERS)):
            connection.exec_driver_sql(statement)
    above.dispose()


def _told(session: ScopedSession, actor: Actor) -> datetime:
    stamp: datetime = session.connection().execute(UNSIGNED, {"context": actor.context}).one().stamp
    return stamp


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    with ExitStack() as stack:
        protected, bare = (stack.enter_context(_side(is_protected=each)) for each in (True, False))
        print(f"page of a case with {NOTES} notes, {options.rounds * options.times} times each, medians of rounds")
        for readers in (1, READERS_AT_ONCE):
            for side in (protected, bare):
                side.ask(WARM_UP, readers)
                side.seconds.clear(), side.cpu.clear()
            for _ in range(options.rounds):
                protected.ask(options.times, readers)
                bare.ask(options.times, readers)
            _print(protected, bare, readers)


def _print(protected: Side, bare: Side, readers: int) -> None:
    print(f"| {readers} at once | ms | application's CPU, ms | pages a second |")
    print("|---|---|---|---|")
    for name, side in (("as it is", protected), ("unsigned, unrecorded, unsealed", bare)):
        each, cpu = statistics.median(side.seconds), statistics.median(side.cpu)
        print(f"| {name} | {each * 1000:.1f} | {cpu * 1000:.1f} | {1 / each:.1f} |")
    ratio = statistics.median(b / p for p, b in zip(protected.seconds, bare.seconds, strict=True))
    print(f"rate as it is, of the rate without: {ratio:.2f}")


if __name__ == "__main__":
    main()
