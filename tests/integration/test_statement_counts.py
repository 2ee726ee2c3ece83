"""A durable act costs few statements on PostgreSQL (decisions 17 and 44), and its record of acts exactly one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from app.services import referrals, unit_of_work
from app.services.unit_of_work import Once
from app.services.workflow_runner import StepRequest, take_step
from tests.factories.world import A_DAY, POINTER, Template, World

MOST = 9
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SELECT set_config(")
SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}


@contextmanager
def listened(world: World) -> Iterator[list[str]]:
    """What goes to the database, statement by statement, without what every transaction needs."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.extend([statement] if not statement.startswith(NOT_COUNTED) else [])

    event.listen(world.database.engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(world.database.engine, "before_cursor_execute", hear)


def _screen(world: World) -> Callable[[], object]:
    case_id = world.open_signal()
    return _step(world, "investigator", case_id, "identification", "screen", **SCREENED)


def _call(world: World) -> Callable[[], object]:
    case_id = world.open_signal()
    office = str(world.agencies["advocacy_prishtine"])
    return _step(world, "investigator", case_id, "advocacy", "call_advocate", office=office, **POINTER)


def _arrive(world: World) -> Callable[[], object]:
    case_id = world.with_advocate()
    return _step(world, "advocate", case_id, "advocacy", "record_arrival")


def _plan(world: World) -> Callable[[], object]:
    case_id = world.with_advocate()
    world.step("advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True)
    return _step(world, "advocate", case_id, "risk", "write_safety_plan", steps="A plan.", agreed_with_person=True)


def _step(
    world: World, by: str, case_id: UUID, track: str, action: str, **answers: Any
) -> Callable[[], dict[str, str]]:
    request = StepRequest(case_id, track, action, answers, A_DAY, row_version=None)
    return lambda: take_step(world.actor(by), request, Once(f"{track}-{action}", "a form"))


def _accept(world: World) -> Callable[[], object]:
    case_id = world.open_signal()
    world.call_advocate(case_id)
    waiting = world.waiting(case_id, "advocate")
    return lambda: referrals.accept(world.actor("advocate"), waiting, {}, A_DAY, Once("accept", "a form"))


STEPS = {"screen": _screen, "arrive": _arrive, "plan": _plan, "call": _call}


@pytest.fixture
def on_postgresql(make_world: Callable[..., World], postgresql_template: Template) -> World:
    return make_world(postgresql_template)


@pytest.mark.parametrize("prepared", STEPS.values(), ids=STEPS)
def test_a_step_takes_at_most_nine_statements(
    on_postgresql: World, prepared: Callable[[World], Callable[[], object]]
) -> None:
    act = prepared(on_postgresql)

    with listened(on_postgresql) as heard:
        act()

    assert 0 < len(heard) <= MOST, "\n".join(heard)


@pytest.mark.parametrize("prepared", [*STEPS.values(), _accept], ids=[*STEPS, "accept"])
def test_the_record_of_an_act_is_one_statement_and_the_last(
    on_postgresql: World, prepared: Callable[[World], Callable[[], object]]
) -> None:
    act = prepared(on_postgresql)

    with listened(on_postgresql) as heard:
        act()

    assert [number for number, statement in enumerate(heard) if "audit" in statement] == [len(heard) - 1]


def test_a_statement_more_is_heard(on_postgresql: World) -> None:
    world = on_postgresql
    world.open_signal()

    with listened(world) as heard, unit_of_work.read(world.actor("investigator")) as work:
        work.session.connection().exec_driver_sql("SELECT 1")

    assert heard == ["SELECT 1"]
