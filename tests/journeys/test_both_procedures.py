"""An adult and a child through each of the two procedures, from the signal to closure and into the month's count."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.conftest import SiteMaker
from tests.journeys.counting import EACH_ONCE, exported_month, number_of, people_of
from tests.journeys.story import ADVOCATE, SOCIAL_WORKER, Client, Story

pytestmark = pytest.mark.browser

IN_2014, IN_2007 = date(2014, 3, 3), date(2007, 3, 5)
HIGH_RISK = ("High-risk facility", "secure.coordinator")
FOREIGN = ("Shelter for foreign victims (PVPT)", "foreign.coordinator")
FOR_CHILDREN = ("Child shelter (HHC)", "child.coordinator")


def test_a_foreign_adult_is_carried_home_by_the_procedure_of_2013(make_site: SiteMaker) -> None:
    client = Client("Elena", "Provescu", "MD", "ron", date(1990, 5, 6))
    story = Story(make_site("postgresql", IN_2014), client, *FOREIGN, IN_2014)

    story.is_noticed()
    story.has_an_advocate()
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter", "return", "follow_up")
    story.is_rated_jointly("medium")
    story.passes(2)
    story.is_identified("cross_border")
    story.is_sheltered()
    story.passes(20)
    story.returns("MD")
    story.is_closed("returned_monitored")

    is_closed_and_counted_once(story, IN_2014)


@pytest.mark.line(10)
def test_a_child_is_reintegrated_by_the_procedure_of_2013(make_site: SiteMaker) -> None:
    client = Client("Besa", "Provaj", "XK", "sqi", date(1999, 8, 20), is_child=True)
    story = Story(make_site("sqlite", IN_2014), client, *FOR_CHILDREN, IN_2014)

    story.is_noticed()
    story.is_cared_for_as_a_child()
    story.has_an_advocate(by=SOCIAL_WORKER)
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter", "reintegration")
    story.is_rated_jointly("high")
    story.passes(2)
    story.is_identified("internal")
    story.is_sheltered()
    story.passes(20)
    story.has_a_solution("stay")
    story.leaves_the_shelter("family")
    story.is_reintegrated()
    story.is_closed("goal_reached")

    is_closed_and_counted_once(story, IN_2014)


def test_an_adult_is_reintegrated_by_the_procedure_of_2005(make_site: SiteMaker) -> None:
    client = Client("Arta", "Provë", "XK", "sqi", date(1985, 1, 2))
    story = Story(make_site("sqlite", IN_2007), client, *HIGH_RISK, IN_2007)

    story.is_noticed()
    story.has_an_advocate()
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter", "reintegration")
    story.is_rated_by_the_police("high")
    story.passes(2)
    story.is_identified("internal")
    story.is_sheltered()
    story.passes(20)
    story.leaves_the_shelter("own_home")
    story.takes(ADVOCATE, "Rate the risk provisionally", level="low", safety_questions=True)
    story.is_reintegrated()
    story.is_closed("goal_reached")

    is_closed_and_counted_once(story, IN_2007)


def test_a_foreign_child_is_carried_home_by_the_procedure_of_2005(make_site: SiteMaker) -> None:
    client = Client("Irina", "Provenko", "UA", "ukr", date(1992, 11, 30), is_child=True)
    story = Story(make_site("postgresql", IN_2007), client, *FOR_CHILDREN, IN_2007)

    story.is_noticed()
    story.is_cared_for_as_a_child()
    story.has_an_advocate()
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter", "return", "follow_up")
    story.is_rated_by_the_police("medium")
    story.passes(2)
    story.is_identified("cross_border")
    story.is_sheltered()
    story.passes(20)
    story.has_a_solution("return")
    story.returns("UA")
    story.is_closed("returned_monitored")

    is_closed_and_counted_once(story, IN_2007)


def is_closed_and_counted_once(story: Story, month: date) -> None:
    """The case is closed, the month's workbook has the person once, and no page was at fault on the way."""
    carer = story.person(story.carer)
    assert "Closed" in carer.page.locator("h1").inner_text()
    sheets = exported_month(story.person("statistics.supervisor"), month)
    assert number_of(sheets, EACH_ONCE) == 1
    assert number_of(sheets, "Identified victims") == 1
    assert len(people_of(sheets, story.reference)) == 1
    assert story.site.notebook.faults == []
