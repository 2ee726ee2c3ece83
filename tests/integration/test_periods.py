"""Periods that end by themselves, run from a day that the form names, or warn more than once; on both databases."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Unmet
from app.models.workflow import CaseClock, CaseEvent, WorkflowRun
from app.services import clock_acts, ticking
from app.services.workflow_runner import find_standing
from tests.factories.placed import House
from tests.factories.world import World
from tests.integration.test_clock_notices import heard

SUPERVISOR = "advocacy.supervisor"


def legal(world: World, case_id: UUID) -> str:
    with world.database.read(world.actor("advocate")) as work:
        return work.session.execute(select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)).scalar_one()[
            "legal"
        ]


def clock_id(world: World, case_id: UUID, name: str) -> UUID:
    with world.database.read(world.actor("advocate")) as work:
        found = select(CaseClock.id).where(CaseClock.case_id == case_id, CaseClock.name == name)
        return work.session.execute(found).scalar_one()


def warnings(house: House, month: int, on: int) -> int:
    house.clock.at(date(2014, month, on))
    ticking.tick()
    return [kind for kind, clock in heard(house.world, "advocate") if clock == "compensation"].count("clock:due_soon")


def in_reflection(house: House) -> UUID:
    case_id = house.world.with_advocate(citizenship=["MD"])
    house.world.step("advocate", case_id, "legal", "begin_reflection")
    return case_id


def test_reflection_ends_with_its_clock_and_nobody_clicks(house: House) -> None:
    case_id = in_reflection(house)
    house.clock.at(date(2014, 4, 1))
    ticking.tick()
    before = legal(house.world, case_id)

    house.clock.at(date(2014, 4, 3))
    ticking.tick()
    ticking.tick()

    with house.world.database.read(house.world.actor("advocate")) as work:
        taken = select(CaseEvent.action).where(CaseEvent.case_id == case_id, CaseEvent.track == "legal")
        actions = list(work.session.execute(taken.order_by(CaseEvent.position)).scalars())
    assert (before, legal(house.world, case_id)) == ("reflection", "reflection_over")
    assert actions == ["begin_reflection", "end_reflection"]


def test_reflection_that_stands_still_does_not_end(house: House) -> None:
    case_id = in_reflection(house)
    clock_acts.pause(house.world.actor(SUPERVISOR), clock_id(house.world, case_id, "reflection"), "In hospital.")

    house.clock.at(date(2014, 5, 3))
    ticking.tick()

    assert legal(house.world, case_id) == "reflection"


def test_a_period_that_the_person_has_ended_herself_is_left_alone(house: House) -> None:
    case_id = in_reflection(house)
    decided = {"cooperation": "does_not", "informed": True, "help_not_tied": True}
    house.world.step("advocate", case_id, "legal", "decide_on_cooperation", **decided)

    house.clock.at(date(2014, 5, 3))
    ticking.tick()

    assert legal(house.world, case_id) == "not_cooperating"


@pytest.mark.line(20)
def test_the_six_months_of_compensation_run_from_the_act_and_warn_three_times(house: House) -> None:
    case_id = house.world.with_advocate()
    explained = {"rights_given": True, "language": "sqi", "act_on": "2014-02-03"}
    house.world.step("advocate", case_id, "compensation", "explain_rights", **explained)
    with house.world.database.read(house.world.actor("advocate")) as work:
        due = work.session.execute(select(CaseClock.due_at).where(CaseClock.name == "compensation")).scalar_one()

    counted = [warnings(house, *one) for one in ((5, 4), (5, 6), (5, 7), (7, 5), (7, 28), (7, 29))]

    assert due.date() == date(2014, 8, 3)
    assert counted == [0, 1, 1, 2, 3, 3]


def child_under_guard(house: House, birth_date: str) -> UUID:
    """A child whom a social worker attends."""
    world = house.world
    centre = str(world.agencies["social_work_prishtine"])
    case_id = world.open_signal(age_group="child", birth_date=birth_date, social_work_centre=centre)
    world.accept("social.worker", case_id)
    return case_id


def test_a_child_comes_of_age_on_her_birthday_and_not_before(house: House) -> None:
    case_id = child_under_guard(house, "1996-04-03")
    with pytest.raises(Unmet, match="of_age"):
        house.world.step("social.worker", case_id, "child", "come_of_age")

    house.clock.at(date(2014, 4, 3))
    house.world.step("social.worker", case_id, "child", "come_of_age", date(2014, 4, 3))

    with house.world.database.read(house.world.actor("social.worker")) as work:
        known = find_standing(work, case_id)
    assert (known.states["child"], known.is_child) == ("aged_out", False)
    assert "own_consent" in {one.name for one in known.clocks}
