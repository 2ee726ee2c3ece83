"""The boards and the pictures of occupancy in a real browser, on a desk and on a phone."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.factories.nights import beds_of, void_bed
from tests.factories.placed import House, day
from tests.security.relations import above
from tests.support.chromium import accessibility_faults
from tests.support.client import Visitor
from tests.support.full_house import fill_house

pytestmark = pytest.mark.browser

PAGES = {
    "shelter.coordinator": ("/beds", "/beds/month?day=2014-02-20", "/occupancy", "/free-places"),
    "advocate": ("/free-places",),
    "statistics.supervisor": ("/occupancy", "/free-places"),
}
OPENED = [pytest.param(name, path, id=f"{name} {path}") for name, paths in PAGES.items() for path in paths]


@pytest.fixture
def sign_in(house: House) -> Callable[[str], FlaskClient]:
    """A house with people who live there, who are expected, who have left, and a bed out of use."""
    house.places.resident("1A", alias="Lule", expected_until="2014-03-09")
    house.places.resident("1B", alias="Teuta", expected_until="2014-03-10")
    house.clock.at(day(10))
    expected = house.places.client()
    house.places.ask(expected)
    house.places.expect(expected, "2B", expected_on="2014-03-10")
    engine = above(house.world)
    fill_house(engine, house.world.database.vault, "shelter_ngo", 8, date(2014, 3, 10), None)
    engine.dispose()
    void_bed(house.world, next(bed for bed in beds_of(house.world, "shelter_ngo") if bed.name == "2C"), day(8), day(14))
    application = house.world.app()

    def signed_in(name: str) -> FlaskClient:
        visitor = Visitor(application)
        visitor.sign_in(name)
        return visitor.client

    return signed_in


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("name", "path"), OPENED)
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_board_fits_its_window_and_has_no_serious_fault(
    sign_in: Callable[[str], FlaskClient], seen: Callable[..., Page], name: str, path: str, width: int
) -> None:
    page = seen(sign_in(name), width)
    page.goto(f"https://throughcare.test{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert accessibility_faults(page) == []
