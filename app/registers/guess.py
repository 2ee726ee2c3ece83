"""Proposes a mapping for a file that nobody has mapped yet, from its headings and cells; a person confirms it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.registers.faults import RegisterFault
from app.registers.folding import clean, fold
from app.registers.mapping import GIVEN_FIRST, SURNAME_FIRST, MetricRule, RegisterMapping, preset, preset_names
from app.registers.parse import locate
from app.registers.reader import Table

_SAMPLE = 200
_DATE = re.compile(r"^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})\b")
_RULES = (
    MetricRule("identified", "identified_on", always=True),
    MetricRule("assisted", "assisted_on", always=True),
    MetricRule("sheltered", "sheltered_on"),
    MetricRule("returned", "returned_on"),
    MetricRule("goal_job", "goal_job_on"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping and the headings that it could not place."""

    mapping: RegisterMapping
    unplaced: tuple[str, ...]


def best_preset(table: Table) -> RegisterMapping | None:
    """Return the preset that places the most headings of the file, None if none places even its required ones."""
    fitting = [(places(preset(name), table), name) for name in preset_names()]
    most, name = max(fitting)
    return preset(name) if most else None


def propose(table: Table, name: str = "guess") -> Guess:
    """Return a mapping by the words of the headings; RegisterFault `column_missing` if no heading is one of a name."""
    columns: dict[str, tuple[str, ...]] = {}
    unplaced: list[str] = []
    for heading in table.headings:
        field = _heading_fields().get(fold(heading))
        if field is None or field in columns:
            unplaced.append(heading)
        else:
            columns[field] = (heading,)
    if not {"full_name", "given_names", "surname"} & set(columns):
        raise RegisterFault("column_missing", "full_name")
    states = tuple(rule for rule in _RULES if rule.on in columns) or (_RULES[1],)
    mapping = RegisterMapping(
        name=name,
        columns=columns,
        states=states,
        required=tuple(field for field in ("full_name", "given_names", "surname") if field in columns),
        date_order=_date_order(table, columns),
        name_order=_name_order(columns),
    )
    return Guess(mapping, tuple(unplaced))


def places(mapping: RegisterMapping, table: Table) -> int:
    """Return how many headings of the file a mapping places, 0 where a required one is not there."""
    try:
        return len(locate(mapping, table.headings))
    except RegisterFault:
        return 0


def _date_order(table: Table, columns: dict[str, tuple[str, ...]]) -> str:
    dated = [heads[0] for field, heads in columns.items() if field.endswith("_on") or field == "birth_date"]
    indexes = [table.headings.index(heading) for heading in dated]
    cells = [clean(row.cells[index]) for row in table.rows[:_SAMPLE] for index in indexes if index < len(row.cells)]
    found = [match.groups() for match in map(_DATE.match, cells) if match]
    if sum(len(first) == 4 for first, _, _ in found) * 2 > len(found):
        return "ymd"
    # A second number over 12 can only be a day; without one the order of the region stands.
    months_first = any(int(second) > 12 for _, second, _ in found) and all(int(first) <= 12 for first, _, _ in found)
    return "mdy" if months_first else "dmy"


def _name_order(columns: dict[str, tuple[str, ...]]) -> str:
    heading = fold(columns.get("full_name", ("",))[0])
    first_word = heading.split(" ")[0] if heading else ""
    return SURNAME_FIRST if first_word in {"mbiemri", "prezime", "surname", "last"} else GIVEN_FIRST


@cache
def _heading_fields() -> dict[str, str]:
    listed = tomllib.loads((Path(__file__).parent / "words" / "headings.toml").read_text(encoding="utf-8"))
    return {fold(word): field for field, words in listed.items() for word in words.split("|")}
