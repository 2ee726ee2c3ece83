"""From the rows of a file to what they say, with every fault named; nothing is stored and no person is looked for."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from app.registers.cells import RowReading
from app.registers.dates import age_on_day
from app.registers.faults import ERROR, WARNING, Fault, RegisterFault
from app.registers.folding import clean, fold
from app.registers.mapping import NAME_FIELDS, STORY_FIELDS, RegisterMapping
from app.registers.reader import Table, TableRow

REFUSED = "refused"
_CHILD_UNTIL = 18


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact of a row: its metric (identified, assisted, refused, ...) and the day, None if it is not known."""

    metric: str
    occurred_on: date | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row as it was given, put into our codes; names are left as they were written.

    `fingerprint` is a digest of its cells under their headings: the same row in a file taken in twice has the same one.
    It is made of names, so it is kept where names are kept. `age` counts from `age_on`. `seen_on` is the first day on
    which the agency had to do with the person, by any of its dates.
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
    seen_on: date | None = None
    sex: str = ""
    citizenships: tuple[str, ...] = ()
    community: str = ""
    region: str = ""
    form: str = ""
    scope: str = ""
    door: str = ""
    assistance: str = ""
    is_child: bool | None = None
    story: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedRegister:
    """The rows that can be imported and every fault, by row; `ignored` are the headings that no field reads."""

    rows: tuple[RegisterRow, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that keep their row out."""
        return tuple(fault for fault in self.faults if fault.severity == ERROR)


def parse(mapping: RegisterMapping, table: Table, *, today: date, year: int | None = None) -> ParsedRegister:
    """Return what the rows say under a mapping; RegisterFault if a required column is not in the file.

    `year` is the year that the register is of: an act outside it is a warning. `today` bounds every date.
    """
    places = locate(mapping, table.headings)
    faults: list[Fault] = []
    rows: list[RegisterRow] = []
    seen = _Seen()
    for line in table.rows:
        reading = RowReading(mapping, places, table.headings, line, today)
        row = _row(mapping, table.headings, line, reading, year)
        seen.check(row, reading)
        faults.extend(reading.faults)
        if not any(fault.severity == ERROR for fault in reading.faults):
            rows.append(row)
    used = set(places.values())
    ignored = tuple(heading for index, heading in enumerate(table.headings) if index not in used)
    return ParsedRegister(tuple(rows), tuple(sorted(faults, key=lambda fault: (fault.row, fault.column))), ignored)


def locate(mapping: RegisterMapping, headings: Sequence[str]) -> dict[str, int]:
    """Return for each field the column that holds it; RegisterFault `column_missing` if a required one is not there."""
    indexes = {fold(heading): index for index, heading in reversed(list(enumerate(headings)))}
    places: dict[str, int] = {}
    for name, alternatives in mapping.columns.items():
        found = next((indexes[fold(each)] for each in alternatives if fold(each) in indexes), None)
        if found is not None:
            places[name] = found
        elif name in mapping.required and name not in mapping.constants:
            raise RegisterFault("column_missing", alternatives[0] if alternatives else name)
    if not set(places) & set(NAME_FIELDS):
        raise RegisterFault("column_missing", next(h for n in NAME_FIELDS for h in mapping.columns.get(n, ())))
    return places


def _row(
    mapping: RegisterMapping, headings: Sequence[str], line: TableRow, reading: RowReading, year: int | None
) -> RegisterRow:
    name = reading.name()
    birth = reading.birth()
    events = reading.events(birth, year)
    codes = reading.codes()
    age = reading.age()
    facts = _facts(mapping, events, codes["assistance"])
    first = min((day for name, day in events.items() if name != "age_on"), default=None)
    age_on = events.get("age_on") or first or (date(year, 7, 1) if year else None)
    reading.check_age(birth, age, age_on)
    return RegisterRow(
        row=line.row,
        fingerprint=_fingerprint(headings, line),
        facts=facts,
        source_key=reading.text("source_key"),
        given_names=name.given_names,
        surname=name.surname,
        other_names=name.other_names,
        birth_date=birth.on,
        birth_year=birth.year,
        age=age,
        age_on=age_on if age is not None else None,
        seen_on=first,
        is_child=_is_child(codes["child"], age_on_day(birth, first), age),
        citizenships=reading.citizenships,
        note=reading.text("note"),
        cells=dict(zip(headings, (clean(cell) for cell in line.cells), strict=False)),
        story={name: codes[name] for name in STORY_FIELDS if codes[name]},
        **{name: codes[name] for name in ("sex", "community", "region", "form", "scope", "door", "assistance")},
    )


def _facts(mapping: RegisterMapping, events: Mapping[str, date], assistance: str) -> tuple[StatedFact, ...]:
    stated: list[StatedFact] = []
    for rule in mapping.states:
        day = events.get(rule.on)
        if day is None and not rule.always:
            continue
        refused = rule.metric == "assisted" and assistance == REFUSED
        stated.append(StatedFact(REFUSED if refused else rule.metric, day))
    if assistance == REFUSED and all(fact.metric != REFUSED for fact in stated):
        # An agency that only notes the refusal (the police) knows of it on the day of its own act.
        stated.append(StatedFact(REFUSED, stated[0].occurred_on if stated else None))
    return tuple(stated)


def _is_child(stated: str, computed_age: int | None, given_age: int | None) -> bool | None:
    known_age = computed_age if computed_age is not None else given_age
    if known_age is not None:
        return known_age < _CHILD_UNTIL
    return {"yes": True, "no": False}.get(stated)


def _fingerprint(headings: Sequence[str], line: TableRow) -> str:
    cells = sorted(f"{fold(head)}\x1f{clean(cell)}" for head, cell in zip(headings, line.cells, strict=False) if cell)
    return hashlib.sha256("\x1e".join(cells).encode()).hexdigest()


class _Seen:
    """The rows already read, to find the one that a row repeats."""

    def __init__(self) -> None:
        self._contents: dict[str, RegisterRow] = {}
        self._keys: dict[str, RegisterRow] = {}

    def check(self, row: RegisterRow, reading: RowReading) -> None:
        content = repr([getattr(row, item.name) for item in fields(row) if item.name not in _IDENTIFYING_A_ROW])
        earlier = self._contents.setdefault(content, row)
        same_key = self._keys.setdefault(row.source_key, row) if row.source_key else row
        if earlier is not row:
            grave = earlier.source_key == row.source_key or not _is_case_key(row.source_key)
            reading.add("row_twice", "source_key", ERROR if grave else WARNING, earlier.row)
        elif same_key is not row:
            # One case number may stand for several persons of one raid.
            reading.add("key_twice", "source_key", WARNING, same_key.row)


_IDENTIFYING_A_ROW = frozenset({"row", "fingerprint", "source_key", "cells"})


def _is_case_key(source_key: str) -> bool:
    # A bare number is only the position in the list; a reference such as VA-2007-012 was given to somebody.
    return not source_key.isdigit() and bool(source_key)
