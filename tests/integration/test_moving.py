"""Moving an open case to the version in force, on both databases: pinned anew, with its reason and its clocks."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app.clock import local_day, utc_now
from app.errors import Forbidden, Invalid, NotFound, Refusal, Stale
from app.models.audit import Notice
from app.models.version import CaseMove
from app.models.workflow import CaseClock, CaseEvent, Signature, WorkflowRun
from app.security.actor import Actor
from app.services import case_page, corrections, moving
from app.services.moving import move
from app.services.viewing import view
from tests.factories.world import POINTER, Template, World
from tests.security.relations import above
from workflows import registry
from workflows.engine import start

IN_2007 = date(2007, 3, 5)
CLOSED = {"closure_reason": "not_a_victim", "person_told": True, "follow_up_asked": True}


def lead(world: World) -> Actor:
    return world.actor("police.supervisor")


def run_of(world: World, case_id: UUID) -> Any:
    with world.database.read(world.actor("investigator")) as work:
        run = WorkflowRun
        found = select(run.procedure, run.digest, run.states, run.row_version).where(run.case_id == case_id)
        return work.session.execute(found).one()


def moved(world: World, case_id: UUID, by: str = "police.supervisor", **asked: Any) -> dict[str, str]:
    says = {"reason": "New rules protect better.", "row_version": run_of(world, case_id).row_version, "chosen": {}}
    return move(world.actor(by), case_id, **says | asked)


def called_in_2007(world: World) -> UUID:
    case_id = world.open_signal(on=IN_2007, birth_date="1970-05-06")
    called = {"office": str(world.agencies["advocacy_prishtine"]), **POINTER}
    world.step("investigator", case_id, "advocacy", "call_advocate", on=IN_2007, **called)
    return case_id


def test_a_moved_case_is_pinned_to_the_version_in_force_and_keeps_its_states(world: World) -> None:
    case_id = called_in_2007(world)
    before = run_of(world, case_id)

    moved(world, case_id)

    after, newest = run_of(world, case_id), registry.get("xk_2023")
    assert (before.procedure, after.procedure, after.digest) == ("xk_2005", newest.name, newest.digest)
    assert after.states == start(newest) | before.states
    assert after.row_version == before.row_version + 1


def test_clocks_go_on_from_their_own_start_and_new_ones_begin(world: World) -> None:
    case_id = called_in_2007(world)

    event_id = UUID(moved(world, case_id)["event_id"])

    with world.database.read(lead(world)) as work:
        found = select(CaseClock).where(CaseClock.case_id == case_id, CaseClock.name.in_(("answer", "arrival")))
        clocks = {(one.name, one.stopped_by_id == event_id): one for one in work.session.execute(found).scalars()}
    old, new, arrival = clocks["answer", True], clocks["answer", False], clocks["arrival", False]
    assert (new.started_at, new.started_by_id) == (old.started_at, event_id)
    assert new.due_at - new.started_at < old.due_at - old.started_at
    assert (new.stopped_at, arrival.stopped_at) == (None, None)
    assert arrival.started_at > new.started_at


def test_the_move_stands_on_the_line_with_its_reason_and_every_step_reads_as_it_was_taken(world: World) -> None:
    case_id = called_in_2007(world)

    event_id = UUID(moved(world, case_id)["event_id"])

    page = view(lead(world), "t", case_page.whole, case_id=case_id)
    event = view(lead(world), "t", case_page.one_event, case_id=case_id, event_id=event_id)
    assert (page.entries[0].id, page.entries[0].label.en) == (event_id, "Moved to another version of the procedure")
    assert [one.before.en for one in page.moves] == ["Procedure of 2005"]
    assert page.procedure_label.en == "Procedure of 2023"
    assert event.reason == "New rules protect better."


def test_the_other_parties_are_told_and_the_act_is_in_the_record(world: World) -> None:
    case_id = called_in_2007(world)
    world.accept("advocate", case_id, on=IN_2007)

    moved(world, case_id, by="advocacy.supervisor")

    with world.database.read(world.actor("investigator")) as work:
        told = select(Notice.kind).where(Notice.case_id == case_id, Notice.kind == "case:version")
        assert len(work.session.execute(told).all()) == 1


def test_a_next_step_obeys_the_new_rules(world: World) -> None:
    case_id = called_in_2007(world)
    world.accept("advocate", case_id, on=IN_2007)
    moved(world, case_id, by="advocacy.supervisor")

    with pytest.raises(Refusal, match="illegal_step"):
        world.step("investigator", case_id, "risk", "rate_risk", level="low", safety_questions=True)
    world.step("investigator", case_id, "risk", "propose_rating", level="low", safety_questions=True)


def test_nobody_but_the_supervisor_of_the_lead_agency_moves_it(world: World) -> None:
    case_id = called_in_2007(world)
    world.accept("advocate", case_id, on=IN_2007)
    version = run_of(world, case_id).row_version

    for_others = ["investigator", "advocate", "police.supervisor", "administrator", "social.supervisor"]
    refused = [_refusal(world, name, case_id, version) for name in for_others]

    assert refused == [NotFound] * 5
    assert run_of(world, case_id).procedure == "xk_2005"


def _refusal(world: World, sign_in: str, case_id: UUID, version: int) -> type[Exception]:
    with pytest.raises((NotFound, Forbidden)) as found:
        move(world.actor(sign_in), case_id, "Mine.", version, {})
    return found.type


def test_a_page_that_is_out_of_date_moves_nothing(world: World) -> None:
    case_id = called_in_2007(world)

    with pytest.raises(Stale):
        moved(world, case_id, row_version=1)


def test_a_move_without_a_reason_is_refused(world: World) -> None:
    case_id = called_in_2007(world)

    with pytest.raises(Invalid, match="why: required"):
        moved(world, case_id, reason=" ")


def test_a_case_that_runs_under_the_version_in_force_is_not_moved(world: World) -> None:
    case_id = world.open_signal(on=local_day(utc_now()))

    with pytest.raises(Refusal, match="runs_in_force"):
        moved(world, case_id)


def test_a_closed_case_is_not_moved(world: World) -> None:
    case_id = world.open_signal(on=IN_2007, birth_date="1970-05-06")
    screened = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}
    world.step("investigator", case_id, "identification", "screen", on=IN_2007, **screened)
    dismissed = {"ground": "other_crime", "reason": "A mistake.", "other_help_offered": True}
    second = str(world.actor("investigator2").member_id)
    world.step(
        "investigator", case_id, "identification", "dismiss_signal", on=IN_2007, second_reader=second, **dismissed
    )
    world.step("investigator", case_id, "case", "close_signal", on=IN_2007, **CLOSED)

    with pytest.raises(Refusal, match="reopen_first"):
        moved(world, case_id)


def test_the_same_form_moves_once(world: World) -> None:
    case_id = called_in_2007(world)
    once = moving.Once("a-key", "a form")
    version = run_of(world, case_id).row_version

    first, second = (moved(world, case_id, row_version=version, once=once) for _ in range(2))

    assert first == second


def test_what_was_recorded_before_the_move_is_neither_corrected_nor_taken_back(world: World) -> None:
    case_id = called_in_2007(world)
    event_id = UUID(moved(world, case_id)["event_id"])
    with world.database.read(world.actor("investigator")) as work:
        of_case = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.action == "call_advocate")
        before = work.session.execute(of_case).scalar_one()
    version = run_of(world, case_id).row_version

    with pytest.raises(Refusal, match="moved_since"):
        corrections.take_back(world.actor("investigator"), case_id, before, "No.", version)
    with pytest.raises(Refusal, match="moved_since"):
        corrections.take_back(lead(world), case_id, event_id, "No.", version)


def test_a_signature_that_waits_for_others_falls(world: World) -> None:
    case_id = called_in_2007(world)
    with above(world).begin() as connection:
        connection.execute(
            Signature.__table__.insert(),
            [_signature(world, case_id, connection)],
        )

    moved(world, case_id)

    with world.database.read(lead(world)) as work:
        standing = select(Signature.id).where(Signature.case_id == case_id, Signature.voided_at.is_(None))
        assert work.session.execute(standing).all() == []


def _signature(world: World, case_id: UUID, connection: Any) -> dict[str, Any]:
    event = connection.execute(select(CaseEvent.id, CaseEvent.recorded_at).where(CaseEvent.case_id == case_id)).first()
    who = world.actor("investigator")
    return {
        "id": UUID(int=7),
        "case_id": case_id,
        "agency_id": who.agency_id,
        "event_id": event.id,
        "track": "risk",
        "action": "rate_risk",
        "role": "investigator",
        "member_id": who.member_id,
        "signed_at": event.recorded_at,
    }


def test_the_row_of_a_move_cannot_be_changed_even_by_its_owner(world: World) -> None:
    case_id = called_in_2007(world)
    moved(world, case_id)

    for_all = CaseMove.__table__
    with pytest.raises(DBAPIError, match="append"), above(world).begin() as connection:
        connection.execute(update(for_all).values(to_procedure="another"))
    with pytest.raises(DBAPIError, match="append"), above(world).begin() as connection:
        connection.execute(delete(for_all))


def test_without_the_trigger_the_row_could_be_changed(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    world = make_world(sqlite_template)
    moved(world, called_in_2007(world))

    with above(world).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER case_move_no_update")
        changed = connection.execute(update(CaseMove.__table__).values(to_procedure="another"))

    assert changed.rowcount == 1
