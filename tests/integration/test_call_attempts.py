"""Tries to call who is on duty, on both databases: each is kept with who tried, whom, and how it went."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.workflow import CallAttempt
from app.queries import case_file
from app.services import corrections
from app.services.workflow_runner import find_standing
from tests.factories.reading import Readers
from tests.factories.world import World


def attempts(world: World, case_id: UUID) -> list[tuple[str, str | None, str | None]]:
    with world.database.read(world.actor("investigator")) as work:
        rows = case_file.attempts(work.session, work.actor, case_id)
    return [(row.outcome, row.called, row.by) for row in rows]


@pytest.mark.line(4)
def test_each_try_is_kept_with_who_tried_whom_and_the_referral_that_it_was_about(world: World) -> None:
    case_id = world.open_signal()
    referral_id = world.call_advocate(case_id)
    called = str(world.actor("advocate").member_id)

    world.step("investigator", case_id, "advocacy", "log_attempt", outcome="busy")
    world.step("investigator", case_id, "advocacy", "log_attempt", outcome="no_answer", called_user=called)

    tried = world.actor("investigator").name
    assert sorted(attempts(world, case_id)) == [("busy", None, tried), ("no_answer", "Teuta Berani", tried)]
    with world.database.read(world.actor("investigator")) as work:
        assert set(work.session.execute(select(CallAttempt.referral_id)).scalars()) == {referral_id}


def test_a_try_that_was_taken_back_is_not_shown(world: World) -> None:
    case_id = world.open_signal()
    world.call_advocate(case_id)
    made = world.step("investigator", case_id, "advocacy", "log_attempt", outcome="busy")
    with world.database.read(world.actor("investigator")) as work:
        version = find_standing(work, case_id).row_version

    corrections.take_back(world.actor("investigator"), case_id, UUID(made["event_id"]), "The wrong case.", version)

    assert attempts(world, case_id) == []


def test_no_other_step_is_taken_for_a_try(world: World) -> None:
    assert attempts(world, world.with_advocate()) == []


def test_the_case_shows_the_tries(reader: Readers, world: World) -> None:
    case_id = world.open_signal()
    world.call_advocate(case_id)
    world.step("investigator", case_id, "advocacy", "log_attempt", outcome="switched_off")

    page = reader("investigator").get(f"/cases/{case_id}")

    assert "Attempts to call" in page.text
    assert "Telephone switched off" in page.text
