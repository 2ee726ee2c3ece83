"""Steps of a case through the service, on both databases."""

import pytest
from sqlalchemy import select

from app.errors import Forbidden, NotFound, Unmet
from app.models.audit import AuditEntry
from app.models.workflow import WorkflowRun
from app.security.actor import system_actor
from app.services import auditing
from tests.factories.world import World

SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}


def test_a_step_moves_its_track_and_leaves_one_audit_entry(world: World) -> None:
    case_id = world.open_signal()

    made = world.step("investigator", case_id, "identification", "screen", **SCREENED)

    with world.database.read(world.actor("investigator")) as work:
        run = work.session.execute(select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)).scalar_one()
    with world.database.read(system_actor("auditor")) as work:
        entries = (
            work.session.execute(select(AuditEntry.detail).where(AuditEntry.action == "case:step")).scalars().all()
        )
    assert run["identification"] == "screened"
    assert [made["event_id"] in entry for entry in entries] == [True]


def test_a_step_of_another_role_is_refused(world: World) -> None:
    case_id = world.with_advocate()

    with pytest.raises(Forbidden):
        world.step("advocate", case_id, "identification", "screen", **SCREENED)


def test_a_refused_step_names_every_guard_that_fails(world: World) -> None:
    case_id = world.open_signal()
    answers = SCREENED | {"private": False, "interpreter_offered": False}

    with pytest.raises(Unmet) as refusal:
        world.step("investigator", case_id, "identification", "screen", **answers)

    assert {guard for guard, _ in refusal.value.guards} == {"private", "interpreter_offered"}


def test_a_case_is_not_there_for_an_agency_that_is_no_party(world: World) -> None:
    case_id = world.open_signal()

    with pytest.raises(NotFound):
        world.step("advocate", case_id, "advocacy", "record_arrival")


def test_the_audit_chains_are_whole_after_some_work(world: World) -> None:
    world.with_advocate()

    verdicts = auditing.verify_all()

    assert sum(verdict.entries for verdict in verdicts) > 3
    assert [verdict.fault for verdict in verdicts if verdict.fault] == []
