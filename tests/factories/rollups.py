"""Facts, corrections and links at random, and the numbers of every unit by roll-ups beside those counted from facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from app.queries import count_rollups, counts
from app.queries.count_facts import Asked, Grain
from app.security.actor import Actor, system_actor
from app.services import counting
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period, month, year
from tests.factories import facts
from tests.factories.world import World

BY = ("investigator", "advocate", "advocate.prizren")
METRICS = ("identified", "assisted", "sheltered")
SAID: dict[str, tuple[object, ...]] = {
    "sex": ("F", "M"),
    "age_band": ("9-17", "24-26", "unknown"),
    "is_child": (True, False),
    "citizenship": ("XK", "AL", "MD"),
    "community": ("kosovo_albanian", "not_asked"),
    "region": ("prishtine", "peje"),
    "means_of_control": ("unknown", "debt_bondage", "debt_bondage;threats"),
}
FIRST, DAYS = date(2013, 12, 1), 200
UNITS = (
    *((month(2013, 12), Grain.WHOLE), (month(2014, 3), Grain.WHOLE), (year(2014), Grain.WHOLE)),
    *((year(2014), Grain.MONTH), (year(2014), Grain.YEAR), (Period(date(2013, 12, 1), date(2014, 7, 1)), Grain.MONTH)),
    *((Period(date(2013, 4, 1), date(2014, 4, 1)), Grain.WHOLE), (year(2013), Grain.YEAR)),
)


@dataclass
class Register:
    """What has been written so far."""

    world: World
    dice: Random
    records: list[tuple[UUID, str, str]] = field(default_factory=list)
    """Each record with whose it is and the count of its latest fact."""

    def go(self, acts: int) -> None:
        """So many acts."""
        for _ in range(acts):
            self.act()

    def act(self) -> None:
        """A record with facts, one taken back, a link made or undone; now and then what changed is folded up."""
        kind = self.dice.choices(("record", "taken back", "linked", "apart", "folded"), (6, 2, 4, 2, 1))[0]
        if kind == "folded":
            counting.fold_up()
        elif kind == "record" or len(self.records) < 3:
            self._record()
        elif kind == "taken back":
            record_id, by, metric = self.dice.choice(self.records)
            facts.take_back(self.world, by, record_id, metric)
        elif kind == "linked":
            facts.one_person(self.world, *self._some(self.dice.choice((2, 2, 3))))
        else:
            facts.apart(self.world, *self._some(1))

    def _record(self) -> None:
        by, metrics = self.dice.choice(BY), self.dice.sample(METRICS, self.dice.randint(1, 3))
        days = {metric: FIRST + timedelta(days=self.dice.randrange(DAYS)) for metric in metrics}
        said = {name: self.dice.choice(values) for name, values in SAID.items()}
        self.records.append((facts.record(self.world, by, days, **said), by, metrics[0]))

    def _some(self, number: int) -> list[UUID]:
        return [record_id for record_id, _, _ in self.dice.sample(self.records, min(number, len(self.records)))]


def readers_of(world: World) -> list[Actor]:
    """Who reads numbers: the nation's, the statistics of the system, and agencies' own."""
    signed_in = ("statistics.supervisor", "police.supervisor", "advocacy.supervisor")
    return [*(world.actor(name) for name in signed_in), system_actor("statistics")]


def differences(world: World, dice: Random) -> list[str]:
    """Where the roll-ups say something else than the facts, over every unit and reader."""
    return [told for actor in readers_of(world) for told in _of_reader(world, actor, dice)]


def _of_reader(world: World, actor: Actor, dice: Random) -> Iterator[str]:
    with world.database.read(actor) as work:
        for period, grain in UNITS:
            metrics = tuple(dice.sample(METRIC.keys(), 6)) if dice.random() < 0.5 else METRIC.keys()
            asked, grains = Asked(period, metrics), (grain,)
            assert count_rollups.can_tell(work.session, actor, asked, grains)
            every = BREAKDOWN.keys()
            found = counts.cells(work.session, actor, asked, every, grains)
            expected = counts.from_facts(work.session, actor, asked, every, grains)
            yield from _told(f"{actor.name} {period} {grain}", dict(found), dict(expected))
        for asked in (Asked(period) for period, grain in UNITS if grain is Grain.WHOLE):
            lists = counts.overlaps(work.session, actor, asked)
            counted = counts.overlaps_from_facts(work.session, actor, asked)
            yield from () if lists == counted else [f"{actor.name} {asked.period}: {lists} for {counted}"]


def _told(where: str, found: dict[counts.Place, int], expected: dict[counts.Place, int]) -> Iterator[str]:
    for place in sorted({*found, *expected}):
        if found.get(place, 0) != expected.get(place, 0):
            yield f"{where}: {place} is {found.get(place, 0)} and not {expected.get(place, 0)}"
