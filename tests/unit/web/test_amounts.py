"""Amounts as people write them: read in each of our ways, and where there are two ways to read one, not guessed."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.amounts import AmountField, Unclear, amount_words, read_amount
from tests.unit.web.conftest import Posting

READ = {
    "1234": "1234",
    "0": "0",
    "1234.5": "1234.5",
    "1234,50": "1234.50",
    "1,234.50": "1234.50",
    "1.234,50": "1234.50",
    "1 234,50": "1234.50",
    "1\u00a0234\u202f567": "1234567",
    "1'234.50": "1234.50",
    "1.234.567": "1234567",
    "1,234,567": "1234567",
    "191970": "191970",
}
UNCLEAR = [
    "",
    "-3",
    "1e5",
    ".5",
    "5.",
    "1.23.4",
    "1,2,3",
    "12 34",
    "1 2345",
    "1,234,56",
    "EUR 5",
    "٣",
    "1.234.5",
    "NaN",
]


@pytest.mark.parametrize(("typed", "amount"), READ.items())
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_is_no_amount_is_not_read(typed: str) -> None:
    with pytest.raises(Unclear) as refused:
        read_amount(typed)

    assert not refused.value.is_ambiguous


@pytest.mark.parametrize("typed", ["1.234", "1,234", "191.970", "999,999", "0.125"])
def test_one_mark_that_could_be_either_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(Unclear) as refused:
        read_amount(typed)

    assert refused.value.is_ambiguous


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1.234", "This can be read in two ways. Leave the mark out, or write the decimals too: 1234 or 1,234.00"),
        ("much", "Enter an amount in digits, such as 1234.50 or 1.234,50, without the currency"),
        ("1000000000000", "Enter an amount under a million million"),
        ("", "Enter an amount"),
    ],
)
def test_a_field_says_what_is_wrong_and_keeps_what_was_typed(posted: Posting, typed: str, told: str) -> None:
    field = posted(AmountField("Amount", required=True), ("asked", typed))

    assert [str(error) for error in field.errors] == [told]
    assert field._value() == typed


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(Unclear):
        assert read_amount(typed) >= 0


def test_an_amount_is_written_in_the_readers_own_way(request_context: None) -> None:
    assert amount_words(19_197_000, "EUR") == "EUR 191,970"
    assert amount_words(123_456, "EUR") == "EUR 1,234.56"
    assert amount_words(120, "USD") == "USD 1.20"
    assert amount_words(5000, "JPY") == "JPY 5,000"
    assert amount_words(8_460_000, "USD", is_approximate=True) == "about USD 84,600"
    assert amount_words(None, "EUR") == "not told"
