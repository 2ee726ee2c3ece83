"""Two thousand steps at random of people and beds, beside a model that knows only sets of nights.

In the suite on SQLite and a part of them on PostgreSQL, in the long form all on both.

Never two in one bed, never one in two, and no night counted twice or lost. Planted faults are found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.clock import COUNTRY_ZONE
from app.models.placement import Stay
from app.security.actor import system_actor
from app.services.unit_of_work import Parts, make_engine
from app.vocabulary.period import Period
from tests.factories.house_walk import Walk
from tests.factories.placed import House, MovableClock, Places
from tests.factories.planted_faults import FAULTS
from tests.factories.watched_walk import begin, count, go
from tests.factories.world import KINDS, Template, World, made_world
from tests.support.promises import scaled

pytestmark = pytest.mark.slow
STEPS, PART = 2000, 400
TAKEN = {
    *("propose", "offer", "accept", "decline", "withdraw", "not arrived", "admit", "emergency bed", "extend"),
    *("leave", "move", "swap", "plan transfer (planned)", "plan transfer (emergency)", "transfer", "stay on"),
    *("void", "back in use", "days pass", "close", "erase"),
    *("house suspended", "house closed", "house opened"),
}
REFUSED = {"accept", "admit", "emergency bed", "move", "transfer", "void"}
Start = Callable[[], tuple[Walk, Engine]]


@pytest.fixture(params=KINDS)
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Begin a walk on a database of its own; gives it with a connection above all rules."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with ExitStack() as stack:

        def made() -> tuple[Walk, Engine]:
            clock = MovableClock(datetime(2014, 3, 3, 10, tzinfo=COUNTRY_ZONE))
            world = stack.enter_context(made_world(template, tmp_path, Parts(clock=clock)))
            owner = make_engine(world.owner_url.replace("postgresql://", "postgresql+psycopg://"))
            stack.callback(owner.dispose)
            return begin(House(world, clock, Places(world)), seed=4), owner

        yield made


@pytest.mark.long
@pytest.mark.parametrize("start", KINDS[: scaled(1, 2)], indirect=True)
def test_beds_and_nights_are_the_models_for_two_thousand_steps(
    start: Start, record_property: Callable[[str, object], None]
) -> None:
    walk = go(*start(), STEPS)
    record_property("taken", dict(walk.taken))
    record_property("refused", dict(walk.refused))

    assert walk.disagreements == []
    assert walk.steps >= STEPS
    assert set(walk.taken) == TAKEN
    assert set(walk.refused) >= REFUSED
    assert min(walk.taken.values()) >= 5
    assert min(walk.refused[kind] for kind in REFUSED) >= 5
    assert sum(map(len, walk.model.slept.values())) > STEPS
    assert walk.model.nights_of_two_records > 0


@pytest.mark.parametrize("start", ["postgresql"], indirect=True)
def test_beds_and_nights_are_the_models_on_postgresql_for_a_part_of_them(start: Start) -> None:
    walk = go(*start(), PART)

    assert walk.disagreements == []
    assert (walk.steps, sum(map(len, walk.model.slept.values())) > PART // 4) == (PART, True)


# That the model finds faults has nothing to do with the database: it is shown on the quicker one.
@pytest.mark.parametrize("start", KINDS[:1], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_within_two_thousand_steps(start: Start, fault: str) -> None:
    walk, owner = start()
    FAULTS[fault].plant(owner)

    assert go(walk, owner, STEPS, every=20).disagreements


@pytest.mark.parametrize("start", KINDS[:1], indirect=True)
def test_nights_counted_to_the_day_of_leaving_are_found(start: Start) -> None:
    walk = go(*start(), STEPS, every=20, counted_by=_with_the_day_of_leaving)

    assert walk.disagreements


def _with_the_day_of_leaving(world: World, period: Period, today: date) -> dict[Any, Any]:
    """As if a stay had the night after the day on which she left as well."""
    ended = select(Stay.left_on).where(Stay.left_on > Stay.arrived_on, Stay.left_on < today)
    with world.database.read(system_actor("statistics")) as work:
        too_much = Counter(work.session.execute(ended).scalars())
    counted = count(world, period, today)
    return {**counted, "everywhere": Counter(counted["everywhere"]) + too_much}
