"""Rows under a mapping: what they say, every fault by row and column, and no name in any fault."""

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registers import (
    Fault,
    MetricRule,
    ParsedRegister,
    RegisterFault,
    RegisterMapping,
    StatedFact,
    Table,
    TableRow,
    parse,
    preset,
    preset_names,
    read,
)
from app.registers.faults import ROW_KINDS

TODAY = date(2008, 6, 1)
HEADINGS = ("Nr", "Emri", "Mbiemri", "Datëlindja", "Mosha", "Gjinia", "Shtetësia", "Etnia", "Rajoni", "Data e identifikimit", "Referuar te")  # fmt: skip # noqa: E501
GOOD = ("1", "Arta", "Gashi", "03.05.1990", "", "F", "Kosovë", "shqiptare", "Pejë", "12.04.2007", "refuzoi")


def parsed(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, year: int | None = 2007) -> ParsedRegister:
    lines = tuple(TableRow(at, cells) for at, cells in enumerate(rows, start=2))
    return parse(preset("police"), Table(headings, lines, "utf-8", ","), today=TODAY, year=year)


def changed(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(heading.split(" ")[0], cell) for heading, cell in zip(HEADINGS, GOOD, strict=True))


def test_a_row_is_put_into_our_codes_and_its_names_are_left() -> None:
    row = parsed(GOOD).rows[0]

    assert (row.given_names, row.surname, row.birth_date) == ("Arta", "Gashi", date(1990, 5, 3))
    assert (row.sex, row.citizenships, row.community, row.region) == ("F", ("XK",), "kosovo_albanian", "peje")
    assert (row.door, row.assistance, row.is_child, row.row) == ("police", "refused", True, 2)


def test_a_refusal_of_assistance_is_a_fact_and_no_missing_row() -> None:
    row = parsed(GOOD).rows[0]

    assert row.facts == (StatedFact("identified", date(2007, 4, 12)), StatedFact("refused", date(2007, 4, 12)))


@pytest.mark.parametrize(
    ("cells", "column", "kind", "severity"),
    [
        ({"Datëlindja": "31.02.1990"}, "Datëlindja", "date_impossible", "error"),
        ({"Datëlindja": "spring"}, "Datëlindja", "date_unreadable", "error"),
        ({"Datëlindja": "03.05.2030"}, "Datëlindja", "date_impossible", "error"),
        ({"Datëlindja": "03.07.2008"}, "Datëlindja", "date_in_future", "error"),
        ({"Datëlindja": "01.05.2007"}, "Datëlindja", "birth_after_event", "error"),
        ({"Data": "12.2007"}, "Data e identifikimit", "date_unreadable", "error"),
        ({"Data": "30.12.2008"}, "Data e identifikimit", "date_in_future", "error"),
        ({"Data": ""}, "Data e identifikimit", "required_missing", "error"),
        ({"Data": "12.04.2006"}, "Data e identifikimit", "date_outside_year", "warning"),
        ({"Mosha": "young"}, "Mosha", "age_unreadable", "error"),
        ({"Mosha": "170"}, "Mosha", "age_out_of_range", "error"),
        ({"Mosha": "25"}, "Mosha", "age_contradicts_birth_date", "warning"),
        ({"Gjinia": "Q"}, "Gjinia", "code_unknown", "error"),
        ({"Shtetësia": "Atlantis"}, "Shtetësia", "code_unknown", "error"),
        ({"Rajoni": "Atlantis"}, "Rajoni", "code_unknown", "warning"),
        ({"Emri": ""}, "Emri", "required_missing", "error"),
        ({"Emri": "1", "Mbiemri": "2"}, "Emri", "name_without_letters", "error"),
    ],
)
def test_a_fault_is_named_by_row_and_column(cells: dict[str, str], column: str, kind: str, severity: str) -> None:
    found = parsed(
        GOOD, changed(Nr="2", Emri=cells.get("Emri", "Besa"), **{k: v for k, v in cells.items() if k != "Emri"})
    )

    assert [(fault.row, fault.column, fault.kind, fault.severity) for fault in found.faults] == [
        (3, column, kind, severity)
    ]
    assert len(found.rows) == (2 if severity == "warning" else 1)


@pytest.mark.parametrize(
    ("word", "code"), [("refuzoi", "refused"), ("QPS", "accepted"), ("strehimore", "accepted"), ("jo", "not_offered")]
)
def test_who_she_was_referred_to_says_that_help_was_accepted(word: str, code: str) -> None:
    assert parsed((*GOOD[:-1], word)).rows[0].assistance == code


def test_all_faults_of_a_row_are_named_at_once() -> None:
    found = parsed(changed(Emri="", Gjinia="Q", Datëlindja="x"))

    assert {fault.kind for fault in found.faults} == {"required_missing", "code_unknown", "date_unreadable"}


def test_a_row_that_stands_twice_is_kept_out_the_second_time() -> None:
    found = parsed(GOOD, changed(Nr="2"))

    assert len(found.rows) == 1
    assert found.errors == (Fault(3, "Nr", "row_twice", "source_key", "error", 2),)


def test_a_case_number_that_stands_twice_is_told_and_imported() -> None:
    found = parsed(GOOD, changed(Emri="Besa"))

    assert len(found.rows) == 2
    assert [(fault.kind, fault.severity, fault.other_row) for fault in found.faults] == [("key_twice", "warning", 2)]


