"""Guessing passwords costs days, tells nothing of who is known here, and keeps nobody out for good."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from app.demo import PASSWORD
from app.errors import Refusal
from app.models.agency import Member, SignInAttempt
from app.services import accounts, unit_of_work
from app.services.sign_in_tries import EVERYWHERE, FREE_TRIES, LONGEST_WAIT, wait_after
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, World
from tests.security.crossing import token_of
from tests.security.relations import above
from tests.support.factors import signed_in
from tests.support.promises import scaled, tell
from tests.support.served import MovableClock

A_DAY = date(2026, 3, 2)
DATABASE = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
NAMES = {"known": "advocate", "unknown": "nobody.by.this.name", "let go": "investigator"}
CHANGING = re.compile(r'value="[^"]*"|session=[^;]*')
OWN = ("Content-Length", "X-Request-Id")
"""Headers that are another for each answer: a length with a token of its own in it, and a random number."""
WRONG = "not this one"
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"
STEP = timedelta(seconds=30)


class Guesser:
    """Somebody who tries passwords at one database, whose time the test moves."""

    def __init__(self, world: World, clock: MovableClock) -> None:
        self.world, self.clock = world, clock

    def tries(self, name: str = "advocate", password: str = WRONG, network: str = ELSEWHERE) -> str:
        """Try once; gives what came of it."""
        unit_of_work.bind(self.world.database)
        try:
            accounts.sign_in(name, password, network, None)
        except Refusal as refusal:
            return refusal.key
        return "in"

    def guesses_on(self, number: int) -> timedelta:
        """Guess so often as fast as it goes; gives how long it took by the clock."""
        began = self.clock()
        made = 0
        while made < number:
            made += self.tries(network=f"203.0.113.{made % 250}") == "sign_in_failed"
            self.clock.leap += STEP * self.world.database.parts.tries_are_held_up
        return self.clock() - began

    def takes(self, name: str) -> float:
        """How long one try takes."""
        began = time.perf_counter()
        self.tries(name)
        return time.perf_counter() - began


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make_guesser(request: pytest.FixtureRequest, kind: str, make_world: Callable[..., World]) -> Callable[..., Guesser]:
    template = request.getfixturevalue(f"{kind}_template")

    def make(**parts: Any) -> Guesser:
        clock = MovableClock(A_DAY)
        return Guesser(make_world(template, Parts(clock=clock, **parts)), clock)

    return make


def test_each_failure_doubles_the_wait_and_none_is_longer_than_a_quarter_of_an_hour() -> None:
    waits = [wait_after(failures).total_seconds() for failures in range(13)]

    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert wait_after(100_000) == LONGEST_WAIT


@pytest.mark.promise("T7.1")
def test_so_many_guesses_cost_days(make_guesser: Callable[..., Guesser], kind: str) -> None:
    number = scaled(16, 1000)

    took = make_guesser().guesses_on(number)

    assert took >= (number - FREE_TRIES - 6) * LONGEST_WAIT * 0.99
    tell("T7.1", DATABASE[kind], f"{number} guesses of one password took {took.total_seconds() / 3600:.0f} hours")


@pytest.mark.promise("T7.1")
def test_without_the_throttle_so_many_guesses_cost_nothing(make_guesser: Callable[..., Guesser]) -> None:
    guesser = make_guesser(tries_are_held_up=False)

    assert guesser.guesses_on(16) < timedelta(minutes=5)
    assert guesser.tries(password=PASSWORD) == "in"


def _answers(guesser: Guesser, name: str, number: int) -> list[tuple[int, str, list[tuple[str, str]]]]:
    client = guesser.world.app().test_client()
    return [_answer(client, name) for _ in range(number)]


def _answer(client: Any, name: str) -> tuple[int, str, list[tuple[str, str]]]:
    form = {"csrf_token": token_of(client.get("/sign-in")), "sign_in": name, "password": "wrong"}
    answer = client.post("/sign-in", data=form)
    headers = sorted((key, CHANGING.sub("", value)) for key, value in answer.headers if key not in OWN)
    return answer.status_code, CHANGING.sub("", answer.get_data(as_text=True)), headers


@pytest.mark.promise("T7.1")
def test_known_unknown_and_dismissed_names_are_answered_alike_before_and_after_they_wait(
    make_guesser: Callable[..., Guesser], kind: str
) -> None:
    guesser = make_guesser()
    with above(guesser.world).begin() as connection:
        connection.execute(update(Member).where(Member.sign_in == NAMES["let go"]).values(is_active=False))

    answers = {which: _answers(guesser, name, FREE_TRIES + 2) for which, name in NAMES.items()}

    assert answers["known"] == answers["unknown"] == answers["let go"]
    assert answers["known"][0] != answers["known"][-1]
    tell("T7.1", DATABASE[kind], f"{3 * (FREE_TRIES + 2)} answers of three kinds of names, 0 told apart")


def _medians(guesser: Guesser, number: int) -> tuple[float, float]:
    pairs = [(guesser.takes(NAMES["known"]), guesser.takes(f"{NAMES['unknown']}{one}")) for one in range(number)]
    return statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs)


@pytest.mark.promise("T7.1")
def test_a_known_and_an_unknown_name_take_the_same_time(make_guesser: Callable[..., Guesser], kind: str) -> None:
    number = scaled(9, 500)

    known, unknown = _medians(make_guesser(tries_are_held_up=False), number)

    assert 0.5 < known / unknown < 2
    tell(
        "T7.1", DATABASE[kind], f"medians of {number} tries: known {known * 1000:.0f} ms, unknown {unknown * 1000:.0f}"
    )


@pytest.mark.promise("T7.1")
def test_where_an_unknown_name_costs_no_time_it_is_told_apart(make_guesser: Callable[..., Guesser]) -> None:
    guesser = make_guesser(tries_are_held_up=False, unknown_names_cost_time=False)

    known, unknown = _medians(guesser, 9)

    assert known / unknown > 2


def test_who_was_let_in_from_home_before_is_not_kept_out_by_what_others_try_elsewhere(
    make_guesser: Callable[..., Guesser],
) -> None:
    guesser = make_guesser()
    signed_in(guesser.world.database, "advocate", PASSWORD, HOME)
    guesser.guesses_on(FREE_TRIES + 3)

    held = guesser.tries(password=PASSWORD)

    assert held == "sign_in_throttled"
    assert guesser.tries(password=PASSWORD, network=HOME) == "in"


def test_nobody_is_kept_out_for_longer_than_a_quarter_of_an_hour_after_the_last_try(
    make_guesser: Callable[..., Guesser],
) -> None:
    guesser = make_guesser()
    guesser.guesses_on(FREE_TRIES + 8)

    guesser.clock.leap += LONGEST_WAIT

    assert guesser.tries(password=PASSWORD) == "in"


def test_where_all_the_world_tries_only_known_places_get_in(make_guesser: Callable[..., Guesser]) -> None:
    guesser = make_guesser()
    signed_in(guesser.world.database, "advocate", PASSWORD, HOME)
    with above(guesser.world).begin() as connection:
        connection.execute(insert(SignInAttempt), [_failure(number, guesser.clock()) for number in range(EVERYWHERE)])

    new_place = guesser.tries(password=PASSWORD)

    assert (new_place, guesser.tries(password=PASSWORD, network=HOME)) == ("sign_in_throttled", "in")


def _failure(number: int, at: datetime) -> dict[str, Any]:
    digests = {"name_digest": f"{number:016x}", "network_digest": f"{number:016x}"}
    return {**digests, "at": at.astimezone(UTC), "succeeded": False}


def test_where_tries_cannot_be_counted_a_plain_page_says_so_and_nobody_gets_in(world: World) -> None:
    client = world.app().test_client()
    with above(world).begin() as connection:
        connection.execute(text(f"ALTER TABLE {SignInAttempt.__tablename__} RENAME TO elsewhere"))

    status, page, _ = _answer(client, "advocate")

    assert (status, "not available" in page) == (503, True)
