"""Signed checkpoints as the commands make them, and the verification of an exported record without a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from app.models.audit import AuditChain, AuditCheckpoint, AuditEntry
from app.services import checkpoints, notes, unit_of_work
from app.services.notes import NewNote
from tests.factories.world import A_DAY, World
from tests.security.relations import above

NOTE = NewNote("T", "She wants to rest.", A_DAY)
ENTRY, CHAIN, KEPT = AuditEntry.__table__, AuditChain.__table__, AuditCheckpoint.__table__
LONGEST = select(CHAIN.c.number).order_by(CHAIN.c.length.desc(), CHAIN.c.number).limit(1)
FREE = {"sqlite": "DROP TRIGGER audit_entry_no_delete", "postgresql": "ALTER TABLE audit_entry DISABLE TRIGGER USER"}


def _run(world: World, *command: str) -> Result:
    return world.app().test_cli_runner().invoke(args=["audit", *command])


@pytest.fixture
def worked(world: World) -> World:
    """A world with a key, in which enough has been done for a chain of two."""
    assert _run(world, "keys").exit_code == 0
    case_id = world.with_advocate()
    for _ in range(30):
        notes.add_note(world.actor("advocate"), case_id, NOTE)
    return world


def _cut(world: World) -> None:
    """The last entry of the longest chain, and the head set back to the one before."""
    with above(world).begin() as connection:
        connection.exec_driver_sql(FREE[connection.dialect.name])
        number = connection.execute(LONGEST).scalar_one()
        mine = ENTRY.c.chain == number
        length = connection.execute(select(func.max(ENTRY.c.position)).where(mine)).scalar_one()
        connection.execute(delete(ENTRY).where(mine, ENTRY.c.position == length))
        head = connection.execute(select(ENTRY.c.digest).where(mine, ENTRY.c.position == length - 1)).scalar_one()
        connection.execute(update(CHAIN).where(CHAIN.c.number == number).values(length=length - 1, head=head))


def _given(world: World) -> list[str]:
    settings = world.settings
    public = settings.signing_key.with_suffix(".pub.pem")
    return ["--checkpoints", str(settings.checkpoints), "--public-key", str(public)]


def _offline(world: World, export: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app.audit_verify", str(export), *_given(world)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_record_is_whole_against_its_checkpoints_online_and_without_a_database(worked: World, tmp_path: Path) -> None:
    made = [_run(worked, "checkpoint").exit_code for _ in range(2)]
    exported = _run(worked, "export", str(tmp_path / "record.jsonl"))

    online, offline = _run(worked, "verify", *_given(worked)), _offline(worked, tmp_path / "record.jsonl")

    assert (made, exported.exit_code) == ([0, 0], 0)
    assert (online.exit_code, offline.returncode, offline.stdout) == (0, 0, online.output)
    assert online.output.endswith("VERDICT: WHOLE\n")
    assert "of the 0 entries after it" in online.output


def test_a_cut_end_is_shortened_since_the_checkpoint_and_whole_without(worked: World, tmp_path: Path) -> None:
    _run(worked, "checkpoint")
    _cut(worked)
    _run(worked, "export", str(tmp_path / "record.jsonl"))

    without, online = _run(worked, "verify"), _run(worked, "verify", *_given(worked))

    assert (without.exit_code, "cannot be seen" in without.output) == (0, True)
    assert (online.exit_code, "since the checkpoint of" in online.output) == (1, True)
    assert online.output.endswith("VERDICT: SHORTENED\n")
    assert _offline(worked, tmp_path / "record.jsonl").stdout == online.output


def test_what_came_after_the_last_checkpoint_is_the_window_that_is_stated(worked: World) -> None:
    _run(worked, "checkpoint")
    notes.add_note(worked.actor("advocate"), worked.with_advocate(), NOTE)

    found = _run(worked, "verify", *_given(worked))

    assert found.exit_code == 0
    assert "of the 4 entries after it a cut end could not be seen" in found.output


def test_a_checkpoint_is_due_after_minutes_only_where_something_happened(worked: World) -> None:
    places = checkpoints.Places(worked.settings.signing_key, worked.settings.checkpoints)
    unit_of_work.bind(worked.database)

    first, second = checkpoints.take_if_due(places), checkpoints.take_if_due(places)

    assert (first is not None, second) == (True, None)


def test_the_application_can_neither_change_nor_take_away_what_is_recorded(worked: World) -> None:
    _run(worked, "checkpoint")

    for_nothing = [
        _refused(worked, statement)
        for table in ("audit_entry", "audit_checkpoint")
        for statement in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}")  # noqa: S608
    ]

    assert for_nothing == [True] * 4


def _refused(world: World, statement: str) -> bool:
    with world.database.engine.connect() as connection, pytest.raises(DatabaseError, match="append only|denied"):
        connection.execute(text(statement))
    return True


def test_without_a_key_no_checkpoint_is_made_and_it_is_said(world: World) -> None:
    done = _run(world, "checkpoint")

    assert (done.exit_code, "holds no key for checkpoints" in done.output) == (1, True)
    assert not world.settings.checkpoints.exists()


def test_a_file_that_is_no_key_or_no_record_is_not_taken_for_a_whole_one(worked: World, tmp_path: Path) -> None:
    _run(worked, "checkpoint")
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "rubbish.jsonl").write_text("{}\n")

    assert _offline(worked, tmp_path / "rubbish.jsonl").returncode == 2
    assert _offline(worked, tmp_path / "empty.jsonl").stdout.endswith("VERDICT: SHORTENED\n")
    assert _run(worked, "verify", "--checkpoints", str(tmp_path / "empty.jsonl")).exit_code == 2
