"""The procedure changes in mid-case: opened under that of 2005, moved by the supervisor, the next step obeys 2013."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.conftest import SiteMaker
from tests.journeys.story import ADVOCATE, POLICE, Client, Story

pytestmark = pytest.mark.browser

LAST_DAYS_OF_THE_OLD, FIRST_DAYS_OF_THE_NEW = date(2012, 12, 20), date(2013, 1, 10)
LEADS = "advocacy.supervisor"
BY_POLICE_ALONE, JOINTLY = "Rate the risk", "Propose a joint rating"


def test_a_case_of_2005_is_moved_and_its_risk_is_rated_jointly(make_site: SiteMaker) -> None:
    client = Client("Arta", "Provë", "XK", "sqi", date(1985, 1, 2))
    story = Story(make_site("postgresql", LAST_DAYS_OF_THE_OLD), client, "", "", LAST_DAYS_OF_THE_OLD)
    story.is_noticed()
    story.has_an_advocate()
    story.is_presumed()
    police = story.person(POLICE)
    offered_before = (police.is_offered(story.reference, BY_POLICE_ALONE), police.is_offered(story.reference, JOINTLY))
    story.passes((FIRST_DAYS_OF_THE_NEW - LAST_DAYS_OF_THE_OLD).days)

    plan = moves_the_case(story)

    police.opens(story.reference)
    offered_after = (police.is_offered(story.reference, BY_POLICE_ALONE), police.is_offered(story.reference, JOINTLY))
    assert (offered_before, offered_after) == ((True, False), (False, True))
    assert "Signatures that are newly needed" in plan
    assert "Sign the joint rating" in plan
    story.agrees_to_help("assistance")
    story.is_rated_jointly("medium")
    story.passes(2)
    story.is_identified("internal")
    says_when_and_from_what(story)
    assert story.site.notebook.faults == []


def moves_the_case(story: Story) -> str:
    """The supervisor of the office that leads the case reads the plan, and moves it with a reason."""
    supervisor = story.person(LEADS)
    supervisor.opens(story.reference)
    supervisor.follows("Move to the version of the procedure in force")
    plan = supervisor.words
    supervisor.fills(why="The procedure of 2013 protects better: the advocate rates too.")
    supervisor.presses("Move the case")
    supervisor.sees_done()
    return plan


def says_when_and_from_what(story: Story) -> None:
    """The page of the case, and where the case stands in the new procedure."""
    advocate = story.person(ADVOCATE)
    advocate.opens(story.reference)
    assert "Moved from another version on 10 Jan 2013: Procedure of 2005" in advocate.words
    assert "Procedure of 2013" in advocate.words
    advocate.follows("Where this case stands in the procedure")
    assert advocate.page.locator("svg.tc-flow .tc-flow__box--here").count() == 1
