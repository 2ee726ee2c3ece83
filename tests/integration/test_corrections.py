"""Taking back and correcting steps, on both databases: the original stays, clocks and counts follow."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import Forbidden, Invalid, NotFound, Refusal, Stale
from app.models.case import Case, CaseParty
from app.models.count import CountFact
from app.models.workflow import CaseClock, CaseEvent, WorkflowRun
from app.services.corrections import correct, take_back
from tests.factories.world import A_DAY, SIGNAL, World

SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}

CLOSED = {"closure_reason": "not_a_victim", "person_told": True, "follow_up_asked": True}


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


def test_an_accepted_referral_cannot_be_taken_back_by_who_accepted_it_nor_its_call_by_who_called(world: World) -> None:
    case_id = world.with_advocate()
    with world.database.read(world.actor("advocate")) as work:
        events = select(CaseEvent.id, CaseEvent.action).where(
            CaseEvent.case_id == case_id, CaseEvent.track == "advocacy"
        )
        taken = {row.action: row.id for row in work.session.execute(events)}

    with pytest.raises(Refusal, match="answer_stays"):
        take_back(world.actor("advocate"), case_id, taken["accept_call"], "No.", _version(world, case_id))
    with pytest.raises(Refusal, match="not_the_latest"):
        take_back(world.actor("investigator"), case_id, taken["call_advocate"], "No.", _version(world, case_id))


def test_a_case_whose_closing_is_taken_back_is_open_again_in_every_copy(world: World) -> None:
    case_id = world.open_signal()
    world.step("investigator", case_id, "identification", "screen", **SCREENED)
    second = str(world.actor("investigator2").member_id)
    world.step(
        "investigator",
        case_id,
        "identification",
        "dismiss_signal",
        ground="other_crime",
        reason="r",
        second_reader=second,
        other_help_offered=True,
    )
    closed = world.step("investigator", case_id, "case", "close_signal", **CLOSED)

    take_back(world.actor("investigator"), case_id, UUID(closed["event_id"]), "Too early.", _version(world, case_id))

    with world.database.read(world.actor("investigator")) as work:
        case = work.session.get(Case, case_id)
        copies = set(work.session.execute(select(CaseParty.case_state).where(CaseParty.case_id == case_id)).scalars())
    assert case is not None
    assert (case.status, case.closed_on) == ("open", None)
    assert copies == {"open"}
    assert _counted(world, "closed", A_DAY) == 0


def test_an_event_of_another_case_is_not_taken_back_through_this_one(world: World) -> None:
    mine, _ = _screened(world)
    _, other_event = _screened(world)

    with pytest.raises(NotFound):
        take_back(world.actor("investigator"), mine, other_event, "Wrong one.", _version(world, mine))


def test_a_clock_of_a_redated_step_runs_from_the_right_day(world: World) -> None:
    case_id = world.open_signal()
    with world.database.read(world.actor("investigator")) as work:
        first = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.track == "identification")
        event_id = work.session.execute(first).scalar_one()
        running = select(CaseClock.due_at).where(CaseClock.case_id == case_id, CaseClock.voided_at.is_(None))
        due = work.session.execute(running.where(CaseClock.name == "screening")).scalar_one()

    earlier = A_DAY - timedelta(days=2)
    correct(world.actor("investigator"), case_id, event_id, SIGNAL, earlier, "Typed wrong.", _version(world, case_id))

    with world.database.read(world.actor("investigator")) as work:
        clock = work.session.execute(running.where(CaseClock.name == "screening")).scalar_one()
        case = work.session.get(Case, case_id)
        days = set(work.session.execute(select(CaseParty.opened_on).where(CaseParty.case_id == case_id)).scalars())
    assert clock == due - timedelta(days=2)
    assert case is not None
    assert case.opened_on == earlier
    assert days == {earlier}


def test_a_step_corrected_and_then_taken_back_is_counted_on_no_day(world: World) -> None:
    case_id, event_id = _screened(world)
    actor, before = world.actor("investigator"), A_DAY - timedelta(days=1)
    made = correct(actor, case_id, event_id, SCREENED, before, "Wrong day.", _version(world, case_id))

    take_back(actor, case_id, UUID(made["event_id"]), "Wrong person.", _version(world, case_id))

    assert (_counted(world, "screened", A_DAY), _counted(world, "screened", before)) == (0, 0)
    assert _state(world, case_id, "identification") == "signal"


def test_a_corrected_step_keeps_its_required_answers(world: World) -> None:
    case_id, event_id = _screened(world)

    with pytest.raises(Invalid) as refusal:
        correct(world.actor("investigator"), case_id, event_id, {}, A_DAY, "Empty.", _version(world, case_id))

    assert "private" in refusal.value.fields
