"""What goes wrong is written down without a word of anybody: in our log, in the database's, on the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from app.errors import Unconfigured
from app.factory import create_app
from app.services.database_log import refuse_telling_log, telling_settings
from app.services.unit_of_work import Database, Parts
from tests.factories.world import KINDS, Template, World, made_world
from tests.security import forced
from tests.security.crossing import Crossing
from tests.security.forced import CANARY, DatabaseLog, Forcing
from tests.security.related import Related, lay_related
from tests.support import promises

EACH = forced.one_of_each()
UNIQUE = [cell for cell in EACH if cell.route == "cases.show"]


@pytest.fixture(scope="module", params=KINDS)
def related(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Related]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("logs")) as world:
        yield lay_related(world)


@contextmanager
def forcing(related: Related, parts: Parts | None = None) -> Iterator[Forcing]:
    app = create_app(replace(related.world.settings, log_level="info"), parts)
    try:
        yield Forcing(Crossing(app, related))
    finally:
        app.extensions["database"].engine.dispose()


def lines_of(written: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.splitlines()]


@pytest.mark.slow
@pytest.mark.promise("T7.4")
def test_no_forced_fault_writes_a_canary_anywhere(
    related: Related, cluster: str, capfd: pytest.CaptureFixture[str]
) -> None:
    log = DatabaseLog(cluster)
    with forcing(related) as forced_ones:
        forced_ones.force(EACH, promises.scaled(1, len(forced.FAULTS)))
        written = "".join(capfd.readouterr())
    of_database = log.text() if related.world.database.is_postgresql else ""

    assert forced_ones.found == []
    assert CANARY not in written
    assert CANARY not in of_database
    assert set(forced_ones.fired) == set(forced.IN_DATABASE)
    assert {403, 404, 405, 409, 413, 422, 500, 503} <= set(forced_ones.statuses)
    assert len([line for line in lines_of(written) if line["event"] == "answered"]) >= forced_ones.sent
    assert ("duplicate key" in of_database) is related.world.database.is_postgresql
    figure = f"{len(EACH)} routes and methods, {forced_ones.sent:,} forced faults, 0 canaries in"
    promises.tell(
        "T7.4",
        "PostgreSQL" if related.world.database.is_postgresql else "SQLite",
        f"{figure} {len(written):,} bytes of the application's and {len(of_database):,} of the database's log",
    )


@pytest.mark.promise("T7.4")
def test_a_log_that_writes_texts_is_found(related: Related, capfd: pytest.CaptureFixture[str]) -> None:
    with forcing(related, Parts(log_is_spare=False)) as forced_ones:
        forced_ones.force_one(UNIQUE[0], "500")

    assert CANARY in "".join(capfd.readouterr())


@pytest.mark.promise("T7.4")
def test_a_database_that_logs_as_it_comes_is_found(postgresql_template: Template, tmp_path: Path, cluster: str) -> None:
    with made_world(postgresql_template, tmp_path) as world, talkative(cluster, world):
        telling = telling_settings(world.database)
        log = DatabaseLog(cluster)
        with forcing(lay_related(world)) as forced_ones:
            forced_ones.force_one(UNIQUE[0], "unique violation")

        assert CANARY in log.text()
        assert telling == ["log_error_verbosity", "log_min_error_statement", "log_statement"]
        with pytest.raises(Unconfigured, match="log_error_verbosity, log_min_error_statement, log_statement"):
            refuse_telling_log(world.database)


def test_database_set_as_the_paper_says_tells_nothing(related: Related) -> None:
    refuse_telling_log(related.world.database)

    assert telling_settings(related.world.database) == []


@contextmanager
def talkative(cluster: str, world: World) -> Iterator[None]:
    """The world's database with the settings that PostgreSQL comes with, and its statements logged."""
    name = sql.Identifier(make_url(world.owner_url).database or "")
    settings = {"log_error_verbosity": "default", "log_min_error_statement": "error", "log_statement": "all"}
    _alter(
        cluster,
        [
            sql.SQL("ALTER DATABASE {} SET {} = {}").format(name, sql.Identifier(key), sql.Literal(value))
            for key, value in settings.items()
        ],
        world.database,
    )
    try:
        yield
    finally:
        _alter(cluster, [sql.SQL("ALTER DATABASE {} RESET ALL").format(name)], world.database)


def _alter(cluster: str, statements: list[sql.Composed], database: Database) -> None:
    with psycopg.connect(cluster, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
    database.engine.dispose()
