"""Beginning with an invitation in a real browser, on a phone: the address fills the field, the square is drawn."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import Browser

from app.services import members, unit_of_work
from tests.factories.world import World
from tests.support.chromium import accessibility_faults
from tests.support.client import CHOSEN
from tests.support.served import served

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 800}


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_a_person_joins_by_the_address_that_was_handed_to_her(world: World, browser: Browser) -> None:
    unit_of_work.bind(world.database)
    member_id = world.actor("advocate").member_id
    assert member_id is not None
    invited = members.invite(world.actor("administrator"), member_id, renews_factor=True)
    window = browser.new_context(viewport=PHONE, locale="en-GB")
    page = window.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    with served(world.app()) as address:
        page.goto(f"{address}/invitation#{invited.invitation}")
        filled, left = page.locator("#invitation").input_value(), page.url
        first = accessibility_faults(page)
        page.fill("#password", CHOSEN)
        page.get_by_role("button", name="Go on").click()
        square = page.locator(".tc-qr svg").bounding_box()
        second = accessibility_faults(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        key = str(page.locator(".tc-key").text_content()).replace(" ", "")
        page.fill("#code", pyotp.TOTP(key).now())
        page.get_by_role("button", name="Go on").click()
        led = page.url
        page.get_by_role("button", name="Make ten codes").click()
        codes, third = page.locator(".tc-codes li").count(), accessibility_faults(page)
        window.close()

    assert (filled, left) == (invited.invitation, f"{address}/invitation")
    assert square is not None
    assert (square["width"] > 150, width) == (True, PHONE["width"])
    assert (led, codes) == (f"{address}/recovery-codes", 10)
    assert first + second + third == []
    assert [url for url in asked if str(invited.invitation) in url.partition("#")[0]] == []
