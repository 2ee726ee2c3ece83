"""How an agency's register is read: which column holds what, in which words. Presets are TOML beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
import tomllib

# What a column can hold. Dates of acts end in _on; coded fields take the codes of app/vocabulary.
NAME_FIELDS = ("full_name", "given_names", "surname", "other_names")
BIRTH_FIELDS = ("birth_date", "birth_year", "age")
CODED_FIELDS = ("sex", "citizenship", "community", "region", "form", "scope", "door", "assistance", "child")
EVENT_FIELDS = ("identified_on", "assisted_on", "returned_on", "age_on")
FIELDS = ("source_key", *NAME_FIELDS, *BIRTH_FIELDS, *CODED_FIELDS, *EVENT_FIELDS, "note")
METRICS = ("identified", "assisted", "returned")
GIVEN_FIRST = "given_first"
SURNAME_FIRST = "surname_first"


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
    each coded field the words of this agency; the words known to everybody need not be repeated.
    """

    name: str
    label: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    states: tuple[MetricRule, ...]
    required: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ("%d.%m.%Y",)
    name_order: str = GIVEN_FIRST
    name_separator: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    refused_words: tuple[str, ...] = ()
