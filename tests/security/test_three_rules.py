"""One rule, three times: in plain Python, as WHERE clauses, as the database's policies. They agree row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, Select, make_url, select, text

from app.models.base import Base
from app.security.actor import Actor
from app.security.predicates import PREDICATES, Predicate
from app.security.scope import RULES
from app.security.scoped_session import ScopedSession
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, World, made_world
from tests.security.relations import Laid, above, actors_of, lay_out

Seen = dict[str, frozenset[Any]]
ENTITIES = {entity.__table__.name: entity for entity in RULES}


@dataclass
class Country:
    """A database in which rows lie in every relation."""

    world: World
    laid: Laid
    actors: dict[str, Actor]
    above: Engine

    def by_predicate(self, table: str, rule: Predicate | None = None) -> Seen:
        """The keys that the predicate lets each actor see."""
        sees, rows = rule or PREDICATES[table], self.laid.rows[table]
        return {
            name: frozenset(key for key, facts, row in rows if sees(actor, facts, row))
            for name, actor in self.actors.items()
        }

    def by_where(self, table: str) -> Seen:
        """The keys that each actor's WHERE clause finds, where no policy holds."""
        found = {}
        for name, actor in self.actors.items():
            with ScopedSession(self.above).scoped_to(actor) as session:
                found[name] = _keys(session.execute(_keys_of(table)))
        return found

    def by_policy(self, table: str) -> Seen:
        """The keys that the database shows each actor as the application's role, with no WHERE clause."""
        found = {}
        for name, actor in self.actors.items():
            with self.world.database.read(actor) as work:
                found[name] = _keys(work.session.connection().execute(_keys_of(table)))
        return found


def _keys_of(table: str) -> Select[Any]:
    entity = ENTITIES[table]
    return select(*[getattr(entity, column.key) for column in entity.__mapper__.primary_key])


def _keys(rows: Any) -> frozenset[Any]:
    return frozenset(tuple(row) for row in rows)


@pytest.fixture(scope="module", params=KINDS)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("country"), Parts(scope_is_on=False)) as world:
        yield Country(world, lay_out(world), actors_of(world), above(world))


@pytest.fixture(scope="module")
def country_on_postgresql(postgresql_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    with made_world(postgresql_template, tmp_path_factory.mktemp("country"), Parts(scope_is_on=False)) as world:
        yield Country(world, lay_out(world), actors_of(world), above(world))


def test_every_table_of_the_scope_has_a_predicate() -> None:
    assert set(PREDICATES) == set(ENTITIES)


@pytest.mark.parametrize("table", PREDICATES)
def test_the_where_clause_shows_what_the_predicate_shows(country: Country, table: str) -> None:
    assert country.by_where(table) == country.by_predicate(table)


@pytest.mark.parametrize("table", PREDICATES)
def test_the_policy_shows_what_the_predicate_shows(country_on_postgresql: Country, table: str) -> None:
    assert country_on_postgresql.by_policy(table) == country_on_postgresql.by_predicate(table)


OPEN_TO_ALL = frozenset({"procedure_release"})
"""What everybody reads, the system's own actors too: the procedure in force."""


@pytest.mark.parametrize("table", sorted(set(PREDICATES) - OPEN_TO_ALL))
def test_the_rows_tell_those_who_see_from_those_who_do_not(country_on_postgresql: Country, table: str) -> None:
    seen = country_on_postgresql.by_predicate(table)
    laid = {key for key, _, _ in country_on_postgresql.laid.rows[table]}

    assert any(seen.values())
    assert any(laid - keys for keys in seen.values())


@pytest.mark.parametrize(
    ("table", "wrong"),
    [("note", "consent"), ("cases", "client_record"), ("referral", "note"), ("case_bar", "notice"), ("stay", "note")],
)
def test_a_predicate_of_another_kind_is_told_from_clause_and_policy(
    country_on_postgresql: Country, table: str, wrong: str
) -> None:
    planted = country_on_postgresql.by_predicate(table, PREDICATES[wrong])

    assert country_on_postgresql.by_where(table) != planted
    assert country_on_postgresql.by_policy(table) != planted


PLANTED = {
    "a colleague who is not assigned": ("note", "EXISTS (SELECT 1 FROM cases c WHERE c.id = note.case_id)"),
    "whoever is not barred": ("case_clock", "NOT barred(case_id)"),
    "a referral that was answered": ("referral", "NOT barred(case_id) AND to_agency_id = ctx_agency()"),
    "a standing that was withdrawn": ("case_event", "agency_id = ctx_agency()"),
}


@pytest.mark.parametrize(("table", "policy"), PLANTED.values(), ids=PLANTED)
def test_a_planted_policy_is_told_from_the_predicate(country_on_postgresql: Country, table: str, policy: str) -> None:
    country = country_on_postgresql
    role = make_url(country.world.settings.database_url).username
    actor = country.actors["member"]

    with country.above.connect() as connection:
        connection.execute(text(f"CREATE POLICY planted ON {table} FOR SELECT TO {role} USING ({policy})"))
        connection.execute(text(f"SET LOCAL ROLE {role}"))
        country.world.database.tell_context(ScopedSession(connection), actor)
        seen = _keys(connection.execute(_keys_of(table)))
        connection.rollback()

    assert seen != country.by_predicate(table)["member"]


def test_rows_lie_in_every_table_of_the_scope(country: Country) -> None:
    assert set(country.laid.rows) == set(ENTITIES)
    assert {name for name in country.laid.rows if name not in Base.metadata.tables} == set()
