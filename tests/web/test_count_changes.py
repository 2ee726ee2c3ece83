"""Between a past day and today stands a list: each fact that came, was taken back, or is another person's now."""

import io
from datetime import UTC, datetime, time, timedelta

import openpyxl
import pytest

from app.clock import local_day, utc_now
from tests.factories import facts
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page

TODAY = local_day(utc_now())
AS_OF = TODAY - timedelta(days=5)
ASKED = f"month=3&year=2014&metrics=identified&as_of-day={AS_OF.day}&as_of-month={AS_OF.month}&as_of-year={AS_OF.year}"
NO_RANGE = (
    "Which pairs of records wait for an answer is known of today alone: "
    "for a past day it is not told how many there would be if every doubtful link were confirmed."
)
LONG_AGO = datetime.combine(TODAY - timedelta(days=30), time(12), UTC)


@pytest.fixture
def statistics(visitor: Visitor) -> Visitor:
    visitor.sign_in("statistics.supervisor")
    return visitor


def what(page: Page) -> list[str]:
    rows = [[cell.text for cell in row.all("th", "td")] for row in page.root.all("tr")]
    return sorted(row[1] for row in rows[1:])


def test_each_late_entry_and_each_fact_taken_back_is_listed_and_nothing_of_before(
    world: World, statistics: Visitor
) -> None:
    facts.records(world, "investigator", 2, recorded_at=LONG_AGO)
    known = facts.record(world, "investigator", recorded_at=LONG_AGO)
    facts.record(world, "investigator")
    facts.take_back(world, "investigator", known, "identified")

    report = statistics.get(f"/counts?{ASKED}")
    page = statistics.get(next(link["href"] for link in report.root.all("a") if link.text == "What changed since then"))

    assert what(page) == ["recorded since", "taken back since"]


def test_facts_of_records_that_were_linked_since_are_listed(world: World, statistics: Visitor) -> None:
    one, other = (facts.record(world, by, recorded_at=LONG_AGO) for by in ("investigator", "advocate"))
    facts.one_person(world, one, other)

    page = statistics.get(f"/counts/changes?{ASKED}")

    assert what(page) == ["taken to be another person since"] * 2


def test_an_agency_is_told_of_its_own_facts_and_never_of_links(world: World, visitor: Visitor) -> None:
    one, other = (facts.record(world, by, recorded_at=LONG_AGO) for by in ("investigator", "advocate"))
    facts.one_person(world, one, other)
    facts.record(world, "advocate")
    facts.record(world, "investigator")
    visitor.sign_in("police.supervisor")

    assert what(visitor.get(f"/counts/changes?{ASKED}")) == ["recorded since"]


def test_without_a_past_day_it_says_what_to_ask_for(statistics: Visitor) -> None:
    page = statistics.get("/counts/changes?month=3&year=2014")

    assert "Ask for the counts of a past day first." in page.text


@pytest.mark.parametrize(
    ("asked", "is_told"), [(ASKED, True), ("month=3&year=2014", False)], ids=["of a past day", "of today"]
)
def test_a_report_of_a_past_day_says_why_it_has_no_range_before_review(
    world: World, statistics: Visitor, asked: str, is_told: bool
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(statistics.download(f"/counts/export.xlsx?{asked}").data))
    rules = [row[1] for row in book["Definitions"].iter_rows(values_only=True) if row[0] == "Rule"]

    assert (NO_RANGE in statistics.get(f"/counts?{asked}").text, NO_RANGE in rules) == (is_told, is_told)


@pytest.mark.parametrize("by", ["police.supervisor", "national.coordinator"])
def test_who_is_told_of_no_range_is_not_told_why(world: World, visitor: Visitor, by: str) -> None:
    visitor.sign_in(by)

    assert NO_RANGE not in visitor.client.get(f"/counts?{ASKED}").get_data(as_text=True)
