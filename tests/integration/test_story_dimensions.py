"""What is told of promise, recruiter, means, education and country is counted from then on; unknown is not "not asked".

By the steps themselves, on both databases: told by the decision and by the needs, corrected, taken back, counted apart.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clock import local_day, utc_now
from app.demo.caseload import ALL_CONSENTS, Story, person
from app.demo.stories import with_advocate
from app.models.workflow import CaseEvent, WorkflowRun
from app.queries.count_facts import Only
from app.services import counts, unit_of_work
from app.services.corrections import correct, take_back
from app.services.counts import CountRequest
from app.vocabulary.period import year
from tests.factories import facts
from tests.factories.world import World

TOLD = {
    "recruitment": "job",
    "recruiter_relation": "acquaintance",
    "recruiter_sex": "F",
    "destination": "MK",
    "means_of_control": ["takes_earnings", "physical_threats"],
}
DECIDED = {"exploitation_form": ["sexual_exploitation"], "scope": "internal"}
REQUIRED = {"consent_interview": True, "rested": True, "reason": "As she told it."}
STORY = ("recruitment", "recruiter_relation", "recruiter_sex", "destination", "means_of_control", "education")
NOTHING = dict.fromkeys(STORY, {"not_asked": 1})
TODAY = local_day(utc_now())


@pytest.fixture
def story(world: World) -> Iterator[Story]:
    """A woman whom an advocate helps, and of whom the police have not decided yet."""
    unit_of_work.bind(world.database)
    told = Story(world.agencies, TODAY, person("Mira", "Provë", "1990-05-06"))
    yield with_advocate(told, 12).does(
        "advocate", "advocacy.record_consent", 12, purposes=ALL_CONSENTS, given_by="self"
    )


def rated(story: Story) -> Story:
    for by, step in (("advocate", "propose"), ("investigator", "sign"), ("advocate", "sign")):
        story.does(by, f"risk.{step}_rating", 11, level="medium")
    return story


def decided(story: Story, **told: object) -> UUID:
    rated(story).does("investigator", "identification.identify", 10, **DECIDED, **told)
    with unit_of_work.read(story.who("investigator")) as work:
        found = select(CaseEvent.id).where(CaseEvent.case_id == story.case_id, CaseEvent.action == "identify")
        return work.session.execute(found).scalar_one()


def counted(world: World, metric: str, of: date | None = None) -> dict[str, dict[str, int]]:
    """By breakdown and row, how many of the year of a day are counted."""
    request = CountRequest(year((of or TODAY).year), (metric,), STORY)
    report = counts.report(world.actor("statistics.supervisor"), request)
    assert report.nation is not None
    return {
        name: {value: row[0] for value, row in table.rows if row[0]} for name, table in report.nation.tables.items()
    }


def test_what_the_decision_tells_is_counted_with_it_and_with_all_that_comes_later(world: World, story: Story) -> None:
    decided(story, **TOLD)
    story.does("advocate", "advocacy.begin_assistance", 9, education="primary")

    assert counted(world, "identified") == {
        "recruitment": {"job": 1},
        "recruiter_relation": {"acquaintance": 1},
        "recruiter_sex": {"F": 1},
        "destination": {"MK": 1},
        "means_of_control": {"physical_threats": 1, "takes_earnings": 1},
        "education": {"not_asked": 1},
    }
    assert counted(world, "assisted")["education"] == {"primary": 1}
    assert counted(world, "assisted")["recruitment"] == {"job": 1}


def test_a_question_left_open_was_not_asked_and_unknown_is_an_answer(world: World, story: Story) -> None:
    decided(story, recruitment="unknown")

    assert counted(world, "identified") == {**NOTHING, "recruitment": {"unknown": 1}}


def test_a_decision_put_right_is_counted_as_it_says_now(world: World, story: Story) -> None:
    event_id = decided(story, **TOLD)
    answers = {**DECIDED, **REQUIRED, **TOLD, "recruitment": "marriage", "means_of_control": []}

    correct(story.who("investigator"), story.case_id, event_id, answers, story.day(10), "Heard again.", version(story))

    assert counted(world, "identified")["recruitment"] == {"marriage": 1}
    assert counted(world, "identified")["recruiter_sex"] == {"F": 1}


def test_a_decision_taken_back_leaves_nothing_of_what_it_told(world: World, story: Story) -> None:
    event_id = decided(story, **TOLD)

    take_back(story.who("investigator"), story.case_id, event_id, "Wrong person.", version(story))
    story.does("advocate", "advocacy.begin_assistance", 9)

    assert counted(world, "identified") == dict.fromkeys(STORY, {})
    assert counted(world, "assisted") == NOTHING


def version(story: Story) -> int:
    with unit_of_work.read(story.who("investigator")) as work:
        found = select(WorkflowRun.row_version).where(WorkflowRun.case_id == story.case_id)
        return work.session.execute(found).scalar_one()


def test_people_of_one_row_are_counted_by_themselves_as_their_earliest_fact_places_them(world: World) -> None:
    first = facts.record(world, "investigator", on=date(2014, 3, 1), citizenship="MD")
    later = facts.record(world, "advocate", on=date(2014, 3, 9), citizenship="XK", recruitment="job")
    facts.record(world, "investigator", citizenship="XK", recruitment="marriage")
    facts.one_person(world, first, later)
    request = CountRequest(year(2014), ("identified",), ("recruitment",))

    rows = {
        value: counts.report(world.actor("statistics.supervisor"), replace(request, only=Only("citizenship", value)))
        for value in ("MD", "XK")
    }

    assert {value: found.nation.figures for value, found in rows.items() if found.nation} == {"MD": (1,), "XK": (1,)}
    assert rows["XK"].nation is not None
    assert rows["XK"].nation.tables["recruitment"].rows == (("marriage", (1,)),)


def test_people_of_a_row_of_several_codes_are_those_who_have_the_code(world: World) -> None:
    facts.record(world, "investigator", means_of_control="physical_threats;takes_earnings")
    facts.record(world, "investigator", means_of_control="takes_earnings")
    request = CountRequest(year(2014), ("identified",), only=Only("means_of_control", "physical_threats"))

    found = counts.report(world.actor("statistics.supervisor"), request)

    assert found.nation is not None
    assert found.nation.figures == (1,)
