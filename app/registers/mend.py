"""Writes the rows that could not be imported as a file to mend and take in again, with a column for the faults."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from itertools import count

from app.registers.faults import ERROR, Fault
from app.registers.folding import fold
from app.registers.reader import Table

# What a spreadsheet would run as a formula, or split a cell at, when it stands at its beginning.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows_to_mend(
    table: Table, faults: Iterable[Fault], heading: str = "Fault", describe: Callable[[Fault], str] | None = None
) -> bytes:
    """Return a CSV of the rows with errors, as they stood, with one more column that says what is wrong.

    `describe` puts a fault into the reader's words; without it the kind and the column stand there. No cell can start
    a formula. The file can be taken in again as it is: the extra column is ignored.
    """
    words = describe or _plain
    wrong: dict[int, list[str]] = {}
    for fault in faults:
        if fault.severity == ERROR:
            wrong.setdefault(fault.row, []).append(words(fault))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\r\n")
    writer.writerow(_safe([*table.headings, _free_heading(table.headings, heading)]))
    for line in table.rows:
        if line.row in wrong:
            cells = [*line.cells[: len(table.headings)], *[""] * (len(table.headings) - len(line.cells))]
            surplus = [cell for cell in line.cells[len(table.headings) :] if cell.strip()]
            writer.writerow(_safe([*cells, "; ".join([*wrong[line.row], *surplus])]))
    return out.getvalue().encode("utf-8-sig")


def _plain(fault: Fault) -> str:
    return f"{fault.kind}: {fault.column}" if fault.column else fault.kind


def _free_heading(headings: Sequence[str], heading: str) -> str:
    # Another number rather than another sign: headings that differ in signs alone are the same to the reader.
    taken = {fold(each) for each in headings}
    numbered = (f"{heading} {number}" for number in count(2))
    return heading if fold(heading) not in taken else next(each for each in numbered if fold(each) not in taken)


def _safe(cells: Sequence[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in cells]
