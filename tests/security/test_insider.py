"""An administrator who means harm (T8.4): a role for herself, somebody's password, a key, the record, the policies.

Each is refused; what goes through the application is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from app.errors import Refusal
from app.models.audit import AuditEntry
from app.services import accounts, members, unit_of_work
from app.services.members import Profile
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.promises import tell

ADMIN = "administrator"
STATEMENTS = {
    "a role for herself": "INSERT INTO member_role (member_id, role) SELECT id, 'agency_supervisor' FROM member"
    " WHERE sign_in = 'administrator'",
    "another role in place of hers": "UPDATE member_role SET role = 'agency_supervisor'",
    "a request approved as it were": "UPDATE approval SET state = 'approved', decided_at = now(), decided_by_id ="
    " (SELECT id FROM member WHERE sign_in = 'advocacy.supervisor')",
    "a password of her choice": "UPDATE member_secret SET password_hash = 'x'",
    "somebody's second factor": "DELETE FROM member_factor",
    "a key of a case": "SELECT wrapped FROM case_key",
    "an entry of the record": "UPDATE audit_entry SET action = 'nothing'",
    "the record": "DELETE FROM audit_entry",
    "the end of a chain": "UPDATE audit_chain SET length = 0",
    "a policy": "DROP POLICY case_key_select ON case_key",
    "row-level security": "ALTER TABLE case_key DISABLE ROW LEVEL SECURITY",
    "a trigger": "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
}
"""What she would send had she SQL of her own; each does its harm where nothing holds it."""


@pytest.fixture
def laid(world: World) -> World:
    """A case, and a role that was asked for."""
    world.with_advocate()
    colleague, both = world.actor("advocate2").member_id, ("advocate", "agency_supervisor")
    assert colleague is not None
    members.change(world.actor(ADMIN), colleague, Profile("Milica Jović", both))
    return world


def _done(connection: Connection, statement: str) -> bool:
    """Whether a statement changes something; it is taken back."""
    point = connection.begin_nested()
    try:
        return connection.exec_driver_sql(statement).rowcount != 0
    except DBAPIError:
        return False
    finally:
        point.rollback()


def _done_by_administrator(world: World) -> list[str]:
    with world.database.write(world.actor(ADMIN)) as work:
        return [name for name, one in STATEMENTS.items() if _done(work.session.connection(), one)]


@pytest.mark.promise("T8.4")
@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_with_sql_of_her_own_an_administrator_does_no_harm(laid: World) -> None:
    done = _done_by_administrator(laid)

    tell("T8.4", "PostgreSQL", f"{len(STATEMENTS)} statements of her own: {len(done)} did anything")
    assert done == []


@pytest.mark.promise("T8.4")
@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_each_of_these_statements_does_its_harm_where_nothing_holds_it(laid: World) -> None:
    with above(laid).connect() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")  # nor a trigger of the database
        done = [name for name, one in STATEMENTS.items() if _done(connection, one)]

    assert sorted(done) == sorted(STATEMENTS)


def _own_page(world: World) -> str:
    return f"/people/members/{world.actor(ADMIN).member_id}"


def _acts(world: World) -> list[str]:
    with above(world).connect() as connection:
        entries = select(AuditEntry.action).where(AuditEntry.member_id == world.actor(ADMIN).member_id)
        return list(connection.execute(entries).scalars())


def _grants_herself(world: World) -> str:
    unit_of_work.bind(world.database)
    admin = world.actor(ADMIN)
    assert isinstance(admin.member_id, UUID)
    try:
        members.change(admin, admin.member_id, Profile("Luan Bytyqi", ("administrator", "agency_supervisor")))
    except Refusal as refusal:
        return refusal.key
    return "done"


@pytest.mark.promise("T8.4")
def test_through_the_application_it_is_refused_and_written_down(laid: World) -> None:
    case_id, visitor = laid.with_advocate(), Visitor(laid.app())
    visitor.sign_in(ADMIN)

    visitor.get(f"/cases/{case_id}", 403)
    visitor.get("/looks", 403)
    page = visitor.get(_own_page(laid))
    own, roles = _grants_herself(laid), accounts.load_actor(ADMIN).roles

    assert page.form("Save").offered("roles") == {"administrator"}
    assert (own, roles) == ("not_to_yourself", {"administrator"})
    assert {"access:refused", "approval:refused_to_oneself"} <= set(_acts(laid))
    tell("T8.4", "SQLite" if not laid.database.is_postgresql else "PostgreSQL", "a role for herself: refused, recorded")


@pytest.mark.promise("T8.4")
@pytest.mark.parametrize("kind", KINDS)
def test_without_the_second_person_a_role_for_a_friend_would_be_given(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(two_give_a_role=False))
    friend, both = world.actor("advocate2").member_id, ("advocate", "agency_supervisor")

    members.change(world.actor(ADMIN), friend, Profile("Milica Jović", both))

    assert accounts.load_actor("advocate2").roles == set(both)
    assert accounts.load_actor(ADMIN).roles == {"administrator"}
