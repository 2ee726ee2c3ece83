"""The page on which a person is kept from a place or from another person."""

from collections.abc import Callable

import pytest

from tests.factories.placed import House
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


def test_a_mark_is_set_and_lifted_on_its_page(house: House, enter: Enter) -> None:
    case_id, advocate = house.places.client(), enter("advocate")
    address, shelter = f"/cases/{case_id}/keep-apart", str(house.world.agencies["shelter_ngo"])

    marked = advocate.submit(advocate.get(address), "Keep apart", shelter=shelter, reason="The cousin works there.")
    lifted = advocate.submit(marked, "Lift this mark (NGO shelter)")

    assert "The cousin works there." in marked.text
    assert "There is no mark on this case." in lifted.text


def test_a_mark_without_a_reason_or_a_name_is_explained_at_its_field(house: House, enter: Enter) -> None:
    case_id, advocate = house.places.client(), enter("advocate")
    address = f"/cases/{case_id}/keep-apart"

    without_reason = advocate.submit(advocate.get(address), "Keep apart", 422)
    without_name = advocate.submit(advocate.get(address), "Keep apart", 422, reason="Why not")

    assert "Why? Fill this in" in " ".join(without_reason.errors)
    assert "Name a shelter or another case, one of the two" in " ".join(without_name.errors)


def test_a_shelter_has_no_page_of_marks(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident()

    enter("shelter.coordinator").get(f"/cases/{case_id}/keep-apart", status=403)


def test_marks_of_a_case_that_is_not_hers_are_not_there(house: House, enter: Enter) -> None:
    case_id = house.places.client()

    enter("advocate.prizren").get(f"/cases/{case_id}/keep-apart", status=404)
