"""Papers (PDF) that leave the system: tagged for screen readers, with their own font, marked internal on every page.

What is written on them is handed over as data, never as markup: a name that looks like a command is a name. The layout
is app/templates/papers/report.typ.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.web.drawings.shapes import Drawing
from app.web.drawings.svg import standalone
from app.web.languages import page_language
from app.web.press import printed

PDF = "application/pdf"
LAYOUT = Path(__file__).parents[1] / "templates" / "papers" / "report.typ"


@dataclass(frozen=True)
class PaperTable:
    """A table of words, the first column heading its rows: heads, rows, and the row of the sums under them, if any.

    Without a caption the heading of its section stands for it.

    `of_numbers`: all columns but the first hold numbers, and end at one line.
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    sums: Sequence[str] = ()
    of_numbers: bool = True


@dataclass(frozen=True)
class Picture:
    """A drawing as a paper has it: painted, with its words, and the table of its numbers under it.

    Pictures without a table of their own stand beside each other; one table of the section has the numbers of all.
    """

    caption: str
    alt: str
    svg: str
    table: PaperTable | None


@dataclass(frozen=True)
class PaperSection:
    """A part of a paper under its own heading."""

    heading: str
    told: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[PaperTable] = ()


@dataclass(frozen=True)
class PaperContent:
    """What a paper says. `facts` are of what, when and by whom it was made; `page` names a page, before its number."""

    title: str
    mark: str
    page: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[PaperSection]
    made_at: datetime


def picture_of(drawing: Drawing, table: PaperTable | None) -> Picture:
    """A drawing for paper, with the table of its numbers if it has one of its own."""
    return Picture(drawing.title, drawing.description, standalone(drawing), table)


def written(content: PaperContent) -> bytes:
    """The paper as the bytes of a PDF file, in the reader's language. The same content gives the same bytes."""
    told = {**asdict(content), "language": page_language().partition("-")[0]}
    told["made_at"] = content.made_at.isoformat()
    return printed(LAYOUT, json.dumps(told), content.made_at)
