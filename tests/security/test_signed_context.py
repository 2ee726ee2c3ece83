"""A context counts only where the application's key vouches for it (T3.7): whoever puts SQL of his own into a statement
of the application can set `app.ctx` to any text, and sees no row with it.

The route that lets him is planted here. It runs as the application's own role, inside the transaction of somebody who
sees nothing, and takes several statements at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask, request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.errors import Unconfigured
from app.security.actor import Actor, system_actor
from app.security.keyring import Keyring
from app.security.signing import Signer
from app.services import schema, unit_of_work
from app.services.unit_of_work import Database, Parts
from migrations.frozen.signed_context_0028 import UNSIGNED_CTX
from tests.factories.world import Template, World, made_world
from tests.security.relations import above
from tests.support.promises import tell

SEEN = "SELECT count(*) FROM cases"
TOLD = "SELECT tell_context('{context}', {turn}, {until}, '\\x{mac}');"
SET = "SELECT set_config('app.ctx', '{context}', {is_local});"


@dataclass
class Hole:
    """An application with a route that puts what is asked into a statement as it stands."""

    world: World
    app: Flask

    def seen(self, attack: str) -> int:
        """How many cases the last statement shows; none where the database refused one of them."""
        answer = self.app.test_client().post("/planted", data={"q": attack})
        assert answer.status_code == 200
        return int(answer.get_data(as_text=True))


def _hole(world: World, scoped_to: Actor) -> Hole:
    app = Flask("planted")

    @app.post("/planted")
    def planted() -> str:
        unit_of_work.bind(world.database)
        with world.database.read(scoped_to) as work:
            driver: Any = work.session.connection().connection.driver_connection
            try:
                return str(_last(driver.execute(request.form["q"] + SEEN)))
            except psycopg.Error:
                return "0"

    return Hole(world, app)


def _last(cursor: Any) -> int:
    while cursor.nextset():
        pass
    return int(cursor.fetchone()[0])


@pytest.fixture
def small_pool(postgresql_template: Template, tmp_path: Path) -> Iterator[World]:
    """One case of the police and one connection: each request comes to the process that the one before it had."""
    with made_world(postgresql_template, tmp_path, Parts(scope_is_on=False)) as world:
        world.open_signal()
        world.copy.let_go(world.database.engine)
        keyring = world.database.vault.keyring
        world.database = Database(world.settings.database_url, keyring, world.database.parts, pool_size=1)
        yield world
        world.database.engine.dispose()
        schema.give_context_key(world.owner_url, keyring, replaces=True)  # what lies apart is not put back by itself


def _contexts(world: World) -> dict[str, str]:
    """Whom an attacker would like to be."""
    actors = {name: world.actor(name) for name in ("investigator", "police.supervisor", "statistics.supervisor")}
    actors |= {f"system {name}": system_actor(name) for name in ("statistics", "auditor", "linker", "setup")}
    return {name: actor.context for name, actor in actors.items()}


def _process(world: World) -> tuple[int, int]:
    """The number of the process behind the one connection, and its next turn."""
    with world.database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return driver.info.backend_pid, connection.info.get("turn", 0) + 2


def _told(signed: dict[str, Any]) -> str:
    return TOLD.format(**{**signed, "mac": bytes(signed["mac"]).hex()}) + SET.format(**signed, is_local=True)


def _attacks(world: World) -> dict[str, str]:
    """By what is tried, the statements that are put in."""
    signer, (pid, turn) = world.database.signer, _process(world)
    found = {"nothing": "", "empty": SET.format(context="", is_local=True)}
    for name, context in _contexts(world).items():
        signed, mac = signer.signed(context, pid, turn), {"mac": b"\0" * 32}
        found |= {f"set as {name}": SET.format(context=context, is_local=True)}
        found |= {f"set for good as {name}": SET.format(context=context, is_local=False)}
        found |= {f"without a signature as {name}": _told(signed | {"mac": b""})}
        found |= {f"with noughts as {name}": _told(signed | mac)}
        wrong = Signer(b"k" * 32).signed(context, pid, turn)
        found |= {f"by another key as {name}": _told(wrong)}
        found |= {f"for another process as {name}": _told(signer.signed(context, pid + 1, turn))}
        found |= {f"expired as {name}": _told(signer.signed(context, pid, turn, seconds=-1))}
    return found | _by_other_means(world)


def _by_other_means(world: World) -> dict[str, str]:
    """What reaches for what is compared, for the key, for the functions, for another role."""
    signer, (pid, turn) = world.database.signer, _process(world)
    context = _contexts(world)["investigator"]
    own = SET.format(context=context, is_local=True)
    nobody = signer.signed(system_actor("sign_in").context, pid, turn)
    return {
        "of an earlier turn": _told(signer.signed(context, pid, 1)),
        "the mac of another's context": _told(nobody | {"context": context}),
        "what is compared with": "SELECT setval('context.seat', context.proof('x'));" + own,
        "the key": f"TABLE context.key; {own}",
        "another key": f"TRUNCATE context.key; {own}",
        "another function": UNSIGNED_CTX + own,
        "a function that goes before": (
            "SET search_path = pg_temp, public; CREATE FUNCTION pg_temp.proof(text) RETURNS bigint LANGUAGE sql AS"
            " 'SELECT 1::bigint'; CREATE FUNCTION pg_temp.currval(regclass) RETURNS bigint LANGUAGE sql AS"
            " 'SELECT 1::bigint';" + own
        ),
        "another role": "RESET ROLE; SET SESSION AUTHORIZATION DEFAULT;" + own,
        "the owner's role": f"SET ROLE {_owner(world)};" + own,
        "no policies": "SET row_security = off;" + own,
        "a savepoint": f"SAVEPOINT a; {own} ROLLBACK TO SAVEPOINT a; {own}",
        "a transaction of its own": f"COMMIT; BEGIN; {own}",
    }


def _owner(world: World) -> str:
    return world.settings.database_url.rsplit("@", 1)[0].rsplit("/", 1)[1].split(":")[0].removesuffix("_app") + "_owner"


@pytest.mark.promise("T3.7")
def test_no_forged_context_shows_a_row(small_pool: World) -> None:
    hole = _hole(small_pool, small_pool.actor("administrator"))
    attacks = _attacks(small_pool)

    seen = {name: hole.seen(attack) for name, attack in attacks.items()}

    tell("T3.7", "PostgreSQL", f"{len(attacks)} contexts forged, {sum(seen.values())} rows")
    assert len(attacks) >= 50
    assert {name: rows for name, rows in seen.items() if rows} == {}


def test_what_the_application_signs_shows_the_rows_and_a_second_time_none(small_pool: World) -> None:
    hole, (pid, turn) = _hole(small_pool, small_pool.actor("administrator")), _process(small_pool)
    signed = _told(small_pool.database.signer.signed(small_pool.actor("investigator").context, pid, turn))

    assert hole.seen(signed) == 1
    with small_pool.database.engine.connect() as connection:
        connection.info["turn"] = turn  # the attacker took the application's turn; it goes on with the next
    assert hole.seen(signed) == 0


@pytest.mark.promise("T3.7")
def test_a_context_that_nobody_signs_shows_rows_to_whoever_sets_it(small_pool: World) -> None:
    with above(small_pool).begin() as connection:
        connection.execute(text(UNSIGNED_CTX))
    hole = _hole(small_pool, small_pool.actor("administrator"))
    attacks = _attacks(small_pool)

    seen = {name: hole.seen(attack) for name, attack in attacks.items()}

    assert seen["set as investigator"] == 1
    assert seen["nothing"] == 0


def test_another_key_is_refused_and_replaced_only_on_purpose(small_pool: World) -> None:
    other = Keyring(b"o" * 32)

    with pytest.raises(Unconfigured, match="another key file"):
        schema.give_context_key(small_pool.owner_url, other)
    schema.give_context_key(small_pool.owner_url, other, replaces=True)
    with pytest.raises(DBAPIError), small_pool.database.read(small_pool.actor("investigator")):
        pass


def test_sqlite_takes_no_key(sqlite_template: Template) -> None:
    schema.give_context_key(sqlite_template.address, Keyring(b"o" * 32))
