"""SQL of somebody else in a statement of the application ends with the transaction that it came into (PostgreSQL).

He acts as the member whose transaction it is. What he leaves behind must neither let him in as another, nor make more
of her than she was, nor take away what she does not see.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from app.cipher import digest
from app.errors import Unconfigured
from app.security.actor import Actor
from app.services import accounts, unit_of_work
from app.services.unit_of_work import Database
from migrations.frozen import row_security_0037
from tests.factories.world import Template, World, made_world
from tests.security.relations import above
from tests.support.client import Visitor

THIEF = "a token that a thief chose"
PLANTED = (
    "CREATE TEMP TABLE sign_in_session (LIKE public.sign_in_session INCLUDING DEFAULTS);"
    " INSERT INTO pg_temp.sign_in_session (token_digest, member_id, values, created_at, seen_at, factor, network,"
    " is_sealed) VALUES ('{digest}', '{member}', '{{}}', now(), now(), 'code', '', false);"
)
MOVED = "UPDATE member SET agency_id = (SELECT id FROM agency WHERE kind = 'advocacy' LIMIT 1) WHERE id = ctx_member()"
NAMED = "UPDATE member SET name = 'Somebody Else', is_active = true WHERE id = ctx_member()"
LANGUAGE = "UPDATE member SET language = 'sr_Latn' WHERE id = ctx_member()"
TOKENS = "DELETE FROM link_token"


def _put_in(database: Database, actor: Actor, statement: str) -> bool:
    """Whether the statement went through in the transaction of the actor, and was kept."""
    with database.write(actor) as work:
        driver: Any = work.session.connection().connection.driver_connection
        try:
            driver.execute(statement)
        except psycopg.Error:
            return False
        work.commit_unaudited()
        return True


def _open_to_the_thief(world: World) -> bool:
    """Whether a browser with his token is the supervisor's."""
    visitor = Visitor(world.app())
    visitor.client.application.extensions["database"] = world.database
    visitor.client.set_cookie("session", THIEF)
    return bool(re.search("Sign out", visitor.client.get("/", follow_redirects=True).get_data(as_text=True)))


@pytest.fixture
def shared(postgresql_template: Template, tmp_path: Path) -> Any:
    """A world with one connection: each request comes to the one that the one before it had."""
    with made_world(postgresql_template, tmp_path) as world:
        world.copy.let_go(world.database.engine)
        world.database = Database(world.settings.database_url, world.database.vault.keyring, pool_size=1)
        unit_of_work.bind(world.database)
        yield world
        world.database.engine.dispose()
        with above(world).begin() as connection:  # what lies apart from the tables is not put back by itself
            connection.execute(text(row_security_0037.NO_TABLES_OF_ONES_OWN))


def _planted(world: World) -> bool:
    statement = PLANTED.format(digest=digest(THIEF), member=world.actor("advocacy.supervisor").member_id)
    return _put_in(world.database, world.actor("investigator"), statement)


def test_nobody_plants_a_table_that_signs_him_in_as_another(shared: World) -> None:
    assert not _planted(shared)
    assert not _open_to_the_thief(shared)


def test_where_the_role_may_make_tables_a_thief_is_signed_in_as_whom_he_likes(shared: World) -> None:
    with above(shared).begin() as connection:
        connection.execute(text(row_security_0037.TABLES_OF_ONES_OWN))

    assert _planted(shared)
    assert _open_to_the_thief(shared)


def test_production_does_not_start_where_the_role_may_make_tables(shared: World) -> None:
    shared.database.refuse_unsafe_role()
    with above(shared).begin() as connection:
        connection.execute(text(row_security_0037.TABLES_OF_ONES_OWN))

    with pytest.raises(Unconfigured, match="temporary tables"):
        shared.database.refuse_unsafe_role()


@pytest.mark.parametrize("name", ["police.supervisor", "national.coordinator"])
def test_a_member_writes_nothing_of_herself_but_her_language(shared: World, name: str) -> None:
    actor = shared.actor(name)

    assert [_put_in(shared.database, actor, one) for one in (MOVED, NAMED, LANGUAGE)] == [False, False, True]


def test_without_the_trigger_a_supervisor_moves_herself_into_another_agency(shared: World) -> None:
    with above(shared).begin() as connection:
        connection.execute(text("DROP TRIGGER member_kept ON member"))

    assert _put_in(shared.database, shared.actor("police.supervisor"), MOVED)
    assert accounts.load_actor("police.supervisor").agency_kind == "advocacy"


def test_nobody_takes_away_what_links_records_that_she_does_not_see(shared: World) -> None:
    shared.with_advocate()
    before = _tokens(shared)

    assert _put_in(shared.database, shared.actor("national.coordinator"), TOKENS)
    assert _tokens(shared) == before > 0
    assert _put_in(shared.database, shared.actor("advocate"), TOKENS)
    assert _tokens(shared) == 0


def _tokens(world: World) -> int:
    with above(world).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM link_token")).scalar_one())
