"""Dates, years and ages as clerks write them: read for certain, or refused with the kind of the fault."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registers.dates import Birth, Unreadable, age_on_day, is_absent, read_age, read_birth, read_date, read_year

TODAY = date(2008, 6, 1)


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("03.05.1990", "dmy"), ("3.5.1990.", "dmy"), ("3/5/1990", "dmy"), ("03-05-90", "dmy"), ("3. 5. 1990", "dmy"),
        ("1990-05-03", "dmy"), ("1990-05-03", "ymd"), ("1990-05-03T00:00:00Z", "ymd"), ("1990-05-03 00:00", "mdy"),
        ("05/03/1990", "mdy"), ("3 maj 1990", "dmy"), ("3 May 1990", "mdy"), ("90.05.03", "ymd"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_order_of_the_register(cell: str, order: str) -> None:
    assert read_date(cell, order, TODAY) == date(1990, 5, 3)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("31.02.1990", "date_impossible"), ("05.23.1990", "date_impossible"), ("00.05.1990", "date_impossible"),
        ("03.05.0190", "date_impossible"), ("03.05.2999", "date_impossible"), ("yesterday", "date_unreadable"),
        ("1990", "date_unreadable"), ("3 nonmonth 1990", "date_unreadable"), ("", "date_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_its_kind(cell: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_date(cell, "dmy", TODAY)

    assert refused.value.kind == kind


@pytest.mark.parametrize(("digits", "year"), [("07", 2007), ("08", 2008), ("09", 1909), ("90", 1990)])
def test_two_digits_are_the_latest_such_year_that_is_not_in_the_future(digits: str, year: int) -> None:
    assert read_date(f"01.02.{digits}", "dmy", TODAY).year == year


@pytest.mark.parametrize(
    "cell", ["1990", "rreth 1990", "c. 1990", "~1990", "05.1990", "1990-05", "maj 1990", "00.00.1990", "1990-00-00"]
)
def test_a_birth_of_which_only_the_year_is_known_is_a_year(cell: str) -> None:
    assert read_birth(cell, "dmy", TODAY) == Birth(year=1990)


@pytest.mark.parametrize("cell", ["2030", "1790", "00.00.2030"])
def test_a_birth_in_no_year_of_a_living_person_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="year_unreadable"):
        read_birth(cell, "dmy", TODAY)


@pytest.mark.parametrize(("cell", "age"), [("17", 17), ("17 vjeç", 17), ("17 god.", 17), ("rreth 17", 17), ("0", 0)])
def test_an_age_is_read_with_its_words(cell: str, age: int) -> None:
    assert read_age(cell) == age


@pytest.mark.parametrize(
    ("cell", "kind"), [("17-18", "age_unreadable"), ("x", "age_unreadable"), ("111", "age_out_of_range")]
)
def test_what_is_no_age_is_refused(cell: str, kind: str) -> None:
    with pytest.raises(Unreadable, match=kind):
        read_age(cell)


@pytest.mark.parametrize("cell", ["", "-", "?", "/", "nuk dihet", "NEPOZNATO", "n/a", "00.00.0000"])
def test_a_cell_that_states_nothing_is_absent(cell: str) -> None:
    assert is_absent(cell)


@pytest.mark.parametrize("cell", ["0", "1990", "Arta", "no"])
def test_a_cell_that_states_something_is_not_absent(cell: str) -> None:
    assert not is_absent(cell)


def test_the_age_turns_on_the_birthday() -> None:
    birth = Birth(on=date(1990, 5, 3))

    assert age_on_day(birth, date(2008, 5, 2)) == 17
    assert age_on_day(birth, date(2008, 5, 3)) == 18
    assert age_on_day(birth, None) is None


@given(st.text(max_size=30), st.sampled_from(["dmy", "ymd", "mdy"]))
def test_any_cell_is_read_or_unreadable(cell: str, order: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read_date(cell, order, TODAY), date)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_birth(cell, order, TODAY), Birth)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_age(cell), int)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_year(cell, TODAY), int)


@given(
    st.dates(date(1900, 1, 1), TODAY), st.sampled_from([("%d.%m.%Y", "dmy"), ("%Y-%m-%d", "ymd"), ("%m/%d/%Y", "mdy")])
)
def test_any_day_written_is_the_day_read(day: date, written: tuple[str, str]) -> None:
    assert read_date(f"{day:{written[0]}}", written[1], TODAY) == day
