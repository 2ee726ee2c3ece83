"""What is told of promise, recruiter, means, education and country is counted from then on; unknown is not "not asked".

By the steps themselves, on both databases: told by the decision and by the needs, corrected, taken back, counted apart.
"""

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
STORY = ("recruitment", "recruiter_relation", "recruiter_sex", "destination", "means_of_control", "education")
NOTHING = dict.fromkeys(STORY, {"not_asked": 1})
TODAY = local_day(utc_now())


@pytest.fixture
def story(world: World) -> Story:
    """A woman whom an advocate helps, and of whom the police have not decided yet."""
    unit_of_work.bind(world.database)
    told = Story(world.agencies, TODAY, person("Mira", "Provë", "1990-05-06"))
    return with_advocate(told, 12).does(
        "advocate", "advocacy.record_consent", 12, purposes=ALL_CONSENTS, given_by="self"
    )


def rated(story: Story) -> Story:
    for by, step in (("advocate", "propose"), ("investigator", "sign"), ("advocate", "sign")):
        story.does(by, f"risk.{step}_rating", 11, level="medium")
    return story


def decided(story: Story, **told: object) -> Story:
    return rated(story).does("investigator", "identification.identify", 10, **DECIDED, **told)


def begun(story: Story, **told: object) -> UUID:
    """Help begins; gives the step."""
    story.does("advocate", "advocacy.begin_assistance", 9, **told)
    with unit_of_work.read(story.who("advocate")) as work:
        steps = (CaseEvent.case_id == story.case_id, CaseEvent.action == "begin_assistance")
        return work.session.execute(select(CaseEvent.id).where(*steps).order_by(CaseEvent.position)).scalars().all()[-1]


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
    begun(story, education="primary")

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


def test_needs_put_right_are_counted_as_they_say_now_and_the_decision_as_it_said(world: World, story: Story) -> None:
    decided(story, **TOLD)
    event_id = begun(story, education="primary")
    answers = {"needs": ["shelter"], "services": ["accommodation"], "education": "tertiary"}

    correct(story.who("advocate"), story.case_id, event_id, answers, story.day(9), "Heard again.", version(story))

    assert counted(world, "assisted")["education"] == {"tertiary": 1}
    assert counted(world, "assisted")["recruitment"] == {"job": 1}
    assert counted(world, "identified")["education"] == {"not_asked": 1}


def test_needs_taken_back_leave_what_the_decision_told(world: World, story: Story) -> None:
    decided(story, **TOLD)
    event_id = begun(story, education="primary")

    take_back(story.who("advocate"), story.case_id, event_id, "Wrong person.", version(story))
    before = counted(world, "assisted")
    begun(story)

    assert before == dict.fromkeys(STORY, {})
    assert counted(world, "assisted")["education"] == {"not_asked": 1}
    assert counted(world, "assisted")["recruitment"] == {"job": 1}


def version(story: Story) -> int:
    with unit_of_work.read(story.who("advocate")) as work:
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
