"""The record of acts: written with the act or not at all, and whoever changes it is found out, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import ProgrammingError

from app.errors import Unavailable, Unmet
from app.models.audit import AuditChain, AuditEntry
from app.models.help import Note
from app.services import auditing, notes, unit_of_work
from app.services.notes import NewNote
from tests.factories.world import A_DAY, World
from tests.security.relations import above

NOTE = NewNote("T", "She wants to rest.", A_DAY)
SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}
ENTRY, CHAIN = AuditEntry.__table__, AuditChain.__table__
FIRST_OF_LONGEST = select(CHAIN.c.number).order_by(CHAIN.c.length.desc()).limit(1).scalar_subquery()
ON_LONGEST = ENTRY.c.chain == FIRST_OF_LONGEST
LAST = ENTRY.c.position == select(func.max(CHAIN.c.length)).scalar_subquery()

TAMPERINGS = {
    "an act is called another": (
        update(ENTRY).where(ON_LONGEST, ENTRY.c.position == 1).values(action="x:y"),
        "altered",
    ),
    "it is laid to another member": (
        update(ENTRY).where(ON_LONGEST, ENTRY.c.position == 2).values(member_id=None, agency_id=None, detail="{}"),
        "altered",
    ),
    "what was looked at is emptied": (update(ENTRY).where(ON_LONGEST, LAST).values(detail='{"x":1}'), "altered"),
    "an act is taken out of the middle": (delete(ENTRY).where(ON_LONGEST, ENTRY.c.position == 2), "missing"),
    "the end is cut off": (delete(ENTRY).where(ON_LONGEST, LAST), "head"),
    "the head is set back": (update(CHAIN).where(CHAIN.c.number == FIRST_OF_LONGEST).values(length=0, head=""), "head"),
}
GUARDS = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'",
    "postgresql": "SELECT 'ALTER TABLE audit_entry DISABLE TRIGGER USER'",
}


@pytest.fixture
def worked(world: World) -> World:
    """A world in which enough has been done for a chain of three."""
    case_id = world.with_advocate()
    for _ in range(40):
        notes.add_note(world.actor("advocate"), case_id, NOTE)
    return world


def _tamper(world: World, statement: object) -> int:
    """Change the record as one who owns the database: above row security, and past what forbids it."""
    with above(world).begin() as connection:
        for drop in connection.exec_driver_sql(GUARDS[connection.dialect.name]).scalars().all():
            connection.exec_driver_sql(drop)
        return connection.execute(statement).rowcount  # type: ignore[call-overload, no-any-return]


def _faults(world: World) -> list[str]:
    unit_of_work.bind(world.database)
    return [verdict.fault for verdict in auditing.verify_all() if verdict.fault]


def test_what_nobody_has_touched_is_whole(worked: World) -> None:
    done = worked.app().test_cli_runner().invoke(args=["audit", "verify"])

    assert _faults(worked) == []
    assert (done.exit_code, done.output.count("whole")) == (0, 16)


@pytest.mark.parametrize(("statement", "said"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_record_that_was_changed_is_found_and_the_command_ends_with_one(
    worked: World, statement: object, said: str
) -> None:
    changed = _tamper(worked, statement)

    done = worked.app().test_cli_runner().invoke(args=["audit", "verify"])

    assert changed == 1
    assert [said in fault for fault in _faults(worked)] == [True]
    assert (done.exit_code, said in done.output) == (1, True)


def _written(world: World, what: Callable[[], object]) -> int:
    counted = select(func.count()).select_from(AuditEntry)
    with above(world).connect() as connection:
        before = connection.execute(counted).scalar_one()
    what()
    with above(world).connect() as connection:
        return int(connection.execute(counted).scalar_one() - before)


def test_an_act_leaves_one_entry_and_a_refused_one_none(world: World) -> None:
    case_id = world.with_advocate()

    def refused() -> None:
        with pytest.raises(Unmet):
            world.step("investigator", case_id, "identification", "screen", **SCREENED | {"private": False})

    assert _written(world, lambda: notes.add_note(world.actor("advocate"), case_id, NOTE)) == 1
    assert _written(world, refused) == 0


def test_a_use_case_that_forgets_its_entry_keeps_nothing(world: World) -> None:
    case_id = world.with_advocate()

    notes.add_note(world.actor("advocate"), case_id, NOTE)

    with world.database.write(world.actor("advocate")) as work:
        changed = work.change(update(Note).where(Note.case_id == case_id).values(sensitivity="N"))
        with pytest.raises(RuntimeError, match="must be audited"):
            work.commit()

    with above(world).connect() as connection:
        assert (changed, connection.execute(select(Note.sensitivity)).scalars().all()) == (1, ["T"])


def test_where_nothing_can_be_written_down_nothing_is_done(world: World) -> None:
    case_id = world.with_advocate()
    with above(world).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_chain RENAME TO audit_chain_away")

    with pytest.raises((Unavailable, ProgrammingError)):
        notes.add_note(world.actor("advocate"), case_id, NOTE)

    with above(world).connect() as connection:
        assert connection.execute(select(func.count()).select_from(Note)).scalar_one() == 0
