"""An installation begins with two administrators, on both databases: by a command, once, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import make_url, select

from app.factory import create_app
from app.models.agency import Agency, Member, MemberRole
from app.security.actor import system_actor
from app.security.keyring import ensure_key_file
from app.services import schema, unit_of_work
from config import Settings
from tests.factories.world import World
from tests.support import databases
from tests.support.client import Visitor

TWO = ("--administrator", "arta.hoxha", "Arta Hoxha", "--administrator", "milan.ilic", "Milan Ilić")
PASSWORD = "seven grey herons at noon"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database with tables and nobody."""
    made = (
        databases.empty_sqlite(tmp_path)
        if request.param == "sqlite"
        else databases.empty_postgres(request.getfixturevalue("cluster"), f"begin_{tmp_path.name[-8:].strip('_')}")
    )
    with made as addresses:
        ensure_key_file(tmp_path / "keys.json")
        app_role = make_url(addresses.app).username or "throughcare_app"
        schema.upgrade(addresses.owner, app_role)
        app = create_app(Settings("test", tmp_path, addresses.app, addresses.owner, tmp_path / "keys.json"))
        schema.give_context_key(addresses.owner, app.extensions["database"].vault.keyring)
        yield app
        app.extensions["database"].engine.dispose()


def _begin(app: Flask, *told: str) -> Result:
    return app.test_cli_runner().invoke(args=["people", "begin", *told])


def _there(app: Flask) -> list[tuple[str, str, str]]:
    database = app.extensions["database"]
    unit_of_work.bind(database)
    found = select(Agency.kind, Member.sign_in, MemberRole.role).join(Member, Member.agency_id == Agency.id)
    found = found.join(MemberRole, MemberRole.member_id == Member.id).order_by(Member.sign_in)
    with database.read(system_actor("setup")) as work:
        return [(row[0], row[1], row[2]) for row in work.session.execute(found)]


def test_two_administrators_begin_and_each_chooses_her_password_by_her_invitation(empty: Flask) -> None:
    begun = _begin(empty, *TWO)

    invitation = begun.output.splitlines()[0].split()[1]
    her = Visitor(empty)
    asked = her.submit(her.get("/invitation"), "Go on", invitation=invitation, password=PASSWORD)
    assert begun.exit_code == 0, begun.output
    assert _there(empty) == [
        ("administration", "arta.hoxha", "administrator"),
        ("administration", "milan.ilic", "administrator"),
    ]
    assert asked.heading == "Set up your second factor"


def test_one_administrator_alone_does_not_begin(empty: Flask) -> None:
    begun = _begin(empty, *TWO[:3])

    assert begun.exit_code == 1
    assert "At least two administrators are needed" in begun.output
    assert _there(empty) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((*TWO[:3], "--administrator", "arta hoxha", "Arta Hoxha"), "Use 3 to 40 small letters"),
        ((*TWO, "--administrator", "Arta.Hoxha", "Arta Hoxha"), "Another person has this sign-in name"),
    ],
)
def test_a_name_that_fits_nobody_begins_nothing(world: World, told: tuple[str, ...], words: str) -> None:
    begun = _begin(world.app(), *told)

    assert (begun.exit_code, words in begun.output) == (1, True)


def test_where_somebody_is_there_nobody_begins_again(world: World) -> None:
    app = world.app()
    before = _there(app)

    begun = _begin(app, *TWO)

    assert begun.exit_code == 1
    assert "its administrators add people" in begun.output
    assert _there(app) == before
