"""Masks: which answers and notes a reader may see, by sensitivity class and by her relation to the case. Pure."""

from collections.abc import Iterable
from enum import StrEnum

POINTER = "P"
IDENTITY = "I"
STORY = "T"


class Relation(StrEnum):
    """How a reader stands to a case: her agency is a party now, or keeps the pointer after handing over."""

    PARTY = "party"
    POINTER = "pointer"


def readable(classes: frozenset[str], relation: Relation) -> frozenset[str]:
    """The classes that are open: all of the roles' own to a party, states and dates alone to who handed over."""
    return classes if relation is Relation.PARTY else classes & {POINTER}


IN_STATES = frozenset({"level"})
"""Answers that the state of a track says as well, so that hiding them would hide nothing: the level of risk."""


def is_open(sensitivity: str, classes: frozenset[str], *, is_own: bool = False) -> bool:
    """Whether a value may be shown: its class is open, or the reader wrote it down herself."""
    return is_own or sensitivity in classes


def open_names(fields: Iterable[tuple[str, str]], classes: frozenset[str], *, is_own: bool = False) -> frozenset[str]:
    """The names of those (name, class) pairs that may be shown."""
    return frozenset(name for name, sensitivity in fields if is_open(sensitivity, classes, is_own=is_own))
