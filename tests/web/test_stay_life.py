"""The pages of a stay beside its steps: children, overstay, transfer, leaving at high risk, days to check."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from app.models.placement import Bed
from app.services import overlaps
from tests.factories.placed import House, day
from tests.integration.test_leaving import _resident
from tests.integration.test_overlaps import _link, _two
from tests.security.relations import above
from tests.support.client import Visitor

SHELTER = "shelter.coordinator"
Enter = Callable[..., Visitor]


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member, the shelter's coordinator unless said otherwise."""
    application = house.world.app()

    def signed_in(name: str = SHELTER) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


def _cot(house: House) -> UUID:
    with above(house.world).begin() as connection:
        beside = connection.execute(select(Bed.room_id).where(Bed.id == house.places.bed("1A"))).scalar_one()
        row = {"id": uuid4(), "agency_id": house.world.agencies["shelter_ngo"], "name": "Cot 9", "is_cot": True}
        connection.execute(insert(Bed), [row | {"room_id": beside, "is_active": True}])
    return row["id"]  # type: ignore[return-value]


def test_a_child_is_recorded_in_a_cot_shown_on_the_board_and_leaves(house: House, enter: Enter) -> None:
    cot, visitor = _cot(house), enter()
    _, stay_id = house.places.resident("1A", alias="Lule")

    form = visitor.get(f"/stays/{stay_id}/children")
    page = visitor.submit(form, "Record", age="from_1_to_5", cot=str(cot))
    board = visitor.get("/beds")

    assert "1 to 5 years, from 3 Mar 2014 in a cot" in page.text
    assert ("with 1 child" in board.text, "with Lule" in board.text) == (True, True)
    left = visitor.get(next(url for url in page.links.values() if url.endswith("/left")))
    assert "left 3 Mar 2014" in visitor.submit(left, "Record").text


def test_a_child_without_an_age_is_refused_at_its_field(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A")
    visitor = enter()

    refused = visitor.submit(visitor.get(f"/stays/{stay_id}/children"), "Record", 422)

    assert "How old is the child?" in " ".join(refused.errors)


def test_an_overstay_is_agreed_and_the_board_says_until_when(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", expected_until="2014-03-10")
    house.clock.at(day(12))
    visitor = enter()
    assert "Overdue since" in visitor.get("/beds").text

    agreed = {"is_agreed": True, "agreed_by": "advocate", "reason": "no_safe_place", "agreed_until": day(20)}
    page = visitor.submit(visitor.get(f"/stays/{stay_id}/overstay"), "Record", **agreed)

    assert "Overdue to leave, agreed" in page.text
    assert "agreed until" in visitor.get("/beds").text


def test_an_agreement_without_a_day_is_refused_and_nothing_typed_is_lost(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", expected_until="2014-03-10")
    house.clock.at(day(12))
    visitor, asked = enter(), {"is_agreed": True, "agreed_by": "advocate", "reason": "recovery"}

    refused = visitor.submit(visitor.get(f"/stays/{stay_id}/overstay"), "Record", 422, **asked)

    assert "Until when?" in " ".join(refused.errors)
    assert ("agreed_by", "advocate") in refused.form("Record").as_it_stands()


def test_a_transfer_says_why_and_a_day_of_leaving_is_put_right(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A")
    visitor = enter()

    why = visitor.get(f"/stays/{stay_id}/transfer")
    page = visitor.submit(why, "Record", kind="emergency", reason="location")

    assert "Transfer: Emergency, The location has become known" in page.text
    assert "The person has not left." in visitor.get(f"/stays/{stay_id}/departure").text


def test_who_leaves_at_high_risk_is_recorded_and_the_offer_of_a_safety_plan_follows(house: House, enter: Enter) -> None:
    _, stay_id = _resident(house)
    visitor, gone = enter(), {"destination": "own_home", "departure_reason": "own_wish"}

    offer = visitor.submit(visitor.get(f"/stays/{stay_id}/leave"), "Record", **gone)

    assert offer.heading == "Offer a safety plan"
    page = visitor.submit(offer, "Record", answer="declined")
    assert "This stay has ended." in page.text


def test_her_wish_is_recorded_the_police_are_asked_and_answer_on_their_page(house: House, enter: Enter) -> None:
    _, stay_id = _resident(house)
    visitor, police = enter(), enter("investigator")

    wish = visitor.submit(visitor.get(f"/stays/{stay_id}/exit/wish"), "Record", wish="leave", words="To my sister.")
    asked = visitor.submit(wish, "Ask police and prosecution")
    listed = police.get("/exits")
    answer = police.get(next(url for url in listed.links.values() if url.startswith("/exits/")))
    police.submit(answer, "Answer", is_approved=False, reason="threat_stands")

    assert ("To my sister." in asked.text, "an approval is missing or refused" in asked.text) == (True, True)
    assert "To my sister." not in answer.text
    assert "Not approved The threat stands" in visitor.get(f"/stays/{stay_id}/exit").text
    assert "Wishes to leave, not approved" in visitor.get(f"/stays/{stay_id}").text


def test_an_answer_without_a_reason_is_refused_at_its_field(house: House, enter: Enter) -> None:
    _, stay_id = _resident(house)
    visitor, police = enter(), enter("investigator")
    visitor.submit(visitor.get(f"/stays/{stay_id}/exit"), "Ask police and prosecution")
    answer = police.get(next(url for url in police.get("/exits").links.values() if url.startswith("/exits/")))

    refused = police.submit(answer, "Answer", 422, is_approved=True)

    assert "Why?" in " ".join(refused.errors)


def test_the_prosecution_that_was_asked_nothing_is_told_so(house: House, enter: Enter) -> None:
    assert "Your agency is asked of no departure." in enter("prosecutor").get("/exits").text


def test_days_to_check_stand_on_the_board_tell_of_nobody_else_and_are_settled(house: House, enter: Enter) -> None:
    (first, stay_id), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()
    visitor = enter()

    board, days = visitor.get("/beds"), visitor.get(f"/stays/{stay_id}/days")

    assert "Days to check" in board.text
    assert [word for word in ("link", "another record", "other shelter", "facility") if word in days.text.lower()] == []
    visitor.submit(days, "Record", settlement="checked")
    assert "Days to check" not in visitor.get("/beds").text


def test_there_is_nothing_to_check_and_the_page_says_so(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A")

    assert "There is nothing to check." in enter().get(f"/stays/{stay_id}/days").text
