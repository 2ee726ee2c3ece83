"""How referrals end, on both databases: done, given back, run out, and claims of those who are away or have left."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from app.errors import Invalid, NotFound, Refusal
from app.models.case import Case, CaseKey
from app.models.workflow import CaseClock, PacketKey, Referral, WorkflowRun
from app.queries import notices
from app.services import members, referral_course, referral_ends, referrals, staffing, ticking
from app.services.referral_ends import GivingBack
from app.services.staffing import NewCover
from app.services.unit_of_work import Once
from tests.factories.placed import House, Places, day
from tests.factories.world import POINTER, World
from tests.security.relations import above
from workflows import registry

BACK = GivingBack("no_capacity", "Ask the office in Prizren.")


def row(world: World, referral_id: UUID) -> Any:
    """A referral as it lies in the database, whoever may see it."""
    with above(world).connect() as connection:
        return connection.execute(select(Referral.__table__).where(Referral.id == referral_id)).one()


def state_of(world: World, case_id: UUID, track: str, by: str = "investigator") -> str:
    with world.database.read(world.actor(by)) as work:
        found: dict[str, str] = work.session.execute(
            select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)
        ).scalar_one()
        return found[track]


def told(world: World, by: str) -> list[str]:
    with world.database.read(world.actor(by)) as work:
        return [one.kind for one in notices.unread(work.session, work.actor)]


def sees(world: World, by: str, case_id: UUID) -> bool:
    with world.database.read(world.actor(by)) as work:
        is_open = work.session.execute(select(CaseKey.case_id).where(CaseKey.case_id == case_id)).first()
        return is_open is not None


def called(world: World) -> tuple[UUID, UUID]:
    case_id = world.open_signal()
    return case_id, world.call_advocate(case_id)


def accepted(world: World) -> tuple[UUID, UUID]:
    case_id, referral_id = called(world)
    world.accept("advocate", case_id)
    return case_id, referral_id


def call_another(world: World, case_id: UUID) -> None:
    office = str(world.agencies["advocacy_prizren"])
    world.step("investigator", case_id, "advocacy", "call_advocate", office=office, **POINTER)
    assert world.waiting(case_id, "advocate.prizren")


def test_the_receiver_reports_in_a_code_what_was_done_and_the_sender_is_told(world: World) -> None:
    case_id, referral_id = accepted(world)

    referral_ends.report_done(world.actor("advocate"), referral_id, "done_in_part")

    found = row(world, referral_id)
    assert (found.state, found.feedback, found.done_by_id) == (
        "done",
        "done_in_part",
        world.actor("advocate").member_id,
    )
    assert "referral:done" in told(world, "investigator")
    assert sees(world, "advocate", case_id)


def test_a_report_is_given_once_in_a_known_code_and_by_the_receiver(world: World) -> None:
    _, referral_id = accepted(world)
    once = Once("key", "body")

    with pytest.raises(Invalid):
        referral_ends.report_done(world.actor("advocate"), referral_id, "well")
    with pytest.raises(NotFound):
        referral_ends.report_done(world.actor("investigator"), referral_id, "done_as_asked")
    first = referral_ends.report_done(world.actor("advocate"), referral_id, "done_as_asked", once)

    assert referral_ends.report_done(world.actor("advocate"), referral_id, "done_as_asked", once) == first


def test_what_is_given_back_is_the_senders_again_and_another_can_be_called(world: World) -> None:
    case_id, referral_id = accepted(world)

    referral_ends.give_back(world.actor("advocate"), referral_id, BACK)

    found = row(world, referral_id)
    assert (found.state, found.return_reason, found.returned_by_id) == (
        "returned",
        "no_capacity",
        world.actor("advocate").member_id,
    )
    assert not sees(world, "advocate", case_id)
    assert sees(world, "investigator", case_id)
    assert "referral:returned" in told(world, "investigator")
    assert state_of(world, case_id, "advocacy") == "not_called"
    call_another(world, case_id)


def test_the_sender_reads_why_it_was_given_back_and_the_note_lies_sealed(world: World) -> None:
    _, referral_id = accepted(world)
    referral_ends.give_back(world.actor("advocate"), referral_id, BACK)

    with world.database.read(world.actor("investigator")) as work:
        page = referral_course.shown(work, referral_id).found

    assert page.note == BACK.note
    assert b"Prizren" not in row(world, referral_id).return_note
    assert [one.kind for one in page.moments] == ["sent", "seen", "accepted", "returned"]
    assert all(one.by is not None for one in page.moments)


def test_the_clocks_of_an_acceptance_that_is_given_back_end(world: World) -> None:
    case_id, referral_id = accepted(world)

    referral_ends.give_back(world.actor("advocate"), referral_id, BACK)

    with world.database.read(world.actor("investigator")) as work:
        names = select(CaseClock.name).where(CaseClock.case_id == case_id, CaseClock.stopped_at.is_(None))
        running = set(work.session.execute(names).scalars())
    assert running == {"screening", "advocate_call"}


def test_the_lead_goes_back_with_the_case(world: World) -> None:
    case_id, referral_id = accepted(world)
    with above(world).begin() as connection:
        lead = {"lead_agency_id": world.agencies["advocacy_prishtine"]}
        connection.execute(Case.__table__.update().where(Case.id == case_id).values(**lead))

    referral_ends.give_back(world.actor("advocate"), referral_id, BACK)

    with world.database.read(world.actor("investigator")) as work:
        found = select(Case.lead_agency_id).where(Case.id == case_id)
        assert work.session.execute(found).scalar_one() == world.agencies["police"]


def test_after_further_steps_a_case_is_handed_on_and_not_given_back(world: World) -> None:
    case_id, referral_id = accepted(world)
    world.step("advocate", case_id, "advocacy", "record_arrival")

    with pytest.raises(Refusal, match="no_way_back"):
        referral_ends.give_back(world.actor("advocate"), referral_id, BACK)

    assert row(world, referral_id).state == "accepted"


def test_no_case_is_given_back_to_an_agency_that_has_left_it(world: World) -> None:
    case_id, first = accepted(world)
    office = str(world.agencies["advocacy_prizren"])
    world.step("advocate", case_id, "advocacy", "hand_over", office=office, **POINTER)
    second = world.waiting(case_id, "advocate.prizren")
    world.accept("advocate.prizren", case_id)

    with pytest.raises(Refusal, match="sender_has_left"):
        referral_ends.give_back(world.actor("advocate.prizren"), second, BACK)
    with pytest.raises(NotFound):
        referral_ends.give_back(world.actor("advocate"), first, BACK)


def test_it_is_given_back_with_a_known_reason_and_once(world: World) -> None:
    _, referral_id = accepted(world)
    advocate, once = world.actor("advocate"), Once("key", "body")

    with pytest.raises(Invalid):
        referral_ends.give_back(advocate, referral_id, GivingBack("because", ""))
    first = referral_ends.give_back(advocate, referral_id, BACK, once)

    assert referral_ends.give_back(advocate, referral_id, BACK, once) == first


def test_a_place_that_is_given_back_frees_its_bed(world: World) -> None:
    places = Places(world)
    case_id = places.client()
    places.ask(case_id)
    referral_id = world.waiting(case_id, "shelter.coordinator")
    places.expect(case_id, "1A")

    referral_ends.give_back(world.actor("shelter.coordinator"), referral_id, BACK)

    assert state_of(world, case_id, "shelter", "advocate") == "no_room"
    assert places.holds(case_id) == ["released"]


def test_who_lives_in_the_shelter_is_not_given_back(world: World) -> None:
    places = Places(world)
    case_id = places.client()
    places.ask(case_id)
    referral_id = world.waiting(case_id, "shelter.coordinator")
    places.expect(case_id, "1A")
    places.admit(case_id, "1A")

    with pytest.raises(Refusal, match="stay_follows"):
        referral_ends.give_back(world.actor("shelter.coordinator"), referral_id, BACK)


def test_what_is_not_answered_until_its_day_runs_out_and_another_can_be_called(house: House) -> None:
    world = house.world
    case_id, referral_id = called(world)
    referrals.set_last_day(world.actor("investigator"), referral_id, day(4))
    house.clock.at(day(4), 23)
    ticking.tick()
    on_its_day = row(world, referral_id).state

    house.clock.at(day(5), 1)
    ticking.tick()
    ticking.tick()

    found = row(world, referral_id)
    assert (on_its_day, found.state, found.expired_at) == ("sent", "expired", house.clock.now)
    assert state_of(world, case_id, "advocacy") == "not_called"
    assert told(world, "investigator").count("referral:expired") == 1
    with pytest.raises(NotFound):
        referrals.accept(world.actor("advocate"), referral_id, {}, day(5))
    call_another(world, case_id)


def test_a_place_that_nobody_answered_for_is_an_unmet_need(house: House) -> None:
    places, world = house.places, house.world
    case_id = places.client()
    places.ask(case_id)
    referral_id = world.waiting(case_id, "shelter.coordinator")
    referrals.set_last_day(world.actor("advocate"), referral_id, day(4))
    house.clock.at(day(6))

    ticking.tick()

    assert row(world, referral_id).state == "expired"
    assert state_of(world, case_id, "shelter", "advocate") == "no_room"


def test_the_key_of_a_packet_is_destroyed_when_its_referral_runs_out(house: House) -> None:
    world = house.world
    _, referral_id = called(world)
    with above(world).begin() as connection:
        agencies = (world.agencies["police"], world.agencies["advocacy_prishtine"])
        rows = [{"referral_id": referral_id, "agency_id": one, "wrapped": b"sealed"} for one in agencies]
        connection.execute(insert(PacketKey), rows)
    referrals.set_last_day(world.actor("investigator"), referral_id, day(3))
    house.clock.at(day(5))

    ticking.tick()

    with above(world).connect() as connection:
        assert connection.execute(select(PacketKey.__table__)).all() == []


def test_the_sender_alone_says_until_when_it_waits(house: House) -> None:
    _, referral_id = called(house.world)

    with pytest.raises(NotFound):
        referrals.set_last_day(house.world.actor("advocate"), referral_id, day(9))
    with pytest.raises(Invalid):
        referrals.set_last_day(house.world.actor("investigator"), referral_id, day(1))
    far = day(3) + timedelta(days=500)
    with pytest.raises(Invalid):
        referrals.set_last_day(house.world.actor("investigator"), referral_id, far)


@pytest.fixture
def expiring_procedure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped procedures, where a call to an advocate waits for two days."""
    folder = tmp_path / "sop"
    shutil.copytree(registry.FOLDER, folder)
    file = folder / "xk_2013" / "advocacy.toml"
    text = file.read_text("utf-8")
    assert 'declines = "decline_call"\n' in text
    file.write_text(
        text.replace('declines = "decline_call"\n', 'declines = "decline_call"\nexpires = "2 days"\n'), "utf-8"
    )
    monkeypatch.setattr(registry, "FOLDER", folder)
    registry._load.cache_clear()
    yield
    registry._load.cache_clear()


