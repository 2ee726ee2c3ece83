"""Documents on a case: put there, opened as files by who may read them, taken off; what does harm is refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from app.errors import NotFound
from app.models.document import CaseDocument
from app.services import documents, unit_of_work
from app.services.documents import NewDocument
from app.services.unit_of_work import Parts
from app.services.viewing import view
from tests.factories.reading import Readers
from tests.factories.world import Template, World
from tests.security.relations import above
from tests.support import files
from tests.support.client import Visitor
from tests.support.promises import tell

ADVOCATE, SUPERVISOR = "advocate", "advocacy.supervisor"
NAME = "Arta në shtëpi.JPG"


def _put(visitor: Visitor, case_id: UUID, content: bytes, status: int = 200, kind: str = "portrait") -> object:
    page = visitor.get(f"/cases/{case_id}/documents/new")
    sent = (BytesIO(content), NAME)
    return visitor.submit(page, "Keep the document", status=status, document=sent, kind=kind, about="With her sister")


def _rows(world: World) -> list[CaseDocument]:
    table = CaseDocument.__table__
    with above(world).connect() as connection:
        return list(connection.execute(select(table).order_by(table.c.recorded_at)))  # type: ignore[arg-type]


def test_a_picture_is_put_on_a_case_and_comes_back_as_a_file_of_points(world: World, reader: Readers) -> None:
    case_id, visitor = world.with_advocate(), reader(ADVOCATE)
    visitor.get(visitor.get(f"/cases/{case_id}").links["Documents"])

    _put(visitor, case_id, files.with_position())

    page = visitor.get(f"/cases/{case_id}/documents")
    assert "With her sister" in page.text
    answer = visitor.download(page.links["Arta në shtëpi.jpg"])
    with Image.open(BytesIO(answer.data)) as seen:
        assert dict(seen.getexif()) == {}
    told = {
        name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
    }
    assert list(told.values()) == ["image/jpeg", "nosniff", "sandbox; default-src 'none'"]
    named = "attachment; filename=document.jpg; filename*=UTF-8''Arta%20n%C3%AB%20sht%C3%ABpi.jpg"
    assert answer.headers["Content-Disposition"] == named


def test_each_look_and_each_act_is_written_down_without_a_name(world: World, reader: Readers) -> None:
    case_id, visitor = world.with_advocate(), reader(ADVOCATE)
    _put(visitor, case_id, files.picture())

    visitor.download(visitor.get(f"/cases/{case_id}/documents").links["Arta në shtëpi.jpg"])

    entries = [reader.entries(f"document:{act}") for act in ("added", "listed", "opened")]
    assert [len(one) for one in entries] == [1, 2, 1]
    assert str(_rows(world)[0].id) in entries[2][0]
    assert "Arta" not in str(entries)


def test_name_words_and_bytes_are_sealed(world: World, reader: Readers) -> None:
    case_id = world.with_advocate()
    _put(reader(ADVOCATE), case_id, "Vlerësim i fshehtë".encode(), kind="needs_paper")

    (row,) = _rows(world)

    written = b"|".join(one if isinstance(one, bytes) else str(one).encode() for one in row)  # type: ignore[attr-defined]
    assert [one for one in ("fshehtë", "Arta", "sister") if one.encode() in written] == []
    assert (row.format, row.sensitivity, row.size) == ("text", "N", 20)


def test_a_kind_that_a_role_does_not_read_shows_neither_name_nor_kind(world: World, reader: Readers) -> None:
    case_id = world.with_advocate()
    _put(reader(ADVOCATE), case_id, files.pdf(), kind="court_paper")
    (row,) = _rows(world)
    supervisor = reader(SUPERVISOR)

    page = supervisor.get(f"/cases/{case_id}/documents")

    assert "Not open to your role" in page.text
    assert [word for word in ("Arta", "court", "sister") if word in page.text] == []
    supervisor.download(f"/cases/{case_id}/documents/{row.id}", status=404)


def test_another_agency_finds_no_document_and_the_sender_none_after_it_handed_the_case_over(
    world: World, reader: Readers
) -> None:
    case_id = world.with_advocate()
    _put(reader(ADVOCATE), case_id, files.pdf(), kind="needs_paper")
    (row,) = _rows(world)

    reader("social.worker").download(f"/cases/{case_id}/documents/{row.id}", status=404)
    reader("social.worker").get(f"/cases/{case_id}/documents", status=404)


def test_who_put_it_there_takes_it_off_and_nothing_sealed_stays(world: World, reader: Readers) -> None:
    case_id, visitor = world.with_advocate(), reader(ADVOCATE)
    _put(visitor, case_id, files.picture())
    address = visitor.get(f"/cases/{case_id}/documents").links["Arta në shtëpi.jpg"]
    asked = visitor.get(f"{address}/remove")

    page = visitor.submit(asked, "Take it off")

    (row,) = _rows(world)
    assert (row.content, row.details, row.removed_by_id) == (None, None, world.actor(ADVOCATE).member_id)
    assert "Taken off" in page.text
    visitor.download(address, status=404)
    visitor.get(f"{address}/remove", status=404)


def test_nobody_takes_off_what_another_put_there(world: World) -> None:
    case_id = world.with_advocate()
    unit_of_work.bind(world.database)
    new = NewDocument(b"hello", "a.txt", "statement")
    made = documents.add(world.actor(ADVOCATE), case_id, new, 100)

    with pytest.raises(NotFound):
        documents.remove(world.actor("investigator"), case_id, UUID(made["document_id"]))

    seen = view(world.actor("investigator"), "document:listed", documents.shelf, case_id=case_id)
    assert [(one.name, one.is_own) for one in seen.documents] == [("a.txt", False)]


def test_the_same_form_sent_twice_keeps_one_document(world: World, reader: Readers) -> None:
    case_id, visitor = world.with_advocate(), reader(ADVOCATE)
    page = visitor.get(f"/cases/{case_id}/documents/new")

    visitor.submit(page, "Keep the document", document=(BytesIO(b"hello"), "a.txt"), kind="statement")
    visitor.submit(page, "Keep the document", document=(BytesIO(b"hello"), "a.txt"), kind="statement")

    assert len(_rows(world)) == 1


def test_what_was_typed_stays_when_the_file_is_refused_and_no_file_is_a_fault_at_its_field(
    world: World, reader: Readers
) -> None:
    case_id, visitor = world.with_advocate(), reader(ADVOCATE)

    page = _put(visitor, case_id, files.archive(), status=422)

    assert page.errors == ["The file: Choose a JPEG, PNG or WebP picture, a PDF or a plain text"]  # type: ignore[attr-defined]
    assert page.form("Keep the document").controls[-1]["value"] == "With her sister"  # type: ignore[attr-defined]
    empty = visitor.submit(visitor.get(f"/cases/{case_id}/documents/new"), "Keep the document", 422, kind="portrait")
    assert "The file: Choose a file" in empty.errors


def _refused(world: World) -> dict[str, str]:
    """By file that does harm: what the service answers."""
    case_id = world.with_advocate()
    unit_of_work.bind(world.database)
    return {name: _answer(world, case_id, content) for name, (_, content) in files.BAD.items()}


def _answer(world: World, case_id: UUID, content: bytes) -> str:
    try:
        documents.add(world.actor(ADVOCATE), case_id, NewDocument(content, "a.pdf", "statement"), 2 * 1024 * 1024)
    except documents.Invalid as refusal:
        return refusal.fields["document"]
    return "kept"


@pytest.mark.promise("T8.3")
def test_no_file_of_the_corpus_is_kept_and_no_picture_keeps_its_position(world: World, reader: Readers) -> None:
    refused = _refused(world)
    kept = {name: documents.take_in(content).content for name, (_, content) in files.GOOD.items()}

    assert refused == {name: reason for name, (reason, _) in files.BAD.items()}
    assert _rows(world) == []
    assert [name for name, content in kept.items() if files.MARK in content or b"GPS" in content] == []
    database = "PostgreSQL" if world.database.is_postgresql else "SQLite"
    tell("T8.3", database, f"{len(refused)} of {len(refused)} bad files refused, 0 of {len(kept)} keep a hidden part")


@pytest.mark.promise("T8.3")
def test_where_files_are_not_looked_at_the_corpus_is_kept(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    world = make_world(sqlite_template, Parts(files_are_checked=False))

    case_id, harmful = world.with_advocate(), [content for _, content in files.BAD.values() if content]
    unit_of_work.bind(world.database)

    answers = [_answer(world, case_id, content) for content in harmful]

    assert set(answers) == {"kept"}
    assert len(_rows(world)) == len(harmful)
