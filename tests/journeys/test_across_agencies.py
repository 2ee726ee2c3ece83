"""What leaves the agency's own screen: a packet printed for another country, and a meeting where each sees her own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import Answer, Person
from tests.journeys.story import ADVOCATE, POLICE, RETURN, Client, Story

pytestmark = pytest.mark.browser

A_DAY = date(2014, 3, 3)
ELENA = Client("Elena", "Provescu", "MD", "ron", date(1990, 5, 6))
DRITA = Client("Drita", "Provaj", "XK", "sqi", date(1988, 7, 9))
NGO = ("NGO shelter", "shelter.coordinator")
FURNITURE = (".tc-header", ".tc-menu", ".tc-footer", ".tc-tools", ".govuk-back-link")
OTHER = "A case of another agency or of colleagues"


def _helped(site: Site, client: Client, *purposes: str) -> Story:
    story = Story(site, client, *NGO, A_DAY)
    story.is_noticed()
    story.has_an_advocate()
    story.agrees_to_help("assistance", "shelter", *purposes)
    return story


def test_a_packet_is_made_with_consent_and_printed_alone_in_the_language_of_the_receiver(make_site: SiteMaker) -> None:
    site = make_site("postgresql", A_DAY)
    story = _helped(site, ELENA, "return", "transnational")
    story.is_awaited_in("MD")
    coordinator = site.person(RETURN)
    coordinator.opens(story.reference)
    coordinator.follows("Referral to another country")
    agreed: dict[str, Answer] = {"follow_up": "A call after a week.", "follow_up_by": "receiver"}

    coordinator.fills(shares=["name"], contact="The office, +383 00 555 000", **agreed)
    coordinator.presses("Make the packet")
    coordinator.follows("Shqip")

    assert _printed(coordinator).startswith("Referim te mekanizmi i një vendi tjetër")
    assert "Elena Provescu" in _printed(coordinator)
    assert _still_there(coordinator) == []
    coordinator.page.emulate_media(media="screen")
    coordinator.follows("Record what the receiver answered")
    coordinator.fills(answer="met")
    coordinator.presses("Record")
    assert "Arrived and was met" in coordinator.words
    assert site.notebook.faults == []


def _printed(person: Person) -> str:
    """What stands on the paper."""
    person.page.emulate_media(media="print")
    return person.page.locator(".tc-paper").inner_text().strip()


def _still_there(person: Person) -> list[str]:
    """What of the page around it would be printed too."""
    return [one for one in FURNITURE if person.page.locator(one).first.is_visible()]


def test_an_advocate_calls_a_meeting_and_the_shelter_reads_only_what_is_hers(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    sheltered, other = _helped(site, ELENA), _helped(site, DRITA)
    sheltered.is_rated_jointly("low")
    sheltered.is_sheltered()
    advocate, shelter, police = (site.person(one) for one in (ADVOCATE, NGO[1], POLICE))
    advocate.opens(sheltered.reference)
    advocate.follows("Call a meeting on this case")

    advocate.fills(references=f"{sheltered.reference} {other.reference}", reason="new_danger", is_urgent=True)
    advocate.presses("Call the meeting")
    advocate.follows(f"Add what is to be done ({sheltered.reference})")
    advocate.fills(agency="NGO shelter", task="Change the lock.", due_on=date(2014, 3, 5))
    advocate.presses("Record")

    address = advocate.page.url.removeprefix(site.notebook.address)
    shelter.goes_to("/")
    shelter.follows(f"{sheltered.reference}: meeting of 3 Mar 2014")
    assert "Change the lock." in shelter.words
    assert OTHER in shelter.words
    assert not any(words in shelter.words for words in (other.reference, "Elena", "Drita"))
    shelter.presses(f"Mark as done ({sheltered.reference})")
    shelter.sees_done()
    police.goes_to(address)
    assert other.reference in police.words
    stranger = site.person("advocate.prizren")
    stranger.goes_to("/meetings")
    stranger.goes_to(address, status=404)
    assert site.notebook.faults == []


def test_a_form_is_printed_empty_in_albanian_by_who_reads_english(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    police = site.person(POLICE)
    police.goes_to("/forms")

    police.follows("Consent")
    police.follows("Shqip")

    assert "Vendi dhe data" in _printed(police)
    assert _still_there(police) == []
    assert site.notebook.faults == []
