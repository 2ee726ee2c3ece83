"""The page with every component: well made, without barriers, on a phone and on a desk, by day and by night."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page as Window

from tests.factories.world import Template, World
from tests.support import kit
from tests.support.chromium import accessibility_faults
from tests.support.client import Visitor
from tests.web.conftest import HOST


@pytest.fixture
def kit_app(app: Flask) -> Flask:
    """The application with the kit in the place of My work."""
    kit.put_at_home(app)
    return app


Opening = Callable[..., tuple[Window, list[str]]]


@pytest.fixture
def window_on_kit(sqlite_template: Template, make_world: Callable[..., World], seen: Callable[..., Window]) -> Opening:
    """Open the kit in a window of a width; gives it and what the browser said about it."""
    application = make_world(sqlite_template).app()
    kit.put_at_home(application)

    def open_kit(width: int, scheme: str = "light") -> tuple[Window, list[str]]:
        visitor = Visitor(application)
        visitor.sign_in("advocate")
        window = seen(visitor.client, width, scheme)
        said: list[str] = []
        window.on("console", lambda message: said.append(message.text))
        window.goto(f"{HOST}/")
        return window, said

    return open_kit


def test_every_component_keeps_the_rules_of_a_page(kit_app: Flask) -> None:
    page = Visitor(kit_app).sign_in_by_page("advocate")

    assert page.heading == "KS-2007-K4T9 High risk"
    assert page.form("Save").names >= {"happened_on-day", "needs", "row_version", "once", "csrf_token"}


def test_form_with_mistakes_says_each_above_and_at_its_field(kit_app: Flask) -> None:
    visitor = Visitor(kit_app)

    page = visitor.submit(
        visitor.sign_in_by_page("advocate"), "Save", status=422, **{"happened_on-day": "x", "name": "Drita"}
    )

    assert page.title.startswith("Error: ")
    assert page.errors == [
        "When did this happen? The date needs a month and a year too",
        "How the case came: Choose one",
        "Could you speak with her alone? Choose one",
        "Reason: Fill this in",
    ]
    assert [element["value"] for element in page.root.all("input", where=lambda e: e["id"] == "name")] == ["Drita"]
    assert len(page.root.of_class("govuk-error-message")) == 4


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1200])
def test_every_component_is_without_barrier(window_on_kit: Opening, width: int, scheme: str) -> None:
    window, said = window_on_kit(width, scheme)

    faults = accessibility_faults(window)

    assert faults == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1200, "light")])
def test_form_with_mistakes_is_without_barrier(window_on_kit: Opening, width: int, scheme: str) -> None:
    window, _ = window_on_kit(width, scheme)
    with window.expect_navigation():
        window.get_by_role("button", name="Save").click()

    faults = accessibility_faults(window)

    assert faults == []
    assert window.evaluate("document.activeElement.className") == "govuk-error-summary"


@pytest.mark.browser
def test_link_of_a_mistake_leads_to_the_input_of_the_date_that_is_wrong(window_on_kit: Opening) -> None:
    window, _ = window_on_kit(1200)
    window.get_by_label("Day").fill("3")
    with window.expect_navigation():
        window.get_by_role("button", name="Save").click()

    window.get_by_role("link", name="When did this happen?").click()

    assert window.evaluate("document.activeElement.name") == "happened_on-month"


@pytest.mark.browser
def test_menu_of_a_phone_opens_and_shuts(window_on_kit: Opening) -> None:
    window, _ = window_on_kit(375)
    entry = window.get_by_role("link", name="My work")
    assert not entry.is_visible()

    window.get_by_role("button", name="Menu").click()

    assert entry.is_visible()
