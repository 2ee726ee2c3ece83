"""Tries to sign in, and sessions, are swept once they count for nothing, and no sooner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.demo import PASSWORD
from app.errors import Refusal
from app.models.agency import SignInAttempt, SignInSession
from app.security.actor import system_actor
from app.services import accounts, sessions, ticking, unit_of_work
from app.services.sign_in_tries import FREE_TRIES, KNOWN_FOR, Try
from app.services.unit_of_work import Parts
from tests.factories.world import Template, World
from tests.security.relations import above
from tests.support.factors import signed_in
from tests.support.served import MovableClock

HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"
NAME = "advocate"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(date(2026, 3, 2))


@pytest.fixture
def watched(make_world: Callable[..., World], sqlite_template: Template, clock: MovableClock) -> World:
    world = make_world(sqlite_template, Parts(clock=clock))
    unit_of_work.bind(world.database)
    return world


def _note(*networks: str, succeeded: bool) -> None:
    with unit_of_work.write(system_actor("sign_in")) as work:
        for network in networks:
            Try(work, NAME, network).note(succeeded=succeeded)
        work.commit_unaudited()


def _kept(world: World) -> list[bool]:
    with above(world).connect() as connection:
        return list(connection.execute(select(SignInAttempt.succeeded)).scalars())


def _answer(network: str) -> str:
    with pytest.raises(Refusal) as refused:
        accounts.sign_in(NAME, "not this one", network, None)
    return refused.value.key


def test_where_she_was_let_in_from_is_known_after_a_long_weekend(watched: World, clock: MovableClock) -> None:
    _note(HOME, succeeded=True)
    clock.leap += timedelta(days=4)
    ticking.tick()

    _note(*[ELSEWHERE] * (FREE_TRIES + 3), succeeded=False)

    assert (_answer(ELSEWHERE), _answer(HOME)) == ("sign_in_throttled", "sign_in_failed")


def test_a_try_that_failed_goes_after_a_day_and_a_place_that_is_known_after_a_month(
    watched: World, clock: MovableClock
) -> None:
    _note(HOME, succeeded=True)
    _note(ELSEWHERE, succeeded=False)
    clock.leap += timedelta(days=2)
    ticking.tick()
    after_days = _kept(watched)
    clock.leap += KNOWN_FOR
    ticking.tick()

    assert (after_days, _kept(watched)) == ([True], [])


def test_a_session_of_nobody_goes_after_an_hour_and_hers_stays_until_its_day_is_over(
    watched: World, clock: MovableClock
) -> None:
    sessions.keep_values(None, {"csrf_token": "of somebody who only looked"})
    signed_in(watched.database, NAME, PASSWORD)
    clock.leap += timedelta(hours=2)
    ticking.tick()
    after_hours = _members(watched)
    clock.leap += timedelta(hours=11)
    ticking.tick()

    assert (after_hours, _members(watched)) == ([watched.actor(NAME).member_id], [])


def _members(world: World) -> list[UUID | None]:
    with above(world).connect() as connection:
        return list(connection.execute(select(SignInSession.member_id)).scalars())
