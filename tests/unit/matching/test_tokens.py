"""Tokens: which strings are stored and asked for, and that the token tells nothing without its key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import RecordView, link_texts, possible_birth_years, query_texts, search_texts, token

KEY = b"k" * 32


def test_token_is_eight_bytes_and_the_same_each_time() -> None:
    assert token(KEY, "name:arta") == token(KEY, "name:arta")
    assert len(token(KEY, "name:arta")) == 8


def test_token_differs_under_another_key() -> None:
    assert token(KEY, "name:arta") != token(b"q" * 32, "name:arta")


def test_token_refuses_a_key_that_can_be_guessed() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        token(b"short", "name:arta")


@given(st.text(max_size=30), st.text(max_size=30))
def test_two_texts_share_a_token_only_if_they_are_equal(one: str, other: str) -> None:
    assert (token(KEY, one) == token(KEY, other)) == (one == other)


def test_parts_are_stored_alone_and_with_each_birth_year() -> None:
    assert search_texts("Arta", "Gashi", birth_years=[1990]) == {
        "name:arta",
        "name:gasi",
        "born:arta:1990",
        "born:gasi:1990",
    }


@pytest.mark.parametrize("written", ["Шкељзен Гаши", "SHKËLZEN GASHI", "Škeljzen Gaši", "Gashi, Shkelzen"])
def test_a_query_finds_what_was_stored_in_another_spelling(written: str) -> None:
    stored = search_texts("Shkëlzen", "Gashi")

    assert all(texts & stored for texts in query_texts(written))


def test_a_query_asks_for_each_part_of_the_name() -> None:
    stored = search_texts("Arta", "Gashi")

    assert [bool(texts & stored) for texts in query_texts("Arta Berisha")] == [True, False]


def test_a_query_with_a_year_finds_only_those_born_in_it() -> None:
    stored = search_texts("Arta", "Gashi", birth_years=[1990])

    assert all(texts & stored for texts in query_texts("Arta Gashi", 1990))
    assert not any(texts & stored for texts in query_texts("Arta Gashi", 1991))


def test_a_query_without_letters_asks_for_nothing() -> None:
    assert query_texts("?! 12") == ()


@pytest.mark.parametrize(
    ("record", "years"),
    [
        (RecordView("1", "r", birth_date=date(1990, 5, 3)), {1990}),
        (RecordView("1", "r", birth_year=1988), {1988}),
        (RecordView("1", "r", age=17, age_on=date(2007, 6, 1)), {1989, 1990}),
        (RecordView("1", "r", age=17), set()),
        (RecordView("1", "r"), set()),
    ],
    ids=["date", "year", "age on a day", "age alone", "nothing"],
)
def test_possible_birth_years_are_those_that_the_record_leaves_open(record: RecordView, years: set[int]) -> None:
    assert possible_birth_years(record) == years


def test_link_texts_carry_the_years_that_an_age_leaves_open() -> None:
    record = RecordView("1", "r", given_names="Arta", age=17, age_on=date(2007, 6, 1))

    assert link_texts(record) == {"name:arta", "born:arta:1989", "born:arta:1990"}
