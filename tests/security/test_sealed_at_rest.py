"""Words that only a case holds stand nowhere in the database as it lies there, though a code beside them does."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from app.models import Base
from app.services import notes
from app.services.notes import NewNote
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, Template, World, made_world
from tests.security.relations import above

NAME = {"given_name": "Kanarinë", "family_name": "Zogjova"}
WORDS = ("Kanarin", "Zogjova", "987 654", "Kafazovc", "Fluturim")
CODE = "police_raid"


def _filled(world: World, reader: Readers) -> UUID:
    """A case with a name, a contact, a story and a note, which has been looked at and searched for."""
    told = {"contact_detail": f"+383 00 {WORDS[2]}", "noticed": f"Was brought from {WORDS[3]}."}
    case_id = world.with_advocate(**NAME, **told)
    notes.add_note(world.actor("advocate"), case_id, NewNote("T", f"At home she is called {WORDS[4]}.", A_DAY))
    visitor = reader("advocate")
    page = visitor.get(f"/cases/{case_id}")
    assert [word for word in WORDS[:3] if word not in page.text] == []
    visitor.submit(visitor.get("/cases/new"), "Search", **NAME)
    return case_id


def _tables_with(world: World, word: str) -> set[str]:
    """Every table in which a row, all of its columns written out, holds the word: as it is, or in bytes."""
    wanted, found = (word, word.encode().hex(), word.encode().hex().upper()), set()
    with above(world).connect() as connection:
        for table in Base.metadata.tables.values():
            rows = connection.execute(text(f"SELECT * FROM {table.name}")).all()  # noqa: S608 - ours
            if any(one in _written_out(row) for row in rows for one in wanted):
                found.add(table.name)
    return found


def _written_out(row: object) -> str:
    values = (bytes(one).hex() if isinstance(one, bytes | memoryview) else str(one) for one in tuple(row))  # type: ignore[arg-type]
    return "|".join(values)


def test_no_word_of_a_case_lies_in_any_row(world: World, reader: Readers) -> None:
    _filled(world, reader)

    assert {word: _tables_with(world, word) for word in WORDS} == {word: set() for word in WORDS}
    assert {"cases", "count_fact"} <= _tables_with(world, CODE)


def test_a_word_that_was_not_sealed_is_found(world: World, reader: Readers) -> None:
    case_id = _filled(world, reader)

    with above(world).begin() as connection:
        planted = {"word": WORDS[1].encode(), "case_id": case_id.hex if not world.database.is_postgresql else case_id}
        connection.execute(text("UPDATE client_record SET identity = :word WHERE case_id = :case_id"), planted)

    assert _tables_with(world, WORDS[1]) == {"client_record"}


def test_no_word_of_a_case_lies_in_the_embedded_databases_files(sqlite_template: Template, tmp_path: Path) -> None:
    with made_world(sqlite_template, tmp_path) as world:
        _filled(world, Readers(world, world.app()))
        content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())

    assert [word for word in WORDS if word.encode() in content] == []
    assert CODE.encode() in content
