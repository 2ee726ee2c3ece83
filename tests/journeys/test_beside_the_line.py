"""People for whom the main line is not enough: refusing and coming back, asylum, reflection, compensation, again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.journeys.conftest import SiteMaker
from tests.journeys.story import ADVOCATE, POLICE, RETURN, Client, Story

pytestmark = pytest.mark.browser

IN_2014 = date(2014, 3, 3)
FOREIGN = ("Shelter for foreign victims (PVPT)", "foreign.coordinator")
NGO = ("NGO shelter", "shelter.coordinator")
PROSECUTOR = "prosecutor"
SAFE = {"refusal_reason": "fear", "safe_contact_confirmed": True, "next_offer_on": date(2014, 5, 5)}
OPENING = "Open a case without the police"
INTAKE = {
    "entry_door": "ngo",
    "citizenship": ["UA"],
    "purposes": ["assistance"],
    "needs": ["safety"],
    "services": ["information_on_rights"],
}
FREE = {"help_not_tied": True, "language": "sqi"}


@pytest.mark.line(8)
def test_an_adult_who_refuses_status_and_shelter_comes_back(make_site: SiteMaker) -> None:
    client = Client("Linda", "Provaja", "XK", "sqi", date(1991, 2, 3))
    story = Story(make_site("sqlite", IN_2014), client, *NGO, IN_2014)

    story.is_noticed()
    story.has_an_advocate()
    story.agrees_to_help("assistance", "shelter")
    story.takes(ADVOCATE, "Record that the person declines the status", **SAFE)
    story.takes(ADVOCATE, "Rate the risk provisionally", level="low", safety_questions=True)
    story.takes(ADVOCATE, "Propose a shelter", shelter=story.shelter)
    story.takes(ADVOCATE, "Record that the person refuses the place", **SAFE)
    story.takes(ADVOCATE, "Record a service", services=["information_on_rights"])
    story.passes(31)
    story.takes(ADVOCATE, "Take up the status again", reason="She came by and asked for it.")
    story.is_rated_jointly("low")
    story.is_identified("internal")
    story.is_sheltered()

    advocate = story.person(ADVOCATE)
    advocate.opens(story.reference)
    assert "Identified victim" in advocate.words
    assert "In the shelter, support plan active" in advocate.words
    assert story.site.notebook.faults == []


@pytest.mark.line(18)
def test_nobody_turns_to_the_country_of_an_asylum_seeker(make_site: SiteMaker) -> None:
    client = Client("Sara", "Provescu", "MD", "ron", date(1990, 5, 6))
    story = Story(make_site("postgresql", IN_2014), client, *FOREIGN, IN_2014)
    meeting = {"meeting_place": "shelter", "meeting_on": IN_2014 + timedelta(days=7), "meeting_where": "Airport"}
    partner = {"receiving_partner": "Partner over there", "capacity": True, "met_by": "A caseworker", **meeting}

    story.is_noticed()
    story.has_an_advocate()
    story.agrees_to_help("assistance", "return")
    story.takes(ADVOCATE, "Record the legal status", legal_status="foreign_irregular")
    story.takes(ADVOCATE, "Begin the reflection period")
    story.wishes_to_return("MD")
    story.takes(ADVOCATE, "Record an asylum claim", claimed_on=IN_2014, no_contact_explained=True)
    shut = story.person(RETURN).says_of(story.reference)
    held = story.person(ADVOCATE).says_of(story.reference)
    story.takes(ADVOCATE, "Record that the person withdraws the claim", voluntary=True)
    story.takes(RETURN, "Confirm the receiving partner", **partner)

    assert "There is an asylum claim: nobody turns to the country of origin." in shut
    assert "A reflection period, a permit or an asylum claim is open." in held
    assert story.site.notebook.faults == []


@pytest.mark.line(9)
def test_a_person_trafficked_again_has_a_case_that_leads_to_the_earlier_one(make_site: SiteMaker) -> None:
    client = Client("Olena", "Provenko", "UA", "ukr", date(1988, 11, 30))
    story = Story(make_site("sqlite", IN_2014), client, *FOREIGN, IN_2014)

    story.is_noticed()
    story.has_an_advocate()
    story.agrees_to_help("assistance", "return", "follow_up")
    story.is_awaited_in("UA")
    story.is_received()
    story.takes(ADVOCATE, "Record that the person was trafficked again", reason="The partner over there wrote.")
    advocate = story.person(ADVOCATE)
    linked = advocate.opens_the_case_that_follows(OPENING, **INTAKE)

    assert linked != story.reference
    assert story.reference in advocate.says_of(linked)
    assert story.site.notebook.faults == []


@pytest.mark.line(12)
def test_reflection_ends_without_cooperation_and_help_goes_on(make_site: SiteMaker) -> None:
    client = Client("Mira", "Prović", "RS", "srp", date(1989, 4, 4))
    story = Story(make_site("postgresql", IN_2014), client, *FOREIGN, IN_2014)

    story.is_noticed()
    story.has_an_advocate()
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter")
    story.is_rated_jointly("medium")
    begun = story.person(ADVOCATE).says_of(story.reference)
    story.takes(ADVOCATE, "Record that the person was informed of the period", rights_given=True, language="srp")
    story.takes(POLICE, "Offer to record a statement", interpreter_offered=True, **FREE)
    story.takes(ADVOCATE, "Record that the person refuses", **SAFE)
    story.passes(31)
    story.takes(ADVOCATE, "Record that the period is over")
    story.is_sheltered()
    story.takes(ADVOCATE, "Record the person's decision", cooperation="does_not", informed=True, help_not_tied=True)
    told = story.person(ADVOCATE).says_of(story.reference)

    assert "In the reflection period" in begun
    assert "Decided not to cooperate" in told
    assert "In the shelter, support plan active" in told
    assert story.site.notebook.faults == []


@pytest.mark.line(20)
def test_compensation_is_claimed_in_time_and_paid(make_site: SiteMaker) -> None:
    client = Client("Vjosa", "Provani", "XK", "sqi", date(1987, 7, 7))
    story = Story(make_site("sqlite", IN_2014), client, *NGO, IN_2014)
    explained = {"rights_given": True, "language": "sqi", "act_on": date(2014, 1, 20)}

    story.is_noticed()
    story.has_an_advocate()
    story.agrees_to_help("assistance")
    story.takes(ADVOCATE, "Explain the right to compensation", **explained)
    due = story.person(ADVOCATE).says_of(story.reference)
    story.takes(ADVOCATE, "Draft the claim", claim_route="state_fund", claim_documents=["police_report"])
    story.passes(60)
    story.takes(ADVOCATE, "Record that the claim is filed", filed_on=story.day, person_signed=True)
    story.passes(60)
    story.takes(ADVOCATE, "Record the decision on the claim", claim_decision="partly_granted", amount_awarded=3000)
    story.takes(ADVOCATE, "Record the payment", amount_paid=3000, paid_on=story.day, paid_by="state_fund")

    assert "20 Jul 2014" in due
    assert "Paid" in story.person(ADVOCATE).says_of(story.reference)
    assert story.site.notebook.faults == []


@pytest.mark.line(11)
def test_nobody_testifies_face_to_face_without_a_waiver(make_site: SiteMaker) -> None:
    client = Client("Drita", "Provanaj", "XK", "sqi", date(1992, 9, 9))
    story = Story(make_site("sqlite", IN_2014), client, *NGO, IN_2014)
    statement = {"consent_statement": True, "statement_kind": "video", "interpreter_used": "no", "language": "sqi"}

    story.is_noticed()
    story.has_an_advocate()
    story.agrees_to_help("assistance", "testimony")
    story.takes(POLICE, "Offer to record a statement", interpreter_offered=True, **FREE)
    story.takes(POLICE, "Record that a statement was given", **statement)
    story.takes(ADVOCATE, "Refer to the prosecution", prosecution="Special Prosecution", urgency="today")
    story.person(PROSECUTOR).accepts("Accept the referral")
    story.takes(PROSECUTOR, "Record that testimony is requested", hearing_on=story.day + timedelta(days=20))
    story.takes(ADVOCATE, "Request protective measures", measures=["video_link"], grounds="She is afraid of him.")
    story.takes(PROSECUTOR, "Record the decision on the measures", measures_decision="granted", measures=["video_link"])
    story.passes(20)
    refused = story.person(PROSECUTOR).is_refused(
        story.reference, "Record that the person testified", face_to_face=True
    )
    story.takes(PROSECUTOR, "Record that the person testified", face_to_face=False, measures=["video_link"])

    assert "written waiver" in refused
    assert "Testified" in story.person(ADVOCATE).says_of(story.reference)
    assert story.site.notebook.faults == []
