"""Two supervisors decide on one erasure at the same moment: one does, and the record tells of that one alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Connection, select, text

from app.errors import NotFound
from app.models.audit import AuditEntry
from app.security.actor import system_actor
from app.services import erasing, unit_of_work
from tests.factories.closing import close
from tests.factories.placed import House
from tests.factories.world import World
from tests.security.relations import above

ADVOCATE, SUPERVISOR = "advocate", "advocacy.supervisor"
ANOTHER_DECIDES = "UPDATE erasure SET state = :state, decided_by_id = :member, decided_at = now() WHERE id = :id"
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def asked(house: House) -> UUID:
    """The erasure of a closed case, asked for."""
    case_id = house.places.client()
    house.clock.at(date(2014, 6, 1))
    close(house.world, case_id, date(2014, 6, 1))
    return UUID(erasing.ask(house.world.actor(ADVOCATE), case_id, "person_asked")["erasure_id"])


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("mine", "theirs"), [(erasing.refuse, "done"), (erasing.approve, "refused")], ids=["refuses", "erases"]
)
def test_who_decides_second_decides_nothing(house: House, asked: UUID, mine: Callable[..., None], theirs: str) -> None:
    answer = _beside(house.world, asked, mine, theirs)

    assert isinstance(answer, NotFound)
    assert _decisions(house.world) == []


def _beside(world: World, asked: UUID, mine: Callable[..., None], theirs: str) -> BaseException | None:
    """What becomes of a decision that has read the erasure while another one of it is about to be kept."""

    def decide() -> None:
        unit_of_work.bind(world.database)
        mine(world.actor(SUPERVISOR), asked)

    told = {"state": theirs, "member": world.actor(SUPERVISOR).member_id, "id": asked}
    with ThreadPoolExecutor(1) as pool, above(world).connect() as other:
        other.execute(text(ANOTHER_DECIDES), told)
        answer = pool.submit(decide)
        _until_it_waits(other)
        other.commit()
        return answer.exception(timeout=60)


def _until_it_waits(connection: Connection) -> None:
    until = time.monotonic() + 30
    while not connection.execute(text(WAITS)).scalar_one():
        assert time.monotonic() < until
        time.sleep(0.05)


def _decisions(world: World) -> list[str]:
    """What the record tells of decisions; the other one of this test leaves none."""
    decided = AuditEntry.action.in_(["case:erased", "case:erasure_refused"])
    with world.database.read(system_actor("auditor")) as work:
        return list(work.session.execute(select(AuditEntry.action).where(decided)).scalars())
