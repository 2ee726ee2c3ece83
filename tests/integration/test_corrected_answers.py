"""Corrected answers on which counts and what is known of a person depend, on both databases.

What is counted after a correction is what would have been counted had the step been told rightly at first.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.count import CountFact
from app.models.record import ClientRecord
from app.models.workflow import WorkflowRun
from app.services import counts
from app.services.corrections import correct, take_back
from app.services.counts import CountRequest
from app.vocabulary.period import year
from tests.factories.placed import House, day
from tests.factories.world import A_DAY, World
from tests.integration.test_periods import child_under_guard

Answers = dict[str, Any]
GOALS = ("goal_school", "goal_job", "goal_job_incentive")
PLAN: Answers = {
    "goals": ["job", "school"],
    "steps": "A course first.",
    "review_on": "2014-06-03",
    "person_signed": True,
}
STOPPED: Answers = {"stop_reason": "other", "safe_contact_confirmed": True, "next_offer_on": "2014-06-03"}
JOB: Answers = {"goal": "job", "outcome": "reached", "tax_incentive": "no"}
NOT_REACHED = JOB | {"outcome": "not_reached"}
NEEDS: Answers = {"needs": ["shelter"], "services": ["counselling"]}
GUARDIAN: Answers = {
    "guardian_name": "Mirjeta Provë",
    "guardian_relation": "temporary_guardian",
    "safety_checked": True,
    "suspected": "no",
}
CONSENTS: Answers = {"purposes": ["assistance"], "given_by": "self", "language": "sqi", "explained": True}
STORY: Answers = {
    "means_of_control": ["physical_threats"],
    "recruitment": "job",
    "recruiter_relation": "acquaintance",
    "recruiter_sex": "F",
    "destination": "MK",
}
DECIDED: Answers = {
    "consent_interview": True,
    "rested": True,
    "exploitation_form": ["sexual_exploitation"],
    "scope": "internal",
    "reason": "As she told it.",
}
SCREENED: Answers = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}
PRESUMED: Answers = {"reason": "As seen.", "rights_given": True, "rights_language": "sq"}
IN_2010 = date(2010, 5, 3)
WHY = "Heard again."


def planned(world: World, **answers: Any) -> UUID:
    """A case in which a plan was signed."""
    case_id = world.with_advocate(**answers)
    world.step("advocate", case_id, "reintegration", "sign_plan", **PLAN)
    return case_id


def goal(world: World, case_id: UUID, **answers: Any) -> UUID:
    """What came of a goal; gives the step."""
    return UUID(world.step("advocate", case_id, "reintegration", "record_goal", **answers)["event_id"])


def corrected(
    world: World,
    case_id: UUID,
    event_id: UUID,
    answers: Mapping[str, Any],
    on: date = A_DAY,
    by: str = "advocate",
) -> UUID:
    made = correct(world.actor(by), case_id, event_id, answers, on, WHY, _version(world, case_id, by))
    return UUID(made["event_id"])


def _version(world: World, case_id: UUID, by: str = "advocate") -> int:
    with world.database.read(world.actor(by)) as work:
        found = select(WorkflowRun.row_version).where(WorkflowRun.case_id == case_id)
        return work.session.execute(found).scalar_one()


def numbers(world: World, metrics: tuple[str, ...] = GOALS, as_of: date | None = None) -> tuple[Any, ...]:
    """The nation's, of the year in which the tests play."""
    request = CountRequest(year(2014), metrics, as_of=as_of)
    report = counts.report(world.actor("statistics.supervisor"), request)
    assert report.nation is not None
    return tuple(report.nation.figures)


def rows(world: World, metric: str, dimension: str, of: int = 2014) -> dict[str, int]:
    report = counts.report(world.actor("statistics.supervisor"), CountRequest(year(of), (metric,), (dimension,)))
    assert report.nation is not None
    return {value: row[0] for value, row in report.nation.tables[dimension].rows if row[0]}


def known(world: World, case_id: UUID, name: str, by: str = "advocate") -> str:
    """What the record says."""
    with world.database.read(world.actor(by)) as work:
        found = select(getattr(ClientRecord, name)).where(ClientRecord.case_id == case_id)
        return str(work.session.execute(found).scalar_one())


