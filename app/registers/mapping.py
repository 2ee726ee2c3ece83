"""How an agency's register is read: which column holds what, in which words. Presets are TOML in the folder beside."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.registers.faults import RegisterFault

NAME_FIELDS = ("full_name", "given_names", "surname", "other_names")
BIRTH_FIELDS = ("birth_date", "birth_year", "age")
STORY_FIELDS = ("recruitment", "recruiter_relation", "recruiter_sex", "education", "destination")
CODED_FIELDS = (
    *("sex", "citizenship", "community", "region", "form", "scope", "door", "assistance", "child"),
    *STORY_FIELDS,
)
EVENT_FIELDS = (
    *("identified_on", "assisted_on", "sheltered_on", "returned_on", "goal_job_on"),
    *("referred_on", "age_on"),
)
# What a column can hold. Fields that end in _on are days of acts; coded fields take the codes of app/vocabulary.
FIELDS = ("source_key", *NAME_FIELDS, *BIRTH_FIELDS, *CODED_FIELDS, *EVENT_FIELDS, "note")
METRICS = ("identified", "assisted", "sheltered", "returned", "goal_job")
DATE_ORDERS = ("dmy", "ymd", "mdy")
GIVEN_FIRST = "given_first"
SURNAME_FIRST = "surname_first"
NAME_ORDERS = (GIVEN_FIRST, SURNAME_FIRST)

_PRESETS = Path(__file__).parent / "presets"


@dataclass(frozen=True)
class MetricRule:
    """A fact that a row states: it happened on the day in `on`. `always` states it also where that day is not known."""

    metric: str
    on: str
    always: bool = False


@dataclass(frozen=True)
class RegisterMapping:
    """Declares how one agency's file is read; saved by an agency as `to_dict`, made again by `from_dict`.

    `columns` gives for each field the headings under which it may stand, the first present is read. `codes` gives for
    each coded field the words of this agency; the words of the three languages need not be repeated. A full name is
    split at `name_separator` where it has one, by `name_order` where not. `constants` are fields that every row has.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    states: tuple[MetricRule, ...]
    label: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    date_order: str = "dmy"
    name_order: str = GIVEN_FIRST
    name_separator: str = ","
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wrong = next(_problems(self), None)
        if wrong is not None:
            raise RegisterFault("mapping_invalid", wrong)

    def to_dict(self) -> dict[str, object]:
        """Return the mapping as plain lists and strings, to be stored as JSON or shown as TOML."""
        return {
            "name": self.name,
            "label": dict(self.label),
            "columns": {name: list(headings) for name, headings in self.columns.items()},
            "states": [{"metric": rule.metric, "on": rule.on, "always": rule.always} for rule in self.states],
            "required": list(self.required),
            "date_order": self.date_order,
            "name_order": self.name_order,
            "name_separator": self.name_separator,
            "codes": {name: dict(words) for name, words in self.codes.items()},
            "constants": dict(self.constants),
        }


def from_dict(stored: Mapping[str, object]) -> RegisterMapping:
    """Return the mapping that `to_dict` gave; RegisterFault `mapping_invalid` with the key if it cannot be one."""
    key = ""
    try:
        for key in ("name", "date_order", "name_order", "name_separator"):
            _expect(isinstance(stored.get(key, ""), str))
        key = "columns"
        columns = {str(name): _strings(headings) for name, headings in _table(stored[key]).items()}
        key = "states"
        states = tuple(_rule(_table(rule)) for rule in _list(stored[key]))
        key = "required"
        required = _strings(stored.get(key, ()))
        key = "codes"
        codes = {str(name): _words(words) for name, words in _table(stored.get(key, {})).items()}
        key = "constants"
        constants = _words(stored.get(key, {}))
        key = "label"
        label = _words(stored.get(key, {}))
    except (KeyError, TypeError, ValueError):
        raise RegisterFault("mapping_invalid", key) from None
    plain = {key: str(stored[key]) for key in ("date_order", "name_order", "name_separator") if key in stored}
    return RegisterMapping(
        str(stored.get("name", "")), columns, states, label, required, codes=codes, constants=constants, **plain
    )


def preset_names() -> tuple[str, ...]:
    """Return the names of the mappings that come with the system."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.toml")))


@cache
def preset(name: str) -> RegisterMapping:
    """Return a mapping that comes with the system; KeyError for any other name."""
    if name not in preset_names():
        raise KeyError(f"no register preset {name!r}")
    return from_dict({"name": name, **tomllib.loads((_PRESETS / f"{name}.toml").read_text(encoding="utf-8"))})


def _problems(mapping: RegisterMapping) -> Iterator[str]:
    named = {**mapping.columns, **mapping.codes, **mapping.constants}
    yield from (name for name in [*named, *mapping.required] if name not in FIELDS)
    yield from (name for name in mapping.codes if name not in CODED_FIELDS)
    yield from (rule.metric for rule in mapping.states if rule.metric not in METRICS)
    yield from (rule.on for rule in mapping.states if rule.on not in EVENT_FIELDS)
    if not mapping.states:
        yield "states"
    if mapping.date_order not in DATE_ORDERS:
        yield "date_order"
    if mapping.name_order not in NAME_ORDERS:
        yield "name_order"
    if not {"full_name", "given_names", "surname"} & set(mapping.columns):
        yield "full_name"


def _rule(stored: Mapping[str, object]) -> MetricRule:
    return MetricRule(str(stored["metric"]), str(stored["on"]), bool(stored.get("always", False)))


def _table(value: object) -> Mapping[str, object]:
    _expect(isinstance(value, Mapping))
    return value  # type: ignore[return-value]  # _expect raised if it is not one


def _list(value: object) -> Iterable[object]:
    _expect(isinstance(value, list | tuple))
    return value  # type: ignore[return-value]  # as above


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    texts = tuple(_list(value))
    _expect(all(isinstance(text, str) for text in texts))
    return tuple(str(text) for text in texts)


def _words(value: object) -> dict[str, str]:
    words = _table(value)
    _expect(all(isinstance(word, str) for word in words.values()))
    return {str(word): str(code) for word, code in words.items()}


def _expect(holds: bool) -> None:
    if not holds:
        raise TypeError
