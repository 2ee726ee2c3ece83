"""A house before a rush: twenty people who want a bed in it, brought there by services and back again by rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, text, update

from app.clock import COUNTRY_ZONE
from app.models.case import CaseKey, CaseParty
from app.models.placement import Bed, BedHold, Stay, StayKey
from app.models.workflow import Referral, WorkflowRun
from app.security.actor import Actor
from app.security.keyring import load_keyring
from app.services.unit_of_work import Database, Parts, make_engine
from tests.factories.placed import Places
from tests.factories.world import Template, World, made_world

BEDS = ("1A", "1B", "1C", "2A", "2B")
EXPECTED, ASKED, RATED = 14, 3, 3
CLERKS = EXPECTED + ASKED + RATED
NOW = datetime(2014, 3, 3, 10, tzinfo=COUNTRY_ZONE)
STAY, STAY_KEY, HOLD = Stay.__table__, StayKey.__table__, BedHold.__table__
RUN, PARTY, KEY, REFERRAL = WorkflowRun.__table__, CaseParty.__table__, CaseKey.__table__, Referral.__table__
BED = Bed.__table__


def clock() -> datetime:
    """The morning on which it all happens."""
    return NOW


@dataclass(frozen=True)
class People:
    """The cases by how far they are: expected at the house, asked of it, rated and no more."""

    expected: list[UUID]
    asked: list[UUID]
    rated: list[UUID]

    @property
    def all(self) -> list[UUID]:
        """Every case."""
        return [*self.expected, *self.asked, *self.rated]

    def shuffled(self, dice: random.Random) -> People:
        """The same people in another order, in lists of their own."""
        return People(*(dice.sample(group, len(group)) for group in (self.expected, self.asked, self.rated)))


@dataclass
class House:
    """A house with twenty people before it, and how to bring it back to that morning."""

    database: Database
    database_to_lose: Database
    """The same through one connection of its own: when it is lost, no other is."""
    owner: Engine
    address: str
    key_file: Path
    clerk: Actor
    advocate: Actor
    people: People
    beds: list[UUID]
    referrals: dict[UUID, UUID]
    before: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def remember(self) -> None:
        """Keep the rows that a round changes as they are now."""
        with self.owner.connect() as connection:
            for table in (RUN, PARTY, KEY, REFERRAL):
                found = connection.execute(select(table).where(table.c.case_id.in_(self.people.all)))
                self.before[table.name] = [dict(row._mapping) for row in found]

    def begin(self, beds: list[UUID]) -> None:
        """An empty house with these beds in use, and everybody where she was on that morning."""
        with self.owner.begin() as connection:
            for table in (STAY_KEY, STAY, HOLD):
                connection.execute(delete(table))
            connection.execute(update(BED).where(BED.c.id.in_(self.beds)).values(is_active=BED.c.id.in_(beds)))
            self._put_back(connection)

    def _put_back(self, connection: Connection) -> None:
        states = update(RUN).where(RUN.c.case_id == bindparam("of")).values(states=bindparam("were"))
        connection.execute(states, [{"of": row["case_id"], "were": row["states"]} for row in self.before[RUN.name]])
        for table in (PARTY, KEY):
            connection.execute(delete(table).where(table.c.case_id.in_(self.people.all)))
            connection.execute(insert(table), self.before[table.name])
        values = {name: bindparam(name) for name in ("state", "decided_at", "decision")}
        again = update(REFERRAL).where(REFERRAL.c.id == bindparam("of")).values(**values)
        rows = [{"of": row["id"], **{name: row[name] for name in values}} for row in self.before[REFERRAL.name]]
        connection.execute(again, rows)

    def drop_the_promise(self) -> None:
        """Take away what forbids two in one bed."""
        self._change_database(_WITHOUT)

    def keep_what_is_released(self) -> None:
        """Let the database lose the release of a booking without a word."""
        self._change_database(_NEVER_RELEASED)

    def _change_database(self, statements: dict[str, list[str]]) -> None:
        with self.owner.begin() as connection:
            for statement in statements[connection.dialect.name]:
                connection.execute(text(statement))


_WITHOUT = {
    "postgresql": ["ALTER TABLE stay DROP CONSTRAINT stay_one_a_bed"],
    "sqlite": ["DROP TRIGGER stay_one_a_bed_insert", "DROP TRIGGER stay_one_a_bed_update"],
}
_NEVER_RELEASED = {
    "postgresql": [
        "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER forget BEFORE UPDATE ON bed_hold FOR EACH ROW WHEN (NEW.state = 'released')"
        " EXECUTE FUNCTION forget()",
    ],
    "sqlite": [
        "CREATE TRIGGER forget BEFORE UPDATE ON bed_hold WHEN NEW.state = 'released' BEGIN SELECT RAISE(IGNORE); END",
    ],
}


@contextmanager
def house_before_the_rush(template: Template, folder: Path, **swapped: Any) -> Iterator[House]:
    """Bring as many people as there are clerks to where they stand in the morning, through the services."""
    with made_world(template, folder, Parts(clock=clock)) as world:
        owner = make_engine(world.owner_url.replace("postgresql://", "postgresql+psycopg://"))
        people = _people(Places(world), owner)
        keyring = load_keyring(world.settings.key_file)
        parts = Parts(clock=clock, **swapped)
        database, to_lose = (Database(world.settings.database_url, keyring, parts, size) for size in (CLERKS, 1))
        house = House(
            database,
            to_lose,
            owner,
            world.settings.database_url,
            world.settings.key_file,
            world.actor("shelter.coordinator"),
            world.actor("advocate"),
            people,
            [Places(world).bed(name) for name in BEDS],
            _waiting(world, people),
        )
        house.remember()
        try:
            yield house
        finally:
            for engine in (database.engine, to_lose.engine, owner):
                engine.dispose()


def _people(places: Places, owner: Engine) -> People:
    people = People(*([places.client() for _ in range(number)] for number in (EXPECTED, ASKED, RATED)))
    for case_id in (*people.expected, *people.asked):
        places.ask(case_id)
    for case_id in people.expected:
        places.expect(case_id)
        with owner.begin() as connection:
            connection.execute(delete(HOLD))  # the rush is for beds that nobody has been promised
    return people


def _waiting(world: World, people: People) -> dict[UUID, UUID]:
    return {case_id: world.waiting(case_id, "shelter.coordinator") for case_id in people.asked}
