"""A date in three inputs: whatever is posted is read, kept and answered in words."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.web.fields import DateField, today
from tests.unit.web.conftest import Posting

PARTS = ("day", "month", "year")


class Asked(Form):
    """A form with one date."""

    asked = DateField("When?", required=True, past=True)


def pairs(day: str, month: str, year: str) -> list[tuple[str, str]]:
    return [("asked-day", day), ("asked-month", month), ("asked-year", year)]


@given(day=st.dates(date(1900, 1, 1), date(2026, 1, 1)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_date_reads_every_day_of_the_past(request_context: None, day: date) -> None:
    form = Asked(MultiDict(pairs(str(day.day), str(day.month), f"{day.year:04}")))

    assert form.validate()
    assert form.asked.data == day


@given(
    sent=st.lists(st.tuples(st.sampled_from([*(f"asked-{part}" for part in PARTS), "asked"]), st.text(max_size=400)))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
def test_date_answers_whatever_is_posted(request_context: None, sent: list[tuple[str, str]]) -> None:
    form = Asked(MultiDict(sent))

    is_valid = form.validate()

    assert is_valid == isinstance(form.asked.data, date)
    assert is_valid == (form.asked.errors == [])
    assert "\x00" not in "".join(form.asked.typed.values())


@given(day=st.integers(-5, 40), month=st.integers(-5, 20), year=st.integers(-5, 12000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_date_refuses_numbers_that_are_no_day(request_context: None, day: int, month: int, year: int) -> None:
    form = Asked(MultiDict(pairs(str(day), str(month), str(year))))

    form.validate()

    assert (form.asked.data is None) == bool(form.asked.errors)
    assert form.asked.typed == {"day": str(day), "month": str(month), "year": str(year)}


@pytest.mark.parametrize(
    ("sent", "sentence", "faulty"),
    [
        pytest.param([], "Enter a date", "day", id="nothing"),
        pytest.param(pairs("", "", ""), "Enter a date", "day", id="three blanks"),
        pytest.param(pairs("3", "", "2007"), "The date needs a month too", "month", id="no month"),
        pytest.param(pairs("3", "", ""), "The date needs a month and a year too", "month", id="day alone"),
        pytest.param([("asked-day", "3"), ("asked-month", "4")], "The date needs a year too", "year", id="two inputs"),
        pytest.param(pairs("abc", "3", "2007"), "Write the date in digits, such as 27 3 2007", "day", id="letters"),
        pytest.param(pairs("3\x00", "3", "2007x"), "Write the date in digits, such as 27 3 2007", "year", id="a NUL"),
        pytest.param(pairs("٣", "3", "2007"), "Write the date in digits, such as 27 3 2007", "day", id="other digits"),
        pytest.param(pairs("3", "3", "07"), "The year needs four digits, such as 2007", "year", id="a short year"),
        pytest.param(pairs("3", "3", "0000"), "The year needs four digits, such as 2007", "year", id="year nought"),
        pytest.param(pairs("3", "13", "2007"), "The month is a number from 1 to 12", "month", id="month 13"),
        pytest.param(pairs("29", "2", "2007"), "There is no such day in that month", "day", id="no leap year"),
        pytest.param(pairs("1", "1", "1899"), "The date must be 1 Jan 1900 or later", "day", id="too early"),
        pytest.param(pairs("9" * 400, "1", "2007"), "Write the date in digits, such as 27 3 2007", "day", id="huge"),
    ],
)
def test_date_says_what_is_wrong_and_where(
    posted: Posting, sent: list[tuple[str, str]], sentence: str, faulty: str
) -> None:
    field = posted(DateField("When?", required=True), *sent)

    assert field.errors == [sentence]
    assert field.first_input == f"asked-{faulty}"


def test_date_refuses_tomorrow_where_only_the_past_will_do(posted: Posting) -> None:
    day = today() + timedelta(days=1)

    field = posted(DateField("When?", past=True), *pairs(str(day.day), str(day.month), str(day.year)))

    assert field.errors == ["The date must be today or in the past"]


def test_date_takes_the_first_of_an_input_sent_twice(posted: Posting) -> None:
    field = posted(DateField("When?"), *pairs("3", "4", "2007"), ("asked-day", "5"))

    assert field.data == date(2007, 4, 3)


def test_date_left_empty_is_no_answer_where_it_may_be(posted: Posting) -> None:
    field = posted(DateField("When?", default=date(2007, 1, 1)), *pairs("", "", ""))

    assert (field.data, field.errors) == (None, [])


def test_date_shows_its_default_in_a_form_opened_anew(form_app: Flask) -> None:
    with form_app.test_request_context():
        form = type("Opened", (Form,), {"asked": DateField("When?", default=date(2007, 4, 3))})()

    assert form.asked.typed == {"day": "3", "month": "4", "year": "2007"}
