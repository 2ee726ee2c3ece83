"""The pages of numbers on the first morning of a month, a quarter and a year: on what they open, and what is signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.factories import facts
from tests.factories.reading import Readers
from tests.support.page import Page
from tests.support.tables import numbers

STATISTICS = "statistics.supervisor"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def heading(page: Page) -> str:
    """The head of the numbers: of which days they are."""
    return page.main.all("h2")[0].text


FIRSTS = {
    "the first of a month": (date(2014, 5, 1), "April 2014", "2014"),
    "the first of a quarter": (date(2014, 4, 1), "March 2014", "2014"),
    "the first of a year": (date(2015, 1, 1), "December 2014", "2014"),
    "the second of a month": (date(2014, 5, 2), "May 2014", "2014"),
    "the second of a year": (date(2015, 1, 2), "January 2015", "2015"),
    "the last of a year": (date(2014, 12, 31), "December 2014", "2014"),
}


@pytest.mark.parametrize("day", FIRSTS)
def test_the_pages_open_on_the_month_and_the_year_in_which_yesterday_lies(
    morning: Callable[[date], Readers], day: str
) -> None:
    today, in_month, in_year = FIRSTS[day]
    visitor = morning(today)(STATISTICS)

    by_month = [visitor.get(path) for path in ("/counts", "/counts/pictures", "/occupancy")]
    by_year = [visitor.get(path) for path in ("/counts/work", "/counts/quality")]

    assert [heading(page).removeprefix("All places together, ") for page in by_month] == [in_month] * 3
    assert [heading(page).removeprefix("All agencies, ") for page in by_year] == [in_year] * 2
    assert [page.errors for page in (*by_month, *by_year)] == [[]] * 5


@pytest.mark.parametrize("day", [date(2014, 4, 1), date(2015, 1, 1)])
def test_on_a_first_what_the_page_opens_on_is_signed_as_of_the_day_before(
    morning: Callable[[date], Readers], day: date
) -> None:
    at = morning(day)
    facts.records(at.world, "investigator", 3, on=day - timedelta(days=9), recorded_at=noon(day - timedelta(days=8)))
    visitor = at(STATISTICS)

    page = visitor.get(visitor.get("/counts").links["Sign and freeze this report"])
    signed = visitor.submit(page, "Sign and freeze")

    assert page.errors == []
    assert numbers(page)["People counted", "All agencies", "Identified victims"] == "3"
    assert "All of it is as it was signed." in signed.text


PERIODS = {
    "month": (date(2014, 5, 1), "month=5&year=2014"),
    "quarter": (date(2014, 4, 1), "month=q2&year=2014"),
    "year": (date(2015, 1, 1), "month=&year=2015"),
}


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_that_began_today_says_when_it_can_be_signed_and_offers_no_day_of_before(
    morning: Callable[[date], Readers], period: str
) -> None:
    day, asked = PERIODS[period]
    visitor = morning(day)(STATISTICS)

    report = visitor.get(f"/counts?{asked}")
    page = visitor.get(f"/counts/editions/new?{asked}")
    standing = dict(page.form("Sign and freeze").as_it_stands())
    refused = visitor.submit(page, "Sign and freeze", status=422)

    assert report.errors == page.errors == []
    assert "This period began today: it can be signed from tomorrow on." in page.text
    assert "What will be kept" not in page.text
    assert [standing[f"as_of-{part}"] for part in ("day", "month", "year")] == ["", "", ""]
    assert refused.errors == ["As it was known at the end of: Enter a date"]


def test_a_nought_of_today_is_a_number_where_the_period_began_today(morning: Callable[[date], Readers]) -> None:
    at = morning(date(2014, 5, 1))
    facts.records(at.world, "investigator", 2, on=date(2014, 5, 1))

    page = at(STATISTICS).get("/counts?month=5&year=2014&metrics=identified&metrics=assisted")

    assert numbers(page)["People counted", "All agencies", "Identified victims"] == "2"
    assert numbers(page)["People counted", "All agencies", "Assisted"] == "0"
