"""From the rows of a file to what they say, with every fault named; nothing is stored and no person is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.registers.faults import Fault
from app.registers.mapping import RegisterMapping
from app.registers.reader import Table


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact of a row: its metric (identified, assisted, assistance_refused, returned) and the day, None if not known."""

    metric: str
    occurred_on: date | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row as it was given, put into our codes; names are left as they were written.

    `fingerprint` is a digest of all its cells: the same row in a file taken in twice has the same one.
    """

    row: int
    fingerprint: str
    facts: tuple[StatedFact, ...]
    source_key: str = ""
    given_names: str = ""
    surname: str = ""
    other_names: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None
    age_on: date | None = None
    sex: str = ""
    citizenship: str = ""
    community: str = ""
    region: str = ""
    form: str = ""
    scope: str = ""
    door: str = ""
    assistance: str = ""
    is_child: bool | None = None
    note: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedRegister:
    """The rows that can be imported and every fault, by row; `ignored` are the headings that no field reads."""

    rows: tuple[RegisterRow, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...] = ()


def parse(mapping: RegisterMapping, table: Table, *, today: date, year: int | None = None) -> ParsedRegister:
    """Return what the rows say under a mapping; RegisterFault if a required column is not in the file.

    `year` is the year that the register is of: an act outside it is a warning. `today` bounds every date.
    """
    return ParsedRegister((), ())
