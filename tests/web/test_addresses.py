"""The pages of a shelter's address: written by the house, opened with a purpose, shown once."""

from collections.abc import Callable

import pytest

from tests.factories.placed import House
from tests.support.client import Visitor

Enter = Callable[..., Visitor]
ADDRESS = "Rruga e Provës 7"


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member."""
    application = house.world.app()

    def signed_in(name: str) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


def test_the_house_seals_its_address_and_an_advocate_opens_it_for_a_resident(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident()
    coordinator, advocate = enter("shelter.coordinator"), enter("advocate")

    kept = coordinator.submit(coordinator.get("/address"), "Seal the address", address=ADDRESS)
    page = advocate.get(f"/cases/{case_id}/address")
    place = str(house.places.house())
    shown = advocate.submit(page, "Open the address", place=place, purpose="fetch")

    assert ADDRESS not in kept.text
    assert ADDRESS in shown.text
    assert ADDRESS not in advocate.get(f"/cases/{case_id}/address").text
    assert "To fetch the person" in coordinator.get("/address").text
    assert "Somebody has opened the address of your house" in coordinator.get("/notices").text


def test_the_house_checks_what_is_recorded(house: House, enter: Enter) -> None:
    coordinator = enter("shelter.coordinator")
    kept = coordinator.submit(coordinator.get("/address"), "Seal the address", address=ADDRESS)

    assert ADDRESS in coordinator.submit(kept, "Show what is recorded").text


def test_the_page_with_the_address_lies_open_for_five_minutes(house: House, enter: Enter) -> None:
    coordinator = enter("shelter.coordinator")
    kept = coordinator.submit(coordinator.get("/address"), "Seal the address", address=ADDRESS)

    shown = coordinator.submit(kept, "Show what is recorded")

    assert ADDRESS in shown.text
    assert int(shown.root.of_class("tc-ends")[0]["data-ends"]) <= 5 * 60


def test_no_address_is_opened_without_place_and_purpose(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident()
    advocate = enter("advocate")

    refused = advocate.submit(advocate.get(f"/cases/{case_id}/address"), "Open the address", 422)

    assert refused.errors == ["Which place? Choose one", "What for? Choose one"]


def test_a_place_that_recorded_none_says_so(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident()
    advocate, place = enter("advocate"), str(house.places.house())

    page = advocate.get(f"/cases/{case_id}/address")
    refused = advocate.submit(page, "Open the address", 422, place=place, purpose="bring")

    assert "The place has not recorded its address. Call it." in refused.text


def test_an_empty_address_is_refused_at_its_field(house: House, enter: Enter) -> None:
    coordinator = enter("shelter.coordinator")

    refused = coordinator.submit(coordinator.get("/address"), "Seal the address", 422, address=" ")

    assert "Address and way in: Fill this in" in " ".join(refused.errors)


def test_the_case_page_leads_there_once_a_shelter_was_asked(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident()

    assert f"/cases/{case_id}/address" in enter("advocate").get(f"/cases/{case_id}").links.values()


def test_the_supervisor_of_an_office_has_no_such_page(house: House, enter: Enter) -> None:
    assert enter("advocacy.supervisor").get("/address", 403).status == 403


def test_with_two_houses_the_page_lists_both_and_asks_which(house: House, enter: Enter) -> None:
    shelter = house.world.agencies["shelter_ngo"]
    admin = enter("administrator")
    admin.submit(admin.get(f"/people/agencies/{shelter}/houses"), "Add the house", house="House 2")
    coordinator = enter("shelter.coordinator")
    page = coordinator.get("/address")

    refused = coordinator.submit(page, "Seal the address", 422, address=ADDRESS)
    kept = coordinator.submit(refused, "Seal the address", house=str(house.places.house()), address=ADDRESS)

    assert refused.errors == ["Which house? Choose one"]
    assert ("House 1" in kept.text, "House 2" in kept.text, ADDRESS in kept.text) == (True, True, False)
    assert ADDRESS in coordinator.submit(kept, "Show what is recorded House 1").text
