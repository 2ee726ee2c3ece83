"""Taking back and correcting steps, on both databases: the original stays, clocks and counts follow."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import Forbidden, Refusal, Stale
from app.models.count import CountFact
from app.models.workflow import CaseClock, CaseEvent, WorkflowRun
from app.services.corrections import correct, take_back
from tests.factories.world import A_DAY, World

SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}


def _counted(world: World, metric: str, on: date) -> int:
    with world.database.read(world.actor("investigator")) as work:
        net = select(func.coalesce(func.sum(CountFact.weight), 0))
        return work.session.execute(net.where(CountFact.metric == metric, CountFact.occurred_on == on)).scalar_one()


def _version(world: World, case_id: UUID) -> int:
    with world.database.read(world.actor("investigator")) as work:
        found = select(WorkflowRun.row_version).where(WorkflowRun.case_id == case_id)
        return work.session.execute(found).scalar_one()


def _state(world: World, case_id: UUID, track: str) -> str:
    with world.database.read(world.actor("investigator")) as work:
        found = select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)
        return str(work.session.execute(found).scalar_one()[track])


def _screened(world: World) -> tuple[UUID, UUID]:
    case_id = world.open_signal()
    made = world.step("investigator", case_id, "identification", "screen", **SCREENED)
    return case_id, UUID(made["event_id"])


def test_a_step_taken_back_restores_state_clock_and_count_and_keeps_the_original(world: World) -> None:
    case_id, event_id = _screened(world)

    take_back(world.actor("investigator"), case_id, event_id, "Wrong person.", _version(world, case_id))

    with world.database.read(world.actor("investigator")) as work:
        kept = work.session.get(CaseEvent, event_id)
        running = select(CaseClock.name).where(CaseClock.stopped_at.is_(None), CaseClock.voided_at.is_(None))
        clocks = set(work.session.execute(running.where(CaseClock.case_id == case_id)).scalars())
    assert _state(world, case_id, "identification") == "signal"
    assert kept is not None
    assert kept.voided_at is not None
    assert clocks == {"screening"}
    assert _counted(world, "screened", A_DAY) == 0


def test_an_older_step_cannot_be_taken_back(world: World) -> None:
    case_id, event_id = _screened(world)
    world.step(
        "investigator", case_id, "identification", "presume", reason="r", rights_given=True, rights_language="sq"
    )

    with pytest.raises(Refusal, match="not_the_latest"):
        take_back(world.actor("investigator"), case_id, event_id, "Late.", _version(world, case_id))


def test_a_colleague_who_supervises_may_take_back_and_one_who_does_not_may_not(world: World) -> None:
    case_id = world.with_advocate()
    made = world.step("advocate", case_id, "advocacy", "record_arrival")

    with pytest.raises(Refusal):
        take_back(world.actor("investigator"), case_id, UUID(made["event_id"]), "Not mine.", _version(world, case_id))

    supervisor = world.actor("advocacy.supervisor")
    take_back(supervisor, case_id, UUID(made["event_id"]), "Wrong case.", _version(world, case_id))
    assert _state(world, case_id, "advocacy") == "accepted"


def test_a_corrected_day_moves_the_count_and_the_original_names_what_holds_in_its_place(world: World) -> None:
    case_id, event_id = _screened(world)
    before = A_DAY - timedelta(days=3)

    actor = world.actor("investigator")
    made = correct(actor, case_id, event_id, SCREENED, before, "Typed the wrong day.", _version(world, case_id))

    with world.database.read(actor) as work:
        original = work.session.get(CaseEvent, event_id)
    assert original is not None
    assert str(original.corrected_by_id) == made["event_id"]
    assert (_counted(world, "screened", A_DAY), _counted(world, "screened", before)) == (0, 1)


def test_a_correction_of_a_page_that_is_out_of_date_is_refused(world: World) -> None:
    case_id, event_id = _screened(world)

    with pytest.raises(Stale):
        take_back(world.actor("investigator"), case_id, event_id, "Old page.", _version(world, case_id) - 1)


def test_another_member_of_the_team_cannot_correct_what_she_did_not_record(world: World) -> None:
    case_id, event_id = _screened(world)

    with pytest.raises((Forbidden, Refusal)):
        take_back(world.actor("investigator2"), case_id, event_id, "Mine now.", _version(world, case_id))
