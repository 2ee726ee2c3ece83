"""The page of whom a shelter takes: its periods, a new one by the house's supervisor, an administrator's way there."""

from collections.abc import Callable

import pytest

from tests.factories.placed import House, day
from tests.support.client import Visitor

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


def address(house: House, shelter: str = "shelter_men") -> str:
    """Where the page of a shelter is."""
    return f"/shelters/{house.world.agencies[shelter]}/intake"


def test_the_supervisor_plans_a_change_and_takes_it_back(house: House, enter: Enter) -> None:
    supervisor = enter("men.supervisor")
    form = supervisor.get(f"{address(house)}/new")

    planned = supervisor.submit(form, "Save", from_on=day(20), takes=["women", "domestic"], min_age=21)

    assert "women and girls, citizens of the country" in planned.text
    assert "Planned" in planned.text
    taken_back = supervisor.submit(planned, "Take back 20 Mar 2014")
    assert "Planned" not in taken_back.text
    assert "The planned change is taken back." in taken_back.text


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(house: House, enter: Enter) -> None:
    supervisor = enter("men.supervisor")
    form = supervisor.get(f"{address(house)}/new")

    refused = supervisor.submit(form, "Save", 422, takes=["women", "domestic"], min_age=40, max_age=30)

    assert refused.errors == ["Up to the age of: The upper age must not be under the lower one"]
    assert ("min_age", "40") in refused.form("Save").as_it_stands()


def test_an_advocate_reads_it_and_changes_nothing(house: House, enter: Enter) -> None:
    advocate = enter("advocate")

    page = advocate.get(address(house))

    assert "men and boys" in page.text
    assert f"{address(house)}/new" not in page.links.values()
    advocate.get(f"{address(house)}/new", 403)


def test_the_board_of_the_house_leads_there(house: House, enter: Enter) -> None:
    assert address(house) in enter("men.coordinator").get("/beds").links.values()


def test_the_page_of_the_agency_leads_an_administrator_there(house: House, enter: Enter) -> None:
    page = enter("administrator").get(f"/people/agencies/{house.world.agencies['shelter_men']}")

    assert address(house) in page.links.values()


def test_a_shelter_of_which_nothing_is_recorded_today_says_so(house: House, enter: Enter) -> None:
    house.clock.at(house.clock.now.date().replace(year=2012))

    assert "Nobody has said whom it takes today" in enter("advocate").get(address(house)).text


def test_whoever_places_nobody_has_no_such_page(house: House, enter: Enter) -> None:
    enter("prosecutor").get(address(house), 403)
