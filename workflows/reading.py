"""Reading one table of a definition file key by key: each fault is noted with file and key, and reading goes on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.definition import UNITS, Citation, Label, Window
from workflows.texts import Place

LANGUAGES = ("sq", "sr", "en")
LONGEST_AMOUNT = 4
"""Digits of a window: beyond them no day can be reckoned."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a definition, and where."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


class DefinitionFault(Exception):
    """A definition that cannot be used; lists every fault that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass
class Table:
    """A table under reading. What is asked for and missing or of the wrong kind becomes a fault and an empty value."""

    file: str
    key: str
    content: Mapping[str, Any]
    faults: list[Fault]
    asked: set[str] = field(default_factory=set)

    def fault(self, name: str, reason: str) -> None:
        """Note a fault at one of the table's keys."""
        self.faults.append(Fault(self.file, f"{self.key}.{name}" if self.key else name, reason))

    def has(self, name: str) -> bool:
        """Whether the key stands in the table."""
        return name in self.content

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not be empty."""
        value: str = self._value(name, str, default, "")
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a text, or None where the key is absent."""
        return self.text(name) if self.has(name) else None

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value: bool = self._value(name, bool, default, False)
        return value

    def day(self, name: str) -> date:
        """Return a date."""
        value: date = self._value(name, date, None, date.min)
        if isinstance(value, datetime):
            self.fault(name, "must be a day, without a time")
            return date.min
        return value

    def optional_day(self, name: str) -> date | None:
        """Return a date, or None where the key is absent."""
        return self.day(name) if self.has(name) else None

    def texts(self, name: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; an absent one is empty unless it is required."""
        listed: list[object] = self._value(name, list, None if required else [], [])
        if not all(isinstance(one, str) and one for one in listed):
            self.fault(name, "must be a list of texts")
            return ()
        if len(set(listed)) != len(listed):
            self.fault(name, "lists something twice")
        return tuple(str(one) for one in listed)

    def table(self, name: str) -> "Table":
        """Return the table under a key; an empty one where it is missing."""
        return self._under(name, self._value(name, dict, None, {}))

    def optional_table(self, name: str) -> "Table | None":
        """Return the table under a key, or None where the key is absent."""
        return self.table(name) if self.has(name) else None

    def named_tables(self, name: str) -> dict[str, "Table"]:
        """Return the tables under a key by their names; none where the key is absent."""
        found: dict[str, object] = self._value(name, dict, {}, {})
        return {key: self._under(f"{name}.{key}", self._only_table(f"{name}.{key}", one)) for key, one in found.items()}

    def listed_tables(self, name: str) -> list["Table"]:
        """Return the tables of a list; none where the key is absent."""
        found: list[object] = self._value(name, list, [], [])
        return [
            self._under(f"{name}[{place}]", self._only_table(f"{name}[{place}]", one))
            for place, one in enumerate(found, 1)
        ]

    def label(self, name: str = "label") -> Label:
        """Return a label, which has all three languages."""
        table = self.table(name)
        label = Label(*(table.text(language) for language in LANGUAGES))
        table.done()
        return label

    def cites(self) -> Citation:
        """Return the citation: its source and whether it has been verified."""
        table = self.table("cites")
        citation = Citation(table.text("source"), table.flag("verified"))
        table.done()
        return citation

    def window(self, name: str) -> Window:
        """Return a window written as `24 hours`."""
        return self._window(name, self.text(name))

    def windows(self, name: str) -> tuple[Window, ...]:
        """Return a list of windows; none where the key is absent."""
        return tuple(self._window(name, one) for one in self.texts(name))

    def done(self) -> None:
        """Note every key that nothing asked for: a misspelt key must not be passed over in silence."""
        for name in self.content:
            if name not in self.asked:
                self.fault(name, "is not a key of this table")

    def _window(self, name: str, written: str) -> Window:
        amount, _, unit = written.partition(" ")
        if not amount.isdecimal() or len(amount) > LONGEST_AMOUNT or int(amount) == 0 or unit not in UNITS:
            self.fault(name, f"{written!r} is not a window such as '24 hours'")
            return Window(1, "days")
        return Window(int(amount), unit)

    def _under(self, name: str, content: Mapping[str, Any]) -> "Table":
        return Table(self.file, f"{self.key}.{name}" if self.key else name, content, self.faults)

    def _only_table(self, name: str, value: object) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(name, "must be a table")
        return {}

    def _value(self, name: str, kind: type, default: Any, empty: Any) -> Any:
        self.asked.add(name)
        value = self.content.get(name, default)
        if value is None:
            self.fault(name, "is missing")
            return empty
        if not isinstance(value, kind):
            self.fault(name, f"must be a {kind.__name__}")
            return empty
        if value == "" and default != "":
            self.fault(name, "is empty")
        return value


def read_file(path: Place, faults: list[Fault]) -> Table:
    """Return the top table of a TOML file; a file that is missing or not TOML is a fault and reads as empty."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        faults.append(Fault(path.name, "", "the file is missing"))
        content = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as fault:
        faults.append(Fault(path.name, "", f"is not TOML: {fault}"))
        content = {}
    return Table(path.name, "", content, faults)
