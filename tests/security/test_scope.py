"""The scope of ORM queries of any shape: SQLite has nothing else, PostgreSQL has its policies too."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from app.models.case import Case, CaseParty
from app.models.record import ClientRecord
from app.models.workflow import CaseEvent, WorkflowRun
from app.services.unit_of_work import Parts
from tests.factories.world import Template, World

SHAPES: dict[str, Callable[[], Select[Any]]] = {
    "entity": lambda: select(Case),
    "columns": lambda: select(Case.reference),
    "count": lambda: select(func.count(Case.id)),
    "count of select_from": lambda: select(func.count()).select_from(ClientRecord),
    "join": lambda: select(ClientRecord.id).join(Case, Case.id == ClientRecord.case_id),
    "join to the table of the rule": lambda: select(Case.id).join(CaseParty, CaseParty.case_id == Case.id),
    "join behind a column": lambda: (
        select(func.count()).select_from(CaseEvent).join(Case, Case.id == CaseEvent.case_id)
    ),
    "alias": lambda: select(aliased(Case).id),
    "in a subquery": lambda: select(func.count()).where(exists(select(Case.id))),
    "in an IN": lambda: select(WorkflowRun.case_id).where(WorkflowRun.case_id.in_(select(Case.id))),
    "a subquery as table": lambda: select(func.count()).select_from(select(Case.id).subquery()),
    "a common table expression": lambda: select(func.count()).select_from(select(Case.id).cte()),
    "a union": lambda: select(func.count()).select_from(select(Case.id).union(select(CaseParty.case_id)).subquery()),
    "a scalar column": lambda: select(select(func.count(Case.id)).scalar_subquery()),
}


def _found(world: World, by: str, shape: Callable[[], Select[Any]]) -> int:
    with world.database.read(world.actor(by)) as work:
        rows = work.session.execute(shape()).all()
    return sum(int(row[0]) if isinstance(row[0], int) else 1 for row in rows)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_query_of_any_shape_finds_nothing_of_a_case_that_is_not_hers(
    world: World, shape: Callable[[], Select[Any]]
) -> None:
    world.open_signal()

    assert _found(world, "investigator", shape) > 0
    assert _found(world, "advocate", shape) == 0
    assert _found(world, "investigator2", shape) == 0


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_without_the_scope_a_query_on_sqlite_finds_what_is_not_hers(
    make_world: Callable[..., World], sqlite_template: Template, shape: Callable[[], Select[Any]]
) -> None:
    world = make_world(sqlite_template, Parts(scope_is_on=False))
    world.open_signal()

    assert _found(world, "advocate", shape) > 0


def test_without_the_scope_postgresql_still_shows_nothing(
    make_world: Callable[..., World], postgresql_template: Template
) -> None:
    world = make_world(postgresql_template, Parts(scope_is_on=False))
    world.open_signal()

    assert [_found(world, "advocate", shape) for shape in SHAPES.values()] == [0] * len(SHAPES)
