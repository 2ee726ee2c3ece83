"""Words that only a case holds lie in no file: not of the database, its log of changes, its dump, nor of the server."""

from __future__ import annotations

import os
import random
import string
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from app.services import documents, notes, unit_of_work
from app.services.documents import NewDocument
from app.services.notes import NewNote
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World
from tests.security.relations import above
from tests.support.postgres import programs
from tests.support.promises import scaled, tell

AT_ONCE = 1 << 22
OVERLAP = 64
SHOWN = 30
"""Pages of cases that are opened besides: who opens more in an hour is stopped."""


@dataclass
class Searched:
    """Where the canaries were looked for."""

    world: World
    folder: Path
    words: set[str] = field(default_factory=set)
    bytes_read: int = 0

    @property
    def database(self) -> str:
        """How the promises call it."""
        return "PostgreSQL" if self.world.database.is_postgresql else "SQLite"

    def fill(self, number: int) -> list[UUID]:
        """Cases whose every word is a canary of its own."""
        return [self._case() for _ in range(number)]

    def _case(self) -> UUID:
        name, phone, story, note, paper = (self._word() for _ in range(5))
        told = {"family_name": name, "contact_detail": f"+383 {phone}", "noticed": f"Came from {story}."}
        case_id = self.world.with_advocate(**told)
        unit_of_work.bind(self.world.database)
        actor = self.world.actor("advocate")
        notes.add_note(actor, case_id, NewNote("T", f"Calls herself {note}.", A_DAY))
        documents.add(actor, case_id, NewDocument(paper.encode(), f"{paper}.txt", "statement", paper), 1000)
        return case_id

    def _word(self) -> str:
        chosen = random.SystemRandom()
        word = "Zog" + "".join(chosen.choice(string.ascii_lowercase) for _ in range(12))
        self.words.add(word)
        return word

    def found(self) -> set[str]:
        """The names of the files in which a canary stands."""
        return {path.name for path in self._files() if self._holds(path)}

    def _files(self) -> Iterator[Path]:
        settle(self.world)
        yield from (path for path in self.folder.rglob("*") if path.is_file())
        if self.world.database.is_postgresql:
            dump = self.folder / "dump.sql"
            _dump(self.world, dump)
            yield dump
            yield from _files_of_cluster(self.world)

    def _holds(self, path: Path) -> bool:
        """Read in parts that overlap; a word may stand there plain, in two-byte signs or in hex."""
        before = b""
        with path.open("rb") as file:
            while part := file.read(AT_ONCE):
                self.bytes_read += len(part)
                if _may_hold(before + part) and any(one in before + part for one in self._written()):
                    return True
                before = part[-OVERLAP:]
        return False

    def _written(self) -> list[bytes]:
        return [form for word in self.words for form in (word.encode(), word.encode("utf-16-le"), _hex(word))]


def _hex(word: str) -> bytes:
    return word.encode().hex().encode()


def _may_hold(part: bytes) -> bool:
    return any(one in part for one in (b"Zog", "Zog".encode("utf-16-le"), _hex("Zog")))


def settle(world: World) -> None:
    """Everything from memory to the files."""
    with above(world).connect() as connection:
        connection.execute(text("CHECKPOINT" if world.database.is_postgresql else "PRAGMA wal_checkpoint(PASSIVE)"))
        connection.commit()


def _dump(world: World, path: Path) -> None:
    url = above(world).url
    told = [
        programs() / "pg_dump",
        "--host",
        url.host,
        "--port",
        str(url.port),
        "--username",
        url.username,
        "--file",
        path,
    ]
    environment = os.environ | {"PGPASSWORD": url.password or ""}
    subprocess.run([*map(str, told), str(url.database)], check=True, env=environment)


def _files_of_cluster(world: World) -> Iterator[Path]:
    """The files of this database, the log of changes of all, and what the server wrote down."""
    with above(world).connect() as connection:
        data = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    folders = (data / "base" / str(number), data / "pg_wal")
    yield from (path for folder in folders for path in folder.rglob("*") if path.is_file())
    yield data.parent / "server.log"


@pytest.fixture
def searched(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Searched:
    """A world whose temporary files lie in the folder of the test, as SQLite's own do."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return Searched(world, tmp_path)


@pytest.mark.promise("T4.1")
def test_no_word_of_a_case_lies_in_any_file(
    searched: Searched, reader: Readers, caplog: pytest.LogCaptureFixture
) -> None:
    case_ids, visitor = searched.fill(scaled(3, 2_000)), reader("advocate")
    shown = [visitor.get(f"/cases/{case_id}").text for case_id in case_ids[:SHOWN]]

    assert sum(word in page for page in shown for word in searched.words) >= len(shown)
    assert searched.found() == set()
    assert [word for word in searched.words if word in caplog.text] == []

    figure = f"{len(case_ids):,} cases, {len(searched.words):,} canaries, {searched.bytes_read:,} bytes, 0 hits"
    tell("T4.1", searched.database, figure)


@pytest.mark.promise("T4.1")
def test_a_word_that_was_not_sealed_is_found_in_the_files(searched: Searched) -> None:
    searched.fill(1)
    word = next(iter(searched.words)).encode()

    with above(searched.world).begin() as connection:
        connection.execute(text("UPDATE client_record SET identity = :word"), {"word": word})

    assert len(searched.found()) >= 1
