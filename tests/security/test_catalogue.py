"""The catalogue gate (T3.1): every table holds its rows back, and the gate sees each kind of hole that is planted."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, make_url

from app.models import Base
from app.security.scope import RULES
from tests.factories.world import Template
from tests.security.catalogue import faults
from tests.support.promises import tell

PLANTED = {
    "row security switched off": ("ALTER TABLE note DISABLE ROW LEVEL SECURITY", "note: row-level security"),
    "row security not forced": ("ALTER TABLE note NO FORCE ROW LEVEL SECURITY", "note: row-level security"),
    "a policy dropped": ("DROP POLICY note_select ON note", "note: SELECT is granted without a policy"),
    "an unchecked update": (
        "DROP POLICY note_update ON note; CREATE POLICY note_update ON note FOR UPDATE USING (true)",
        "note: UPDATE is not checked",
    ),
    "a delete without a policy": ("GRANT DELETE ON note TO {role}", "note: DELETE is granted without a policy"),
    "a truncate": ("GRANT TRUNCATE ON note TO {role}", "note: TRUNCATE is granted"),
    "a new table without policy": ("CREATE TABLE planted (case_id uuid)", "planted: row-level security"),
    "a view of the owner": ("CREATE VIEW planted AS SELECT * FROM note", "planted: a view that runs"),
    "a materialised view": ("CREATE MATERIALIZED VIEW planted AS SELECT * FROM note", "planted: a view that runs"),
    "a function of the owner": (
        "CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM note'",
        "planted: runs with its owner's rights",
    ),
}


@pytest.fixture
def owner(postgresql_template: Template) -> Iterator[Connection]:
    """A superuser's connection to the template, rolled back at the end: what is planted never stays."""
    name = make_url(postgresql_template.address).database
    url = make_url(postgresql_template.cluster).set(drivername="postgresql+psycopg", database=name)
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def _role(template: Template) -> str:
    return make_url(template.address).username or ""


@pytest.mark.promise("T3.2")
def test_no_table_view_function_or_role_lets_rows_out(owner: Connection, postgresql_template: Template) -> None:
    assert faults(owner, _role(postgresql_template)) == []
    tell("T3.2", "PostgreSQL", f"{len(Base.metadata.tables)} tables with their views, functions and grants: 0 holes")


@pytest.mark.promise("T3.2")
@pytest.mark.parametrize(("statement", "named"), PLANTED.values(), ids=PLANTED)
def test_a_planted_hole_is_named(owner: Connection, postgresql_template: Template, statement: str, named: str) -> None:
    role = _role(postgresql_template)
    owner.exec_driver_sql(statement.format(role=role))

    assert [fault for fault in faults(owner, role) if fault.startswith(named)]


def test_every_table_of_a_case_has_a_rule_in_the_scope() -> None:
    ruled = {entity.__table__.name for entity in RULES}
    of_case = {table.name for table in Base.metadata.tables.values() if "case_id" in table.columns}

    assert of_case - ruled == {"audit_entry"}


def test_a_dump_by_the_application_sees_nothing(postgresql_template: Template) -> None:
    with psycopg.connect(postgresql_template.address.replace("+psycopg", "")) as connection:
        rows = connection.execute("SELECT count(*) FROM member").fetchone()

    assert rows == (0,)
