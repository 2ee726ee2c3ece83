"""The pages of beds that are out of use."""

from collections.abc import Callable

import pytest

from tests.factories.placed import GONE, House, day
from tests.support.client import Visitor
from tests.support.page import Page

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


def _begin(house: House, visitor: Visitor, status: int = 200, **answers: object) -> Page:
    page = visitor.get(f"/beds/{house.places.bed('1A')}/out-of-use")
    return visitor.submit(page, "Put out of use", status, **{"reason": "repair", "from_on": day(3)} | answers)  # type: ignore[arg-type]


def test_a_bed_is_put_out_of_use_from_the_board_and_back(house: House, enter: Enter) -> None:
    visitor = enter()
    assert f"/beds/{house.places.bed('1A')}/out-of-use" in visitor.get("/beds").links.values()

    _begin(house, visitor, to_on=day(10))
    board = visitor.get("/beds")

    assert ("1 void" in board.text, "Repairs in the room" in board.text, "until 10 Mar" in board.text) == (True,) * 3
    page = visitor.get(next(url for url in board.links.values() if url.startswith("/out-of-use/")))
    back = visitor.get(next(url for url in page.links.values() if url.endswith("/back")))
    visitor.submit(back, "Put back")
    assert "1 void" not in visitor.get("/beds").text


def test_the_end_is_changed_and_the_page_shows_what_was_said_before(house: House, enter: Enter) -> None:
    visitor = enter()
    _begin(house, visitor, to_on=day(10))
    url = next(url for url in visitor.get("/beds").links.values() if url.startswith("/out-of-use/"))

    visitor.submit(visitor.get(f"{url}/end"), "Record", to_on=day(20))

    page = visitor.get(url)
    assert ("In use again on 20 Mar 2014" in page.text, "10 Mar 2014" in page.text) == (True, True)


def test_a_bed_that_someone_has_is_refused_and_nothing_typed_is_lost(house: House, enter: Enter) -> None:
    house.places.resident("1A")

    refused = _begin(house, enter(), 409, reason="hygiene")

    assert "Someone has the bed on one of these days" in refused.text
    assert ("reason", "hygiene") in refused.form("Put out of use").as_it_stands()


def test_a_day_back_that_is_not_after_the_first_is_refused_at_its_field(house: House, enter: Enter) -> None:
    refused = _begin(house, enter(), 422, to_on=day(3))

    assert "must be after the first day out of use" in " ".join(refused.errors)


def test_days_to_make_a_bed_ready_are_set_and_show_on_the_board(house: House, enter: Enter) -> None:
    visitor = enter()
    visitor.submit(visitor.get("/beds/made-ready"), "Record", days="2")
    case_id, _ = house.places.resident("1A")

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    assert "Being made ready" in visitor.get("/beds").text
    assert ("days", "2") in visitor.get("/beds/made-ready").form("Record").as_it_stands()


def test_more_days_than_a_month_are_refused_at_the_field(house: House, enter: Enter) -> None:
    visitor = enter()

    refused = visitor.submit(visitor.get("/beds/made-ready"), "Record", 422, days="31")

    assert "Days" in " ".join(refused.errors)


def test_the_supervisor_of_the_house_reads_why_and_changes_nothing(house: House, enter: Enter) -> None:
    visitor = enter()
    _begin(house, visitor)
    url = next(url for url in visitor.get("/beds").links.values() if url.startswith("/out-of-use/"))

    page = enter("shelter.supervisor").get(url)

    assert "Repairs in the room" in page.text
    assert f"{url}/back" not in page.links.values()


def test_a_bed_of_another_house_is_not_found(house: House, enter: Enter) -> None:
    bed = house.places.bed("1A")

    assert enter("secure.coordinator").get(f"/beds/{bed}/out-of-use", 404).status == 404
