"""The month's workbook, as the statistics supervisor exports it and as a reader finds a person in it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.journeys.pages import Person

WORKBOOK = "Workbook with all breakdowns (XLSX)"
EACH_ONCE = "People, each once, under one of these"

Sheets = dict[str, list[tuple[Any, ...]]]


def exported_month(reader: Person, month: date) -> Sheets:
    """Choose the month, count, download; gives the rows of each sheet."""
    reader.chooses("Counts")
    reader.fills(month=str(month.month), year=month.year)
    reader.presses("Count")
    book = load_workbook(BytesIO(reader.downloads(WORKBOOK)), read_only=True)
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def people_of(sheets: Sheets, reference: str) -> list[tuple[Any, ...]]:
    """The lines of the sheet of people that name a case."""
    return [row for row in sheets["People"] if row[1] and reference in str(row[1]).split(", ")]


def number_of(sheets: Sheets, count: str) -> Any:
    """The number that stands beside a count."""
    return next(row[1] for row in sheets["Counts"] if row[0] == count)
