"""A new root while people work: stopped again and again, nothing becomes unreadable or stays under the old one."""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, select, type_coerce

from app.cipher import NUMBERED, Tampered, header_of, seal
from app.errors import Conflict, Refusal, Unconfigured
from app.models.base import Base
from app.models.case import CaseKey
from app.security.keyring import KeyFile, load_keyring
from app.services import case_page, case_search, notes, renewing_keys, unit_of_work
from app.services.notes import NewNote
from app.services.rooted import PLACES
from app.services.unit_of_work import Database
from app.services.viewing import view
from tests.factories.doors import held, logged_contact, sent_signal, venue
from tests.factories.passkeys import Desk
from tests.factories.placed import Places
from tests.factories.world import A_DAY, World
from tests.races.renewal import Renewals, renewals
from tests.security.relations import above
from tests.support.promises import scaled, tell
from tests.support.served import MovableClock

BY = "investigator"
ROWS = 12


@dataclass
class Keys:
    """A world with a key file of its own, which can be renewed without spoiling another's."""

    world: World
    path: Path
    cases: list[UUID] = field(default_factory=list)

    @property
    def database(self) -> str:
        """How the promises call it."""
        return "PostgreSQL" if self.world.database.is_postgresql else "SQLite"

    def renew(self) -> renewing_keys.Lying:
        """Without anybody at work, in more than one batch."""
        unit_of_work.bind(self.world.database)
        return renewing_keys.renew(self.world.owner_url, self.path, at_once=ROWS // 3, seconds_to_hear=0)

    def look(self) -> renewing_keys.Lying:
        """How things lie."""
        return renewing_keys.look(self.world.owner_url, self.path)

    def retire(self) -> int:
        """Take the old roots away."""
        unit_of_work.bind(self.world.database)
        return renewing_keys.retire(self.world.owner_url, self.path)

    def reread(self) -> None:
        """As a process that starts now: what it signs its contexts with is in the file too."""
        database = self.world.database
        database.engine.dispose()
        self.world.database = Database(self.world.settings.database_url, KeyFile(self.path), database.parts)

    def unreadable(self, number: int | None = None) -> list[UUID]:
        """The cases that their own agency cannot open, or not find by name."""
        unit_of_work.bind(self.world.database)
        return [case_id for case_id in self.cases[:number] if not self._opens(case_id)]

    def _opens(self, case_id: UUID) -> bool:
        actor = self.world.actor(BY)
        try:
            page = view(actor, "case:opened_page", case_page.whole, case_id=case_id)
            found = view(actor, "case:searched", case_search.by_name, name=f"Provë{self.cases.index(case_id)}")
        except Tampered:
            return False
        return page.reference in {one.reference for one in found}

    def open_case(self) -> None:
        """One more, with a name of its own."""
        self.cases.append(self.world.open_signal(BY, family_name=f"Provë{len(self.cases)}"))

    def begun_with(self, root: int) -> set[str]:
        """The tables in which a value names a root."""
        found = set()
        with above(self.world).connect() as connection:
            for table in Base.metadata.sorted_tables:
                for column in (
                    one for one in table.columns if isinstance(one.type, LargeBinary) or "sealed" in one.info
                ):
                    values = connection.execute(select(type_coerce(column, LargeBinary))).scalars()
                    if any(bytes(one)[:2] == header_of(root) for one in values if one):
                        found.add(table.name)
        return found


@pytest.fixture
def keys(world: World, tmp_path: Path) -> Keys:
    """Some cases, a signal, a contact, an operation, a resident and a passkey."""
    path = tmp_path / "own-keys.json"
    shutil.copy(world.settings.key_file, path)
    made = Keys(world, path)
    made.reread()
    for _ in range(ROWS):
        made.open_case()
    places = Places(world)
    case_id = places.client()
    places.ask(case_id)
    places.expect(case_id, "1A")
    places.admit(case_id, "1A")
    sent_signal(world, "advocacy_peje", "border.officer")
    logged_contact(world, "Calls again tomorrow.")
    venue(world)
    held(world)
    Desk(world, MovableClock(A_DAY)).add()
    return made


def test_a_new_root_seals_everything_anew_and_the_old_one_can_go(keys: Keys) -> None:
    before = keys.begun_with(1)

    lying = keys.renew()
    gone = keys.retire()
    keys.reread()

    assert {"case_key", "stay_key", "signal_key", "hotline_contact", "shelter_address"} - before <= {"shelter_address"}
    assert (lying.newest, lying.old, lying.unreadable, gone) == (2, 0, 0, 1)
    assert (keys.begun_with(1), keys.begun_with(2)) == (set(), before)
    assert before <= {one.table for one in PLACES}
    assert keys.unreadable() == []
    assert list(json.loads(keys.path.read_text())["roots"]) == ["2"]
    assert keys.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.promise("T4.4")
def test_an_old_root_that_is_in_use_is_not_retired_and_where_it_is_taken_away_nothing_opens(keys: Keys) -> None:
    before = load_keyring(keys.path)
    other = {"version": 2, "roots": {"2": "ab" * 32}, "signs": before.context.hex()}
    keys.path.write_text(json.dumps(other | {"roots": {"1": before.root.hex()} | other["roots"]}))

    with pytest.raises(Conflict, match="old_root_in_use"):
        keys.retire()
    keys.path.write_text(json.dumps(other))
    keys.reread()

    assert keys.unreadable() == keys.cases
    assert keys.look().unreadable > ROWS


def test_there_is_nothing_to_retire_where_there_is_one_root(keys: Keys) -> None:
    with pytest.raises(Conflict, match="no_old_root"):
        keys.retire()


def _put_back(keys: Keys) -> None:
    """Every wrap as it was before values named their root."""
    table, vault = CaseKey.__table__, keys.world.database.vault
    with above(keys.world).begin() as connection:
        for row in connection.execute(select(table)).all():
            plain = vault.unwrap(row.wrapped, row.case_id, row.kind, row.holder_id)
            key = bytes(vault.keyring.agency(row.holder_id))
            old = seal(key, plain, f"key|{row.case_id}|{row.kind}|{row.holder_id}")
            same = [column == getattr(row, column.name) for column in table.primary_key.columns]
            connection.execute(table.update().where(*same).values(wrapped=old))


def test_a_value_of_before_roots_had_numbers_is_sealed_anew_too(keys: Keys) -> None:
    _put_back(keys)
    assert keys.unreadable() == []

    lying = keys.renew()
    keys.reread()  # a process that has just looked at its key file would not know the new root yet

    assert (lying.old, lying.unreadable, keys.unreadable()) == (0, 0, [])


@dataclass
class Writers:
    """Clerks who open cases, write notes and read, each on a connection of her own, until they are told to stop."""

    keys: Keys
    stop: threading.Event = field(default_factory=threading.Event)
    faults: list[str] = field(default_factory=list)
    done: int = 0

    def work(self, database: Database) -> None:
        """One clerk."""
        unit_of_work.bind(database)
        actor = self.keys.world.actors[BY]
        while not self.stop.is_set():
            case_id = random.choice(self.keys.cases)  # noqa: S311 - any
            try:
                notes.add_note(actor, case_id, NewNote("T", "Seen.", A_DAY))
                view(actor, "case:opened_page", case_page.whole, case_id=case_id)
                self.done += 1
            except Tampered:
                self.faults.append("unreadable")
            except Refusal as refusal:
                self.faults.append(refusal.key)
            self.stop.wait(0.1 * scaled(4, 50))  # ten acts a second among them all


def _under_load(keys: Keys, number: int, act: Callable[[], None]) -> Writers:
    writers = Writers(keys)
    keys.world.actor(BY)
    database = Database(keys.world.settings.database_url, KeyFile(keys.path), pool_size=min(number, 16))
    threads = [threading.Thread(target=writers.work, args=(database,)) for _ in range(number)]
    for one in threads:
        one.start()
    try:
        act()
    finally:
        writers.stop.set()
        for one in threads:
            one.join()
        database.engine.dispose()
    return writers


def _kill_again_and_again(keys: Keys, process: Renewals, kills: int) -> list[bool]:
    """Which of the runs were still at work when they were ended; the last one comes to its end."""
    chance, killed = random.Random(4), list[bool]()  # noqa: S311 - moments, not secrets
    for _ in range(kills):
        killed.append(process.end_after(process.begin(), chance.uniform(0.9, 2.2)))
        assert keys.unreadable(3) == []
    process.finish()
    return killed


@pytest.mark.promise("T4.4")
def test_a_renewal_that_is_killed_again_and_again_under_load_loses_nothing(keys: Keys) -> None:
    kills, clerks = scaled(6, 20), scaled(4, 50)
    with renewals(keys.world.owner_url, keys.world.settings.database_url, keys.path) as process:
        killed = list[bool]()
        writers = _under_load(keys, clerks, lambda: killed.extend(_kill_again_and_again(keys, process, kills)))
    lying = keys.look()
    keys.retire()
    keys.reread()

    assert (lying.old, lying.unreadable, writers.faults, keys.unreadable()) == (0, 0, [], [])
    assert sum(killed) >= kills // 2
    assert keys.begun_with(lying.newest - 1) == set()
    figure = f"{sum(killed)} kills, {clerks} writers with {writers.done:,} acts, 0 unreadable, 0 rows of the old key"
    tell("T4.4", keys.database, figure)


def test_who_does_not_see_every_row_renews_and_retires_nothing(keys: Keys) -> None:
    as_application = keys.world.settings.database_url
    sees_all = not keys.world.database.is_postgresql

    with nullcontext() if sees_all else pytest.raises(Unconfigured, match="as the owner"):
        renewing_keys.look(as_application, keys.path)


def test_a_value_names_its_root(keys: Keys) -> None:
    with above(keys.world).connect() as connection:
        wraps = connection.execute(select(CaseKey.__table__.c.wrapped)).scalars()
        assert {bytes(one)[:2] for one in wraps} == {NUMBERED + b"\x01"}