def test_the_procedure_says_how_long_a_referral_waits(expiring_procedure: None, house: House) -> None:
    _, referral_id = called(house.world)

    found = row(house.world, referral_id)

    assert found.expires_at is not None
    house.clock.now += timedelta(days=2, minutes=1)
    ticking.tick()
    assert row(house.world, referral_id).state == "expired"


def test_what_was_claimed_by_someone_who_is_away_can_be_claimed_again(house: House) -> None:
    world = house.world
    _, referral_id = called(world)
    referrals.claim(world.actor("advocate"), referral_id)
    ticking.tick()
    before = row(world, referral_id).state
    who, by = world.actor("advocate").member_id, world.actor("advocate2").member_id
    assert who
    assert by
    staffing.cover(world.actor("advocacy.supervisor"), NewCover(who, by, day(4), day(6)))
    house.clock.at(day(4))

    ticking.tick()

    found = row(world, referral_id)
    assert (before, found.state, found.claimed_by_id) == ("claimed", "seen", None)


def test_what_was_claimed_by_someone_who_leaves_goes_back_to_the_queue(world: World) -> None:
    _, referral_id = called(world)
    referrals.claim(world.actor("advocate"), referral_id)
    member_id = world.actor("advocate").member_id
    assert member_id

    members.deactivate(world.actor("administrator"), member_id)

    assert (row(world, referral_id).state, row(world, referral_id).claimed_by_id) == ("seen", None)


def test_a_referral_that_does_not_exist_has_no_course(world: World) -> None:
    with world.database.read(world.actor("advocate")) as work, pytest.raises(NotFound):
        referral_course.shown(work, uuid4())