@pytest.mark.parametrize(
    ("first", "now", "expected"),
    [
        pytest.param(JOB, NOT_REACHED, (0, 0, 0), id="reached after all not"),
        pytest.param(JOB, JOB | {"tax_incentive": "yes"}, (0, 0, 1), id="under the incentive"),
        pytest.param(JOB, JOB | {"goal": "school"}, (1, 0, 0), id="another goal"),
        pytest.param(NOT_REACHED, JOB, (0, 1, 0), id="not reached after all reached"),
        pytest.param(JOB, {"goal": "job", "outcome": "reached"}, (0, 1, 0), id="an answer left open"),
        pytest.param(JOB, JOB | {"note": "In a bakery."}, (0, 1, 0), id="a note alone"),
    ],
)
def test_a_goal_put_right_counts_as_if_it_had_been_told_so(
    world: World, first: Answers, now: Answers, expected: tuple[int, ...]
) -> None:
    case_id = planned(world)
    event_id = goal(world, case_id, **first)

    corrected(world, case_id, event_id, now)

    assert numbers(world) == expected


def test_a_goal_put_right_to_and_fro_counts_as_it_was_said_last_and_taken_back_not_at_all(world: World) -> None:
    case_id = planned(world)
    event_id = goal(world, case_id, **JOB)

    event_id = corrected(world, case_id, event_id, NOT_REACHED)
    event_id = corrected(world, case_id, event_id, JOB)
    stands = numbers(world)
    take_back(world.actor("advocate"), case_id, event_id, WHY, _version(world, case_id))

    assert (stands, numbers(world)) == ((0, 1, 0), (0, 0, 0))


def test_of_two_goals_the_one_put_right_counts_otherwise_and_the_other_as_before(world: World) -> None:
    case_id = planned(world)
    event_id = goal(world, case_id, **JOB)
    goal(world, case_id, goal="school", outcome="reached")

    corrected(world, case_id, event_id, NOT_REACHED)

    assert numbers(world) == (1, 0, 0)


def test_a_goal_put_right_with_another_day_counts_on_that_day(world: World) -> None:
    case_id = planned(world)
    event_id = goal(world, case_id, **NOT_REACHED)

    made = corrected(world, case_id, event_id, JOB, on=day(1))

    with world.database.read(world.actor("advocate")) as work:
        facts = select(CountFact.metric, CountFact.occurred_on, CountFact.weight).where(CountFact.event_id == made)
        assert [tuple(row) for row in work.session.execute(facts)] == [("goal_job", day(1), 1)]


@pytest.mark.parametrize(("first", "now"), [(JOB, NOT_REACHED), (NOT_REACHED, JOB), (JOB, JOB | {"goal": "school"})])
def test_reports_of_past_days_say_what_was_known_before_a_goal_was_put_right(
    house: House, first: Answers, now: Answers
) -> None:
    case_id = planned(house.world)
    event_id = goal(house.world, case_id, **first)
    told = numbers(house.world)
    house.clock.at(day(10))
    corrected(house.world, case_id, event_id, now)
    house.clock.at(day(20))

    assert numbers(house.world, as_of=day(9)) == told
    assert numbers(house.world, as_of=day(10)) == numbers(house.world) != told


def assisted(world: World, **answers: Any) -> tuple[UUID, UUID]:
    """A case in which help has begun; gives that step too."""
    case_id = world.with_advocate()
    world.step("advocate", case_id, "advocacy", "record_arrival")
    world.step("advocate", case_id, "advocacy", "record_consent", **CONSENTS)
    made = world.step("advocate", case_id, "advocacy", "begin_assistance", **NEEDS, **answers)
    return case_id, UUID(made["event_id"])


def resumed(world: World, case_id: UUID, **answers: Any) -> UUID:
    """Help ends and begins again; gives the latter step."""
    world.step("advocate", case_id, "advocacy", "end_assistance", reason="She went away.")
    return UUID(world.step("advocate", case_id, "advocacy", "resume_assistance", **NEEDS, **answers)["event_id"])


