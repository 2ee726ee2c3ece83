"""Who puts a notice away: those whom it is for, and what tells of a misused account not before seven days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.errors import Conflict, NotFound
from app.queries import notices as inbox
from app.services import notices, unit_of_work
from app.services.notices import Telling
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, World
from tests.support.served import MovableClock

HERSELF, COLLEAGUE, SUPERVISOR = "advocate", "advocate2", "advocacy.supervisor"
WARNINGS = (
    "member:invited",
    "account:factor_renewed",
    "account:invitation_used",
    "role:done",
    "lines:done",
    "reading:stopped",
    "emergency:opened",
)
A_WEEK = timedelta(days=7)


def _tell(world: World, kind: str, *, to: str | None = None, role: str | None = None) -> UUID:
    """Tell the office, a role in it or a member; gives the notice."""
    supervisor, member_id = world.actor(SUPERVISOR), world.actor(to).member_id if to else None
    assert supervisor.agency_id is not None
    with world.database.write(supervisor) as work:
        notices.tell(work, [Telling(supervisor.agency_id, kind, role=role, member_id=member_id)])
        work.audit("test:told")
        work.commit()
    return _unread(world, to or SUPERVISOR)[kind]


def _unread(world: World, by: str) -> dict[str, UUID]:
    unit_of_work.bind(world.database)
    with world.database.read(world.actor(by)) as work:
        return {row.kind: row.id for row in inbox.unread(work.session, work.actor)}


def test_a_colleague_puts_away_nothing_that_is_for_another_member_or_for_a_role(world: World) -> None:
    hers = _tell(world, "case:assigned", to=HERSELF)
    of_role = _tell(world, "limit:review_due", role="agency_supervisor")

    with pytest.raises(NotFound):
        notices.mark_read(world.actor(COLLEAGUE), hers)
    with pytest.raises(NotFound):
        notices.mark_read(world.actor(COLLEAGUE), of_role)

    assert "case:assigned" in _unread(world, HERSELF)
    assert "limit:review_due" in _unread(world, SUPERVISOR)


def test_whom_it_is_for_puts_it_away_once(world: World) -> None:
    hers = _tell(world, "case:assigned", to=HERSELF)

    notices.mark_read(world.actor(HERSELF), hers)

    assert "case:assigned" not in _unread(world, HERSELF)
    with pytest.raises(NotFound):
        notices.mark_read(world.actor(HERSELF), hers)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("warning", WARNINGS)
def test_a_warning_stands_for_seven_days_and_is_put_away_then(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str, warning: str
) -> None:
    clock = MovableClock(date(2026, 3, 2))
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(clock=clock))
    notice_id = _tell(world, warning, to=HERSELF)
    clock.leap += A_WEEK - timedelta(minutes=1)
    with pytest.raises(Conflict, match="notice_stands"):
        notices.mark_read(world.actor(HERSELF), notice_id)
    before = warning in _unread(world, HERSELF)
    clock.leap += timedelta(minutes=1)

    notices.mark_read(world.actor(HERSELF), notice_id)

    assert (before, warning in _unread(world, HERSELF)) == (True, False)
