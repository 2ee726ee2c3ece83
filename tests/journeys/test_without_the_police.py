"""An adult who does not want the police: a bed, services, consent taken back in mid-stay, and nobody else told."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import Answer, Person
from tests.journeys.story import SUPPORT

pytestmark = pytest.mark.browser

A_DAY = date(2014, 3, 3)
NOBODY = "No case of your agency that is open to you bears this name."
NAME = {"given_name": "Drita", "family_name": "Provaj"}
NEW = "Open a case without the police"
NO_OFFER = "There is no safe contact: without one no later offer can be made."
COLLEAGUES = ("advocate2", "investigator", "advocate.prizren")
INTAKE: dict[str, Answer] = {
    "entry_door": "self",
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sqi",
    "citizenship": ["XK"],
    "purposes": ["assistance", "shelter"],
    "needs": ["safety", "shelter"],
    "services": ["safety_planning"],
}


def _logs_the_case(advocate: Person, **contact: Answer) -> str:
    return advocate.opens_a_case(NEW, **NAME, **contact, **INTAKE)


def _has_a_bed(site: Site, reference: str) -> None:
    """The advocate rates the risk and takes an emergency bed; the shelter admits her."""
    bed: dict[str, Answer] = {"level": "medium", "safety_questions": True, "bed": "NGO shelter"}
    site.person("advocate").takes(reference, "Rate the risk provisionally", **bed)
    rules: dict[str, Answer] = {"house_rules": True, "rights_leaflet": True, "expected_until": date(2014, 5, 3)}
    safety: dict[str, Answer] = {"alias": "Mimoza", "alerts": "Must not be seen at the gate", "allergies": "Nuts"}
    site.person("shelter.coordinator").accepts("Admit", **rules, **safety)


@pytest.mark.line(26)
def test_a_person_has_bed_and_services_without_the_police_until_she_takes_her_consent_back(
    make_site: SiteMaker,
) -> None:
    site = make_site("postgresql", A_DAY)
    advocate, shelter = site.person("advocate"), site.person("shelter.coordinator")
    calls = {"contact_detail": "+383 00 333 444", "contact_hours": "after six", "contact_may_say": "nothing"}
    reference = _logs_the_case(advocate, safe_contact="phone", **calls)
    _has_a_bed(site, reference)
    advocate.takes(reference, "Record a service", services=["psychological"])
    plan: dict[str, Answer] = {"goals": ["safety"], "steps": "Rest.", "review_on": date(2014, 4, 3)}
    shelter.takes(reference, "Sign the support plan", person_signed=True, **plan, **SUPPORT)
    site.move_to(date(2014, 3, 10))

    advocate.takes(reference, "Record that consent is withdrawn", purposes=["shelter"])

    address = advocate.page.url.removeprefix(site.notebook.address)
    shelter.chooses("Cases")
    assert reference not in shelter.words
    shelter.goes_to(address, status=404)
    shelter.chooses("Beds")
    shelter.follows("Mimoza")
    assert all(words in shelter.words for words in ("Nuts", "Must not be seen at the gate", "Not open to you"))
    assert not any(words in shelter.words for words in (reference, *NAME.values(), "+383 00 333 444"))
    shelter.presses("Record the departure")
    shelter.fills(destination="own_home", departure_reason="own_wish")
    shelter.presses("Record")
    assert "6 free" in shelter.words
    advocate.opens(reference)
    assert "+383 00 333 444" in advocate.words
    assert site.notebook.faults == []


def test_nobody_turns_again_to_a_person_who_may_not_be_contacted(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    advocate = site.person("advocate")
    reference = _logs_the_case(advocate, safe_contact="do_not_contact")
    assert "Do not contact" in advocate.page.locator(".tc-first--alarm").inner_text()

    refusal: dict[str, Answer] = {"refusal_reason": "fear", "safe_contact_confirmed": False}
    advocate.takes(reference, "Record that the person refuses assistance", **refusal)

    assert not advocate.is_offered(reference, "Offer assistance again")
    advocate.page.locator("summary", has_text="What cannot be done yet").click()
    assert NO_OFFER in advocate.words
    advocate.chooses("My work")
    assert "Next offer" not in advocate.words
    assert site.notebook.faults == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_colleague_without_the_case_another_office_and_the_police_see_nothing(
    make_site: SiteMaker, kind: str
) -> None:
    site = make_site(kind, A_DAY)
    reference = _logs_the_case(site.person("advocate"), safe_contact="person_calls")
    address = site.person("advocate").page.url.removeprefix(site.notebook.address)

    seen = {name: _sees(site.person(name), reference, address) for name in COLLEAGUES}

    assert seen == dict.fromkeys(COLLEAGUES, (False, NOBODY, 404))


def test_a_barred_colleague_does_not_see_the_case_that_she_was_put_on(make_site: SiteMaker) -> None:
    site = make_site("postgresql", A_DAY)
    reference = _logs_the_case(site.person("advocate"), safe_contact="person_calls")
    address = site.person("advocate").page.url.removeprefix(site.notebook.address)
    supervisor, colleague = site.person("advocacy.supervisor"), site.person("advocate2")
    _shows_the_team(supervisor, address)
    supervisor.fills(member="Milica Jović")
    supervisor.presses("Put on the case")
    before = _sees(colleague, reference, address, status=200)

    _shows_the_team(supervisor, address)
    supervisor.page.locator("summary", has_text="Bar a colleague").click()
    supervisor.fills(barred="Milica Jović", reason="Related to the suspect.")
    supervisor.presses("Bar from the case")

    assert before[0] is True
    assert _sees(colleague, reference, address) == (False, NOBODY, 404)
    assert site.notebook.faults == []


def _shows_the_team(supervisor: Person, address: str) -> None:
    supervisor.goes_to(address.replace("/cases/", "/caseload/cases/"))


def _sees(person: Person, reference: str, address: str, status: int = 404) -> tuple[bool, str, int]:
    """Whether the case is in her list, what a search for the name says, how the address answers."""
    person.chooses("Cases")
    is_listed = reference in person.words
    found = person.finds(**NAME)
    person.goes_to(address, status)
    return is_listed, NOBODY if NOBODY in found else found, person.status
