"""The board of beds in a real browser, on a desk, on a phone, and in the night shift's dark."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.factories.placed import House
from tests.support.chromium import accessibility_faults
from tests.support.client import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def client(house: House) -> FlaskClient:
    """Signed in as the coordinator of a house with a resident, an expected person and an emergency."""
    house.places.resident("1A", alerts="Fears men in uniform")
    expected, emergency = house.places.client(), house.places.client()
    house.places.ask(expected)
    house.places.expect(expected, "2B")
    house.world.step("advocate", emergency, "shelter", "take_emergency_bed", bed=str(house.places.bed("2C")))
    application = house.world.app()
    visitor = Visitor(application)
    visitor.sign_in("shelter.coordinator")
    return visitor.client


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_board_fits_its_window_and_has_no_serious_fault(
    client: FlaskClient, seen: Callable[..., Page], width: int, scheme: str
) -> None:
    page = seen(client, width, scheme)
    page.goto("https://throughcare.test/beds")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert accessibility_faults(page) == []
