"""What a clerk does in a rush: admits, books, gives back, is killed in the midst; and who does what in a round."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.errors import Unavailable
from app.services import referrals
from app.services.unit_of_work import Work
from app.services.workflow_runner import StepRequest, take_step
from tests.factories.placed import GONE
from tests.factories.world import A_DAY
from tests.races.rounds import ADMITTED, BOOKED, GAVE_BACK, WAITS, Part, Round
from tests.races.rush import House
from tests.races.victim import admission, do_all_but_commit, end

KILLED_PROCESS, KILLED_CONNECTION, KILLED_HALFWAY = "killed process", "killed connection", "killed halfway"
REASON = {"reason": "Another place was found."}


# --- what takes a bed, and what gives it back ---


def admit(house: House, case_id: UUID, bed: UUID) -> None:
    """She arrives."""
    take_step(house.clerk, admission(case_id, bed))


def accept(house: House, case_id: UUID, bed: UUID) -> None:
    """The house accepts and keeps a bed."""
    answers = {"bed": str(bed), "expected_on": A_DAY.isoformat()}
    referrals.accept(house.clerk, house.referrals[case_id], answers, A_DAY)


def take_for_the_night(house: House, case_id: UUID, bed: UUID) -> None:
    """The advocate takes an emergency bed."""
    take_step(house.advocate, StepRequest(case_id, "shelter", "take_emergency_bed", {"bed": str(bed)}, A_DAY))


def leaves(this: Round, number: int, case_id: UUID, _bed: UUID) -> str:
    """She leaves at once."""
    return _gives_back(this, number, StepRequest(case_id, "shelter", "leave", GONE, A_DAY))


def does_not_come(this: Round, number: int, case_id: UUID, _bed: UUID) -> str:
    """She for whom the house kept a bed does not arrive."""
    return _gives_back(this, number, StepRequest(case_id, "shelter", "not_arrived", REASON, A_DAY))


def is_withdrawn(this: Round, number: int, case_id: UUID, _bed: UUID) -> str:
    """The advocate gives the bed of the night back."""
    return _gives_back(this, number, StepRequest(case_id, "shelter", "withdraw_request", REASON, A_DAY), advocate=True)


def _gives_back(this: Round, number: int, request: StepRequest, *, advocate: bool = False) -> str:
    this.start.wait()
    this.linger(number)
    take_step(this.house.advocate if advocate else this.house.clerk, request)
    return GAVE_BACK


# --- those who want a bed ---


def arrives(this: Round, number: int, case_id: UUID, bed: UUID) -> str:
    """Tries, waits and tries again until she is admitted or none can become free."""
    return ADMITTED if this.gives(lambda one: admit(this.house, case_id, one), number, bed) else WAITS


def is_accepted(this: Round, number: int, case_id: UUID, bed: UUID) -> str:
    """The same for a bed that the house keeps until she comes."""
    return BOOKED if this.gives(lambda one: accept(this.house, case_id, one), number, bed) else WAITS


def is_placed(this: Round, number: int, case_id: UUID, bed: UUID) -> str:
    """The same for an advocate's bed for the night."""
    return BOOKED if this.gives(lambda one: take_for_the_night(this.house, case_id, one), number, bed) else WAITS


# --- those who are killed ---


def process_is_killed(this: Round, number: int, case_id: UUID, bed: UUID) -> str:
    """Her whole process is ended between the admission and its commit."""
    child = this.victims.act(this.house.clerk, case_id, bed)
    this.start.wait()
    this.linger(number)
    end(child)
    return KILLED_PROCESS


def connection_is_lost(this: Round, number: int, case_id: UUID, bed: UUID) -> str:
    """Her connection is gone between the admission and its commit; on SQLite, where there is none, she is stopped."""
    ways = (_terminate, _cut_socket, _stop) if this.house.database.is_postgresql else (_stop,)
    with suppress(_Stopped), this.house.database_to_lose.write(this.house.clerk) as work:
        do_all_but_commit(work, admission(case_id, bed))
        this.start.wait()
        this.linger(number)
        this.dice[number].choice(ways)(this.house, work)
        if not _is_lost(work):
            this.faults.append("a lost connection has committed")
    return KILLED_CONNECTION


def is_killed_halfway(this: Round, number: int, case_id: UUID, bed: UUID) -> str:
    """The control: the bed is booked for good in a transaction of its own, and she is killed before the rest."""
    take_for_the_night(this.house, case_id, bed)
    this.start.wait()
    return KILLED_HALFWAY


class _Stopped(BaseException):
    """What a server's worker is stopped by."""


def _is_lost(work: Work) -> bool:
    """Whether the commit of what was cut off fails, as it must."""
    try:
        work.commit()
    except (OperationalError, Unavailable):  # the second where it was lost while an entry was written
        work.session.invalidate()
        return True
    return False


def _terminate(house: House, work: Work) -> None:
    """The server ends it."""
    backend = work.session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
    with house.owner.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:backend, 1000)"), {"backend": backend})


def _cut_socket(_house: House, work: Work) -> None:
    """The network is gone, without a word to the server."""
    driver: Any = work.session.connection().connection.driver_connection
    with socket.socket(fileno=os.dup(driver.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def _stop(_house: House, _work: Work) -> None:
    """She is stopped where she is."""
    raise _Stopped


# --- who does what ---


def cancels_and_kills(house: House, beds: list[UUID], dice: random.Random) -> list[Part]:
    """Of the beds some are given already and come back in the midst, one by a kill; all others want one."""
    people = house.people.shuffled(dice)
    given = dice.sample(beds, dice.randint(1, len(beds)))
    parts = [_killed(people.expected.pop(), given.pop(), dice)]
    parts += [_gives(people.expected, people.asked, people.rated, bed, dice) for bed in given]
    parts += [Part(arrives, case_id, dice.choice(beds)) for case_id in people.expected]
    parts += [Part(is_accepted, case_id, dice.choice(beds)) for case_id in people.asked]
    return parts + [Part(is_placed, case_id, dice.choice(beds)) for case_id in people.rated]


def _killed(case_id: UUID, bed: UUID, dice: random.Random) -> Part:
    return Part(dice.choice((process_is_killed, connection_is_lost)), case_id, bed, may_free=True)


def _gives(expected: list[UUID], asked: list[UUID], rated: list[UUID], bed: UUID, dice: random.Random) -> Part:
    ways: list[tuple[list[UUID], Callable[..., str], Callable[..., None]]] = [
        (expected, leaves, admit),
        (asked, does_not_come, accept),
        (rated, is_withdrawn, take_for_the_night),
    ]
    people, act, before = dice.choice([way for way in ways if way[0]])
    return Part(act, people.pop(), bed, before, may_free=True)


def halfway_kills(house: House, beds: list[UUID], dice: random.Random) -> list[Part]:
    """The control: one is killed after what she had booked for good; all others want a bed."""
    people = house.people.shuffled(dice)
    parts = [Part(is_killed_halfway, people.rated.pop(), dice.choice(beds), may_free=True)]
    parts += [Part(is_accepted, case_id, dice.choice(beds)) for case_id in (*people.asked,)]
    parts += [Part(is_placed, case_id, dice.choice(beds)) for case_id in people.rated]
    return parts + [Part(arrives, case_id, dice.choice(beds)) for case_id in people.expected]
