"""Whose rows a pooled connection shows: the context lives for one transaction. With a session-level one it leaks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.services import unit_of_work
from app.services.unit_of_work import Database, Parts
from tests.factories.world import Template, World

ROUNDS = 300
FORGETFUL = text("SELECT count(*) FROM case_party")


def _seen_without_context(database: Database) -> int:
    """What a statement sees that nobody has told who acts, on whatever connection the pool hands out."""
    with database.engine.connect() as connection:
        seen: int = connection.execute(FORGETFUL).scalar_one()
        return seen


def _storm(world: World) -> int:
    """Requests of one agency on a small pool, a quarter of them ending in an error, with forgetful ones between."""
    actor = world.actor("investigator")

    def one(number: int) -> int:
        unit_of_work.bind(world.database)
        if number % 4 == 0:
            with pytest.raises(ZeroDivisionError), world.database.read(actor):
                raise ZeroDivisionError
        else:
            with world.database.read(actor) as work:
                work.session.connection().execute(FORGETFUL)
                work.session.commit()
        return _seen_without_context(world.database)

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(one, range(ROUNDS)))


@pytest.fixture
def small_pool(
    request: pytest.FixtureRequest, make_world: Callable[..., World], postgresql_template: Template
) -> Callable[[Parts], World]:
    """A world with one case on a pool of two connections."""

    def make(parts: Parts) -> World:
        world = make_world(postgresql_template, parts)
        world.open_signal()
        keyring = world.database.vault.keyring
        world.database.engine.dispose()
        world.database = Database(world.settings.database_url, keyring, parts, pool_size=2)
        request.addfinalizer(world.database.engine.dispose)
        return world

    return make


def test_a_context_for_one_transaction_leaks_to_nobody(small_pool: Callable[[Parts], World]) -> None:
    assert _storm(small_pool(Parts())) == 0


def test_a_context_for_the_session_leaks(small_pool: Callable[[Parts], World]) -> None:
    assert _storm(small_pool(Parts(context_is_local=False))) > 0
