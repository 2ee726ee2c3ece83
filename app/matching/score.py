"""What an agreement is worth in bits, after Fellegi and Sunter: rare names count for more. Weights are weights.toml."""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.matching import births
from app.matching.births import compare_births
from app.matching.compare import (
    CLOSE,
    CONFUSED,
    DIFFERS,
    FAR,
    MARRIED,
    MISSING,
    NEAR,
    ORDER_SWAPPED,
    PART,
    SAME,
    SHORT,
    Agreement,
    Prepared,
    compare,
)

NOTHING = -99.0
"""The score of a pair for which nothing speaks."""

# Levels of a name that leave room for certainty. A surname that may be a married one is a question for a person:
# nothing in the two records says that it is.
_SURE_NAMES = frozenset({SAME, CLOSE, SHORT, PART})


@dataclass(frozen=True, slots=True)
class Limits:
    """From which score on a pair is sure, asked about, or a rival to another, among so many records."""

    sure: float
    doubtful: float
    margin: float
    in_spite: float
    score_decides: bool

    @property
    def least(self) -> float:
        """What a pair must be worth more than to play a part, if only as another's rival."""
        return self.doubtful - self.margin


@dataclass(frozen=True, slots=True)
class Weights:
    """The figures of weights.toml; another set can be handed to `link` for an experiment."""

    sure: float
    doubtful: float
    margin: float
    same_register: float
    many: Mapping[str, float]
    name: Mapping[str, Any]
    birth: Mapping[str, float]
    same: Mapping[str, float]
    differs: Mapping[str, float]

    def limits(self, rows: int) -> Limits:
        """Return the limits among so many records: how rare a name is can be told only where they are many."""
        many = self.many
        if rows >= many["rows"]:
            return Limits(many["sure"], many["doubtful"], many["margin"], many["in_spite"], score_decides=True)
        return Limits(self.sure, self.doubtful, self.margin, math.inf, score_decides=False)