def test_a_row_with_more_cells_than_headings_is_kept_out() -> None:
    assert [fault.kind for fault in parsed((*GOOD, "more")).faults] == ["row_too_long"]
    assert parsed((*GOOD, "", " ")).faults == ()


def test_a_row_with_fewer_cells_is_told_and_read_as_far_as_it_goes() -> None:
    found = parsed(GOOD[:-1])

    assert [fault.kind for fault in found.faults] == ["row_too_short"]
    assert found.rows[0].assistance == ""


def test_a_file_without_a_required_column_is_refused_with_its_name() -> None:
    with pytest.raises(RegisterFault) as refused:
        parsed(GOOD[:-2], headings=HEADINGS[:-2])

    assert (refused.value.kind, refused.value.column) == ("column_missing", "Data e identifikimit")


def test_headings_that_no_field_reads_are_told() -> None:
    assert parsed((*GOOD, "x"), headings=(*HEADINGS, "Zyrtari")).ignored == ("Zyrtari",)


@pytest.mark.parametrize(
    ("birth", "age", "event", "is_child"),
    [
        ("12.04.1989", "", "11.04.2007", True),
        ("12.04.1989", "", "12.04.2007", False),
        ("1995", "", "12.04.2007", True),
        ("1989", "", "12.04.2007", None),
        ("1989", "17", "12.04.2007", True),
        ("", "18", "12.04.2007", False),
        ("", "", "12.04.2007", None),
    ],
)
def test_a_child_is_told_by_birth_or_else_by_age_on_the_day(birth: str, age: str, event: str, is_child: bool) -> None:
    assert parsed(changed(Datëlindja=birth, Mosha=age, Data=event)).rows[0].is_child is is_child


def test_an_age_counts_from_the_day_of_the_act_and_else_from_the_middle_of_the_year() -> None:
    mapping = RegisterMapping(
        "m", {"full_name": ("Name",), "age": ("Age",)}, (MetricRule("assisted", "assisted_on", True),)
    )
    table = read(b"Name,Age\nArta Gashi,17\n")

    assert parsed(changed(Datëlindja="", Mosha="17")).rows[0].age_on == date(2007, 4, 12)
    assert parse(mapping, table, today=TODAY, year=2007).rows[0].age_on == date(2007, 7, 1)
    assert parse(mapping, table, today=TODAY).rows[0].age_on is None


def test_a_community_of_this_country_is_not_said_of_a_citizen_of_another() -> None:
    assert parsed(changed(Shtetësia="Shqipëri")).rows[0].community == ""


@pytest.mark.parametrize(
    ("word", "citizenships", "community"),
    [
        ("shqiptare e Kosovës", ("XK",), "kosovo_albanian"),
        ("XKX; ALB", ("XK", "AL"), ""),
        ("Kosovë/Kosovo", ("XK",), ""),
        ("Kosovo (UNMIK)", ("XK",), ""),
        ("Косово", ("XK",), ""),
        ("MOLDAVE", ("MD",), ""),
        ("pa shtetësi", ("stateless",), ""),
    ],
)
def test_a_citizenship_is_read_in_many_words(word: str, citizenships: tuple[str, ...], community: str) -> None:
    row = parsed(changed(Shtetësia=word, Etnia="")).rows[0]

    assert (row.citizenships, row.community) == (citizenships, community)


def test_a_fingerprint_is_of_what_stands_in_the_row_and_not_of_where() -> None:
    one, other = parsed(GOOD, changed(Emri="Besa")).rows
    again = parsed(changed(Emri="Besa"), GOOD).rows[1]

    assert one.fingerprint == again.fingerprint
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("name", preset_names())
@given(st.lists(st.lists(st.text(max_size=20), max_size=14), max_size=4))
def test_any_rows_are_rows_and_faults_that_repeat_no_cell(name: str, rows: list[list[str]]) -> None:
    mapping = preset(name)
    headings = tuple(alternatives[0] for alternatives in mapping.columns.values())
    table = Table(headings, tuple(TableRow(at, tuple(cells)) for at, cells in enumerate(rows, start=2)), "utf-8", ",")

    found = parse(mapping, table, today=TODAY, year=2007)

    assert len(found.rows) + len({fault.row for fault in found.errors}) == len(rows)
    assert {fault.kind for fault in found.faults} <= set(ROW_KINDS)
    assert {fault.column for fault in found.faults} <= {"", *headings}


@given(st.binary(max_size=200))
def test_any_bytes_under_any_preset_raise_nothing_but_a_register_fault(content: bytes) -> None:
    with contextlib.suppress(RegisterFault):
        parse(preset("police"), read(b"Emri,Mbiemri,Gjinia,Datelindja\n" + content), today=TODAY)


def test_a_name_stands_in_no_fault_and_in_no_message() -> None:
    found = parsed(changed(Emri="Zanafilla", Datëlindja="Zanafilla", Shtetësia="Zanafilla"))

    assert "Zanafilla" not in repr(found.faults)


@pytest.mark.parametrize("cell", ["Emri", "Mbiemri", "Etnia", "Data", "Datëlindja"])
def test_a_cell_full_of_brackets_costs_a_moment(cell: str) -> None:
    began = time.process_time()

    parsed(changed(**{cell: "(a" * 5_000}))

    assert time.process_time() - began < 0.2