def test_a_goal_counted_only_after_it_was_put_right_says_of_her_what_was_known_when_it_was_told(world: World) -> None:
    case_id, _ = assisted(world, education="primary")
    world.step("advocate", case_id, "reintegration", "sign_plan", **PLAN)
    event_id = goal(world, case_id, **NOT_REACHED)
    world.step("advocate", case_id, "reintegration", "stop_plan", **STOPPED)
    resumed(world, case_id, education="tertiary")

    corrected(world, case_id, event_id, JOB)

    assert rows(world, "goal_job", "education") == {"primary": 1}
    assert rows(world, "goal_job", "citizenship") == {"XK": 1}
    assert rows(world, "goal_job", "entry_door") == {"police_raid": 1}


def test_a_goal_of_a_child_counted_only_after_she_came_of_age_counts_for_a_child(house: House) -> None:
    world = house.world
    case_id = child_under_guard(house, "1996-03-10")
    world.call_advocate(case_id)
    world.accept("advocate", case_id)
    world.step("social.worker", case_id, "child", "appoint_guardian", **GUARDIAN)
    world.step("advocate", case_id, "reintegration", "sign_plan", **PLAN)
    event_id = goal(world, case_id, **NOT_REACHED)
    house.clock.at(day(10))
    world.step("social.worker", case_id, "child", "come_of_age", day(10))

    corrected(world, case_id, event_id, JOB)

    assert rows(world, "goal_job", "adult_child") == {"child": 1}


def test_an_answer_left_open_by_a_correction_was_not_asked(world: World) -> None:
    case_id, event_id = assisted(world, education="primary")

    corrected(world, case_id, event_id, NEEDS)

    assert rows(world, "assisted", "education") == {"not_asked": 1}
    assert known(world, case_id, "education") == "not_asked"


def test_an_answer_left_open_by_a_correction_is_what_an_earlier_step_told(world: World) -> None:
    case_id, _ = assisted(world, education="primary")
    event_id = resumed(world, case_id, education="tertiary")

    made = corrected(world, case_id, event_id, NEEDS)

    assert _education_of(world, made) == "primary"
    assert known(world, case_id, "education") == "primary"


def _education_of(world: World, event_id: UUID) -> str:
    with world.database.read(world.actor("advocate")) as work:
        found = select(CountFact.education).where(CountFact.event_id == event_id, CountFact.weight == 1)
        return work.session.execute(found).scalar_one()


def test_an_answer_left_open_by_a_correction_leaves_what_a_later_step_told(world: World) -> None:
    case_id, event_id = assisted(world, education="primary")
    later = resumed(world, case_id, education="tertiary")

    made = corrected(world, case_id, event_id, NEEDS)

    assert (_education_of(world, made), _education_of(world, later)) == ("not_asked", "tertiary")
    assert known(world, case_id, "education") == "tertiary"


def identified(world: World) -> tuple[UUID, UUID]:
    """A case of the first procedure, in which nobody assists yet and the police keep what they decided."""
    case_id = world.open_signal(on=IN_2010)
    world.step("investigator", case_id, "identification", "screen", IN_2010, **SCREENED)
    world.step("investigator", case_id, "identification", "presume", IN_2010, **PRESUMED)
    called: Answers = {"office": str(world.agencies["advocacy_prishtine"]), "region": "prishtine", "sex": "F"}
    called |= {"age_group": "adult", "language": "sq", "urgency": "today"}
    world.step("investigator", case_id, "advocacy", "call_advocate", IN_2010, **called)
    made = world.step("investigator", case_id, "identification", "identify", IN_2010, **DECIDED, **STORY)
    return case_id, UUID(made["event_id"])


@pytest.mark.parametrize("emptied", STORY)
def test_what_a_corrected_decision_leaves_open_of_the_story_was_not_asked(world: World, emptied: str) -> None:
    case_id, event_id = identified(world)
    answers = {name: answer for name, answer in {**DECIDED, **STORY}.items() if name != emptied}

    corrected(world, case_id, event_id, answers, IN_2010, "investigator")

    assert rows(world, "identified", emptied, 2010) == {"not_asked": 1}
    assert known(world, case_id, emptied, "investigator") == "not_asked"


def test_what_a_corrected_decision_still_tells_of_the_story_stands(world: World) -> None:
    case_id, event_id = identified(world)
    answers = {name: answer for name, answer in {**DECIDED, **STORY}.items() if name != "recruitment"}

    corrected(world, case_id, event_id, answers, IN_2010, "investigator")

    assert rows(world, "identified", "destination", 2010) == {"MK": 1}
    assert rows(world, "identified", "form", 2010) == {"sexual_exploitation": 1}
