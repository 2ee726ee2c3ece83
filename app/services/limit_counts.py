"""Movement limits counted by year: a house its own, the statistics every house's, the National Coordinator no few.

The National Coordinator sees the country as a whole and by kind, without days and without houses: what is under five is
withheld there, and something with it from which it could be worked out (decisions 3 and 36).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.queries import limit_counts as query
from app.queries.limit_counts import LimitCount
from app.security.actor import Actor
from app.security.suppression import Line, is_small, withhold
from app.services import unit_of_work
from app.services.unit_of_work import Work
from app.vocabulary.house import LIMIT_KIND, OWN_WORD
from app.vocabulary.role import Role

WORDS = OWN_WORD.keys()
ALL = "all"
Figure = int | None


@dataclass(frozen=True)
class Numbers:
    """A row: orders, what was said to them in the order of the list, days and lifted early where they are shown."""

    of: Any
    orders: Figure
    words: tuple[Figure, ...]
    days: Figure = None
    lifted: Figure = None

    @property
    def figures(self) -> list[Figure]:
        """All of it, in the order of the columns."""
        return [self.orders, *self.words, self.days, self.lifted]

    @property
    def coarse(self) -> list[Figure]:
        """Without what is shown to nobody outside."""
        return [self.orders, *self.words]


@dataclass(frozen=True)
class Counted:
    """A year: by house, by kind, and all; `is_whole` where no number is withheld."""

    year: int
    is_whole: bool
    houses: tuple[Numbers, ...]
    kinds: tuple[Numbers, ...]
    all: Numbers


def of_year(actor: Actor, year: int | None = None) -> Counted:
    """The orders that began in a year, the running one unless told otherwise."""
    with unit_of_work.read(actor) as work:
        counted_year = year or work.today.year
        found = _found(work, counted_year)
    if actor.has(Role.AGENCY_SUPERVISOR) or actor.has(Role.STATISTICS_SUPERVISOR):
        return _whole(counted_year, found)
    return _released(counted_year, found)


def _found(work: Work, year: int) -> list[LimitCount]:
    if work.actor.has(Role.AGENCY_SUPERVISOR):
        return query.of_year(work.session, work.actor, year, work.actor.agency_id)
    with work.as_system("statistics"):
        return query.of_year(work.session, work.actor, year)


def _whole(year: int, found: list[LimitCount]) -> Counted:
    names = {one.agency_id: one for one in found}
    houses = {key: [row for row in found if row.agency_id == key] for key in names}
    return Counted(
        year,
        is_whole=True,
        houses=tuple(_numbers(names[key], rows) for key, rows in houses.items()),
        kinds=tuple(_numbers(kind, rows) for kind, rows in _by_kind(found).items()),
        all=_numbers(ALL, found),
    )


def _by_kind(found: Sequence[LimitCount]) -> dict[str, list[LimitCount]]:
    """The kinds that occur, in the order of their list."""
    rows = {kind.code: [row for row in found if row.kind == kind.code] for kind in LIMIT_KIND}
    return {kind: of_kind for kind, of_kind in rows.items() if of_kind}


def _numbers(of: Any, rows: Sequence[LimitCount]) -> Numbers:
    words = tuple(sum(row.orders for row in rows if row.own_word == word) for word in WORDS)
    return Numbers(of, sum(words), words, sum(row.days for row in rows), sum(row.lifted for row in rows))


def _released(year: int, found: list[LimitCount]) -> Counted:
    kinds = _by_kind(found)
    rows = [_numbers(kind, of_kind) for kind, of_kind in kinds.items()]
    values = {(one.of, word): number for one in [*rows, _numbers(ALL, found)] for word, number in _cells(one)}
    across = [Line((row, ALL), tuple((row, word) for word in WORDS)) for row in (*kinds, ALL)]
    down = [Line((ALL, word), tuple((kind, word) for kind in kinds)) for word in (*WORDS, ALL)]
    withheld = withhold(values, [*across, *down], [cell for cell, number in values.items() if is_small(number)])
    hidden = withheld.cells if withheld.holds else frozenset(values)
    shown = [_shown(one, hidden) for one in [*rows, _numbers(ALL, found)]]
    return Counted(year, is_whole=False, houses=(), kinds=tuple(shown[:-1]), all=shown[-1])


def _cells(one: Numbers) -> list[tuple[str, int]]:
    return [(word, number or 0) for word, number in zip((*WORDS, ALL), (*one.words, one.orders), strict=True)]


def _shown(one: Numbers, hidden: frozenset[tuple[Any, str]]) -> Numbers:
    kept = {word: None if (one.of, word) in hidden else number for word, number in _cells(one)}
    return Numbers(one.of, kept[ALL], tuple(kept[word] for word in WORDS))
