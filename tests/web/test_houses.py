"""The pages of houses, alarms and moves, as the roles concerned click through them."""

from collections.abc import Callable

import pytest

from app.services import addresses
from tests.factories.houses import Street
from tests.factories.placed import House
from tests.factories.world import A_DAY
from tests.support.client import Visitor
from tests.support.page import Page

Enter = Callable[..., Visitor]


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member."""
    application = house.world.app()

    def signed_in(name: str) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


def _follow(visitor: Visitor, page: Page, words: str) -> Page:
    return visitor.get(page.links[words])


def test_a_closure_leads_to_where_each_resident_goes(house: House, enter: Enter) -> None:
    Street(house).filled(1)
    coordinator = enter("shelter.coordinator")
    index = _follow(coordinator, coordinator.get("/beds"), "Open, suspended, closed")
    page = _follow(coordinator, _follow(coordinator, index, "NGO shelter"), "Suspend or close it")

    listed = coordinator.submit(
        page, "Record it", kind="closed", reason="no_money", from_on=A_DAY.replace(day=20), residents_leave=True
    )
    one = _follow(coordinator, listed, "Ana")
    planned = coordinator.submit(one, "Record it", destination="own_home", leave_on=A_DAY.replace(day=19))

    assert "1 person is still there." in listed.text
    assert "Not written yet" in listed.text
    assert "Own home" in planned.text
    shown = coordinator.get("/houses")
    assert ("Closed" in shown.text, "Open" in shown.text) == (True, True)


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(house: House, enter: Enter) -> None:
    coordinator = enter("shelter.coordinator")
    premises = house.places.house()

    refused = coordinator.submit(
        coordinator.get(f"/houses/{premises}/shut"), "Record it", 422, note="Lice", from_on=A_DAY.replace(day=1)
    )

    assert "What happens? Choose one" in refused.errors
    assert "Lice" in refused.text


def test_an_announcement_is_taken_back_on_the_page_of_the_house(house: House, enter: Enter) -> None:
    Street(house).shut("closed", A_DAY.replace(day=20))
    coordinator = enter("shelter.coordinator")
    page = coordinator.get(f"/houses/{house.places.house()}")

    after = coordinator.submit(page, "Take the announcement back")

    assert "Taken back" in after.text


def test_anyone_in_the_house_raises_the_alarm_and_two_stand_it_down(house: House, enter: Enter) -> None:
    Street(house).filled(2)
    supervisor, coordinator = enter("shelter.supervisor"), enter("shelter.coordinator")
    form = _follow(supervisor, supervisor.get("/beds"), "The location is known to somebody dangerous")

    alarm = supervisor.submit(form, "Raise the alarm", account="A car at the gate")
    police = str(house.world.agencies["police"])
    told = supervisor.submit(alarm, "Tell them", agencies=[police])
    asked = supervisor.submit(
        _follow(supervisor, told, "Ask that it be stood down"),
        "Ask for a second signature",
        reason="false_alarm",
        note="The meter service",
    )
    over = coordinator.submit(coordinator.get(asked.path), "Sign: open the house again")

    assert "2 people are still there." in alarm.text
    assert "Police, Trafficking" in told.text
    assert "Another person must sign." in asked.text
    assert "Stood down" in over.text


def test_the_agency_that_was_told_finds_whom_to_call_and_no_person(house: House, enter: Enter) -> None:
    street = Street(house)
    street.filled(1)
    alarm = street.sound()
    supervisor, advocate = enter("shelter.supervisor"), enter("advocate")
    office = str(house.world.agencies["advocacy_prishtine"])
    supervisor.submit(supervisor.get(f"/alarms/{alarm}"), "Tell them", agencies=[office])

    inbox, found = advocate.get("/notices"), advocate.get("/warnings")

    assert "The location of a shelter is known to somebody dangerous." in inbox.text
    assert ("NGO shelter" in found.text, "Ana" in found.text) == (True, False)
    assert "/moves" in found.links.values()


def test_the_advocate_writes_where_she_goes_and_the_driver_opens_it(house: House, enter: Enter) -> None:
    street = Street(house)
    addresses.write(house.world.actor("shelter.coordinator"), "Rruga e Provës 7")
    case_id = street.filled(1)[0]
    street.sound()
    advocate, driver = enter("advocate"), enter("investigator2")
    move = _follow(advocate, advocate.get(f"/cases/{case_id}"), "Where the person goes")
    form = _follow(advocate, move, "Write where the person goes")
    men, named = str(house.world.agencies["shelter_men"]), str(house.world.actor("investigator2").member_id)

    refused = advocate.submit(form, "Seal it", 422, words="", shelter="")
    sealed = advocate.submit(form, "Seal it", shelter=men, driver=named, for_driver="One bag")
    there = _follow(driver, driver.get("/moves"), "Where to")
    fetched = driver.submit(there, "Open the address to fetch from")
    waits = driver.submit(there, "Open the address to bring to", 422)

    assert refused.errors == ["Where, in words: Answer this question"]
    assert "Facility for men" in sealed.text
    assert ("Facility for men" in there.text, "One bag" in there.text) == (True, True)
    assert "Rruga e Provës 7" in fetched.text
    assert "No bed is kept for the person there yet." in waits.text
    assert enter("shelter.coordinator").get(move.path, 404).status == 404


@pytest.mark.parametrize("path", ["/houses", "/alarm"])
def test_these_pages_are_for_the_shelter(house: House, enter: Enter, path: str) -> None:
    assert enter("advocate").get(path, 403).status == 403
    assert enter("advocacy.supervisor").get(path, 403).status == 403


def test_the_administrator_closes_a_house_too_and_reads_no_note(house: House, enter: Enter) -> None:
    Street(house).shut("suspended", A_DAY, A_DAY.replace(day=5), note="Lice")
    admin = enter("administrator")
    agency = admin.get(f"/people/agencies/{house.world.agencies['shelter_ngo']}")
    page = _follow(admin, agency, "Open, suspended, closed")

    after = admin.submit(
        page, "Record it", kind="closed", reason="no_money", from_on=A_DAY.replace(day=20), residents_leave=True
    )

    assert "Lice" not in page.text
    assert after.heading == "NGO shelter"
    assert [kind for kind, _, _ in Street(house).periods()] == ["suspended", "closed"]
