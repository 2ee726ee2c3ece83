"""A small country to test in: its agencies, its people, an empty caseload, on either database, with swappable parts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import Engine, create_engine, make_url, select
from sqlalchemy.pool import NullPool

from app.demo.setup import set_up
from app.factory import create_app
from app.models.agency import Agency
from app.models.workflow import Referral
from app.security.actor import Actor, system_actor
from app.security.keyring import ensure_key_file, load_keyring
from app.services import accounts, cases, referrals, schema, unit_of_work
from app.services.cases import Opening
from app.services.unit_of_work import Database, Parts, make_engine
from app.services.workflow_runner import StepRequest, take_step
from config import Settings
from tests.support.kept import Shelf

KINDS = ("sqlite", "postgresql")
A_DAY = date(2014, 3, 3)
SIGNAL = {
    "safe_contact": "phone",
    "contact_detail": "+383 00 111 222",
    "entry_door": "police_raid",
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sq",
    "citizenship": ["XK"],
    "urgency": "today",
    "noticed": "Behaves as if watched.",
    "person_knows": "yes",
    "given_name": "Arta",
    "family_name": "Provë",
    "birth_date": "1990-05-06",
}
POINTER = {"region": "prishtine", "sex": "F", "age_group": "adult", "language": "sq", "urgency": "today"}


@dataclass(frozen=True)
class Template:
    """A database with agencies and people, from which each test's own is copied."""

    kind: str
    folder: Path
    address: str
    key_file: Path
    cluster: str = ""
    shelf: Shelf | None = None


@dataclass
class World:
    """One test's own database, and the people in it by sign-in name."""

    database: Database
    settings: Settings
    agencies: dict[str, UUID]
    copy: Copy
    actors: dict[str, Actor] = field(default_factory=dict)
    applications: list[Flask] = field(default_factory=list)

    @property
    def owner_url(self) -> str:
        """Its address above row-level security."""
        return self.copy.owner_url

    def actor(self, sign_in: str) -> Actor:
        """The actor of a demo member."""
        if sign_in not in self.actors:
            unit_of_work.bind(self.database)
            self.actors[sign_in] = accounts.load_actor(sign_in)
        return self.actors[sign_in]

    def app(self, parts: Parts | None = None) -> Flask:
        """The web application on this database; it is closed with the world."""
        application = create_app(self.settings, parts or self.database.parts)
        application.config["TESTING"] = True
        application.extensions["database"].engine = self.copy.engine()
        self.applications.append(application)
        return application

    def close(self) -> None:
        """Let go of every connection."""
        for database in (self.database, *(application.extensions["database"] for application in self.applications)):
            self.copy.let_go(database.engine)

    def open_signal(self, by: str = "investigator", on: date = A_DAY, **answers: Any) -> UUID:
        """A case that begins with the police's signal."""
        opening = Opening("identification", "record_signal", {**SIGNAL, **answers}, on)
        return UUID(cases.open_case(self.actor(by), opening)["case_id"])

    def step(self, by: str, case_id: UUID, track: str, action: str, on: date = A_DAY, **answers: Any) -> dict[str, str]:
        """Take one step through the service."""
        return take_step(self.actor(by), StepRequest(case_id, track, action, answers, on))

    def call_advocate(self, case_id: UUID, by: str = "investigator", office: str = "advocacy_prishtine") -> UUID:
        """Call an advocacy office; gives the referral that waits there."""
        called: dict[str, Any] = {"office": str(self.agencies[office]), **POINTER}
        self.step(by, case_id, "advocacy", "call_advocate", **called)
        return self.waiting(case_id, "advocate")

    def waiting(self, case_id: UUID, by: str) -> UUID:
        """The referral of the case that waits for a member's agency."""
        unit_of_work.bind(self.database)
        with self.database.read(self.actor(by)) as work:
            found = select(Referral.id).where(
                Referral.case_id == case_id,
                Referral.to_agency_id == self.actor(by).agency_id,
                Referral.state.in_(("sent", "seen", "claimed")),
            )
            return work.session.execute(found).scalars().one()

    def accept(self, by: str, case_id: UUID, on: date = A_DAY, **answers: Any) -> None:
        """Accept the referral of the case that waits for a member's agency."""
        referrals.accept(self.actor(by), self.waiting(case_id, by), answers, on)

    def with_advocate(self, **answers: Any) -> UUID:
        """A case that the police opened and an advocate of Prishtinë has accepted."""
        case_id = self.open_signal(**answers)
        self.call_advocate(case_id)
        self.accept("advocate", case_id)
        return case_id


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _fill(settings_url: str, owner_url: str, app_role: str, key_file: Path) -> None:
    ensure_key_file(key_file)
    schema.upgrade(owner_url, app_role)
    schema.give_context_key(owner_url, load_keyring(key_file))
    database = Database(settings_url, load_keyring(key_file))
    unit_of_work.bind(database)
    set_up()
    database.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An SQLite file with agencies and people."""
    folder = tmp_path_factory.mktemp("sqlite")
    url = f"sqlite:///{folder / 'template.db'}"
    _fill(url, url, "throughcare_app", folder / "keys.json")
    return Template("sqlite", folder, url, folder / "keys.json")


@pytest.fixture(scope="session")
def postgresql_template(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """A PostgreSQL database with agencies and people; roles belong to the worker."""
    folder, name = tmp_path_factory.mktemp("postgresql"), f"template_{_worker()}"
    base = make_url(cluster).set(password=None, database=name)
    owner, app = f"{name}_owner", f"{name}_app"
    owner_url = base.set(username=owner).render_as_string(hide_password=False)
    app_url = base.set(username=app).render_as_string(hide_password=False)
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        schema.bootstrap(cluster, owner_url, app_url)
    _fill(app_url, owner_url, app, folder / "keys.json")
    shelf = Shelf(cluster, app_url)
    yield Template("postgresql", folder, app_url, folder / "keys.json", cluster, shelf)
    shelf.close()


class Copy(Protocol):
    """A database of one's own: how to reach it, and as whom."""

    address: str
    owner_url: str
    """How a test reaches it above row-level security, to lay out what no act has led to."""
    above: Engine

    def engine(self) -> Engine: ...  # another engine as the application
    def let_go(self, engine: Engine) -> None: ...  # of an engine that was given


