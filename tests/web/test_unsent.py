"""What is typed and not sent, on the pages: kept by a button without a script, filled in again, sent or given up."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo import PASSWORD
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.support.chromium import accessibility_faults
from tests.support.factors import code_of
from tests.support.served import served

STEP = "steps/advocacy/record_service"
KEPT = "What you typed here is filled in again"


@pytest.fixture
def case(world: World) -> str:
    return f"/cases/{world.with_advocate()}"


def test_a_form_that_is_kept_is_on_my_work_and_filled_in_again(reader: Readers, case: str) -> None:
    her = reader("advocate")

    kept = her.submit(her.get(f"{case}/{STEP}"), "Keep for later", note="She asked twice.")
    listed = her.get("/")
    again = her.get(f"{case}/{STEP}")

    assert (kept.path, "Kept. It is filled in when you open the form again." in kept.text) == (case, True)
    assert "Forms that you have not sent 1" in listed.text
    assert (KEPT in again.text, "She asked twice." in again.body) == (True, True)


def test_one_that_is_sent_is_kept_no_more_also_where_it_was_refused_before(reader: Readers, case: str) -> None:
    her, form = reader("advocate"), f"{case}/steps/advocacy/record_arrival"
    her.submit(her.get(form), "Keep for later", **{"occurred_on-day": "99"})

    refused = her.submit(her.get(form), "Record", 422)
    listed = her.get("/")
    sent = her.submit(refused, "Record", occurred_on=date(2014, 3, 4))

    assert "Forms that you have not sent 1" in listed.text
    assert sent.path == case
    assert "Forms that you have not sent" not in her.get("/").text


def test_one_that_is_given_up_is_gone(reader: Readers, case: str) -> None:
    her = reader("advocate")
    her.submit(her.get(f"{case}/{STEP}"), "Keep for later", note="She asked twice.")

    gone = her.submit(her.get(f"{case}/{STEP}"), "Discard it")

    assert (gone.path, "What had been typed is gone." in gone.text) == (f"{case}/{STEP}", True)
    assert "She asked twice." not in gone.body


def test_what_opens_a_case_is_kept_too(reader: Readers) -> None:
    her = reader("advocate")
    form = "/cases/new/advocacy/open_directly"

    kept = her.submit(her.get(form), "Keep for later", given_name="Arta")

    assert kept.path == "/"
    assert "A new case" in kept.links
    assert 'value="Arta"' in her.get(form).body


def test_what_was_typed_of_one_person_does_not_stand_in_the_form_of_another_who_was_looked_for(reader: Readers) -> None:
    her = reader("advocate")
    her.submit(her.get("/cases/new/advocacy/open_directly"), "Keep for later", given_name="Arta")
    found = her.submit(her.get("/cases/new"), "Search", given_name="Besa", family_name="Tjetër")

    other = her.submit(found, "Open a case without the police")

    assert ('value="Besa"' in other.body, "Arta" in other.body, KEPT in other.text) == (True, False, False)


@pytest.mark.browser
@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_what_is_typed_is_kept_while_it_is_typed_and_survives_the_quick_way_out(
    world: World, browser: Browser, case: str
) -> None:
    window = browser.new_context(viewport={"width": 390, "height": 800}, locale="en-GB")
    page = window.new_page()

    with served(world.app()) as address:
        _sign_in(page, address, world)
        page.goto(f"{address}{case}/{STEP}")
        page.fill("#note", "She asked twice.")
        expect(page.locator("form[data-keep] [name=kept]")).to_have_value("1")
        page.fill("#note", "She asked twice. They answer on Friday.")
        _ = [page.keyboard.press("Escape") for _ in range(3)]
        page.wait_for_url("**/calendar**")
        _sign_in(page, address, world)
        page.goto(f"{address}{case}/{STEP}")
        found, faults = page.locator("#note").input_value(), accessibility_faults(page)
        window.close()

    assert found == "She asked twice. They answer on Friday."
    assert faults == []


def _sign_in(page: Page, address: str, world: World) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#sign_in", "advocate")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.fill("#code", code_of(world.database, "advocate"))
    page.get_by_role("button", name="Go on").click()
