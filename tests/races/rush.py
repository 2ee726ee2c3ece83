"""Twenty clerks at five beds: people who are expected, and a rush of admissions, each on a connection of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, func, select, text, update

from app.errors import Conflict, Unavailable, Unmet
from app.models.placement import Stay, StayKey
from app.models.workflow import WorkflowRun
from app.security.actor import Actor
from app.security.keyring import load_keyring
from app.services import unit_of_work
from app.services.unit_of_work import Database, Parts, make_engine
from app.services.workflow_runner import StepRequest, take_step
from tests.factories.placed import HOUSE, Places
from tests.factories.world import A_DAY, Template, World, made_world

CLERKS = 20
BEDS = ("1A", "1B", "1C", "2A", "2B")
STAY, STAY_KEY, RUN = Stay.__table__, StayKey.__table__, WorkflowRun.__table__


@dataclass
class Tally:
    """What came of all rounds: admissions, beds with more than one person, people without a bed, other faults."""

    admitted: int = 0
    overbooked: int = 0
    turned_away: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Rush:
    """A house with as many people expected as there are clerks."""

    database: Database
    owner: Engine
    clerk: Actor
    cases: list[UUID]
    beds: list[UUID]
    states: dict[str, str]
    tally: Tally = field(default_factory=Tally)

    def rounds(self, number: int, *, until_overbooked: bool = False) -> Tally:
        """Play rounds; each begins with an empty house."""
        for seed in range(number):
            self._round(seed)
            if until_overbooked and self.tally.overbooked:
                break
        return self.tally

    def drop_the_promise(self) -> None:
        """Take away what forbids two in one bed."""
        with self.owner.begin() as connection:
            for statement in _WITHOUT[connection.dialect.name]:
                connection.execute(text(statement))

    def _round(self, seed: int) -> None:
        with self.owner.begin() as connection:
            self._empty(connection)
        start = Barrier(CLERKS)
        with ThreadPoolExecutor(CLERKS) as clerks:
            found = list(clerks.map(lambda number: self._admit(number, seed, start), range(CLERKS)))
        self.tally.admitted += found.count("admitted")
        self.tally.turned_away += found.count("turned away")
        with self.owner.connect() as connection:
            in_one_bed = select(func.count()).where(STAY.c.left_on.is_(None)).group_by(STAY.c.bed_id)
            self.tally.overbooked += sum(1 for count in connection.execute(in_one_bed).scalars() if count > 1)

    def _admit(self, number: int, seed: int, start: Barrier) -> str:
        """One clerk: tries bed after bed that she sees free until one is given."""
        unit_of_work.bind(self.database)
        beds = random.Random(f"{seed}.{number}").sample(self.beds, len(self.beds))  # noqa: S311 - a test's own order
        start.wait()
        for bed in beds:
            if self._is_seen_taken(bed):
                continue
            request = StepRequest(self.cases[number], "shelter", "admit", {**HOUSE, "bed": str(bed)}, A_DAY)
            try:
                take_step(self.clerk, request)
                return "admitted"
            except (Unmet, Conflict):
                continue
            except Unavailable as fault:
                self.tally.faults.append(f"{type(fault).__name__}: {fault.__context__!r}")
        return "turned away"

    def _is_seen_taken(self, bed: UUID) -> bool:
        """What the board shows at the moment that she looks."""
        with self.database.read(self.clerk) as work:
            there = select(STAY.c.id).where(STAY.c.bed_id == bed, STAY.c.left_on.is_(None)).limit(1)
            return work.session.connection().execute(there).first() is not None

    def _empty(self, connection: Connection) -> None:
        connection.execute(delete(STAY_KEY))
        connection.execute(delete(STAY))
        connection.execute(update(RUN).where(RUN.c.case_id.in_(self.cases)).values(states=self.states))


_WITHOUT: dict[str, list[str]] = {
    "postgresql": ["ALTER TABLE stay DROP CONSTRAINT stay_one_a_bed"],
    "sqlite": ["DROP TRIGGER stay_one_a_bed_insert", "DROP TRIGGER stay_one_a_bed_update"],
}


@contextmanager
def rush(template: Template, folder: Path, **parts: Any) -> Iterator[Rush]:
    """Bring as many people as there are clerks to where they are expected, through the services."""
    with made_world(template, folder) as world:
        places = Places(world)
        cases = [_expected(places) for _ in range(CLERKS)]
        beds = [places.bed(name) for name in BEDS]
        clerk = world.actor("shelter.coordinator")
        keyring = load_keyring(world.settings.key_file)
        database = Database(world.settings.database_url, keyring, Parts(**parts), pool_size=CLERKS)
        owner = make_engine(world.owner_url.replace("postgresql://", "postgresql+psycopg://"))
        try:
            yield Rush(database, owner, clerk, cases, beds, _states(world, cases[0]))
        finally:
            database.engine.dispose()
            owner.dispose()


def _expected(places: Places) -> UUID:
    case_id = places.client()
    places.ask(case_id)
    places.expect(case_id)
    return case_id


def _states(world: World, case_id: UUID) -> dict[str, str]:
    with world.database.read(world.actor("advocate")) as work:
        found = work.session.execute(select(WorkflowRun.states).where(WorkflowRun.case_id == case_id))
        return dict(found.scalar_one())
