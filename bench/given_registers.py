"""The registers of a year that were given with their truth, read as an agency would read them."""

import csv
from datetime import date
from pathlib import Path

from app.matching import RecordView
from app.registers import parse, preset, read
from bench.registers import REGISTERS, view

FOLDER = Path(__file__).parent.parent / "tests" / "registers"


def given_records(year: int) -> list[RecordView]:
    """Return what the linker sees of all rows of a given year."""
    records = []
    for register in REGISTERS:
        table = read((FOLDER / str(year) / f"{register}.csv").read_bytes())
        parsed = parse(preset(register), table, today=date(year + 1, 6, 1), year=year)
        assert not parsed.errors, parsed.errors[:3]
        records.extend(view(f"{register}:{row.row}", register, row) for row in parsed.rows)
    return records


def given_truth(year: int) -> dict[str, int]:
    """Return the person of each record id; the file counts rows from the first below the headings."""
    with (FOLDER / str(year) / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {
            f"{row['register']}:{int(row['row']) + 1}": int(row["person"].lstrip("p")) for row in csv.DictReader(file)
        }
