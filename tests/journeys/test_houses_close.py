"""Residents who must leave: a location that is known to somebody dangerous, a house that closes, a stay that runs over.

The residents are in their beds when a story begins; all that follows is clicked by whoever's task it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from tests.factories.placed import Places
from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import FIRST, Answer, Person

pytestmark = pytest.mark.browser

A_DAY = date(2014, 3, 3)
CLOSING = date(2014, 3, 20)
COORDINATOR, SUPERVISOR, ADVOCATE, DRIVER = "shelter.coordinator", "shelter.supervisor", "advocate", "investigator2"
HOUSE, OFFICE = "NGO shelter", "Victim Advocacy Office, Prishtinë"
POLICE = "Police, Trafficking in Human Beings Directorate"
SECOND, MEN = (
    ("Shelter of a second NGO", "ngo2.coordinator"),
    ("Facility for men and disabled people", "men.coordinator"),
)
OLD_ADDRESS, NEW_ADDRESS = "Rruga e Provës 7", "Rruga e Re 12"
BEDS = {"1A": "Ana", "1B": "Besa", "1C": "Cveta", "2A": "Dita", "2B": "Elma", "2C": "Fjolla"}
STEPS = "Take the steps of the case: plan the transfer, ask the other shelter"
WITHOUT_CHOICES = """one => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll("form").forEach(form => form.remove());
    return copy.textContent;
}"""


@dataclass(frozen=True)
class Resident:
    """Who lives in the NGO shelter: the name used there, her case, and the address of its page."""

    alias: str
    reference: str
    case_id: UUID

    @property
    def path(self) -> str:
        """The page of her case."""
        return f"/cases/{self.case_id}"


def _live_there(site: Site, number: int, until: date = date(2014, 6, 3)) -> list[Resident]:
    """So many residents in the beds of the NGO shelter, in the order of the beds."""
    places = Places(site.world)
    return [_moves_in(places, bed, alias, until) for bed, alias in list(BEDS.items())[:number]]


def _moves_in(places: Places, bed: str, alias: str, until: date) -> Resident:
    case_id = places.client(given_name=alias, language="sqi")
    places.ask(case_id)
    places.expect(case_id, bed)
    places.admit(case_id, bed, alias=alias, expected_until=until.isoformat())
    return Resident(alias, places.reference(case_id), case_id)


def _seals_the_address(coordinator: Person, address: str) -> None:
    coordinator.chooses("Beds")
    coordinator.follows("Address of the house")
    coordinator.fills(address=address)
    coordinator.presses("Seal the address")


def _opens_a_notice(person: Person, words: str) -> None:
    person.goes_to("/notices")
    person.follows(person.page.locator("main").get_by_role("link", name=words).first)


def _has_been_told(person: Person) -> None:
    """From the notice of the alarm to whom to call, and on to the people who must be moved."""
    _opens_a_notice(person, "The location of a shelter is known to somebody dangerous.")
    assert HOUSE in person.words
    person.follows("People who must be moved")


def _writes_where_she_goes(advocate: Person, resident: Resident, shelter: str, **driver: Answer) -> None:
    """On the page of the move, which leads to the steps of her case."""
    advocate.goes_to("/moves")
    advocate.follows(resident.reference)
    advocate.follows("Write where the person goes")
    advocate.fills(shelter=shelter, **driver)
    advocate.presses("Seal it")
    assert shelter in advocate.words
    advocate.follows(STEPS)


def _plans(advocate: Person, resident: Resident, shelter: str) -> None:
    why: dict[str, Answer] = {"transfer_kind": "emergency", "reason": "She is not safe where she is."}
    advocate.takes(resident.reference, "Plan a transfer", shelter=shelter, **why)


def _is_asked_for(site: Site, resident: Resident, there: tuple[str, str], **driver: Answer) -> None:
    """Where she goes is written, the other shelter is asked and keeps a bed."""
    advocate, (shelter, coordinator) = site.person(ADVOCATE), there
    _writes_where_she_goes(advocate, resident, shelter, **driver)
    _plans(advocate, resident, shelter)
    advocate.takes(resident.reference, "Ask the shelter", shelter=shelter, urgency="now")
    site.person(coordinator).accepts("Accept", bed=FIRST, expected_on=A_DAY)


def _arrives(site: Site, resident: Resident, coordinator: str) -> None:
    site.person(coordinator).takes(resident.reference, "Admit", bed=FIRST, **_intake(resident))


def _intake(resident: Resident) -> dict[str, Answer]:
    rules: dict[str, Answer] = {"house_rules": True, "rights_leaflet": True, "alias": resident.alias}
    return rules | {"expected_until": date(2014, 6, 3)}


def _is_moved(site: Site, resident: Resident, there: tuple[str, str]) -> None:
    _is_asked_for(site, resident, there)
    _arrives(site, resident, there[1])


def _are_moved(site: Site, residents: list[Resident], there: tuple[str, str]) -> None:
    for one in residents:
        _is_moved(site, one, there)


def _is_moved_at_once(site: Site, resident: Resident, there: tuple[str, str]) -> None:
    """Nobody is asked: the advocate takes an emergency bed, and who works there admits her."""
    advocate, (shelter, coordinator) = site.person(ADVOCATE), there
    _writes_where_she_goes(advocate, resident, shelter)
    _plans(advocate, resident, shelter)
    advocate.takes(resident.reference, "Take an emergency bed", bed=shelter)
    site.person(coordinator).accepts("Admit", **_intake(resident))


def _fetches_and_brings(driver: Person) -> tuple[str, str]:
    """Opens both addresses, one at a time; gives what the pages said."""
    _opens_a_notice(driver, "You are asked to bring somebody from one place to another.")
    driver.follows("Where to")
    driver.presses("Open the address to fetch from")
    fetched = driver.words
    driver.goes_to("/moves")
    driver.follows("Where to")
    driver.presses("Open the address to bring to")
    return fetched, driver.words


def _opens_the_alarm(person: Person) -> None:
    person.chooses("Beds")
    person.follows("Open, suspended, closed")
    person.follows("Open the alarm")


def _names_a_new_place(person: Person, paths: list[str]) -> list[str]:
    """The pages of the house that the residents left on which another place is named, what is asked for left aside."""
    return [path for path in paths if _is_named_at(person, path)]


def _is_named_at(person: Person, path: str) -> bool:
    person.goes_to(path)
    said = person.page.locator("main").evaluate(WITHOUT_CHOICES)
    return any(words in said for words in (SECOND[0], MEN[0]))


def _paths(person: Person, found: str) -> list[str]:
    """Where the links of a kind on the page lead."""
    links = person.page.locator(f'main a[href*="{found}"]').all()
    return sorted({str(link.get_attribute("href")) for link in links})


def test_six_residents_are_moved_from_a_house_that_is_known_and_it_learns_of_no_new_place(make_site: SiteMaker) -> None:
    site = make_site("postgresql", A_DAY)
    residents = _live_there(site, 6)
    coordinator, supervisor, advocate = site.person(COORDINATOR), site.person(SUPERVISOR), site.person(ADVOCATE)
    _seals_the_address(coordinator, OLD_ADDRESS)
    _seals_the_address(site.person(SECOND[1]), NEW_ADDRESS)
    coordinator.chooses("Beds")
    stays = _paths(coordinator, "/stays/")

    coordinator.follows("The location is known to somebody dangerous")
    coordinator.fills(account="Two men in a white car asked the neighbours for her.")
    coordinator.presses("Raise the alarm")
    assert "6 people are still there." in coordinator.words
    _opens_a_notice(supervisor, "The location of your house is known to somebody dangerous.")
    supervisor.follows("Open the alarm")
    supervisor.fills(agencies=[OFFICE, POLICE])
    supervisor.presses("Tell them")
    assert "Nobody outside the house has been told." not in supervisor.words
    _has_been_told(advocate)
    _is_asked_for(site, residents[0], SECOND, driver="Vesa Rugova")
    addresses = _fetches_and_brings(site.person(DRIVER))
    _arrives(site, residents[0], SECOND[1])
    _are_moved(site, residents[1:4], SECOND)
    _is_moved(site, residents[4], MEN)
    _opens_the_alarm(coordinator)
    assert "1 person is still there." in coordinator.words
    _is_moved_at_once(site, residents[5], MEN)

    assert [OLD_ADDRESS in addresses[0], NEW_ADDRESS in addresses[1]] == [True, True]
    _opens_the_alarm(coordinator)
    assert "Everybody has left." in coordinator.words
    assert coordinator.page.locator("main .govuk-tag", has_text="Has left").count() == 6
    alarm = coordinator.page.url.removeprefix(site.notebook.address)
    listed = ["/", "/cases", "/beds", "/beds/month", "/houses", "/notices", alarm]
    assert _names_a_new_place(coordinator, [*listed, *stays, *(one.path for one in residents)]) == []
    assert _names_a_new_place(supervisor, [alarm, "/beds", "/notices"]) == []
    assert _names_a_new_place(advocate, [residents[0].path]) == [residents[0].path]
    advocate.goes_to("/moves")
    assert "Nobody has to be moved." in advocate.words
    assert site.notebook.faults == []


def _announces_the_closing(supervisor: Person) -> None:
    supervisor.chooses("Beds")
    supervisor.follows("Open, suspended, closed")
    supervisor.follows(HOUSE)
    supervisor.follows("Suspend or close it")
    supervisor.fills(kind="closed", reason="no_money", from_on=CLOSING, residents_leave=True, note="The donor stopped.")
    supervisor.presses("Record it")


def _says_where_each_goes(supervisor: Person) -> None:
    """Asked for each of three residents on the page of the closing."""
    _says_where_one_goes(supervisor, "Ana", destination="other_shelter", shelter=SECOND[0])
    _says_where_one_goes(supervisor, "Besa", destination="own_home")
    _says_where_one_goes(supervisor, "Cveta", destination="other_shelter", shelter=MEN[0])


def _says_where_one_goes(supervisor: Person, alias: str, **where: Answer) -> None:
    supervisor.follows(alias)
    supervisor.fills(leave_on=date(2014, 3, 19), **where)
    supervisor.presses("Record it")


def _shows_who_leaves(person: Person) -> None:
    person.chooses("Beds")
    person.follows("Open, suspended, closed")
    person.follows(HOUSE)
    person.follows("Where each resident goes")


def _is_transferred(site: Site, resident: Resident, there: tuple[str, str], day: date) -> None:
    """The plan of the house leads the advocate to the steps of the case."""
    advocate, (shelter, coordinator) = site.person(ADVOCATE), there
    _opens_a_notice(advocate, "The house where somebody lives closes on 20 Mar 2014")
    advocate.follows(resident.reference)
    assert "Another shelter" in advocate.words
    advocate.follows(STEPS)
    why: dict[str, Answer] = {"transfer_kind": "planned", "reason": "The house closes."}
    advocate.takes(resident.reference, "Plan a transfer", shelter=shelter, **why)
    advocate.takes(resident.reference, "Ask the shelter", shelter=shelter, urgency="this_week")
    site.person(coordinator).accepts("Accept", bed=FIRST, expected_on=day)
    _arrives(site, resident, coordinator)


def _leaves(coordinator: Person, alias: str, **why: Answer) -> None:
    coordinator.chooses("Beds")
    coordinator.follows(coordinator.page.locator("main").get_by_role("link", name=alias, exact=True).first)
    coordinator.follows(coordinator.page.locator("main").get_by_role("button", name="Record the departure"))
    coordinator.fills(**why)
    coordinator.presses("Record")


def test_a_house_closes_on_its_day_and_is_closed_to_everybody_once_each_resident_has_gone(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    ana, _, cveta = _live_there(site, 3)
    places = Places(site.world)
    other = places.client(given_name="Nora", language="sqi")
    waits = places.reference(other)
    supervisor, coordinator, advocate = site.person(SUPERVISOR), site.person(COORDINATOR), site.person(ADVOCATE)

    _announces_the_closing(supervisor)
    assert "3 people are still there." in supervisor.words
    assert supervisor.page.locator("main .govuk-tag", has_text="Not written yet").count() == 3
    _says_where_each_goes(supervisor)
    assert supervisor.page.locator("main .govuk-tag", has_text="Not written yet").count() == 0
    site.move_to(date(2014, 3, 18))
    _is_transferred(site, ana, SECOND, date(2014, 3, 18))
    site.move_to(CLOSING)
    _shows_who_leaves(coordinator)
    assert "2 people are still there." in coordinator.words
    assert coordinator.page.locator("main .govuk-tag", has_text="Overdue to leave").count() == 3
    coordinator.chooses("Beds")
    assert "2 overdue to leave" in coordinator.words
    _leaves(coordinator, "Besa", destination="own_home", departure_reason="own_wish")
    _is_transferred(site, cveta, MEN, CLOSING)

    _shows_who_leaves(supervisor)
    assert "Everybody has left." in supervisor.words
    coordinator.chooses("Beds")
    assert ("6 out of use" in coordinator.words, "0 free" in coordinator.words) == (True, True)
    refused = advocate.is_refused(waits, "Propose a shelter", shelter=HOUSE)
    assert "closed" in refused.lower()
    assert site.notebook.faults == []


def _agrees_that_she_stays(coordinator: Person, until: date) -> None:
    coordinator.follows(coordinator.page.locator("main").get_by_role("link", name="Ana", exact=True).first)
    coordinator.follows("Record who agreed that the person stays")
    coordinator.fills(is_agreed=True, agreed_by="advocate", reason="no_safe_place", agreed_until=until)
    coordinator.presses("Record")


def test_an_overstay_is_shown_agreed_and_ends_with_the_departure(make_site: SiteMaker) -> None:
    site = make_site("postgresql", A_DAY)
    _live_there(site, 1, until=date(2014, 3, 10))
    coordinator = site.person(COORDINATOR)
    coordinator.chooses("Beds")
    assert "overdue" not in coordinator.page.locator(".tc-beds__sum").inner_text()

    site.move_to(date(2014, 3, 12))
    coordinator.chooses("Beds")
    before = coordinator.words
    _agrees_that_she_stays(coordinator, date(2014, 3, 20))
    stay = coordinator.words
    coordinator.chooses("Beds")
    agreed = coordinator.words
    site.move_to(date(2014, 3, 19))
    _leaves(coordinator, "Ana", destination="family", departure_reason="plan_completed")
    coordinator.chooses("Beds")

    assert ("1 overdue to leave" in before, "Overdue since 10 Mar" in before) == (True, True)
    assert "Overdue to leave, agreed" in stay
    assert "Stays after 10 Mar 2014, until 20 Mar 2014 (Victim advocate, No safe place to go to" in stay
    assert ("Overdue, agreed until 20 Mar" in agreed, "Overdue since" in agreed) == (True, False)
    assert ("6 free" in coordinator.words, "overdue to leave" in coordinator.words) == (True, False)
    assert site.notebook.faults == []
