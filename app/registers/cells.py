"""Reads the cells of one row under a mapping and notes each fault where it is found."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.registers.codes import code_of
from app.registers.dates import Birth, Unreadable, age_on_day, is_absent, read_age, read_birth, read_date, read_year
from app.registers.faults import ERROR, WARNING, Fault
from app.registers.folding import clean, fold
from app.registers.mapping import CODED_FIELDS, EVENT_FIELDS, NAME_FIELDS, STORY_FIELDS, RegisterMapping
from app.registers.person_names import LONGEST, SplitName, set_aside_other_names, split
from app.registers.reader import TableRow

# Where a word that nobody knows is told but does not keep the row out: no count of people stands on it.
_FORGIVING = frozenset({"region", "form", "door", "community", *STORY_FIELDS})
_SEVERAL = re.compile(r"[;/|,+\n]")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_UNKNOWN = "unknown"


class RowReading:
    """One row being read. Each method returns what the row says and adds to `faults` what it cannot read."""

    def __init__(
        self,
        mapping: RegisterMapping,
        places: Mapping[str, int],
        headings: Sequence[str],
        line: TableRow,
        today: date,
    ) -> None:
        self.faults: list[Fault] = []
        self.citizenships: tuple[str, ...] = ()
        self._mapping = mapping
        self._places = places
        self._headings = headings
        self._line = line
        self._today = today
        self._check_width()
        self._check_required()

    def add(self, kind: str, name: str, severity: str = ERROR, other_row: int | None = None) -> None:
        """Note a fault in the column of a field."""
        place = self._places.get(name)
        column = self._headings[place] if place is not None else ""
        self.faults.append(Fault(self._line.row, column, kind, name, severity, other_row))

    def text(self, name: str) -> str:
        """Return the clean text of a field, from its column or its constant; empty if the cell states nothing."""
        cell = self._cell(name)
        return "" if is_absent(cell) else cell

    def _cell(self, name: str) -> str:
        place = self._places.get(name)
        if place is None:
            return self._mapping.constants.get(name, "")
        return clean(self._line.cells[place]) if place < len(self._line.cells) else ""

    def name(self) -> SplitName:
        """Return the name of the person as written, in its parts."""
        others = self.text("other_names")
        whole = self.text("full_name")
        if whole:
            parts = split(whole, self._mapping.name_order, self._mapping.name_separator)
        else:
            given, also_given = set_aside_other_names(self.text("given_names"))
            surname, formerly = set_aside_other_names(self.text("surname"))
            parts = SplitName(given, surname, " ".join(part for part in (also_given, formerly) if part))
        if not any(letter.isalpha() for letter in parts.given_names + parts.surname):
            self._add_once("name_without_letters", next(name for name in NAME_FIELDS if name in self._places))
        return SplitName(
            parts.given_names, parts.surname, " ".join(part for part in (parts.other_names, others) if part)
        )

    def birth(self) -> Birth:
        """Return the birth date or year."""
        birth = Birth()
        cell = self.text("birth_date")
        year = self.text("birth_year")
        try:
            if cell:
                birth = read_birth(cell, self._mapping.date_order, self._today)
            elif year:
                birth = Birth(year=read_year(year, self._today))
        except Unreadable as unreadable:
            self.add(unreadable.kind, "birth_date" if cell else "birth_year")
        if birth.on is not None and birth.on > self._today:
            self.add("date_in_future", "birth_date")
            return Birth()
        return birth

    def age(self) -> int | None:
        """Return the age as told."""
        cell = self.text("age")
        try:
            return read_age(cell) if cell else None
        except Unreadable as unreadable:
            self.add(unreadable.kind, "age")
            return None

    def events(self, birth: Birth, year: int | None) -> dict[str, date]:
        """Return the days of the acts; in the future or before the birth is a fault, outside the year a warning."""
        days: dict[str, date] = {}
        for name in EVENT_FIELDS:
            cell = self.text(name)
            if not cell:
                continue
            try:
                day = read_date(cell, self._mapping.date_order, self._today)
            except Unreadable as unreadable:
                self.add(unreadable.kind, name)
                continue
            if day > self._today:
                self.add("date_in_future", name)
            elif birth.on is not None and day <= birth.on:
                self.add("birth_after_event", "birth_date")
            elif year is not None and day.year != year and name != "age_on":
                self.add("date_outside_year", name, WARNING)
            days[name] = day
        return days

    def codes(self) -> dict[str, str]:
        """Return the code of each coded field, empty where the cell is; `citizenships` is set beside."""
        codes = dict.fromkeys(CODED_FIELDS, "")
        for name in CODED_FIELDS:
            # Of her story "unknown" is an answer, and another one than an empty cell.
            cell = self._cell(name) if name in STORY_FIELDS else self.text(name)
            if fold(cell):
                codes[name] = self._citizenship(cell, codes) if name == "citizenship" else self._code(name, cell)
        if codes["community"] and self.citizenships and "XK" not in self.citizenships:
            codes["community"] = ""
        return codes

    def check_age(self, birth: Birth, age: int | None, age_on: date | None) -> None:
        """Warn of an age that the birth date contradicts by more than a year."""
        computed = age_on_day(birth, age_on)
        if computed is not None and age is not None and abs(computed - age) > 1:
            self.add("age_contradicts_birth_date", "age", WARNING)

    def _code(self, name: str, cell: str) -> str:
        own = self._mapping.codes.get(name)
        code = code_of(name, cell, own)
        if code is None:
            pieces = [code_of(name, piece, own) for piece in _pieces(cell)]
            code = next((piece for piece in pieces if piece), None)
        if code is None:
            self._unknown(name)
            return _UNKNOWN
        return code

    def _citizenship(self, cell: str, codes: dict[str, str]) -> str:
        own = self._mapping.codes.get("citizenship")
        whole = code_of("citizenship", cell, own)
        found = [whole] if whole else [code_of("citizenship", piece, own) for piece in _pieces(cell)]
        if not found or None in found:
            self._unknown("citizenship")
        countries = []
        for code in found:
            country, _, community = (code or "").partition("/")
            codes["community"] = codes["community"] or community
            if country and country != _UNKNOWN:
                countries.append(country)
        self.citizenships = tuple(dict.fromkeys(countries))
        return self.citizenships[0] if self.citizenships else ""

    def _unknown(self, name: str) -> None:
        self.add("code_unknown", name, WARNING if name in _FORGIVING else ERROR)

    def _check_width(self) -> None:
        cells = self._line.cells
        if len(cells) < len(self._headings):
            self.faults.append(Fault(self._line.row, "", "row_too_short", severity=WARNING))
        elif any(clean(cell) for cell in cells[len(self._headings) :]):
            self.faults.append(Fault(self._line.row, "", "row_too_long"))

    def _check_required(self) -> None:
        for name in self._mapping.required:
            if not self.text(name):
                self.add("required_missing", name)

    def _add_once(self, kind: str, name: str) -> None:
        # A missing name is already told where it is required.
        if all(fault.kind != "required_missing" or fault.field not in NAME_FIELDS for fault in self.faults):
            self.add(kind, name)


def _pieces(cell: str) -> list[str]:
    """Return the several words of a cell; what stands in brackets only explains one."""
    bare = _BRACKETS.sub(" ", cell) if len(cell) <= LONGEST else cell
    return [piece for piece in _SEVERAL.split(bare) if fold(piece)]
