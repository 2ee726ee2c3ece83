"""How two records agree, attribute by attribute, in named levels. What a level is worth is decided in score.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA, JaroWinkler

from app.matching.births import compare_births
from app.matching.lexicon import is_given_name, is_listed_short_for, is_short_for
from app.matching.names import name_parts
from app.matching.records import RecordView

SAME = "same"
CLOSE = "close"
PART = "part"
SHORT = "short"
ALIKE = "alike"
INITIAL = "initial"
DIFFERS = "differs"
MARRIED = "differs_may_be_married"
CONFUSED = "often_confused"
MISSING = "missing"
NEAR = "near"
WITHIN_MONTHS = "within_months"
FAR = "far"
ORDER_SWAPPED = "swapped"
ORDER_KEPT = "kept"

# Best first: of several parts the best pair decides.
_RANK = (SAME, CLOSE, SHORT, PART, ALIKE, INITIAL, DIFFERS, MISSING)
_ALIKE_FROM = 0.82
_MARRIAGEABLE = 15
_NEAR_DAYS = 45
_MONTHS_DAYS = 190
# Citizenships that clerks take for one another: by language, by the state of that year, by where she was found.
_CONFUSED = (frozenset({"XK", "AL"}), frozenset({"XK", "RS"}), frozenset({"MD", "RO"}), frozenset({"RS", "ME"}))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record with its name keys worked out once, however often it is compared."""

    record: RecordView
    given: tuple[str, ...]
    surname: tuple[str, ...]
    others: tuple[str, ...]
    full_name: str
    """The keys of all parts in alphabetical order: the same whichever part came first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The levels at which two records agree; an attribute that one of them lacks is `missing`."""

    given_names: str
    surname: str
    name_order: str
    birth: str
    sex: str
    citizenship: str
    region: str
    form: str
    scope: str
    seen: str

    def reasons(self) -> tuple[str, ...]:
        """Return the levels as keys to be put into words, without what is missing."""
        named = (
            ("given_names", self.given_names),
            ("surname", self.surname),
            ("birth_date", self.birth.removeprefix("date_")),
            ("sex", self.sex),
            ("citizenship", self.citizenship),
            ("region", self.region),
            ("form", self.form),
            ("scope", self.scope),
            ("seen", self.seen),
        )
        order = ("name_order:swapped",) if self.name_order == ORDER_SWAPPED else ()
        return (*(f"{attribute}:{level}" for attribute, level in named if level != MISSING), *order)


def prepare(record: RecordView) -> Prepared:
    """Return the record with its name keys."""
    given, surname = name_parts(record.given_names), name_parts(record.surname)
    full_name = " ".join(sorted({*given, *surname}))
    return Prepared(record, given, surname, name_parts(record.other_names), full_name)


def compare(one: Prepared, other: Prepared) -> Agreement:
    """Return how two records agree; it does not matter which comes first."""
    given, surname, order = _names(one, other)
    left, right = one.record, other.record
    if surname == DIFFERS and _may_have_married(left) and _may_have_married(right):
        surname = MARRIED
    return Agreement(
        given_names=given,
        surname=surname,
        name_order=order,
        birth=compare_births(left, right),
        sex=_codes(left.sex, right.sex),
        citizenship=_citizenships(left.citizenships, right.citizenships),
        region=_codes(left.region, right.region),
        form=_codes(left.form, right.form),
        scope=_codes(left.scope, right.scope),
        seen=_days_seen(left.seen_on, right.seen_on),
    )


def _names(one: Prepared, other: Prepared) -> tuple[str, str, str]:
    kept = (_given(one.given, other.given), _surnames(one, other))
    if kept == (SAME, SAME) or not (one.given and other.given and one.surname and other.surname):
        return (*kept, ORDER_KEPT)
    if not (_are_same(one.given, other.surname) or _are_same(one.surname, other.given)):
        return (*kept, ORDER_KEPT)
    swapped = _swapped(one, other)
    # One step better is what chance gives; a name written the other way round is better by far.
    if _rank_of(swapped) + 1 >= _rank_of(kept):
        return (*kept, ORDER_KEPT)
    return (*swapped, ORDER_SWAPPED)


