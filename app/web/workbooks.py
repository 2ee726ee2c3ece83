"""Workbooks (XLSX) and CSV files that leave the system: marked internal, and no cell of them can begin a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from app.queries.count_members import FORMULA_BEGINS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTH, WIDE = 14, 44
Line = Sequence[Any]


def guarded(text: str) -> str:
    """Words that a spreadsheet might take for a formula, with an apostrophe before them."""
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text


class Sheets:
    """Writes lines to sheets, each marked as internal above and on paper."""

    def __init__(self, book: Any, period: str) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.mark = gettext("Internal, not for release.") + " " + period

    def add(self, name: str, lines: Iterable[Line]) -> None:
        """A sheet of these lines; a line of one text is a heading."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, 20, WIDTH)
        sheet.set_footer("&L" + self.mark.replace("&", "&&"))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, self.mark, self.bold)
        for row, line in enumerate(lines, start=2):
            for column, cell in enumerate(line):
                self._write(sheet, row, column, cell, is_heading=len(line) == 1)

    def _write(self, sheet: Any, row: int, column: int, cell: Any, *, is_heading: bool) -> None:
        if isinstance(cell, bool | str):
            sheet.write_string(row, column, str(cell), self.bold if is_heading else None)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self.day)
        elif cell is not None:
            sheet.write_number(row, column, cell)


def csv_lines(lines: Iterable[Line]) -> bytes:
    """Lines as a CSV file that spreadsheets read as UTF-8; days as ISO, words guarded."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    for line in lines:
        rows.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in line])
    return ("\ufeff" + written.getvalue()).encode()
