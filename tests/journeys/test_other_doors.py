"""The other doors: an inspector's signal that an advocate takes up, a call that goes no further without consent."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import SiteMaker
from tests.journeys.pages import Answer, Person

pytestmark = pytest.mark.browser

A_DAY = date(2014, 3, 3)
OFFICE = "Victim Advocacy Office, Prishtinë"
NOTICED = "Sleeps at the work site; the foreman keeps the passports."
NAME: dict[str, Answer] = {"given_name": "Dafina", "family_name": "Provaj"}
PERSON: dict[str, Answer] = {
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sqi",
    "urgency": "today",
    "person_knows": "yes",
}
WAY: dict[str, Answer] = {"safe_contact": "phone", "contact_detail": "+383 00 555 666"}
AGREED: dict[str, Answer] = {
    "citizenship": ["XK"],
    "purposes": ["assistance"],
    "needs": ["safety"],
    "services": ["safety_planning"],
}


def test_inspectors_signal_becomes_an_advocates_case_and_she_sees_only_that_it_was_taken_up(
    make_site: SiteMaker,
) -> None:
    site = make_site("postgresql", A_DAY)
    inspector, advocate = site.person("labour.inspector"), site.person("advocate")
    inspector.chooses("Signals sent")
    inspector.follows(_button(inspector))
    inspector.fills(to=OFFICE, place="work_site", noticed=NOTICED, **PERSON, **WAY)
    inspector.presses("Send the signal")

    reference = _takes_up(advocate)

    inspector.chooses("Signals sent")
    assert "Taken up" in inspector.words
    inspector.follows(inspector.page.locator("#sent a").first)
    assert "What you wrote is no longer open to you" in inspector.words
    assert not [words for words in (reference, NOTICED, "555 666", *NAME.values()) if str(words) in inspector.words]
    assert _menu(inspector) == ["My work", "Signals sent", "Procedure"]
    assert _waits_for(site.person("investigator")) is False
    assert site.notebook.faults == []


def test_call_to_the_hotline_goes_no_further_without_consent_and_to_an_advocate_with_it(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    operator, advocate = site.person("hotline.operator"), site.person("advocate")
    operator.chooses("Contacts")
    operator.follows(_button(operator))
    call: dict[str, Answer] = {"part_of_day": "evening", "channel": "phone", "language": "sqi", "caller": "person"}
    operator.fills(topic="sexual_exploitation", region="prishtine", outcome="advised", note="Calls again.", **call)
    operator.presses("Log the contact")
    operator.follows(_button(operator))
    operator.fills(person_agrees=False, life_at_risk=False, noticed=NOTICED, **PERSON, **WAY)

    operator.presses("Send the signal", status=422)

    assert "Without the person's consent it goes no further" in operator.words
    assert _waits_for(advocate) is False
    operator.fills(person_agrees=True)
    operator.presses("Send the signal")
    assert _waits_for(advocate) is True
    assert _waits_for(site.person("investigator")) is False
    operator.chooses("Contacts")
    assert "Sent on as a signal" in operator.words
    assert site.notebook.faults == []


def _takes_up(advocate: Person) -> str:
    """The advocate opens the signal, finds its page filled in and adds what the person agreed to."""
    advocate.chooses("Signals")
    advocate.follows(advocate.page.locator("#incoming a").first)
    assert NOTICED in advocate.words
    advocate.follows(_button(advocate))
    assert advocate.page.locator('[name="contact_detail"]').input_value() == "+383 00 555 666"
    advocate.fills(**NAME, **AGREED)
    advocate.presses("Open a case without the police")
    return advocate.heading


def _waits_for(person: Person) -> bool:
    """Whether a signal waits for her agency."""
    person.chooses("Signals")
    return person.page.locator("#incoming").count() > 0


def _button(person: Person) -> Locator:
    """The first link that looks like a button: what the page is for."""
    return person.page.locator("main a.govuk-button").first


def _menu(person: Person) -> list[str]:
    return [one.strip() for one in person.page.locator("#navigation a").all_inner_texts()]
