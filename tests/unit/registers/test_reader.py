"""Reading uploaded bytes: encodings, separators, limits, and that nothing but RegisterFault can come of any file."""

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registers import RegisterFault, Table, read
from app.registers.reader import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS

TEXT = "Nr;Emri;Vërejtje\r\n1;Çlirimtare;Šibenik\r\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1250", "cp1250")],
)
def test_reader_finds_the_encoding(encoding: str, named: str) -> None:
    table = read(TEXT.encode(encoding))

    assert table.encoding == named
    assert table.headings == ("Nr", "Emri", "Vërejtje")
    assert table.rows[0].cells == ("1", "Çlirimtare", "Šibenik")


def test_reader_takes_a_file_of_mostly_high_letters_for_cyrillic() -> None:
    table = read("Број;Име;Презиме\n1;Љубица;Ђорђевић\n".encode("cp1251"))

    assert table.encoding == "cp1251"
    assert table.rows[0].cells[1] == "Љубица"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_reader_finds_the_separator(delimiter: str) -> None:
    table = read(f'Emri{delimiter}"A{delimiter}B"\nArta{delimiter}x\n'.encode())

    assert table.delimiter == delimiter
    assert len(table.headings) == 2


def test_reader_obeys_the_separator_that_a_spreadsheet_declares() -> None:
    table = read(b"sep=;\r\nEmri;A,B,C\r\nArta;x\r\n")

    assert table.headings == ("Emri", "A,B,C")


def test_reader_counts_rows_as_a_spreadsheet_does() -> None:
    table = read(b'Emri,X\nArta,"two\nlines"\n\n,\nBesa,y\n')

    assert [row.row for row in table.rows] == [2, 5]


def test_reader_drops_headings_that_are_empty_to_the_right() -> None:
    assert read(b"Emri,Mbiemri,,\nArta,Gashi,,\n").headings == ("Emri", "Mbiemri")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "file_empty"),
        (b" \r\n\r\n", "file_empty"),
        (b";;\n;;\n", "file_empty"),
        (b"Emri,Mbiemri\n", "file_has_no_rows"),
        (b"PK\x03\x04\x00\x00 a zip file", "file_not_text"),
        (b"\xff\xfe\x00", "file_not_text"),
        (b'Emri,X\nArta,"open\n', "file_quotes_broken"),
        (b'Emri,X\nArta,"a"b\n', "file_quotes_broken"),
        (b"Emri,,X\nArta,1,2\n", "heading_empty"),
        (b"Emri,EMRI\nArta,Besa\n", "heading_twice"),
        (b"x" * (MAX_BYTES + 1), "file_too_large"),
        (b"Emri\n" + b"A\n" * (MAX_ROWS + 1), "file_too_many_rows"),
        (b"a," * MAX_COLUMNS + b"b\n", "file_too_many_columns"),
        (b"Emri\n" + b"A" * (MAX_CELL + 1) + b"\n", "file_cell_too_long"),
        (b"Emri\n" + b"A" * 200_000 + b"\n", "file_cell_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_reader_names_what_is_wrong_with_a_file(content: bytes, kind: str) -> None:
    with pytest.raises(RegisterFault) as refused:
        read(content)

    assert refused.value.kind == kind
    assert refused.value.as_fault().kind == kind


def test_the_most_rows_and_columns_allowed_are_read() -> None:
    assert len(read(b"Emri\n" + b"A\n" * MAX_ROWS).rows) == MAX_ROWS
    assert len(read(b",".join(b"h%d" % at for at in range(MAX_COLUMNS)) + b"\nx\n").headings) == MAX_COLUMNS


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_register_fault(content: bytes) -> None:
    with contextlib.suppress(RegisterFault):
        assert isinstance(read(content), Table)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]))
def test_any_text_is_a_table_or_a_register_fault(text: str, encoding: str) -> None:
    with contextlib.suppress(RegisterFault):
        assert isinstance(read(text.encode(encoding, errors="ignore")), Table)


@given(
    st.lists(
        st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=2, max_size=2), min_size=1
    )
)
def test_what_was_written_as_csv_is_read_again(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Emri", "Mbiemri"], *rows])

    table = read(out.getvalue().encode())

    assert [list(row.cells) for row in table.rows] == rows
