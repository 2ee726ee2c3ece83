"""Rounds of a rush: twenty clerks at the same moment, and when all have ended it is counted who is where.

Some of them have a bed already and give it back in the midst, or are killed. Whoever is turned away waits, and tries
again when a bed may have become free; a round is over when nobody is left who could free one. Then each bed must be
somebody's, unless nobody waits any more.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Condition
from time import sleep
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import literal, select

from app.errors import Conflict, NotFound, Unavailable, Unmet
from app.security.actor import system_actor
from app.services import unit_of_work
from tests.races.rush import CLERKS, HOLD, NOW, STAY, House
from tests.races.victim import Victims

LINGER = 0.01  # seconds at most that one who gives a bed back, or is killed, stands in the way of the others
ADMITTED, BOOKED, WAITS, GAVE_BACK = "admitted", "booked", "waits", "gave back"
BY_STAY, BY_HOLD = "stay", "hold"


class Part(NamedTuple):
    """What one clerk does in a round, and for whom; `before` is done before the others come."""

    act: Callable[[Round, int, UUID, UUID], str]
    case_id: UUID
    bed: UUID
    before: Callable[[House, UUID, UUID], None] | None = None
    may_free: bool = False


@dataclass
class Tally:
    """What came of all rounds."""

    rounds: int = 0
    given: int = 0
    """Beds that somebody had, and was told of, when a round was over."""
    outcomes: Counter[str] = field(default_factory=Counter)
    shared: int = 0
    """Beds with two people in them, or kept for two: what the database forbids by itself."""
    promised: int = 0
    """Beds with somebody in them that are kept for another for the same night."""
    left_empty: int = 0
    """Beds that nobody had, of those whom their clerk told of one, although somebody waited."""
    unaccounted: int = 0
    """People whose place is not the one that their clerk was told of."""
    faults: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> tuple[int, int, int, int, list[str]]:
        """All that must be nothing."""
        return self.shared, self.promised, self.left_empty, self.unaccounted, self.faults


class Line:
    """Those who wait: the next is called when a bed may be free, and all once more when none can become so."""

    def __init__(self, may_free: int) -> None:
        self._condition = Condition()
        self._may_free, self.called = may_free, 0

    def call(self) -> None:
        """One fewer can free a bed from now on."""
        with self._condition:
            self._may_free -= 1
            self.called += 1
            self._condition.notify(1 if self._may_free else CLERKS)

    def wait(self, called: int) -> bool:
        """Wait to be called again; False where nobody will be."""
        with self._condition:
            self._condition.wait_for(lambda: self.called > called or not self._may_free, 60)
            return self.called > called


@dataclass
class Round:
    """One rush."""

    house: House
    victims: Victims
    beds: list[UUID]
    parts: list[Part]
    dice: list[random.Random]
    line: Line
    start: Barrier = field(default_factory=lambda: Barrier(CLERKS, timeout=60))
    faults: list[str] = field(default_factory=list)

    def play(self, number: int) -> str:
        """One clerk's part in it."""
        unit_of_work.bind(self.house.database)
        part = self.parts[number]
        try:
            return part.act(self, number, part.case_id, part.bed)
        except BaseException:
            self.start.abort()  # or the others would wait for her
            raise
        finally:
            if part.may_free:
                self.line.call()

    def linger(self, number: int) -> None:
        """Stand in the way for a moment."""
        sleep(self.dice[number].uniform(0, LINGER))

    def gives(self, act: Callable[[UUID], Any], number: int, bed: UUID) -> bool:
        """Try the bed that was seen free before it all began, then what is free now, whenever something may be."""
        self.start.wait()
        called = self.line.called
        if self.is_given(act, bed):
            return True
        while True:
            if any(self.is_given(act, one) for one in self._seen_free(number)):
                return True
            if not self.line.wait(called):
                return False
            called = self.line.called

    def is_given(self, act: Callable[[UUID], Any], bed: UUID) -> bool:
        """Whether an act was not refused for want of a bed."""
        try:
            act(bed)
        except (Unmet, Conflict):
            return False
        except (Unavailable, NotFound) as fault:
            self.faults.append(f"{type(fault).__name__}: {fault.__context__!r}")
            return False
        return True

    def _seen_free(self, number: int) -> list[UUID]:
        """The beds that the board shows as free at the moment that a clerk looks, in the order in which she tries."""
        stays = select(STAY.c.bed_id).where(STAY.c.left_on.is_(None))
        held = select(HOLD.c.bed_id).where(HOLD.c.state == "held", HOLD.c.expires_at > NOW)
        with self.house.database.read(system_actor("placement")) as work:
            taken = set(work.session.connection().execute(stays.union(held)).scalars())
        free = [bed for bed in self.beds if bed not in taken]
        return self.dice[number].sample(free, len(free))


Plan = Callable[[House, list[UUID], random.Random], list[Part]]


def play(
    house: House, victims: Victims, plan: Plan, number: int, until: Callable[[Tally], bool] = lambda _: False
) -> Tally:
    """Play rounds, each drawn by its number; at most until it is found."""
    tally = Tally()
    unit_of_work.bind(house.database)
    with ThreadPoolExecutor(CLERKS) as clerks:
        for seed in range(number):
            dice = random.Random(seed)  # noqa: S311 - the same rounds each time
            beds = dice.sample(house.beds, 1 + seed % len(house.beds))
            house.begin(beds)
            parts = plan(house, beds, dice)
            for part in parts:
                if part.before:
                    part.before(house, part.case_id, part.bed)
            own = [random.Random(f"{seed}.{clerk}") for clerk in range(CLERKS)]  # noqa: S311 - likewise
            this = Round(house, victims, beds, parts, own, Line(sum(part.may_free for part in parts)))
            _count(this, list(clerks.map(this.play, range(CLERKS))), tally)
            if until(tally):
                break
    return tally


def _count(this: Round, outcomes: list[str], tally: Tally) -> None:
    """Hold what the clerks were told against the rows."""
    stays = select(literal(BY_STAY).label("by"), STAY.c.bed_id, STAY.c.case_id).where(STAY.c.left_on.is_(None))
    holds = select(literal(BY_HOLD), HOLD.c.bed_id, HOLD.c.case_id).where(HOLD.c.state == "held")
    with this.house.owner.connect() as connection:
        rows = connection.execute(stays.union_all(holds)).all()
    told = {ADMITTED: BY_STAY, BOOKED: BY_HOLD}
    ends = zip(this.parts, outcomes, strict=True)
    expected = {(told[outcome], part.case_id) for part, outcome in ends if outcome in told}
    had = {row.bed_id for row in rows if (row.by, row.case_id) in expected}
    each_way = Counter((row.bed_id, row.by) for row in rows)
    tally.rounds += 1
    tally.given += len(had)
    tally.outcomes.update(outcomes)
    tally.shared += sum(people > 1 for people in each_way.values())
    tally.promised += len(each_way) - len({row.bed_id for row in rows})
    tally.left_empty += len(set(this.beds) - had) if WAITS in outcomes else 0
    tally.unaccounted += len(expected ^ {(row.by, row.case_id) for row in rows})
    tally.faults += this.faults
