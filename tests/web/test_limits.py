"""The pages of movement limits, as the house, the advocate and those who count see them."""

from collections.abc import Callable

import pytest

from tests.factories.house import COORDINATOR, REASON, ordered
from tests.factories.placed import House, day
from tests.support.client import Visitor

Enter = Callable[..., Visitor]
ORDER = {
    "kind": "accompanied",
    "ground": "threat",
    "reason": REASON,
    "ends_on": day(10),
    "own_word": "does_not",
    "own_words": "I want to see my sister.",
    "told_in": "sqi",
    "told_way": "interpreter",
}


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member, the house's coordinator unless said otherwise."""
    application = house.world.app()

    def signed_in(name: str = COORDINATOR) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


@pytest.mark.line(14)
def test_a_limit_is_ordered_reviewed_and_lifted_from_the_page_of_the_stay(house: House, enter: Enter) -> None:
    case_id, stay_id = house.places.resident("1A", alias="Lule")
    coordinator, advocate = enter(), enter("advocate")
    stay = coordinator.get(f"/stays/{stay_id}")
    listed = coordinator.get(stay.links["Movement limits"])
    asked = coordinator.get(listed.links["Order a limit"])

    shown = coordinator.submit(asked, "Order the limit", **ORDER)
    told = advocate.get("/notices")
    read = advocate.get(f"/cases/{case_id}/house")
    reviewed = coordinator.submit(
        coordinator.get(shown.links["Review it"]), "Record the review", outcome="upheld", note="Seen again."
    )
    lifted = coordinator.submit(coordinator.get(reviewed.links["Lift it"]), "Lift it", reason="In custody.")

    assert "Nothing limits where the person goes" in listed.text
    assert "This is the first order for this person in this house." in asked.text
    assert "A shelter has limited where a person goes: Goes out accompanied only." in told.text
    assert "Dafina" not in told.text
    assert REASON in read.text
    assert "It is still needed" in reviewed.text
    assert "Lifted" in lifted.text
    assert "Review it" not in lifted.links
    assert "Lule" in coordinator.get(f"/stays/{stay_id}/limits").text


def test_what_was_typed_stays_where_an_order_is_refused(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    coordinator = enter()

    page = coordinator.get(f"/stays/{stay_id}/limits/new")
    refused = coordinator.submit(page, "Order the limit", 422, **{**ORDER, "ends_on": day(30)})

    assert refused.errors == ["On which day does it end? One order does not last that long: choose an earlier day"]
    assert REASON in refused.text


def test_an_order_without_an_end_is_refused_at_its_field(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    coordinator = enter()

    page = coordinator.get(f"/stays/{stay_id}/limits/new")
    refused = coordinator.submit(
        page, "Order the limit", 422, **{name: told for name, told in ORDER.items() if name != "ends_on"}
    )

    assert refused.errors == ["On which day does it end? Enter a date"]


def test_a_limit_of_a_kind_that_holds_is_not_ordered_again(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)
    coordinator = enter()

    page = coordinator.get(f"/stays/{stay_id}/limits/new")
    refused = coordinator.submit(page, "Order the limit", 422, **{**ORDER, "reason": "Another one."})

    assert "1 order came before this one in this house, 7 days in all." in page.text
    assert refused.errors == ["A limit of this kind holds already. Review or lift it first."]


def test_the_order_is_printed_in_the_language_of_the_person(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    limit_id = ordered(house, stay_id)

    paper = enter().get(f"/limits/{limit_id}/paper?language=sq")

    assert "F12" in paper.text
    assert "Del vetëm me shoqërim" in paper.text


def test_the_supervisor_of_the_house_counts_its_own_and_the_statistics_every_house(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)

    own, national = enter("shelter.supervisor"), enter("statistics.supervisor")
    coarse = enter("national.coordinator").get("/limits/counts")

    assert "NGO shelter" in own.get("/limits/counts").text
    assert "NGO shelter" in national.get("/limits/counts").text
    assert "NGO shelter" not in coarse.text
    assert "Small numbers are not shown" in coarse.text
    assert "No limit was ordered in this year." in own.get("/limits/counts?year=2013").text


def test_an_order_is_no_page_of_any_other_house_or_agency(house: House, enter: Enter) -> None:
    case_id, stay_id = house.places.resident()
    limit_id = ordered(house, stay_id)

    enter("men.coordinator").get(f"/limits/{limit_id}", 404)
    enter("men.coordinator").get(f"/stays/{stay_id}/limits", 404)
    enter("advocate").get(f"/limits/{limit_id}", 403)
    enter("investigator").get(f"/cases/{case_id}/house", 403)
