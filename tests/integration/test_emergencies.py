"""Opening a case in an emergency: which, by whom, for how long, who hears of it, and that it goes past no bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.clock import local_day, utc_now
from app.errors import Invalid, NotFound, Refusal
from app.models.agency import DutyShift
from app.models.audit import AuditEntry, Notice
from app.models.case import Case
from app.queries.standing import standing
from app.services import emergencies, emergency_ends, staffing, ticking, unit_of_work
from app.services.staffing import NewCover
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, World
from tests.security.relations import above
from tests.support.promises import tell
from tests.support.served import MovableClock

COLLEAGUE, SUPERVISOR = "advocate2", "advocacy.supervisor"
REASON = "She rings from the bus station and her advocate is abroad."
LONG_ENOUGH = timedelta(hours=3, seconds=1)


def _reference(world: World, case_id: UUID) -> str:
    with above(world).connect() as connection:
        return str(connection.execute(select(Case.reference).where(Case.id == case_id)).scalar_one())


def _open(world: World, case_id: UUID, by: str = COLLEAGUE, reason: str = REASON) -> UUID:
    return emergencies.open_case(world.actor(by), _reference(world, case_id), reason)


def _sees(world: World, case_id: UUID, by: str = COLLEAGUE) -> bool:
    unit_of_work.bind(world.database)
    with world.database.read(world.actor(by)) as work:
        return standing(work.session, work.actor, case_id) is not None


def _notices(world: World, by: str) -> list[str]:
    with world.database.read(world.actor(by)) as work:
        return list(work.session.execute(select(Notice.kind)).scalars())


def _acts(world: World) -> list[tuple[str, UUID | None]]:
    with above(world).connect() as connection:
        entries = select(AuditEntry.action, AuditEntry.case_id)
        return [(row.action, row.case_id) for row in connection.execute(entries)]


def test_a_colleague_opens_a_case_that_is_not_hers_and_closes_it_again(world: World) -> None:
    case_id = world.with_advocate()
    before = _sees(world, case_id)

    _open(world, case_id)
    during = _sees(world, case_id)
    emergency_ends.close(world.actor(COLLEAGUE))

    assert (before, during, _sees(world, case_id)) == (False, True, False)
    with pytest.raises(NotFound):
        emergency_ends.close(world.actor(COLLEAGUE))


@pytest.mark.promise("T8.4")
def test_all_who_are_concerned_are_told_at_once_and_it_stands_in_the_record_of_the_case(world: World) -> None:
    case_id = world.with_advocate()

    _open(world, case_id)

    told = {by: "emergency:opened" in _notices(world, by) for by in (SUPERVISOR, "police.supervisor", "advocate")}
    assert told == dict.fromkeys(told, True)
    assert "emergency:somewhere" in _notices(world, "national.coordinator")
    assert ("emergency:opened", case_id) in _acts(world)
    assert ("note:added", case_id) in _acts(world)
    tell("T8.4", "PostgreSQL" if world.database.is_postgresql else "SQLite", "an emergency: all concerned told at once")


@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_after_three_hours_and_the_supervisor_is_told(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    clock = MovableClock(date(2026, 3, 2))
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(clock=clock))
    case_id = world.with_advocate()
    _open(world, case_id)
    clock.leap += LONG_ENOUGH - timedelta(seconds=30)
    ticking.tick()
    before = _sees(world, case_id)
    clock.leap += timedelta(minutes=1)

    ticking.tick()
    ticking.tick()

    assert (before, _sees(world, case_id)) == (True, False)
    assert _notices(world, SUPERVISOR).count("emergency:ended") == 1


def test_another_agencys_case_one_that_is_not_there_and_one_she_is_barred_from_are_refused_alike(world: World) -> None:
    foreign, barred = world.open_signal(), world.with_advocate()
    member = world.actor(COLLEAGUE).member_id
    assert member is not None
    staffing.bar(world.actor(SUPERVISOR), barred, member, "A cousin of the accused.")

    refusals = [_refusal(world, reference) for reference in (_reference(world, foreign), "KS-0000-0000")]
    refusals.append(_refusal(world, _reference(world, barred)))

    assert refusals == [{"reference": "emergency_no_case"}] * 3
    assert [action for action, _ in _acts(world)].count("emergency:refused") == 3
    assert not _sees(world, barred)


def _refusal(world: World, reference: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        emergencies.open_case(world.actor(COLLEAGUE), reference, REASON)
    return refusal.value.fields


def test_one_at_a_time_with_a_reason_and_not_what_is_open_already(world: World) -> None:
    case_id, second = world.with_advocate(), world.with_advocate()

    with pytest.raises(Invalid) as short:
        _open(world, case_id, reason="Urgent.")
    with pytest.raises(Invalid) as own:
        _open(world, case_id, by="advocate")
    _open(world, case_id)
    with pytest.raises(Refusal, match="emergency_open"):
        _open(world, second)

    assert short.value.fields == {"reason": "emergency_reason_short"}
    assert own.value.fields == {"reference": "emergency_is_open"}


def test_where_a_roster_is_kept_who_is_off_duty_opens_nothing(world: World) -> None:
    case_id, away = world.with_advocate(), world.actor(COLLEAGUE).member_id
    with world.database.write(world.actor("administrator")) as work:
        work.change(update(DutyShift).where(DutyShift.member_id == away).values(ends_at=DutyShift.starts_at))
        work.audit("test:off_duty")
        work.commit()

    with pytest.raises(Refusal, match="emergency_not_on_duty"):
        _open(world, case_id)


def test_who_is_assigned_meanwhile_keeps_the_case(world: World) -> None:
    case_id, member = world.with_advocate(), world.actor(COLLEAGUE).member_id
    assert member is not None
    _open(world, case_id)

    staffing.assign(world.actor(SUPERVISOR), case_id, member)
    with pytest.raises(NotFound):
        emergency_ends.close(world.actor(COLLEAGUE))

    assert _sees(world, case_id)


def _released(world: World) -> UUID:
    """A case of the office on which nobody works."""
    case_id, advocate = world.with_advocate(), world.actor("advocate").member_id
    assert advocate is not None
    staffing.release(world.actor(SUPERVISOR), case_id, advocate)
    return case_id


def _cover(world: World) -> None:
    """Let the advocate stand in for the colleague, today."""
    away, stands_in = world.actor(COLLEAGUE).member_id, world.actor("advocate").member_id
    assert away is not None
    assert stands_in is not None
    today = local_day(utc_now())
    staffing.cover(world.actor(SUPERVISOR), NewCover(away, stands_in, today, today))


def _cover_sees(world: World, case_id: UUID) -> bool:
    """Whether who stands in sees it now, asked anew as by each of her requests."""
    world.actors.pop("advocate")
    return _sees(world, case_id, "advocate")


def test_what_she_opens_is_not_opened_to_who_covers_her(world: World) -> None:
    case_id = _released(world)
    _cover(world)

    _open(world, case_id)

    assert (_sees(world, case_id), _cover_sees(world, case_id)) == (True, False)


def test_nor_is_it_opened_by_a_cover_that_is_set_afterwards(world: World) -> None:
    case_id = _released(world)
    _open(world, case_id)

    _cover(world)

    assert (_sees(world, case_id), _cover_sees(world, case_id)) == (True, False)


def test_who_covers_her_has_her_own_cases_again_once_it_is_closed(world: World) -> None:
    case_id, hers = _released(world), _released(world)
    member = world.actor(COLLEAGUE).member_id
    assert member is not None
    staffing.assign(world.actor(SUPERVISOR), hers, member)
    _cover(world)
    before = _cover_sees(world, hers)
    _open(world, case_id)
    during = _cover_sees(world, hers)

    emergency_ends.close(world.actor(COLLEAGUE))

    assert (before, during, _cover_sees(world, hers), _cover_sees(world, case_id)) == (True, False, True, False)


def test_were_the_opening_an_assignment_who_covers_her_would_see_it(world: World) -> None:
    case_id, member = _released(world), world.actor(COLLEAGUE).member_id
    assert member is not None
    _cover(world)
    _open(world, case_id)

    staffing.assign(world.actor(SUPERVISOR), case_id, member)

    assert _cover_sees(world, case_id)