def _swapped(one: Prepared, other: Prepared) -> tuple[str, str]:
    """Return the levels if one of the two wrote the surname in the place of the given names."""
    across = (
        (one.given, other.surname, _parts(one.given, other.surname, _any_part)),
        (one.surname, other.given, _parts(one.surname, other.given, _any_part)),
    )
    # Which of the two is the given name shows only where the lexicon knows it; else the worse one is taken for it.
    known = [sum(is_given_name(part) for part in {*left, *right}) for left, right, _ in across]
    ranks = [_RANK.index(level) for *_, level in across]
    given = 0 if (known[0], ranks[0]) > (known[1], ranks[1]) else 1
    return across[given][2], across[1 - given][2]


def _rank_of(levels: tuple[str, str]) -> int:
    return sum(_RANK.index(level) for level in levels)


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    level = _parts(one, other, _given_part)
    return SAME if level == PART else level


def _surnames(one: Prepared, other: Prepared) -> str:
    level = _parts(one.surname, other.surname, _any_part)
    if level in (DIFFERS, ALIKE, MISSING) and (
        set(one.others) & {*other.surname, *other.others} or set(other.others) & set(one.surname)
    ):
        return PART
    return level


def _parts(one: tuple[str, ...], other: tuple[str, ...], compare_part: Callable[[str, str], str]) -> str:
    if not one or not other:
        return MISSING
    if _are_same(one, other):
        return SAME
    best = min((compare_part(left, right) for left in one for right in other), key=_RANK.index)
    if best == SAME:
        return PART
    # A slip in one of two names leaves the other as it is: the best pair alone would hide what the rest says.
    return best if len(one) == len(other) == 1 or best not in (CLOSE, SHORT) else PART


def _are_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one == other or sorted(one) == sorted(other) or "".join(one) == "".join(other)


def _given_part(one: str, other: str) -> str:
    level = _any_part(one, other)
    if level in (SAME, INITIAL):
        return level
    short = is_short_for(one, other) or is_short_for(other, one)
    listed = is_listed_short_for(one, other) or is_listed_short_for(other, one)
    if (short or level == CLOSE) and not listed and is_given_name(one) and is_given_name(other):
        # Two names that both exist (Arta, Alta; Arta, Besarta) are rather two people than a slip or a short name.
        return ALIKE
    return SHORT if short else level


def _any_part(one: str, other: str) -> str:
    if one == other:
        return SAME
    shorter = min(len(one), len(other))
    if shorter == 1:
        return INITIAL if one[0] == other[0] else DIFFERS
    distance = OSA.distance(one, other, score_cutoff=2)
    if (distance == 1 and shorter >= 3) or (distance == 2 and shorter >= 7):
        return CLOSE
    similar = JaroWinkler.similarity(one, other) if one <= other else JaroWinkler.similarity(other, one)
    return ALIKE if shorter >= 4 and similar >= _ALIKE_FROM else DIFFERS


def _may_have_married(record: RecordView) -> bool:
    if record.sex == "M":
        return False
    return record.age is None or record.age >= _MARRIAGEABLE


def _codes(one: str, other: str) -> str:
    if not one or not other:
        return MISSING
    return SAME if one == other else DIFFERS


def _days_seen(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return MISSING
    apart = abs((one - other).days)
    if apart <= _NEAR_DAYS:
        return NEAR
    return WITHIN_MONTHS if apart <= _MONTHS_DAYS else FAR


def _citizenships(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return MISSING
    if one & other:
        return SAME
    return CONFUSED if any(pair & one and pair & other for pair in _CONFUSED) else DIFFERS
