"""Whether the record is whole, as the data protection officer verifies it from her page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from app.audit_verify import verify_chain
from app.models.audit import AuditChain, AuditEntry
from app.services import auditing, checkpoints, notes, unit_of_work
from app.services.checkpoints import Places
from app.services.notes import NewNote
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World
from tests.security.relations import above
from tests.support.page import Page

NOTE = NewNote("T", "She wants to rest.", A_DAY)
READER, PAGE, PRESS = "data.protection", "/oversight/record", "Verify the whole record"


@pytest.fixture
def places(world: World) -> Places:
    """A checkpoint of all that was written so far."""
    made = Places(world.settings.signing_key, world.settings.checkpoints)
    unit_of_work.bind(world.database)
    world.open_signal()
    checkpoints.make_keys(made)
    checkpoints.take(made)
    return made


def _main(page: Page) -> str:
    return str(page.root.all("main")[0].text)


FREE = {"sqlite": "DROP TRIGGER audit_entry_no_delete", "postgresql": "ALTER TABLE audit_entry DISABLE TRIGGER USER"}


def _cut(world: World) -> None:
    """A whole chain taken away, and what its head says of it, as who owns the database can."""
    begun = select(AuditEntry.chain).order_by(AuditEntry.at).limit(1)
    with above(world).begin() as connection:
        connection.exec_driver_sql(FREE[connection.dialect.name])
        number = connection.execute(begun).scalar_one()
        connection.execute(delete(AuditEntry).where(AuditEntry.chain == number))
        connection.execute(update(AuditChain).where(AuditChain.number == number).values(length=0, head=""))


def test_before_anything_was_verified_the_page_says_so(reader: Readers) -> None:
    said = _main(reader(READER).get(PAGE))

    assert "It was not verified here." in said
    assert "No checkpoint has been made yet." in said


def test_a_whole_record_is_said_to_be_whole_with_how_much_was_read(reader: Readers, places: Places) -> None:
    visitor = reader(READER)

    page = visitor.submit(visitor.get(PAGE), PRESS)

    written = checkpoints.take(places).entries
    assert "The record is whole." in page.text
    assert _cells(page, "checks")[0][1:] == ["Whole", str(written - 2), "3"]
    assert _cells(page, "checkpoints")[0][3] == "Right"


def _cells(page: Page, name: str) -> list[list[str]]:
    (table,) = page.root.all("table", where=lambda one: one["id"] == name)
    rows = [one for one in table.all("tr") if one.all("td")]
    return [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in rows]


def test_a_record_that_was_cut_is_said_to_be_shortened(reader: Readers, places: Places, world: World) -> None:
    visitor = reader(READER)
    page = visitor.get(PAGE)
    _cut(world)

    found = visitor.submit(page, PRESS)

    assert "The record is not whole: see below." in found.text
    assert _cells(found, "checks")[0][1].startswith("Shortened; chain")


def test_without_the_file_of_checkpoints_the_cut_is_not_seen_and_the_page_says_why(
    reader: Readers, places: Places, world: World
) -> None:
    visitor = reader(READER)
    page = visitor.get(PAGE)
    places.file.unlink()
    _cut(world)

    found = visitor.submit(page, PRESS)

    assert _cells(found, "checks")[0][1::2] == ["Whole", "no checkpoint was there: a cut end cannot be seen"]


def test_without_the_public_key_no_signature_is_called_right(reader: Readers, places: Places) -> None:
    places.public_key.unlink()

    assert _cells(reader(READER).get(PAGE), "checkpoints")[0][3] == "Not checked: the public key is not here"


def test_a_button_pressed_twice_verifies_once(reader: Readers, places: Places) -> None:
    visitor = reader(READER)
    form = visitor.get(PAGE).form(PRESS)

    _ = [visitor.send(form, form.as_it_stands()) for _ in range(2)]

    assert len(reader.entries("audit:verified")) == 1


@pytest.mark.parametrize("name", ["advocacy.supervisor", "administrator", "national.coordinator"])
def test_nobody_else_opens_her_pages(reader: Readers, name: str) -> None:
    visitor = reader(name)

    _ = [visitor.get(path, 403) for path in (PAGE, "/oversight/reading")]


def test_what_others_write_while_a_chain_is_read_is_no_fault(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unit_of_work.bind(world.database)
    case_id = world.open_signal()
    monkeypatch.setattr(unit_of_work._chance, "randrange", lambda _: 0)
    notes.add_note(world.actor("investigator"), case_id, NOTE)

    with auditing.chains() as found:
        read = next(found)
        notes.add_note(world.actor("investigator"), case_id, NOTE)
        verdict = verify_chain(read)
    with auditing.chains() as found:
        late = verify_chain(replace(next(found), length=read.length, head=read.head))

    assert (verdict.kind, verdict.entries) == ("whole", read.length)
    assert late.fault == "the head does not match the last entry"
