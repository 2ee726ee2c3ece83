"""Two acts on one referral at the same moment: the first holds, the second finds none that waits, no key is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, func, insert, select, text, update

from app.clock import local_day, utc_now
from app.errors import Conflict, NotFound, Stale
from app.models.case import CaseKey, CaseParty
from app.models.workflow import PacketKey, Referral
from app.security.actor import system_actor
from app.services import referral_ends, referrals, unit_of_work
from app.services.referral_ends import GivingBack
from tests.factories.placed import Places
from tests.factories.world import A_DAY, POINTER, World
from tests.security.relations import above

SENDER, RECEIVER, HER_COLLEAGUE = "investigator", "advocate", "advocate2"
NEXT, SHELTER = "advocate.prizren", "shelter.coordinator"
ALL_HEADS = "SELECT 1 FROM audit_chain FOR UPDATE"
WAITS = (
    "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks"
    " WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)
Act = Callable[[World, UUID], Any]


def accept(world: World, referral_id: UUID) -> None:
    """The receiver says yes."""
    referrals.accept(world.actor(RECEIVER), referral_id, {}, A_DAY)


def accept_too(world: World, referral_id: UUID) -> None:
    """Her colleague does."""
    referrals.accept(world.actor(HER_COLLEAGUE), referral_id, {}, A_DAY)


def decline(world: World, referral_id: UUID) -> None:
    """Her colleague says no."""
    referrals.decline(world.actor(HER_COLLEAGUE), referral_id, {}, "no_capacity")


def claim(world: World, referral_id: UUID) -> None:
    """Her colleague takes it out of the others' hands."""
    referrals.claim(world.actor(HER_COLLEAGUE), referral_id)


def look(world: World, referral_id: UUID) -> None:
    """Her colleague sees it first."""
    referrals.open_waiting(world.actor(HER_COLLEAGUE), referral_id)


def withdraw(world: World, referral_id: UUID) -> None:
    """The sender takes it back."""
    referrals.withdraw(world.actor(SENDER), referral_id)


def set_last_day(world: World, referral_id: UUID) -> None:
    """The sender says until when it waits."""
    referrals.set_last_day(world.actor(SENDER), referral_id, local_day(utc_now()))


def report(world: World, referral_id: UUID) -> None:
    """The receiver tells what was done."""
    referral_ends.report_done(world.actor(RECEIVER), referral_id, "done_as_asked")


def give_back(world: World, referral_id: UUID) -> None:
    """She gives it back, in another window."""
    referral_ends.give_back(world.actor(RECEIVER), referral_id, GivingBack("no_capacity", ""))


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (accept, withdraw, "accepted"),
        (withdraw, accept, "withdrawn"),
        (accept, accept_too, "accepted"),
        (accept, decline, "accepted"),
        (withdraw, decline, "withdrawn"),
        (accept, claim, "accepted"),
        (withdraw, claim, "withdrawn"),
        (accept, look, "accepted"),
        (accept, set_last_day, "accepted"),
    ],
)
def test_who_comes_second_finds_none_that_waits(world: World, first: Act, second: Act, state: str) -> None:
    case_id, referral_id = _called(world)

    answers = _in_turn(world, referral_id, first, second)

    assert [type(one) for one in answers] == [type(None), NotFound]
    assert _lies(world, referral_id).state == state
    assert _keys(world, case_id) == {"accepted": 2, "withdrawn": 0}[state]


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_what_is_reported_done_is_not_given_back_at_the_same_moment(world: World) -> None:
    case_id, referral_id = _called(world)
    accept(world, referral_id)

    answers = _in_turn(world, referral_id, report, give_back)

    assert [type(one) for one in answers] == [type(None), NotFound]
    assert (_lies(world, referral_id).state, _keys(world, case_id)) == ("done", 2)


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_what_is_answered_at_its_last_moment_does_not_run_out_nor_does_its_packet(world: World) -> None:
    _, referral_id = _called(world)
    rows = [{"referral_id": referral_id, "agency_id": one, "wrapped": b"sealed"} for one in _both(world)]
    with above(world).begin() as connection:
        connection.execute(insert(PacketKey), rows)
        connection.execute(update(Referral).where(Referral.id == referral_id).values(expires_at=func.now()))

    answers = _in_turn(world, referral_id, accept, run_out)

    assert answers == [None, None]
    assert _lies(world, referral_id).state == "accepted"
    with above(world).connect() as connection:
        assert len(connection.execute(select(PacketKey.__table__)).all()) == 2


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_who_answers_while_the_case_is_handed_over_answers_who_has_it_then(world: World) -> None:
    case_id, referral_id = _handed_over(world)

    answers = _in_turn(world, referral_id, take_over, place)

    assert answers == [None, None]
    found = _lies(world, referral_id)
    assert (found.state, found.from_agency_id) == ("accepted", world.agencies["advocacy_prizren"])
    assert _keys(world, case_id, "shelter_ngo") == 2


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_what_is_answered_while_the_case_is_handed_over_stays_answered(world: World) -> None:
    case_id, referral_id = _handed_over(world)

    answers = _in_turn(world, referral_id, place, take_over)

    assert [type(one) for one in answers] == [type(None), Stale]
    found = _lies(world, referral_id)
    assert (found.state, found.from_agency_id) == ("accepted", world.agencies["advocacy_prishtine"])
    assert _keys(world, case_id, "shelter_ngo") == 2


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_without_the_lock_one_withdraws_what_the_other_keeps_the_keys_of(world: World) -> None:
    case_id, referral_id = _called(world)

    with _locking_nothing(world):
        answers = _in_turn(world, referral_id, accept, withdraw)

    assert answers == [None, None]
    assert (_lies(world, referral_id).state, _keys(world, case_id)) == ("withdrawn", 2)


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_an_acceptance_does_not_overwrite_a_withdrawal_even_without_the_lock(world: World) -> None:
    case_id, referral_id = _called(world)

    with _locking_nothing(world):
        answers = _in_turn(world, referral_id, withdraw, accept)

    assert [type(one) for one in answers] == [type(None), Conflict]
    assert (_lies(world, referral_id).state, _keys(world, case_id)) == ("withdrawn", 0)


