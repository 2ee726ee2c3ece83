"""Who hears of a clock, and when, each once, on both databases."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.audit import Notice
from app.queries import notices
from app.services import clock_acts, staffing, ticking
from tests.factories.placed import House, day
from tests.factories.world import World
from tests.integration.test_clock_acts import SUPERVISOR, WHY, clock_of, exemption, with_consent_due


def heard(world: World, by: str) -> list[tuple[str, str]]:
    """Of which clocks a member was told, in the order of telling."""
    with world.database.read(world.actor(by)) as work:
        rows = notices.unread(work.session, work.actor)
    return [(row.kind, row.values["clock"]) for row in reversed(rows) if row.kind.startswith("clock:")]


def of_consent(world: World, by: str) -> list[str]:
    return [kind for kind, clock in heard(world, by) if clock == "consent"]


def test_with_a_quarter_of_the_time_left_the_assigned_advocate_is_reminded_once(house: House) -> None:
    with_consent_due(house)
    house.clock.at(day(4), 3)
    ticking.tick()
    before = of_consent(house.world, "advocate")

    house.clock.at(day(4), 5)
    ticking.tick()
    ticking.tick()

    assert before == []
    assert of_consent(house.world, "advocate") == ["clock:due_soon"]
    assert of_consent(house.world, "advocate2") == []
    assert of_consent(house.world, SUPERVISOR) == []


def test_when_it_lapses_the_supervisor_hears_of_it_too_and_each_once(house: House) -> None:
    with_consent_due(house)
    house.clock.at(day(5))

    ticking.tick()
    ticking.tick()

    assert of_consent(house.world, "advocate") == ["clock:lapsed"]
    assert of_consent(house.world, SUPERVISOR) == ["clock:lapsed"]
    assert of_consent(house.world, "advocate2") == []


def test_where_nobody_is_assigned_all_of_the_role_are_reminded(house: House) -> None:
    case_id = with_consent_due(house)
    member = house.world.actor("advocate").member_id
    assert member
    staffing.release(house.world.actor(SUPERVISOR), case_id, member)
    house.clock.at(day(4), 5)

    ticking.tick()

    assert of_consent(house.world, "advocate2") == ["clock:due_soon"]


def test_of_a_clock_that_another_agency_must_meet_that_agency_hears(house: House) -> None:
    house.world.with_advocate()
    house.clock.at(day(3), 13)

    ticking.tick()

    assert ("clock:lapsed", "arrival") in heard(house.world, "advocate")
    with house.world.database.read(house.world.actor("investigator")) as work:
        told = select(Notice.role).where(Notice.kind == "clock:lapsed")
        assert "advocate" not in work.session.execute(told).scalars().all()


def silence(world: World, clock_id: UUID) -> None:
    clock_acts.silence(world.actor(SUPERVISOR), clock_id)


def pause(world: World, clock_id: UUID) -> None:
    clock_acts.pause(world.actor(SUPERVISOR), clock_id, WHY)


def exempt(world: World, clock_id: UUID) -> None:
    clock_acts.exempt(world.actor(SUPERVISOR), clock_id, exemption(world, 9))


@pytest.mark.parametrize("quiet", [silence, pause, exempt])
def test_nobody_is_told_of_a_clock_that_is_silent_stands_still_or_is_exempt(house: House, quiet) -> None:  # type: ignore[no-untyped-def]
    case_id = with_consent_due(house)
    quiet(house.world, clock_of(house.world, case_id, "consent").id)
    house.clock.at(day(4), 5)
    ticking.tick()
    house.clock.at(day(5))

    ticking.tick()

    assert of_consent(house.world, "advocate") == of_consent(house.world, SUPERVISOR) == []


def test_reminders_that_were_turned_on_again_tell_of_the_lapse(house: House) -> None:
    case_id = with_consent_due(house)
    clock = clock_of(house.world, case_id, "consent")
    silence(house.world, clock.id)
    house.clock.at(day(5))
    ticking.tick()

    clock_acts.remind(house.world.actor(SUPERVISOR), clock.id)
    ticking.tick()

    assert of_consent(house.world, "advocate") == ["clock:lapsed"]


def test_a_clock_that_ran_on_after_a_pause_reminds_by_its_new_time(house: House) -> None:
    case_id = with_consent_due(house)
    clock = clock_of(house.world, case_id, "consent")
    house.clock.at(day(4), 5)
    ticking.tick()
    pause(house.world, clock.id)
    house.clock.at(day(9), 5)
    clock_acts.resume(house.world.actor(SUPERVISOR), clock.id)

    ticking.tick()
    after = clock_of(house.world, case_id, "consent")
    house.clock.now = after.due_at - timedelta(hours=1)
    ticking.tick()

    assert of_consent(house.world, "advocate") == ["clock:due_soon", "clock:due_soon"]
