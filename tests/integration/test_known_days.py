"""The work in numbers as of a past day: deadlines and nights as they were told on it, whatever became known since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from app.clock import COUNTRY_ZONE
from app.services import clock_acts, corrections, tallies
from app.services.tallies import WorkRequest
from app.services.unit_of_work import Parts, make_engine
from app.vocabulary.period import Period, month
from tests.factories.house_walk import FIRST_DAY, Walk
from tests.factories.placed import House, MovableClock, Places, day
from tests.factories.watched_walk import begin, go
from tests.factories.world import KINDS, World, made_world
from tests.integration.test_clock_acts import SUPERVISOR, WHY, clock_of, exemption, version, with_consent_due
from tests.integration.test_overdue_on_a_day import CONSENTS
from tests.security.relations import above

EVENINGS = range(3, 13)
MARCH = month(2014, 3)
Told = dict[str, int | None]
STEPS = 120


def _numbers(world: World, period: Period, *names: str, as_of: date | None = None) -> Told:
    found = tallies.report(world.actor("statistics.supervisor"), WorkRequest(period, as_of)).tallies
    return {one.tally: one.total for one in found if one.tally in names} | {
        f"{one.tally} {agency.name_en}": number
        for one in found
        if one.tally in names
        for agency, number in one.agencies
    }


def _deadlines(house: House, as_of: date | None = None) -> Told:
    return _numbers(house.world, MARCH, "clocks_kept", "clocks_missed", as_of=as_of)


def _stops(house: House, case_id: UUID, on: int) -> UUID:
    made = house.world.step("advocate", case_id, "advocacy", "record_consent", on=day(on), **CONSENTS)
    return UUID(made["event_id"])


def _pauses(house: House, case_id: UUID) -> None:
    clock_acts.pause(house.world.actor(SUPERVISOR), clock_of(house.world, case_id, "consent").id, WHY)


def _resumes(house: House, case_id: UUID) -> None:
    clock_acts.resume(house.world.actor(SUPERVISOR), clock_of(house.world, case_id, "consent").id)


def _exempts(house: House, case_id: UUID) -> None:
    clock = clock_of(house.world, case_id, "consent")
    clock_acts.exempt(house.world.actor(SUPERVISOR), clock.id, exemption(house.world, 8))


def _ends_exemption(house: House, case_id: UUID) -> None:
    clock_acts.end_exemption(house.world.actor(SUPERVISOR), clock_of(house.world, case_id, "consent").id)


class Consent:
    """A consent that is recorded late, as of an earlier day, and then put right or taken back."""

    def __init__(self, told: int) -> None:
        self.told, self.event_id = told, UUID(int=0)

    def recorded(self, house: House, case_id: UUID) -> None:
        """The step, told late."""
        self.event_id = _stops(house, case_id, self.told)

    def taken_back(self, house: House, case_id: UUID) -> None:
        """The clock runs on, as if it had never stopped."""
        actor = house.world.actor("advocate")
        corrections.take_back(actor, case_id, self.event_id, WHY, version(house.world, case_id))

    def redated(self, house: House, case_id: UUID) -> None:
        """It was on another day."""
        asked = (house.world.actor("advocate"), case_id, self.event_id, CONSENTS, day(3))
        corrections.correct(*asked, WHY, version(house.world, case_id))


Act = Callable[[House, UUID], None]


def _lives() -> dict[str, dict[int, Act]]:
    taken, redated = Consent(3), Consent(6)
    return {
        "stopped late": {8: Consent(3).recorded},
        "stood still and ran on": {3: _pauses, 9: _resumes},
        "was exempt for a while": {6: _exempts, 8: _ends_exemption},
        "was stopped by a step that was taken back": {6: taken.recorded, 9: taken.taken_back},
        "was stopped by a step whose day was put right": {6: redated.recorded, 9: redated.redated},
    }


@pytest.mark.parametrize("life", _lives())
def test_deadlines_of_past_evenings_are_told_as_they_were_told_on_them(house: House, life: str) -> None:
    case_id = with_consent_due(house)
    acts = _lives()[life]

    told = {number: _evening(house, number, acts, case_id) for number in EVENINGS}
    house.clock.at(day(20))

    assert {number: _deadlines(house, day(number)) for number in EVENINGS} == told
    assert len({str(one) for one in told.values()}) > 1


def _evening(house: House, number: int, acts: dict[int, Act], case_id: UUID) -> Told:
    house.clock.at(day(number), 12)
    acts.get(number, lambda *_: None)(house, case_id)
    house.clock.at(day(number), 23)
    return _deadlines(house)


def test_without_what_was_known_before_a_late_stop_would_change_the_past(house: House) -> None:
    case_id = with_consent_due(house)
    told = _evening(house, 7, {}, case_id)
    house.clock.at(day(8))
    _stops(house, case_id, 3)
    house.clock.at(day(20))

    with above(house.world).begin() as connection:
        connection.execute(text("DELETE FROM former_clock"))
        connection.execute(text("UPDATE case_clock SET known_since = started_at"))

    assert _deadlines(house, day(7)) != told


@pytest.fixture(params=KINDS)
def walk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Walk]:
    """A walk on a database of its own, in which nobody is forgotten."""
    clock = MovableClock(datetime(2014, 3, 3, 10, tzinfo=COUNTRY_ZONE))
    with made_world(request.getfixturevalue(f"{request.param}_template"), tmp_path, Parts(clock=clock)) as world:
        made = begin(House(world, clock, Places(world)), seed=4)
        made.forgets = False
        yield made


def _nights(walk: Walk, as_of: date | None = None) -> Told:
    until = as_of or walk.model.today
    return _numbers(walk.house.world, Period(FIRST_DAY, until + timedelta(1)), "bed_nights", as_of=as_of)


def test_nights_of_past_evenings_are_told_as_they_were_told_on_them(walk: Walk) -> None:
    told: dict[date, Told] = {}
    walk.evening = lambda: told.update({walk.model.today: _nights(walk)})
    owner = make_engine(walk.house.world.owner_url.replace("postgresql://", "postgresql+psycopg://"))

    go(walk, owner, STEPS, every=STEPS)
    walk.house.clock.at(walk.model.today + timedelta(3))

    assert walk.disagreements == []
    assert {evening: _nights(walk, evening) for evening in told} == told
    with above(walk.house.world).connect() as connection:
        changed = connection.execute(text("SELECT count(*) FROM former_stay WHERE left_on IS NULL")).scalar_one()
    assert (changed > 5, len(told) > 5) == (True, True)
    owner.dispose()


@pytest.mark.parametrize("walk", KINDS[:1], indirect=True)
def test_without_what_was_known_before_late_departures_would_change_the_past(walk: Walk) -> None:
    told: dict[date, Told] = {}
    walk.evening = lambda: told.update({walk.model.today: _nights(walk)})
    owner = make_engine(walk.house.world.owner_url.replace("postgresql://", "postgresql+psycopg://"))
    go(walk, owner, STEPS, every=STEPS)

    with above(walk.house.world).begin() as connection:
        connection.execute(text("DELETE FROM former_stay"))
        connection.execute(text("UPDATE stay SET known_since = recorded_at"))

    assert {evening: _nights(walk, evening) for evening in told} != told
    owner.dispose()
