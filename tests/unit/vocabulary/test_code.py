"""The shape of a code list: what it finds, what it refuses."""

from datetime import date

import pytest

from app.vocabulary.code import Code, CodeList, Label, entry

COLOURS = CodeList(
    "colour",
    "Colours 1.0",
    (entry("red", "Red", "E kuqe", "Crvena", "Colours 1.0", "RD"), entry("blue", "Blue", "E kaltër", "Plava")),
)


@pytest.mark.parametrize(
    ("language", "wording"),
    [("en", "Red"), ("sq", "E kuqe"), ("sr", "Crvena"), ("sr_Latn", "Crvena"), ("sr-Latn", "Crvena"), ("SQ", "E kuqe")],
)
def test_label_is_read_in_each_language_of_the_system(language: str, wording: str) -> None:
    assert COLOURS.label("red", language) == wording


def test_label_in_a_language_we_do_not_have_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="'de'"):
        COLOURS.label("red", "de")


def test_unknown_code_is_refused_with_the_names_of_list_and_code() -> None:
    with pytest.raises(KeyError, match=r"'colour'.*'green'"):
        COLOURS.get("green")


def test_code_list_says_whether_it_has_a_code() -> None:
    assert "red" in COLOURS
    assert "green" not in COLOURS


def test_code_list_finds_a_code_by_the_name_of_its_standard() -> None:
    assert COLOURS.by_standard("RD").code == "red"


def test_code_list_refuses_a_name_its_standard_does_not_have() -> None:
    with pytest.raises(KeyError, match="'XX'"):
        COLOURS.by_standard("XX")


def test_code_list_with_the_same_code_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="same code twice"):
        CodeList("colour", "", (entry("red", "Red", "E kuqe", "Crvena"), entry("red", "Rot", "E kuqe", "Crvena")))


def test_choices_keep_the_order_of_the_list() -> None:
    assert COLOURS.choices("en") == [("red", "Red"), ("blue", "Blue")]


def test_choices_of_an_alphabetical_list_ignore_marks_and_end_with_absent_answers() -> None:
    places = CodeList(
        "place",
        "",
        (
            entry("unknown", "Not known", "Nuk dihet", "Nije poznato"),
            entry("TU", "Turkey", "Turqi", "Turska"),
            entry("SW", "Sweden", "Suedi", "Švedska"),
            entry("SP", "Spain", "Spanjë", "Španija"),
        ),
        alphabetical=True,
    )

    assert [code for code, _ in places.choices("sr")] == ["SP", "SW", "TU", "unknown"]


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [
        (date(2012, 12, 31), False),
        (date(2013, 1, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_code_is_valid_between_its_dates_both_included(day: date, is_valid: bool) -> None:
    label = Label("Old", "E vjetër", "Staro")
    code = Code("old", label, valid_from=date(2013, 1, 1), valid_to=date(2023, 12, 31))

    assert code.is_valid_on(day) is is_valid


def test_choices_leave_out_codes_that_are_not_valid_on_the_day() -> None:
    label = Label("Old", "E vjetër", "Staro")
    shades = CodeList("shade", "", (Code("old", label, valid_to=date(2012, 12, 31)), Code("new", label)))

    assert [code for code, _ in shades.choices("en", on=date(2013, 1, 1))] == ["new"]


def test_code_that_is_no_longer_valid_can_still_be_read() -> None:
    label = Label("Old", "E vjetër", "Staro")
    shades = CodeList("shade", "", (Code("old", label, valid_to=date(2012, 12, 31)),))

    assert shades.label("old", "en") == "Old"
