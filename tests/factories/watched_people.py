"""Holds walks of facts and links against their model: numbers of now, each agency's own, and reports of past days."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from app.clock import COUNTRY_ZONE
from app.queries import counts
from app.queries.count_facts import Asked
from app.services.unit_of_work import Parts
from app.vocabulary.period import Period, end_of_day, month, year
from tests.factories.people_walk import POLICE, PeopleWalk
from tests.factories.placed import MovableClock
from tests.factories.world import Template, World, made_world
from tests.support.people_model import Numbers

STARTS = datetime(2014, 3, 3, 10, tzinfo=COUNTRY_ZONE)
PERIODS = (month(2014, 1), month(2014, 2), month(2014, 3), year(2014), Period(date(2013, 4, 1), date(2014, 4, 1)))
READER = "statistics.supervisor"
SUPERVISORS = {POLICE: "police.supervisor", "advocacy_prishtine": "advocacy.supervisor"}
OF_A_WORLD = 20
"""How many sequences one country goes through before it is left for a fresh one."""

Count = Callable[[World, str, Asked], Mapping[counts.Place, int]]


@dataclass
class Walked:
    """What sequences came to: what was counted after each, and where application and model disagree."""

    sequences: int = 0
    numbers: list[list[tuple[str, int]]] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    most_kept: int = 0
    linked_most: int = 0
    with_rows: int = 0


@dataclass(frozen=True)
class _Report:
    """What a report of a day said, and how many cases had been erased by then."""

    period: Period
    numbers: Numbers
    erased: int


def walk(template: Template, folder: Path, seeds: range, count: Count | None = None) -> Walked:
    """So many sequences, each of a handful of acts, by their seeds; a fresh country now and then."""
    walked = Walked()
    for first in seeds[::OF_A_WORLD]:
        with ExitStack() as stack:
            clock = MovableClock(STARTS)
            (folder / str(first)).mkdir()
            world = stack.enter_context(made_world(template, folder / str(first), Parts(clock=clock)))
            _walk(world, clock, range(first, min(first + OF_A_WORLD, seeds.stop)), count or counted, walked)
        if walked.disagreements:
            break
    return walked


def _walk(world: World, clock: MovableClock, seeds: range, count: Count, walked: Walked) -> None:
    going = PeopleWalk(world, clock, Random())  # noqa: S311 - the same walk each time
    names = {str(agency): key for key, agency in world.agencies.items()}
    going.model.agency_rank = {key: agency.hex for key, agency in world.agencies.items()}
    reports: dict[date, _Report] = {}
    for seed in seeds:
        going.dice.seed(seed)
        with _ids_of(seed):
            for _ in range(going.dice.randint(2, 4)):
                going.step()
        watch = _Watch(going, count, names, f"seed {seed}")
        reports[going.today] = watch.look_at_now()
        watch.look_back(reports)
        walked.sequences += 1
        walked.numbers.append(sorted((" ".join(key), number) for key, number in reports[going.today].numbers.items()))
        walked.disagreements += watch.disagreements
        walked.with_rows += watch.with_rows
        walked.linked_most = max(walked.linked_most, len(going.model.sure | going.model.confirmed))
        walked.most_kept = max(walked.most_kept, len(going.model.kept))
        clock.at(going.today + timedelta(days=1))
    for name, number in going.taken.items():
        walked.taken[name] = walked.taken.get(name, 0) + number


@contextmanager
def _ids_of(seed: int) -> Iterator[None]:
    """Records get the same ids on both databases: where two pairs speak for a link alike, their ids decide."""
    source = SimpleNamespace(urandom=Random(seed).randbytes)  # noqa: S311 - the same ids each time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uuid, "os", source)
        yield


@dataclass
class _Watch:
    """One look at the numbers."""

    walk: PeopleWalk
    count: Count
    names: Mapping[str, str]
    at: str
    disagreements: list[str] = field(default_factory=list)
    with_rows: int = 0

    def look_at_now(self) -> _Report:
        """The numbers of now and an agency's own, of one period; gives what a report of today will be."""
        period, model = self.walk.dice.choice(PERIODS), self.walk.model
        expected = model.numbers(period.start, period.end)
        found = self._counted(READER, Asked(period))
        self._hold("now", found, expected)
        for key, number in expected.items():
            if key[0] == "total" and model.union_of_members(key[1], period.start, period.end) != number:
                self.disagreements.append(f"{self.at}: {key} is not the size of the union of its members")
        agency = self.walk.dice.choice(list(SUPERVISORS))
        own = model.own_numbers(agency, period.start, period.end)
        self._hold(f"own of {agency}", self._counted(SUPERVISORS[agency], Asked(period)), own)
        return _Report(period, expected, self.walk.taken["erase"])

    def look_back(self, reports: Mapping[date, _Report]) -> None:
        """Reports of two days, today's perhaps among them: each says what it said then, row by row.

        Once somebody has been erased, which of her facts in a month was the first is not known any more: then the rows
        of breakdowns are left out.
        """
        for day in self.walk.dice.sample(sorted(reports), min(2, len(reports))):
            then = reports[day]
            found = self._counted(READER, Asked(then.period, as_of=end_of_day(day)))
            has_rows = then.erased == self.walk.taken["erase"]
            self.with_rows += has_rows
            told = [found, then.numbers] if has_rows else [_without_rows(found), _without_rows(then.numbers)]
            self._hold(f"as of {day}", *told)

    def _counted(self, reader: str, asked: Asked) -> Numbers:
        found = self.count(self.walk.world, reader, asked)
        return {self._key(place): number for place, number in found.items()}

    def _key(self, place: counts.Place) -> tuple[str, ...]:
        value = self.names.get(place.value, place.value)
        return tuple(part for part in (place.dimension, place.metric, value) if part)

    def _hold(self, what: str, found: Numbers, expected: Numbers) -> None:
        if found != expected:
            wrong = {key: (found.get(key), expected.get(key)) for key in {*found, *expected}}
            told = {key: both for key, both in wrong.items() if both[0] != both[1]}
            self.disagreements.append(f"{self.at}: {what}: counted and expected {told}")


def _without_rows(numbers: Numbers) -> Numbers:
    """Without breakdowns."""
    return {key: number for key, number in numbers.items() if key[0] != "citizenship"}


def counted(world: World, reader: str, asked: Asked) -> Mapping[counts.Place, int]:
    """What the application counts."""
    actor = world.actor(reader)
    with world.database.read(actor) as work:
        return counts.cells(work.session, actor, asked, ("citizenship",))
