"""The file of rows to mend: the rows with errors as they stood, a column for the faults, no formula, taken in again."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.registers import Fault, Table, TableRow, parse, preset, read, rows_to_mend

FILE = """Nr;Emri;Mbiemri;Gjinia;Shtetësia;Data e identifikimit
1;Arta;Gashi;F;Kosovë;12.04.2007
2;Besa;Gashi;F;Kosovë;31.02.2007
3;=SUM;Hoxha;F;Kosovë;x
"""


def mended(content: str) -> bytes:
    table = read(content.encode())
    return rows_to_mend(table, parse(preset("police"), table, today=date(2008, 1, 1)).faults)


def test_only_rows_with_errors_are_to_mend_with_their_faults_beside() -> None:
    table = read(mended(FILE))

    assert table.delimiter == ";"
    assert [row.cells[0] for row in table.rows] == ["2", "3"]
    assert [row.cells[-1] for row in table.rows] == [
        "date_impossible: Data e identifikimit",
        "date_unreadable: Data e identifikimit",
    ]


def test_the_fault_can_be_put_into_the_readers_words() -> None:
    table = read(FILE.encode())
    faults = [Fault(3, "Data e identifikimit", "date_impossible")]

    mend = read(rows_to_mend(table, faults, "Gabimi", lambda fault: f"row {fault.row}: no such day"))

    assert mend.headings[-1] == "Gabimi"
    assert mend.rows[0].cells[-1] == "row 3: no such day"


def test_the_file_mended_can_be_taken_in_again() -> None:
    corrected = mended(FILE).decode("utf-8-sig").replace("31.02.2007", "28.02.2007").replace(";x;", ";01.03.2007;")

    again = parse(preset("police"), read(corrected.encode()), today=date(2008, 1, 1))

    assert not again.errors
    assert [row.given_names for row in again.rows] == ["Besa", "=SUM"]
    assert again.ignored == ("Fault",)


def test_warnings_are_no_reason_to_mend() -> None:
    assert b"Arta" not in mended(FILE.replace("12.04.2007", "12.04.2006"))


def test_a_heading_that_is_taken_is_not_taken_twice() -> None:
    table = Table(("Fault",), (TableRow(2, ("x",)),), "utf-8", ",")

    assert read(rows_to_mend(table, [Fault(2, "Fault", "code_unknown")])).headings == ("Fault", "Fault 2")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=2, max_size=2))
def test_no_cell_can_start_a_formula(cells: list[str]) -> None:
    table = Table(("A", "B"), (TableRow(2, tuple(cells)),), "utf-8", ",")

    written = rows_to_mend(table, [Fault(2, "A", "code_unknown")])

    starts = [cell[:1] for row in read(written).rows for cell in row.cells]
    assert not {"=", "+", "-", "@"} & set(starts)
