"""Where a report is told month by month, months that had not begun are left out: a nought would be no number."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import openpyxl
import pytest

from tests.factories import facts
from tests.factories.reading import Readers
from tests.support.tables import numbers

IN_FEBRUARY = datetime(2014, 2, 4, 12, tzinfo=UTC)
MONTHS = {
    "as known now": ("", ["Jan 14", "Feb", "Mar", "Apr", "May"]),
    "as of a past day": ("&as_of-day=31&as_of-month=3&as_of-year=2014", ["Jan 14", "Feb", "Mar"]),
}


@pytest.mark.parametrize("known", MONTHS)
def test_months_that_had_not_begun_have_no_column_and_no_nought(morning: Callable[[date], Readers], known: str) -> None:
    asked, months = MONTHS[known]
    at = morning(date(2014, 5, 1))
    facts.records(at.world, "investigator", 7, on=date(2014, 2, 3), recorded_at=IN_FEBRUARY)
    visitor = at("police.supervisor")

    made = visitor.download(f"/counts/export.json?month=&year=2014&metrics=identified{asked}").get_json()
    book = openpyxl.load_workbook(io.BytesIO(visitor.download(f"/counts/export.xlsx?month=&year=2014{asked}").data))
    drawn = visitor.get(f"/counts/pictures?month=&year=2014&metrics=identified{asked}")

    assert [one["month"] for one in made["own"]["months"]] == [f"2014-{n:02}" for n in range(1, len(months) + 1)]
    assert [row for (_, row, _) in numbers(drawn) if row in months] == months
    widths = [sum(cell is not None for cell in row) for row in book["Months"].iter_rows(values_only=True)]
    assert max(widths) == 1 + len(months)
