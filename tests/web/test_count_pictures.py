"""The counts as pictures: each with its numbers in a table, drawn from what the reader may see and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page as Window

from tests.factories import facts
from tests.factories.world import World
from tests.support.chromium import accessibility_faults
from tests.support.client import Visitor
from tests.support.page import Element, Page

PICTURES = "/counts/pictures?month=3&year=2014"
READERS = ("statistics.supervisor", "police.supervisor", "national.coordinator")


def six_of_twelve(world: World) -> list[UUID]:
    """Twelve people of the police's, six of whom the advocates assisted; the records of the first of these."""
    police = facts.records(world, "investigator", 12)
    others = [facts.record(world, "advocate", {"assisted": date(2014, 3, 9)}) for _ in range(6)]
    for one, other in zip(police[:6], others, strict=True):
        facts.one_person(world, one, other)
    return [police[0], others[0]]


def a_march(world: World) -> None:
    """The same, and that first one a shelter took in."""
    facts.one_person(
        world, *six_of_twelve(world), facts.record(world, "shelter.coordinator", {"sheltered": date(2014, 3, 20)})
    )


def drawings(page: Page) -> dict[str, Element]:
    return {one["aria-labelledby"].split("-title")[0]: one for one in page.root.all("svg") if one["role"] == "img"}


def table(page: Page, drawing: str) -> list[list[str]]:
    """The rows of the table of a drawing, its head first."""
    caption = f"{drawing}-table-caption"
    found = next(one for one in page.root.all("table") if one.all("caption")[0]["id"] == caption)
    return [[cell.text for cell in row.all("th", "td")] for row in found.all("tr")]


def test_the_tables_lead_to_the_pictures_and_back(world: World, visitor: Visitor) -> None:
    visitor.sign_in("statistics.supervisor")

    page = visitor.get("/counts?month=3&year=2014&metrics=identified")
    there = next(one["href"] for one in page.root.all("a") if one.text == "The same as pictures")
    back = next(one["href"] for one in visitor.get(there).root.all("a") if one.text == "The same as tables")

    assert visitor.get(back).heading == "Counts"
    assert "metrics=identified" in back


@pytest.mark.parametrize("reader", READERS)
def test_every_picture_says_what_it_shows_and_has_its_numbers_in_a_table(
    world: World, visitor: Visitor, reader: str
) -> None:
    a_march(world)
    visitor.sign_in(reader)

    page = visitor.get(PICTURES)

    found = drawings(page)
    assert {"chart-identified", "funnel", "by-citizenship", "by-region", "by-sex"} <= set(found)
    assert all(one.all("title")[0].text and one.all("desc")[0].text for one in found.values())
    assert all(len(table(page, name)) > 1 for name in found)


def test_the_statistics_supervisor_sees_who_counted_whom_together_and_after_whom(
    world: World, visitor: Visitor
) -> None:
    a_march(world)
    visitor.sign_in("statistics.supervisor")

    page = visitor.get(PICTURES)

    together = {row[0].count("+"): row[1] for row in table(page, "together")[1:]}
    assert together == {0: "6", 1: "5", 2: "1"}
    assert [row[1] for row in table(page, "flow")[1:]] == ["6", "1"]
    assert table(page, "flow")[1][0].startswith("Police, Trafficking in Human Beings Directorate → ")


@pytest.mark.parametrize("reader", ["police.supervisor", "national.coordinator"])
def test_nobody_else_sees_who_came_after_whom_and_only_pairs_that_may_be_told(
    world: World, visitor: Visitor, reader: str
) -> None:
    six_of_twelve(world)
    visitor.sign_in(reader)

    page = visitor.get(PICTURES)

    assert "flow" not in drawings(page)
    assert [row[1] for row in table(page, "together")[1:]] == ["6"]


def test_deadlines_are_drawn_with_what_the_procedure_calls_them(world: World, visitor: Visitor) -> None:
    world.open_signal()
    visitor.sign_in("statistics.supervisor")

    page = visitor.get("/counts/pictures?month=&year=2014")

    assert table(page, "deadlines")[0] == ["Deadline", "Deadlines kept", "Deadlines missed"]
    assert [row[1:] for row in table(page, "deadlines")[1:]] == [["0", "1"]]


def test_a_number_that_may_not_be_shown_is_drawn_as_such(world: World, visitor: Visitor) -> None:
    a_march(world)
    visitor.sign_in("national.coordinator")

    page = visitor.get(PICTURES)

    stages = dict(row for row in table(page, "funnel")[1:])
    assert stages["Sheltered"] == "*not shown"
    assert [one["class"] for one in drawings(page)["funnel"].all("rect")].count("tc-draw-withheld") == 1


def test_a_breakdown_of_the_readers_choice_is_drawn_too(world: World, visitor: Visitor) -> None:
    a_march(world)
    visitor.sign_in("statistics.supervisor")

    page = visitor.get(f"{PICTURES}&breakdown=form")

    assert table(page, "by-form")[1:] == [["Sexual exploitation", "12"]]


def test_a_breakdown_that_there_is_not_is_told_at_its_field(world: World, visitor: Visitor) -> None:
    visitor.sign_in("police.supervisor")

    page = visitor.get(f"{PICTURES}&breakdown=name", status=422)

    assert "#breakdown" in [link["href"] for link in page.root.all("a")]


def test_the_funnel_stands_aside_where_its_stages_were_not_asked(world: World, visitor: Visitor) -> None:
    a_march(world)
    visitor.sign_in("statistics.supervisor")

    assert "funnel" not in drawings(visitor.get(f"{PICTURES}&metrics=identified"))


def test_nothing_is_drawn_of_nobody(world: World, visitor: Visitor) -> None:
    visitor.sign_in("police.supervisor")

    page = visitor.get("/counts/pictures?month=3&year=2011")

    assert drawings(page) == {}
    assert "Nobody was counted in these twelve months." in page.root.text


def test_a_bad_period_is_told_at_its_field(world: World, visitor: Visitor) -> None:
    visitor.sign_in("statistics.supervisor")

    page = visitor.get("/counts/pictures?month=13&year=2014", status=422)

    assert "Part of the year: Choose one of the answers on the page" in [item.text for item in page.root.all("li")]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_the_pictures_fit_their_window_and_have_no_serious_fault(
    world: World, visitor: Visitor, seen: Callable[..., Window], reader: str, width: int, scheme: str
) -> None:
    a_march(world)
    visitor.sign_in(reader)
    client: FlaskClient = visitor.client
    window = seen(client, width, scheme)

    window.goto(f"https://throughcare.test{PICTURES}")

    assert window.evaluate("document.documentElement.scrollWidth") == width
    assert accessibility_faults(window) == []