@cache
def shipped_weights() -> Weights:
    """Return the weights that come with the system."""
    stored = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
    return Weights(**stored)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A pair compared and weighed; `is_sure` is False below the threshold or where an attribute speaks against it."""

    agreement: Agreement
    score: float
    is_sure: bool
    strong_birth: bool
    contradicts: bool


def judged(agreement: Agreement, score: float, limits: Limits) -> Judgement:
    """Return what an agreement of this worth says within these limits."""
    return Judgement(
        agreement=agreement,
        score=score,
        is_sure=score >= limits.sure and _can_be_sure(agreement, limits),
        strong_birth=agreement.birth in births.STRONG,
        contradicts=agreement.birth in births.AGAINST or DIFFERS in (agreement.sex, agreement.given_names),
    )


def _can_be_sure(agreement: Agreement, limits: Limits) -> bool:
    if DIFFERS in (agreement.sex, agreement.citizenship):
        return False
    return limits.score_decides or _names_and_birth_agree(agreement)


class KnownScores:
    """Weighs pairs by what a run over all records has found; a pair that it passed over is worth nothing."""

    def __init__(self, scores: Mapping[tuple[str, str], float], limits: Limits) -> None:
        self.limits = limits
        self._scores = scores

    def judge(self, one: Prepared, other: Prepared) -> Judgement:
        """Return the agreement of two records and the worth it was found to have."""
        first, second = sorted((one.record.record_id, other.record.record_id))
        return judged(compare(one, other), self._scores.get((first, second), NOTHING), self.limits)


class Scorer:
    """Weighs pairs among a given set of records: how common a name is, is learnt from them."""

    def __init__(self, records: Sequence[Prepared], weights: Weights) -> None:
        self.weights = weights
        self._rows = len(records)
        self.limits = weights.limits(self._rows)
        self._parts = Counter(part for each in records for part in {*each.given, *each.surname, *each.others})
        self._sexes = Counter(each.record.sex for each in records)
        self._citizenships = Counter(code for each in records for code in each.record.citizenships)
        self._shared = _people_by_full_name(records)
        # Before anything is known, one of about so many records is the same person.
        self._prior = -math.log2(max(self._rows, 2))

    def judge(self, one: Prepared, other: Prepared) -> Judgement:
        """Return the agreement of two records and its worth; it does not matter which comes first."""
        agreement = compare(one, other)
        score = (
            self._prior
            + self._name_worth(one, other, agreement)
            + self.weights.birth[agreement.birth]
            + self._coded_worth(one, other, agreement)
        )
        return judged(agreement, round(score, 2), self.limits)

    def people_with_name(self, each: Prepared) -> int:
        """Return how many people, at least, the records show under the full name of this one."""
        return self._shared.get(each.full_name, 1)

    def _name_worth(self, one: Prepared, other: Prepared, agreement: Agreement) -> float:
        name = self.weights.name
        swapped = agreement.name_order == ORDER_SWAPPED
        left = (*one.given, *one.surname) if swapped else one.given
        right = (*other.given, *other.surname) if swapped else other.given
        given = self._level_worth(agreement.given_names, left, right, float(name["given_differs"]))
        differs = "surname_differs_may_be_married" if agreement.surname == MARRIED else "surname_differs"
        left = (*one.surname, *one.others, *(one.given if swapped else ()))
        right = (*other.surname, *other.others, *(other.given if swapped else ()))
        surname = self._level_worth(agreement.surname, left, right, float(name[differs]))
        worth = given + surname + (float(name["swapped"]) if swapped else 0.0)
        people = max(self.people_with_name(one), self.people_with_name(other))
        if people > 1 and given > 0 and surname > 0:
            # Known to belong to several people here: together the two names are worth no more than one of that many.
            worth = min(worth, math.log2(max(self._rows / people, 1)))
        return worth

    def _level_worth(self, level: str, one: Iterable[str], other: Iterable[str], differs: float) -> float:
        if level == MISSING:
            return 0.0
        if level in (DIFFERS, MARRIED):
            return differs
        shared = set(one) & set(other)
        rarity = self._rarity(shared or {*one, *other}, min if shared else max)
        if level == SAME:
            return rarity
        rule = self.weights.name[level]
        return max(rarity - float(rule["off"]), float(rule["least"]))

    def _rarity(self, parts: Iterable[str], pick: Callable[[Iterable[int]], int]) -> float:
        name = self.weights.name
        rows = pick([self._parts[part] for part in parts] or [0])
        share = (rows + float(name["added"])) / (self._rows + float(name["spread"]))
        return min(-math.log2(min(share, 1.0)), float(name["ceiling"]))

    def _coded_worth(self, one: Prepared, other: Prepared, agreement: Agreement) -> float:
        same, differs = self.weights.same, self.weights.differs
        worth = 0.0
        if agreement.sex == SAME:
            worth += min(self._commonness(self._sexes[one.record.sex]), same["sex"])
        if agreement.citizenship == SAME:
            shared = one.record.citizenships & other.record.citizenships
            rows = min(self._citizenships[code] for code in shared)
            worth += min(self._commonness(rows), same["citizenship"])
        worth += differs["sex"] if agreement.sex == DIFFERS else 0.0
        worth += {DIFFERS: differs["citizenship"], CONFUSED: differs["citizenship_often_confused"]}.get(
            agreement.citizenship, 0.0
        )
        for level, name in ((agreement.region, "region"), (agreement.form, "form"), (agreement.scope, "scope")):
            worth += {SAME: same[name], DIFFERS: differs[name]}.get(level, 0.0)
        worth += {NEAR: same["seen_near"], FAR: differs["seen_far"]}.get(agreement.seen, 0.0)
        return worth

    def _commonness(self, rows: int) -> float:
        return -math.log2(max(rows, 1) / self._rows)


def _names_and_birth_agree(agreement: Agreement) -> bool:
    """Say whether names and birth agree, one of them for certain."""
    strong = agreement.birth in births.STRONG
    if agreement.given_names not in _SURE_NAMES or agreement.surname not in _SURE_NAMES:
        return False
    if agreement.given_names == SHORT or agreement.citizenship == CONFUSED:
        return strong
    exact = agreement.given_names == SAME and agreement.surname == SAME
    return strong or agreement.birth in births.FITS or (exact and agreement.birth in births.NEARLY)


def _people_by_full_name(records: Sequence[Prepared]) -> dict[str, int]:
    """Count the people under each full name: rows of one register are several, births that exclude each other too."""
    by_name: defaultdict[str, list[Prepared]] = defaultdict(list)
    for each in records:
        by_name[each.full_name].append(each)
    return {name: _people_among(rows) for name, rows in by_name.items() if len(rows) > 1}


def _people_among(rows: Sequence[Prepared]) -> int:
    apart: list[Prepared] = []
    for each in rows[:32]:
        excluded = [
            each.record.register == kept.record.register or compare_births(each.record, kept.record) in births.AGAINST
            for kept in apart
        ]
        if all(excluded):
            apart.append(each)
    return len(apart)