def run_out(world: World, _referral_id: UUID) -> None:
    """The clock's round in the receiver's agency."""
    agency_id = world.agencies["advocacy_prishtine"]
    with world.database.write(system_actor("tick", agency_id)) as work:
        referral_ends.expire(work, agency_id)
        work.audit("test:ran_out")
        work.commit()


def _called(world: World) -> tuple[UUID, UUID]:
    """A case whose advocate is asked for, with the people of it at hand."""
    case_id = world.open_signal()
    referral_id = world.call_advocate(case_id)
    assert world.actor(HER_COLLEAGUE).agency_id == world.actor(RECEIVER).agency_id
    return case_id, referral_id


def take_over(world: World, referral_id: UUID) -> None:
    """The office to which the case was handed over accepts it."""
    case_id = _lies(world, referral_id).case_id
    referrals.accept(world.actor(NEXT), world.waiting(case_id, NEXT), {}, A_DAY)


def place(world: World, referral_id: UUID) -> None:
    """The shelter that the office before had asked keeps a bed."""
    bed = {"bed": str(Places(world).bed("1A")), "expected_on": A_DAY.isoformat()}
    Places(world).answer(referral_id, SHELTER, **bed)


def _handed_over(world: World) -> tuple[UUID, UUID]:
    """A case that another office is to take over while a shelter has not answered yet."""
    places = Places(world)
    case_id = places.client(RECEIVER)
    places.ask(case_id, by=RECEIVER)
    office = str(world.agencies["advocacy_prizren"])
    world.step(RECEIVER, case_id, "advocacy", "hand_over", office=office, **POINTER)
    assert world.waiting(case_id, NEXT)
    return case_id, world.waiting(case_id, SHELTER)


def _both(world: World) -> tuple[UUID, UUID]:
    return world.agencies["police"], world.agencies["advocacy_prishtine"]


def _in_turn(world: World, referral_id: UUID, first: Act, second: Act) -> list[BaseException | None]:
    """What becomes of two acts of which the second begins when the first has done everything but commit.

    Nothing is committed before it is recorded: while somebody holds the heads of the record, the first stands there.
    """

    def press(act: Act) -> None:
        unit_of_work.bind(world.database)
        act(world, referral_id)

    with ThreadPoolExecutor(2) as pool, above(world).connect() as record:
        record.execute(text(ALL_HEADS))
        one = pool.submit(press, first)
        _until_waiting(record, 1)
        two = pool.submit(press, second)
        _until_waiting(record, 2)
        record.rollback()
        return [one.exception(timeout=60), two.exception(timeout=60)]


def _until_waiting(connection: Connection, number: int) -> None:
    until = time.monotonic() + 30
    while connection.execute(text(WAITS)).scalar_one() < number:
        assert time.monotonic() < until
        time.sleep(0.05)


def _lies(world: World, referral_id: UUID) -> Any:
    """The referral as it lies in the database."""
    with above(world).connect() as connection:
        return connection.execute(select(Referral.__table__).where(Referral.id == referral_id)).one()


def _keys(world: World, case_id: UUID, receiver: str = "advocacy_prishtine") -> int:
    """How many keys of the case the receiver holds as a party to it."""
    office = world.agencies[receiver]
    stands = select(CaseParty.id).where(CaseParty.case_id == case_id, CaseParty.agency_id == office)
    hers = select(CaseKey.kind).where(CaseKey.case_id == case_id, CaseKey.holder_id == office)
    with above(world).connect() as connection:
        return len(connection.execute(hers.where(stands.where(CaseParty.ended_at.is_(None)).exists())).all())


@contextmanager
def _locking_nothing(world: World) -> Iterator[None]:
    """The database hears of no lock that a SELECT asks for."""

    def without(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> tuple[str, Any]:
        return statement.replace(" FOR UPDATE", ""), parameters

    event.listen(world.database.engine, "before_cursor_execute", without, retval=True)
    try:
        yield
    finally:
        event.remove(world.database.engine, "before_cursor_execute", without)
