"""An independent model of facts, links and erasures, and of what is counted of them: lists and sets, and no database.

What was told is a list of signed rows, links are pairs of records, a person is what the pairs hold together. It shares
no line with the application, so that a fault in either shows as a disagreement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

Pair = tuple[int, int]
Numbers = dict[tuple[str, ...], int]


@dataclass(frozen=True)
class Told:
    """A row that was written of a record: what happened to her, when, who says so and when it was written."""

    record: int
    agency: str
    metric: str
    day: date
    citizenship: str
    written: int
    weight: int = 1

    @property
    def fact(self) -> tuple[Any, ...]:
        """What it says, whenever it was written."""
        return self.record, self.agency, self.metric, self.day, self.citizenship


@dataclass
class People:
    """All that was told, and which records are one person."""

    told: list[Told] = field(default_factory=list)
    confirmed: set[Pair] = field(default_factory=set)
    """The pairs that a reviewer said are one person; where she said no to others since, some of them may not stand."""
    sure: set[Pair] = field(default_factory=set)
    """All other pairs that stand now."""
    kept: set[Pair] = field(default_factory=set)
    """The pairs that stood when one of the two was erased."""
    apart: set[Pair] = field(default_factory=set)
    """The pairs that a reviewer keeps apart."""
    rank: dict[int, str] = field(default_factory=dict)
    """In which order the application's own ids of records come: it breaks ties, as it does there."""
    agency_rank: dict[str, str] = field(default_factory=dict)
    moment: int = 0

    # --- what happens ---

    def tell(self, record: int, agency: str, metric: str, day: date, citizenship: str) -> None:
        """Something happened to her."""
        self.told.append(Told(record, agency, metric, day, citizenship, self.moment))

    def take_out(self, record: int, metric: str, day: date) -> None:
        """It did not happen: one such fact of hers is written again with the other sign."""
        found = next(one for one in self._standing() if one.fact[:1] + one.fact[2:4] == (record, metric, day))
        self.told.append(replace(found, written=self.moment, weight=-1))

    def restate(self, record: int, change: Callable[[Told], Told]) -> None:
        """All that stands of a record is said otherwise."""
        for one in [one for one in self._standing() if one.record == record]:
            self.told.append(replace(one, written=self.moment, weight=-1))
            self.told.append(replace(change(one), written=self.moment))

    def erase(self, record: int) -> None:
        """No day of hers is known any more but by the month, and her links stand without their reasons."""
        self.told = [replace(one, day=one.day.replace(day=1)) if one.record == record else one for one in self.told]
        self.kept |= {pair for pair in self.confirmed | self.sure if record in pair}
        self.apart = {pair for pair in self.apart if record not in pair}

    # --- what is counted ---

    def _standing(self) -> list[Told]:
        """What was told and not taken back: each as it was written first."""
        weights: Counter[tuple[Any, ...]] = Counter()
        first: dict[tuple[Any, ...], Told] = {}
        for one in self.told:
            weights[one.fact] += one.weight
            kept = first.setdefault(one.fact, one)
            first[one.fact] = one if one.written < kept.written else kept
        return [replace(first[fact], weight=1) for fact, weight in weights.items() for _ in range(max(weight, 0))]

    def person_of(self) -> dict[int, frozenset[int]]:
        """Of each record the records that are one person with it."""
        of = {one.record: frozenset({one.record}) for one in self.told}
        self._join_unless_apart(of, self.confirmed)
        for one, other in self.sure:
            _join(of, one, other)
        self._join_unless_apart(of, self.kept)
        return of

    def _join_unless_apart(self, of: dict[int, frozenset[int]], pairs: set[Pair]) -> None:
        """A no stands against any yes; of several, the first stands."""
        for one, other in sorted(pairs, key=lambda pair: sorted(self.rank[each] for each in pair)):
            both = of[one] | of[other]
            if not any(set(answer) <= both and of[answer[0]] != of[answer[1]] for answer in self.apart):
                _join(of, one, other)

    def numbers(self, start: date, end: date) -> Numbers:
        """The nation's: people by count, by agency under a count, over all, and by citizenship under a count."""
        of = self.person_of()
        return self._numbers(start, end, lambda one: of[one.record], lambda one: True)

    def own_numbers(self, agency: str, start: date, end: date) -> Numbers:
        """An agency's own: its records, whoever they are."""
        return self._numbers(start, end, lambda one: one.record, lambda one: one.agency == agency)

    def _numbers(self, start: date, end: date, who: Callable[[Told], Any], counts: Callable[[Told], bool]) -> Numbers:
        found: dict[tuple[str, ...], set[Any]] = defaultdict(set)
        first: dict[tuple[str, Any], Told] = {}
        for one in sorted(filter(counts, self._standing()), key=self._order):
            if start <= one.day < end:
                person = who(one)
                found["total", one.metric].add(person)
                found["agency", one.metric, one.agency].add(person)
                found[("people",)].add(person)
                first.setdefault((one.metric, person), one)
        numbers = {key: len(people) for key, people in found.items()}
        rows = Counter(("citizenship", metric, one.citizenship) for (metric, _), one in first.items())
        return numbers | dict(rows)

    def _order(self, one: Told) -> tuple[Any, ...]:
        return one.day, one.written, self.agency_rank[one.agency], self.rank[one.record]

    def union_of_members(self, metric: str, start: date, end: date) -> int:
        """How many people stand behind a count, found from its members: no two of them are one person."""
        of = self.person_of()
        members = {of[one.record] for one in self._standing() if one.metric == metric and start <= one.day < end}
        return len(_disjoint(members))


def _join(of: dict[int, frozenset[int]], one: int, other: int) -> None:
    both = of[one] | of[other]
    of.update(dict.fromkeys(both, both))


def _disjoint(groups: Iterable[frozenset[int]]) -> list[set[int]]:
    found: list[set[int]] = []
    for group in groups:
        meeting = [one for one in found if one & group]
        found = [one for one in found if one not in meeting] + [set(group).union(*meeting)]
    return found
