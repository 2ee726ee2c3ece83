"""Every key that a register, a mapping or a pair of records can give has its sentence."""

import pytest

from app.matching import births, compare
from app.matching.compare import Agreement
from app.matching.link import BY_ANSWER, THROUGH_ANOTHER
from app.registers import edit
from app.registers.faults import FILE_KINDS, ROW_KINDS, Fault, RegisterFault
from app.registers.mapping import CODED_FIELDS, DATE_ORDERS, FIELDS, METRICS, NAME_ORDERS
from app.web.links.words import ATTRIBUTES, LEVELS, agreement
from app.web.registers import words
from bench.registers import generate, records_of

OF_NAMES = ("same", "close", "part", "short", "alike", "initial", "differs")
OF_CODES = ("same", "differs")
OF_BIRTHS = (
    "same", "day_month_swapped", "close", "year_same", "year_off", "year_same_day_differs", "age_fits",
    "age_year_off", "age_two_off", "differs",
)  # fmt: skip
REASONS = (
    *(f"given_names:{level}" for level in OF_NAMES),
    *(f"surname:{level}" for level in (*OF_NAMES, "differs_may_be_married")),
    "name_order:swapped",
    *(f"birth_date:{level}" for level in OF_BIRTHS),
    *(f"{name}:{level}" for name in ("sex", "region", "form", "scope") for level in OF_CODES),
    *(f"citizenship:{level}" for level in (*OF_CODES, "often_confused")),
    *(f"seen:{level}" for level in ("near", "within_months", "far")),
    BY_ANSWER,
    THROUGH_ANOTHER,
)
LEVEL_NAMES = {
    value
    for module in (births, compare)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
}


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_a_pair_has_words(reason: str) -> None:
    attribute, _, level = reason.partition(":")

    told = agreement(reason)

    assert attribute in ATTRIBUTES
    assert level in LEVELS[attribute]
    assert told.level
    assert told.speaks


def test_every_level_that_the_linker_names_is_among_those_that_have_words() -> None:
    spoken = {reason.partition(":")[2] for reason in REASONS} | {"missing", "kept"}

    assert {name.removeprefix("date_") for name in LEVEL_NAMES} <= spoken


def test_every_attribute_that_the_linker_compares_has_words() -> None:
    named = {"given_names", "surname", "name_order", "birth_date", "sex", "citizenship", "region", "form", "scope"}

    assert {*ATTRIBUTES} == named | {"seen", "link"}
    assert set(Agreement.__dataclass_fields__) == named - {"birth_date"} | {"birth", "seen"}


def test_every_reason_found_in_a_generated_year_has_words() -> None:
    prepared = [compare.prepare(record) for record in records_of(generate(7002))[:40]]
    found = {
        reason for one in prepared for other in prepared for reason in compare.compare(one, other).reasons()
    }  # fmt: skip

    assert found - set(REASONS) == set()


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_fault_of_a_file_has_a_sentence(kind: str) -> None:
    assert kind in words.OF_FILE
    assert "%(" not in words.file_sentence(RegisterFault(kind, "Emri", 7))


@pytest.mark.parametrize("kind", ROW_KINDS)
def test_every_fault_of_a_row_has_a_sentence_with_its_column(kind: str) -> None:
    told = words.fault_sentence(Fault(7, "Emri", kind, other_row=3))

    assert kind in words.OF_ROW
    assert told.startswith("Emri: ")
    assert "%(" not in told


def test_everything_that_can_be_chosen_of_a_register_has_words() -> None:
    assert set(words.FIELDS) == set(FIELDS)
    assert set(words.METRICS) == set(METRICS)
    assert set(words.DATE_ORDERS) == set(DATE_ORDERS)
    assert set(words.NAME_ORDERS) == set(NAME_ORDERS)
    assert set(edit.DAY_OF.values()) <= set(words.FIELDS)


@pytest.mark.parametrize("field", CODED_FIELDS)
def test_every_coded_field_offers_codes_in_words(field: str) -> None:
    assert all(code and label for code, label in words.codes_in_words(field))
