"""What was begun before midnight and is written down after it: the day before is told with it, or not yet at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.clock import local_day, utc_now
from app.errors import Conflict
from app.models.agency import Agency
from app.security.actor import Actor
from app.services import counts, overdue_page, unit_of_work
from app.services.counts import CountRequest
from app.services.unit_of_work import Parts, Work
from app.services.viewing import view
from tests.factories import facts
from tests.factories.asked import MARCH, WAYS, Way
from tests.factories.placed import MovableClock
from tests.factories.world import KINDS, Template, World
from tests.support.client import Visitor

pytestmark = pytest.mark.race

SUPERVISOR, POLICE = "statistics.supervisor", "police.supervisor"
TOLD = "Something that was begun before the end of that day is still being written down. Ask again in a moment."


@dataclass(frozen=True)
class Midnight:
    """A country in which a day ends: tomorrow, for PostgreSQL says itself when a transaction began."""

    world: World
    clock: MovableClock
    day: date

    @property
    def asked(self) -> CountRequest:
        """March, as it was known at the end of the day."""
        return replace(MARCH, as_of=self.day)

    def told(self) -> int:
        """How many people the report of that day tells."""
        unit_of_work.bind(self.world.database)
        nation = counts.report(self.world.actor(SUPERVISOR), self.asked).nation
        assert nation is not None
        (figure,) = nation.figures
        assert figure is not None
        return figure

    @contextmanager
    def begun(self) -> Iterator[Work]:
        """An act of the evening, over which midnight passes before it is written down."""
        self.clock.at(self.day, 23)
        record_id = facts.record(self.world, "investigator", ())
        with self.world.database.write(self.world.actor("investigator")) as work:
            facts.write(work, record_id, "identified", facts.ON)
            work.audit("test:fact", None)
            self.passes()
            yield work

    def passes(self) -> None:
        """The day ends."""
        self.clock.at(self.day + timedelta(days=1), 0)


def _midnight(template: Template, make_world: Callable[..., World], **parts: bool) -> Midnight:
    day = local_day(utc_now()) + timedelta(days=1)
    clock = MovableClock(utc_now())
    clock.at(day, 12)
    world = make_world(template, Parts(clock=clock, **parts))  # type: ignore[arg-type]
    world.actor(SUPERVISOR)
    world.actor(POLICE)
    return Midnight(world, clock, day)


@pytest.fixture
def midnight(postgresql_template: Template, make_world: Callable[..., World]) -> Midnight:
    return _midnight(postgresql_template, make_world)


def _overdue(actor: Actor, asked: CountRequest) -> object:
    return view(actor, "caseload:listed", overdue_page.on_day, day=asked.as_of, after=None)


EVERY: dict[str, Way] = {**WAYS, "what was overdue": _overdue}


@pytest.mark.parametrize("way", EVERY)
def test_no_way_tells_of_a_day_while_an_act_of_it_is_written_down(midnight: Midnight, way: str) -> None:
    by = midnight.world.actor(POLICE)

    with midnight.begun() as work:
        with pytest.raises(Conflict) as refusal:
            EVERY[way](by, midnight.asked)
        work.commit()

    assert refusal.value.key == "day_not_settled"


def test_once_it_is_written_down_the_day_is_told_with_it(midnight: Midnight) -> None:
    with midnight.begun() as work:
        work.commit()

    assert midnight.told() == 1


def test_what_is_rolled_back_holds_nobody_up(midnight: Midnight) -> None:
    with midnight.begun():
        pass

    assert midnight.told() == 0


def test_an_act_begun_after_the_day_holds_nobody_up(midnight: Midnight) -> None:
    long_ago = replace(midnight.asked, as_of=local_day(utc_now()) - timedelta(days=1))

    with midnight.begun():
        found = counts.report(midnight.world.actor(SUPERVISOR), long_ago)

    assert found.nation is not None
    assert found.nation.figures == (0,)


def test_a_file_read_over_midnight_holds_nobody_up(midnight: Midnight) -> None:
    reader = midnight.world.actor(POLICE)
    database = midnight.world.database

    with database.read(reader) as slow, slow.as_system("statistics"):
        slow.session.execute(select(Agency.id))
        midnight.passes()
        found = midnight.told()

    assert found == 0


def test_what_was_to_read_and_writes_all_the_same_is_waited_for(midnight: Midnight) -> None:
    record_id = facts.record(midnight.world, "investigator", ())

    with midnight.world.database.read(midnight.world.actor("investigator")) as work:
        facts.write(work, record_id, "identified", facts.ON)
        midnight.passes()
        with pytest.raises(Conflict) as refusal:
            midnight.told()

    assert refusal.value.key == "day_not_settled"


def test_a_connection_that_only_read_is_waited_for_when_it_writes(midnight: Midnight) -> None:
    with midnight.world.database.read(midnight.world.actor("investigator")):
        pass

    with midnight.begun(), pytest.raises(Conflict):
        midnight.told()


@pytest.mark.parametrize("kind", KINDS)
def test_without_waiting_the_same_question_would_have_two_answers(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    template = request.getfixturevalue(f"{kind}_template")
    midnight = _midnight(template, make_world, early_acts_are_awaited=False)

    with midnight.begun() as work:
        before = midnight.told()
        work.commit()

    assert (before, midnight.told()) == (0, 1)


def test_sqlite_waits_for_the_act_and_tells_the_day_with_it(
    sqlite_template: Template, make_world: Callable[..., World]
) -> None:
    midnight = _midnight(sqlite_template, make_world)

    with ThreadPoolExecutor() as pool, midnight.begun() as work:
        told = pool.submit(midnight.told)
        early, _ = wait([told], timeout=0.5)
        work.commit()

    assert early == set()
    assert told.result() == 1


def test_the_page_says_so_and_a_signature_is_not_lost(midnight: Midnight) -> None:
    visitor = Visitor(midnight.world.app())
    midnight.clock.at(midnight.day + timedelta(days=1), 0)
    visitor.sign_in(SUPERVISOR)
    page = visitor.get("/counts/editions/new?month=3&year=2014&metrics=identified")
    day = midnight.day
    as_of = f"as_of-day={day.day}&as_of-month={day.month}&as_of-year={day.year}"

    with midnight.begun() as work:
        report = visitor.get(f"/counts?month=3&year=2014&{as_of}", status=409)
        refused = visitor.submit(page, "Sign and freeze", status=422, reason="For the yearly report.")
        work.commit()
    signed = visitor.submit(refused, "Sign and freeze", status=422)

    assert TOLD in report.text
    assert refused.errors == [TOLD]
    assert "For the yearly report." in dict(refused.form("Sign and freeze").as_it_stands()).values()
    assert "The numbers below are now those of this day" in signed.errors[0]
