"""One answer of a passkey brought eight times at once, and two browsers that take one of two passkeys away each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest

from app.services import factors, passkeys, unit_of_work
from app.services.passkeys import Signed
from app.services.unit_of_work import Parts
from tests.factories.passkeys import ADMIN, HERE, OURS, WHO, Desk, tried
from tests.factories.world import KINDS, Template, World
from tests.support.authenticator import Device
from tests.support.served import MovableClock

pytestmark = pytest.mark.race

EIGHT, ROUNDS = 8, 12


def _desk(template: Template, make_world: Callable[..., World], name: str, **off: bool) -> Desk:
    clock = MovableClock(date(2026, 3, 2))
    return Desk(make_world(template, Parts(clock=clock, tries_are_held_up=False, **off)), clock, name)


def _at_once(desk: Desk, acts: list[Callable[[], object]]) -> list[str]:
    """What becomes of acts that begin at the same moment."""
    start = Barrier(len(acts), timeout=60)

    def one(act: Callable[[], object]) -> str:
        unit_of_work.bind(desk.world.database)
        start.wait()
        return tried(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def _brought(desk: Desk) -> Counter[str]:
    """One answer of a device that does not count, brought eight times at once."""
    desk.add(shared := Device(OURS.address, counts=False))
    token, actor = desk.enter(shared), desk.actor
    told = Signed(shared.sign(desk.asked(token)), OURS)
    return Counter(_at_once(desk, [lambda: factors.step_up(actor, token, told, HERE)] * EIGHT))


@pytest.mark.parametrize("kind", KINDS)
def test_of_eight_who_bring_one_answer_one_is_let_in(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    desk = _desk(request.getfixturevalue(f"{kind}_template"), make_world, WHO)

    assert _brought(desk) == {"taken": 1, "passkey_refused": EIGHT - 1}


@pytest.mark.parametrize("kind", KINDS)
def test_without_spending_it_all_eight_are_let_in(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    desk = _desk(request.getfixturevalue(f"{kind}_template"), make_world, WHO, codes_are_spent=False)

    assert _brought(desk) == {"taken": EIGHT}


def _left(desk: Desk) -> list[int]:
    """How many passkeys are left after each round, in which two are taken away at once."""
    token = desk.token_by_code()
    return [_round(desk, token) for _ in range(ROUNDS)]


def _round(desk: Desk, token: str) -> int:
    actor = desk.actor
    _ = [desk.make(token, Device(OURS.address)) for _ in range(2 - len(passkeys.mine(actor)))]
    one, other = (kept.id for kept in passkeys.mine(actor))
    _at_once(desk, [partial(passkeys.remove, actor, gone, keeping=token) for gone in (one, other)])
    return len(passkeys.mine(actor))


@pytest.mark.parametrize("kind", KINDS)
def test_two_who_take_away_one_each_leave_one_where_it_is_asked_for(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    desk = _desk(request.getfixturevalue(f"{kind}_template"), make_world, ADMIN)

    assert _left(desk) == [1] * ROUNDS


def test_where_others_come_in_between_none_is_left(
    postgresql_template: Template, make_world: Callable[..., World]
) -> None:
    desk = _desk(postgresql_template, make_world, ADMIN, check_and_act_together=False)

    assert 0 in _left(desk)


def _tenths(desk: Desk) -> list[tuple[int, int]]:
    """How many say that theirs is kept, and how many are, where in each round eight browsers make the tenth at once."""
    return [_tenth(desk) for _ in range(2)]


def _tenth(desk: Desk) -> tuple[int, int]:
    actor = desk.actor
    _ = [passkeys.remove(actor, kept.id) for kept in passkeys.mine(actor)]
    _ = [desk.add(Device(OURS.address)) for _ in range(passkeys.AT_MOST - 1)]
    tokens = [desk.token_by_code() for _ in range(EIGHT)]
    made = [(one, Device(OURS.address).make(passkeys.asked_to_make(actor, one, OURS))) for one in tokens]
    acts = [partial(passkeys.add, actor, one, "Key", Signed(told, OURS)) for one, told in made]
    return Counter(_at_once(desk, acts))["taken"], len(passkeys.mine(actor))


@pytest.mark.parametrize("kind", KINDS)
def test_of_eight_who_make_a_tenth_key_at_once_one_keeps_it(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    desk = _desk(request.getfixturevalue(f"{kind}_template"), make_world, WHO)

    assert _tenths(desk) == [(1, passkeys.AT_MOST)] * 2
