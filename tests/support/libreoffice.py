"""LibreOffice for the tests: what a spreadsheet says to the program that most people open it with."""

from __future__ import annotations

import csv
import os
import subprocess
from pathlib import Path

PROGRAM_VARIABLE = "LIBREOFFICE"
DEFAULT_PROGRAM = "/usr/bin/soffice"
SECONDS = 120
# Commas, double quotes, UTF-8, from the first line, as shown on the screen, every sheet into a file of its own.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


class MissingLibreOffice(RuntimeError):
    """LibreOffice is not on this machine; the suite fails, it never skips."""


def program() -> Path:
    """Return LibreOffice's path; raise MissingLibreOffice."""
    path = Path(os.environ.get(PROGRAM_VARIABLE) or DEFAULT_PROGRAM)
    if not os.access(path, os.X_OK):
        raise MissingLibreOffice(f"{path} is missing (Debian package: libreoffice-calc-nogui).")
    return path


def opened(workbook: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """Open a workbook and read each sheet as it shows it: rows of cells without what is empty, by the sheet's name.

    Its profile lies in the folder, so that two at once do not wait for each other.
    """
    source = folder / "book.xlsx"
    source.write_bytes(workbook)
    subprocess.run(
        [
            str(program()),
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            EVERY_SHEET,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return {path.stem.removeprefix("book-"): _rows(path) for path in sorted(folder.glob("book-*.csv"))}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [[cell for cell in row if cell] for row in csv.reader(handle)]