class FileCopy:
    """A copy of an SQLite file."""

    def __init__(self, template: Template, folder: Path) -> None:
        shutil.copy(template.folder / "template.db", folder / "throughcare.db")
        self.address = self.owner_url = f"sqlite:///{folder / 'throughcare.db'}"
        self.above = create_engine(self.address, poolclass=NullPool)

    def engine(self) -> Engine:
        """An engine as the application's."""
        return make_engine(self.address)

    def let_go(self, engine: Engine) -> None:
        """One whose connections are only dropped would be found by a later test's warning."""
        engine.dispose()


@contextmanager
def copy_of(template: Template, folder: Path) -> Iterator[Copy]:
    """A copy of the template, taken away at the end."""
    if template.shelf is None:
        yield FileCopy(template, folder)
        return
    with template.shelf.taken() as kept:
        yield kept


@contextmanager
def made_world(template: Template, folder: Path, parts: Parts | None = None) -> Iterator[World]:
    """A world of one's own on a copy of the template."""
    with copy_of(template, folder) as copy:
        database = Database(copy.address, load_keyring(template.key_file), parts)
        database.engine = copy.engine()
        unit_of_work.bind(database)
        with database.read(system_actor("setup")) as work:
            agencies = {row.key: row.id for row in work.session.execute(select(Agency.key, Agency.id))}
        settings = Settings("test", folder, copy.address, copy.address, template.key_file)
        made = World(database, settings, agencies, copy)
        try:
            yield made
        finally:
            made.close()


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A world on each of the two databases in turn."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path) as made:
        yield made


@pytest.fixture
def make_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., World]]:
    """Make worlds with swapped parts: `make_world(template, Parts(...))`."""
    opened: list[Any] = []

    def make(template: Template, parts: Parts | None = None) -> World:
        manager = made_world(template, tmp_path_factory.mktemp("world"), parts)
        opened.append(manager)
        return manager.__enter__()

    yield make
    for manager in reversed(opened):
        manager.__exit__(None, None, None)
