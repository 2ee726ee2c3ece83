"""Whose rows a pooled connection shows (T3.4): the context lives for one transaction, whatever the requests end in.

With a context for the session it leaks, where nobody binds it to the transaction with a signature.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.services import unit_of_work
from app.services.unit_of_work import Database, Parts
from migrations.frozen.signed_context_0028 import UNSIGNED_CTX
from tests.factories.world import Template, World
from tests.security.relations import above
from tests.support.promises import scaled, tell

REQUESTS = scaled(1_500, 10_000)
THREADS, CONNECTIONS = 8, 3
FORGETFUL = text("SELECT count(*) FROM case_party")
BROKEN = text("SELECT 1 / 0")
OWN = {"investigator": 2, "advocate": 2, "advocate.prizren": 0}
"""How many parties to cases each of them sees."""


def _seen_without_context(database: Database) -> int:
    """What a statement sees that nobody has told who acts, on whatever connection the pool hands out."""
    with database.engine.connect() as connection:
        seen: int = connection.execute(FORGETFUL).scalar_one()
        return seen


def _request(world: World, by: str, fault: float) -> int:
    """One request, which may end in an error of the program or of the database; gives rows that are not hers."""
    with world.database.read(world.actor(by)) as work:
        seen: int = work.session.connection().execute(FORGETFUL).scalar_one()
        if fault < 0.125:
            raise ZeroDivisionError
        if fault < 0.25:
            work.session.connection().execute(BROKEN)
        return abs(seen - OWN[by])


def _storm(world: World, requests: int = REQUESTS) -> int:
    """Requests of three agencies on a small pool, a quarter of them ending in an error, with forgetful ones between."""
    for by in OWN:
        world.actor(by)

    def one(number: int) -> int:
        unit_of_work.bind(world.database)
        chance = Random(number)  # noqa: S311 - the same storm each time
        leaked = 0
        with suppress(ZeroDivisionError, DBAPIError):
            leaked = _request(world, chance.choice(list(OWN)), chance.random())
        return leaked + _seen_without_context(world.database)

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(one, range(requests)))


@pytest.fixture
def small_pool(
    request: pytest.FixtureRequest, make_world: Callable[..., World], postgresql_template: Template
) -> Callable[[Parts], World]:
    """A world with one case of two parties on a pool of three connections."""

    def make(parts: Parts) -> World:
        world = make_world(postgresql_template, parts)
        world.with_advocate()
        keyring = world.database.vault.keyring
        world.database.engine.dispose()
        world.database = Database(world.settings.database_url, keyring, parts, pool_size=CONNECTIONS)
        request.addfinalizer(world.database.engine.dispose)
        return world

    return make


@pytest.mark.promise("T3.4")
def test_a_context_for_one_transaction_leaks_to_nobody(small_pool: Callable[[Parts], World]) -> None:
    leaked = _storm(small_pool(Parts()))

    tell("T3.4", "PostgreSQL", f"{REQUESTS} requests, 25 % errors, {THREADS} threads on {CONNECTIONS}: {leaked} leaks")
    assert leaked == 0


def _believing(world: World) -> World:
    """As if the database took any context for true."""
    with above(world).begin() as connection:
        connection.execute(text(UNSIGNED_CTX))
    return world


@pytest.mark.promise("T3.4")
def test_a_context_for_the_session_leaks(small_pool: Callable[[Parts], World]) -> None:
    assert _storm(_believing(small_pool(Parts(context_is_local=False))), 300) > 0


def test_a_signed_context_does_not_outlive_its_transaction_even_where_it_is_set_for_the_session(
    small_pool: Callable[[Parts], World],
) -> None:
    assert _storm(small_pool(Parts(context_is_local=False)), 300) == 0
