"""From uploaded bytes to a table of text: encoding, separator, limits. What the cells mean is the mapping's affair."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.registers.faults import RegisterFault
from app.registers.folding import fold

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 10_000

_DELIMITERS = (",", ";", "\t", "|")
_BINARY = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SEP_LINE = re.compile(r"^\"?sep=([,;|\t])\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as a spreadsheet counts (the headings are row 1, empty rows count), and its cells."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text, with how it was read. Empty rows are left out; cells are as they stood in the file."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: str
    delimiter: str


def read(content: bytes) -> Table:
    """Return the table in an uploaded file; RegisterFault, and nothing else, whatever the bytes are."""
    if not content.strip():
        raise RegisterFault("file_empty")
    if len(content) > MAX_BYTES:
        raise RegisterFault("file_too_large")
    text, encoding = _decode(content)
    text, delimiter = _delimiter(text)
    rows = list(_records(text, delimiter))
    if not rows:
        raise RegisterFault("file_empty")
    headings = _headings(rows)
    return Table(headings, tuple(rows[1:]), encoding, delimiter)


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _text(content, encoding), encoding
    try:
        return _text(content, "utf-8"), "utf-8"
    except RegisterFault as not_utf8:
        # cp1250 reads Albanian and Serbian Latin. Where most letters have a high byte, the script is Cyrillic.
        if _BINARY.search(content.decode("latin-1")):
            raise not_utf8 from None
        encoding = "cp1251" if _mostly_high_letters(content) else "cp1250"
        return _text(content, encoding), encoding


def _text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeError:
        raise RegisterFault("file_not_text") from None
    if _BINARY.search(text):
        raise RegisterFault("file_not_text")
    return text


def _mostly_high_letters(content: bytes) -> bool:
    low = sum(chr(byte).isalpha() for byte in content if byte < 0x80)
    return sum(byte >= 0xC0 for byte in content) > low


def _delimiter(text: str) -> tuple[str, str]:
    declared = _SEP_LINE.match(text)
    if declared:
        return text[declared.end() :], declared.group(1)
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return text, max(_DELIMITERS, key=first.count)


def _records(text: str, delimiter: str) -> Iterator[TableRow]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    kept = 0
    row = 0
    try:
        for row, cells in enumerate(lines, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            kept += 1
            _check_limits(row, cells, kept)
            yield TableRow(row, tuple(cells))
    except csv.Error as error:
        kind = "file_cell_too_long" if "field limit" in str(error) else "file_quotes_broken"
        raise RegisterFault(kind, row=row + 1) from None


def _check_limits(row: int, cells: list[str], kept: int) -> None:
    if kept > MAX_ROWS + 1:
        raise RegisterFault("file_too_many_rows", row=row)
    if len(cells) > MAX_COLUMNS:
        raise RegisterFault("file_too_many_columns", row=row)
    if any(len(cell) > MAX_CELL for cell in cells):
        raise RegisterFault("file_cell_too_long", row=row)


def _headings(rows: list[TableRow]) -> tuple[str, ...]:
    first = rows[0]
    headings = [" ".join(cell.split()) for cell in first.cells]
    width = max((index for index, heading in enumerate(headings, start=1) if heading), default=0)
    if any(not fold(heading) for heading in headings[:width]):
        raise RegisterFault("heading_empty", row=first.row)
    if len(rows) == 1:
        raise RegisterFault("file_has_no_rows", row=first.row)
    seen: set[str] = set()
    for heading in headings[:width]:
        if fold(heading) in seen:
            raise RegisterFault("heading_twice", heading, first.row)
        seen.add(fold(heading))
    return tuple(headings[:width])
