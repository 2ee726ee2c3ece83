"""Counts people over an exported file, the plain way: who, on which day first, under what. Nothing of ours is used."""

import csv
import io
from collections import Counter
from collections.abc import Iterable


def rows_of(exported: bytes) -> list[dict[str, str]]:
    """The facts of the CSV, by the heads of its columns."""
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"))))


def people(rows: Iterable[dict[str, str]], count: str, **wanted: str) -> int:
    """How many there are under a count, with what her row says of her."""
    return len({row["Person"] for row in rows if row["Count"] == count and wanted.items() <= row.items()})


def by(rows: Iterable[dict[str, str]], count: str, column: str) -> dict[str, int]:
    """How many of each value of a column, each person with that of her earliest day."""
    first: dict[str, dict[str, str]] = {}
    for row in sorted((row for row in rows if row["Count"] == count), key=lambda row: row["Day"]):
        first.setdefault(row["Person"], row)
    return dict(Counter(row[column] for row in first.values()))


def acts(rows: Iterable[dict[str, str]], count: str, **wanted: str) -> int:
    """How many acts, or of how many one row tells, there are under a count, with what is wanted of each."""
    return sum(int(row["Number"]) for row in rows if row["Count"] == count and wanted.items() <= row.items())
