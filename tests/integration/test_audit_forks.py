"""Sixteen writers at once, some of whom roll back: no chain forks and none has a gap, for its head is locked last."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.models.audit import AuditEntry
from app.services import auditing, unit_of_work
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, World, made_world
from tests.races.storm import widened
from tests.security.relations import above
from tests.support.promises import scaled, tell

WRITERS = 16
SECONDS = scaled(5, 60)
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ENTRY = AuditEntry.__table__
AT_ONE_PLACE = select(func.count()).select_from(ENTRY).group_by(ENTRY.c.chain, ENTRY.c.position)


def _write_until(world: World, number: int, end: float) -> int:
    """One writer: a random twentieth of her acts is rolled back; gives how many were kept."""
    unit_of_work.bind(world.database)
    dice, actor, kept = random.Random(number), world.actor("advocate"), 0  # noqa: S311
    while time.monotonic() < end:
        with world.database.write(actor) as work:
            work.audit("test:written", number=number)
            if dice.random() < 0.05:
                work.append()
                work.session.rollback()
                continue
            work.commit()
            kept += 1
    return kept


def _storm(world: World, seconds: float) -> int:
    wide = widened(world, WRITERS)
    wide.actor("advocate")
    end = time.monotonic() + seconds
    write: Callable[[int], int] = lambda number: _write_until(wide, number, end)  # noqa: E731
    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, range(WRITERS)))


def _entries(world: World) -> int:
    with above(world).connect() as connection:
        return int(connection.execute(select(func.count()).select_from(ENTRY)).scalar_one())


def _forks(world: World) -> int:
    """Places of a chain at which more than one entry stands."""
    with above(world).connect() as connection:
        return sum(count > 1 for count in connection.execute(AT_ONE_PLACE).scalars())


@pytest.mark.promise("T5.2")
@pytest.mark.parametrize("kind", KINDS)
def test_sixteen_writers_make_no_fork_and_no_gap(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    with made_world(request.getfixturevalue(f"{kind}_template"), tmp_path) as world:
        before = _entries(world)

        kept = _storm(world, SECONDS)

        report = auditing.report()
        assert (_forks(world), [one.fault for one in report.verdicts if one.fault]) == (0, [])
        assert (_entries(world) - before, kept > WRITERS) == (kept, True)
    tell("T5.2", TITLES[kind], f"{WRITERS} writers, {SECONDS} s, {kept:,} entries: 0 forks, 0 gaps")


UNLOCKED = "SELECT replace(pg_get_functiondef('audit_append'::regproc), ' FOR UPDATE', '')"
LOOSE = {
    "postgresql": ("ALTER TABLE audit_entry DROP CONSTRAINT pk_audit_entry",),
    "sqlite": (
        "CREATE TABLE loose AS SELECT * FROM audit_entry",
        "DROP TABLE audit_entry",
        "ALTER TABLE loose RENAME TO audit_entry",
        "CREATE TRIGGER audit_entry_head AFTER INSERT ON audit_entry BEGIN UPDATE audit_chain"
        " SET length = NEW.position, head = NEW.digest WHERE number = NEW.chain; END",
    ),
}


def _unlock(world: World, kind: str) -> None:
    """Take away what holds the chain together: the lock on its head, and the key that would notice."""
    with above(world).begin() as connection:
        for statement in LOOSE[kind]:
            connection.exec_driver_sql(statement)
        if kind == "postgresql":
            connection.execute(text(connection.exec_driver_sql(UNLOCKED).scalar_one().replace(":", r"\:")))


@pytest.mark.promise("T5.2")
@pytest.mark.parametrize("kind", KINDS)
def test_without_the_lock_on_the_head_chains_fork(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    template: Template = request.getfixturevalue(f"{kind}_template")
    with made_world(template, tmp_path, Parts(head_is_locked=False)) as world:
        _unlock(world, kind)

        _storm(world, 2)

        unit_of_work.bind(world.database)
        assert _forks(world) > 0
        assert [one.fault for one in auditing.report().verdicts if one.fault] != []
