"""A mapping as a person edits it: what each column holds, what the rows report, what unknown words mean."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.registers.codes import code_of
from app.registers.folding import clean, fold
from app.registers.mapping import CODED_FIELDS, METRICS, MetricRule, RegisterMapping
from app.registers.parse import ParsedRegister
from app.registers.reader import Table

DAY_OF = {metric: f"{metric}_on" for metric in METRICS}
"""The field that holds the day of what a metric counts."""

# A list has rows of people who were not sheltered, returned or in work; who identifies or assists has a day for each.
_DAY_MAY_BE_MISSING = frozenset({"sheltered", "returned", "goal_job"})
_MOST_WORDS = 25
_LONGEST_WORD = 60


@dataclass(frozen=True)
class Choices:
    """What a person chose: a field or "" for each column, in the order of the file; metrics; orders; words by field."""

    fields: tuple[str, ...]
    metrics: tuple[str, ...]
    date_order: str = "dmy"
    name_order: str = "given_first"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def choices_of(mapping: RegisterMapping | None, headings: Sequence[str]) -> Choices:
    """What a mapping chooses for a file; columns that it does not name are not read."""
    if mapping is None:
        return Choices(("",) * len(headings), ())
    places = {fold(heading): place for place, heading in reversed(list(enumerate(headings)))}
    fields = [""] * len(headings)
    for name, alternatives in mapping.columns.items():
        place = next((places[fold(each)] for each in alternatives if fold(each) in places), None)
        if place is not None and not fields[place]:
            fields[place] = name
    metrics = tuple(rule.metric for rule in mapping.states)
    return Choices(tuple(fields), metrics, mapping.date_order, mapping.name_order, mapping.codes)


def problems(choices: Choices) -> dict[str, str]:
    """What keeps the choices from being a mapping, as reason keys: by column number, or `metrics`."""
    found: dict[str, str] = {}
    times = Counter(name for name in choices.fields if name)
    for place, name in enumerate(choices.fields):
        if name and times[name] > 1:
            found[str(place)] = "column_field_twice"
    if not {"full_name", "given_names", "surname"} & set(times):
        found["0"] = "column_of_name_missing"
    if not choices.metrics:
        found["metrics"] = "metric_missing"
    elif any(DAY_OF.get(metric) not in times for metric in choices.metrics):
        found["metrics"] = "metric_day_missing"
    return found


def mapping_of(choices: Choices, headings: Sequence[str], base: RegisterMapping | None, name: str) -> RegisterMapping:
    """The mapping that the choices make; what the base says and a person cannot choose is kept.

    Raises RegisterFault where `problems` finds any.
    """
    columns = {name: (headings[place],) for place, name in enumerate(choices.fields) if name}
    days = [DAY_OF[metric] for metric in choices.metrics if metric not in _DAY_MAY_BE_MISSING]
    names = ("full_name",) if "full_name" in columns else ("given_names", "surname")
    wanted = (*names, *days, *(base.required if base else ()))
    return RegisterMapping(
        name=name,
        columns=columns,
        states=tuple(MetricRule(metric, DAY_OF[metric]) for metric in choices.metrics),
        required=tuple(dict.fromkeys(each for each in wanted if each in columns)),
        date_order=choices.date_order,
        name_order=choices.name_order,
        name_separator=base.name_separator if base else ",",
        codes={field: dict(words) for field, words in choices.words.items() if words},
        constants={each: code for each, code in (base.constants if base else {}).items() if each not in columns},
    )


def words_to_explain(mapping: RegisterMapping, table: Table, today: date) -> dict[str, dict[str, str]]:
    """For each coded column the words that only the mapping knows, with their code, and those that nobody knows ("").

    At most so many of a column as a person can go through; a column with more is hardly one of codes.
    """
    chosen = choices_of(mapping, table.headings).fields
    listed: dict[str, dict[str, str]] = {}
    for place, name in enumerate(chosen):
        if name not in CODED_FIELDS:
            continue
        own = {fold(word): code for word, code in mapping.codes.get(name, {}).items()}
        cells = Counter(clean(row.cells[place]) for row in table.rows if place < len(row.cells))
        unknown = {cell: own.get(fold(cell), "") for cell, _ in cells.most_common() if _is_word(name, cell)}
        if unknown:
            listed[name] = dict(list(unknown.items())[:_MOST_WORDS])
    return listed


def _is_word(name: str, cell: str) -> bool:
    return bool(fold(cell)) and len(cell) <= _LONGEST_WORD and code_of(name, cell) is None


def likely_year(parsed: ParsedRegister) -> int | None:
    """The year in which nearly all rows happened; None where there is no such year."""
    years = Counter(row.seen_on.year for row in parsed.rows if row.seen_on)
    if not years:
        return None
    year, rows = years.most_common(1)[0]
    return year if rows * 10 >= years.total() * 8 else None


def samples(table: Table, place: int, most: int = 3) -> tuple[str, ...]:
    """The first different cells of a column, shortened, for the one who brought the file."""
    cells = dict.fromkeys(clean(row.cells[place]) for row in table.rows[:50] if place < len(row.cells))
    return tuple(cell[:40] for cell in cells if cell)[:most]
