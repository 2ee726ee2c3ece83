"""What an administrator does with people and agencies, on both databases: who has which role, and who may go when."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clock import local_day, utc_now
from app.demo import PASSWORD
from app.errors import Invalid, Refusal
from app.models.agency import DutyShift, Member
from app.models.audit import Notice
from app.models.case import CaseStaff
from app.models.placement import Bed
from app.security.actor import system_actor
from app.services import agencies, invitations, members, referrals, sessions
from app.services.administration import NewAgency
from app.services.agencies import AgencyProfile, NewShift
from app.services.members import Profile
from app.services.sessions import Limits
from app.services.unit_of_work import Once
from tests.factories.granting import approve
from tests.factories.world import A_DAY, World
from tests.support.client import CHOSEN
from tests.support.factors import signed_in

AN_ADVOCATE = Profile("Mira Test", ("advocate",))
LIMITS = Limits(timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=5))


def _sessions(world: World, sign_in: str) -> str:
    return signed_in(world.database, sign_in, PASSWORD)


def _notices(world: World, by: str) -> list[str]:
    with world.database.read(world.actor(by)) as work:
        return list(work.session.execute(select(Notice.kind)).scalars())


def _add(world: World, sign_in: str = "mira.test", profile: Profile = AN_ADVOCATE) -> members.Admitted:
    return members.add(world.actor("administrator"), world.agencies["advocacy_prishtine"], sign_in, profile)


def test_a_form_sent_twice_adds_one_person_and_shows_the_invitation_once(world: World) -> None:
    once = Once("same-key", "same-body")
    office, admin = world.agencies["advocacy_prishtine"], world.actor("administrator")

    first = members.add(admin, office, "mira.test", AN_ADVOCATE, once)
    second = members.add(admin, office, "mira.test", AN_ADVOCATE, once)

    assert first.member_id == second.member_id
    assert first.invitation is not None
    assert second.invitation is None


@pytest.mark.parametrize(
    ("sign_in", "roles", "field"),
    [
        pytest.param("ab", ("advocate",), "sign_in", id="too short"),
        pytest.param("mira test", ("advocate",), "sign_in", id="a blank"),
        pytest.param("mira..test", ("advocate",), "sign_in", id="two dots"),
        pytest.param("mirä", ("advocate",), "sign_in", id="a letter that not every keyboard has"),
        pytest.param("ADVOCATE", ("advocate",), "sign_in", id="somebody else's, in capitals"),
        pytest.param("mira.test", ("investigator",), "roles", id="a role of another kind of agency"),
        pytest.param("mira.test", ("advocate", "administrator"), "roles", id="an administrator with cases"),
        pytest.param("mira.test", (), "roles", id="no role"),
    ],
)
def test_a_person_who_cannot_be_added_as_asked_is_refused_at_the_field(
    world: World, sign_in: str, roles: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        _add(world, sign_in, Profile("Mira Test", roles))

    assert set(refusal.value.fields) == {field}


def test_roles_that_were_changed_end_the_session_that_is_open_and_hold_in_the_next(world: World) -> None:
    browser = _sessions(world, "advocate2")

    members.change(
        world.actor("administrator"),
        world.actor("advocate2").member_id,
        Profile("Milica Jović", ("agency_supervisor",)),
    )
    approve(world)

    assert sessions.find_session(browser, LIMITS) is None
    found = sessions.find_session(_sessions(world, "advocate2"), LIMITS)
    assert found is not None
    assert found.actor is not None
    assert found.actor.roles == {"agency_supervisor"}


@pytest.mark.line(23)
def test_a_leaver_is_signed_out_and_her_cases_and_claims_go_back_to_the_queue(world: World) -> None:
    case_id = world.with_advocate()
    waiting = world.open_signal()
    referral_id = world.call_advocate(waiting)
    referrals.claim(world.actor("advocate"), referral_id)
    browser = _sessions(world, "advocate")

    members.deactivate(world.actor("administrator"), world.actor("advocate").member_id)

    assert sessions.find_session(browser, LIMITS) is None
    with pytest.raises(Refusal, match="sign_in_failed"):
        _sessions(world, "advocate")
    with world.database.read(world.actor("advocacy.supervisor")) as work:
        staff = select(CaseStaff.ended_at).where(CaseStaff.case_id == case_id)
        ended = list(work.session.execute(staff.where(CaseStaff.agency_id == work.actor.agency_id)).scalars())
    assert ended
    assert None not in ended
    assert "member:left" in _notices(world, "advocacy.supervisor")
    referrals.accept(world.actor("advocate2"), referral_id, {}, A_DAY)
    assert _notices(world, "administrator") == []


def test_the_cases_of_other_agencies_are_left_alone_when_somebody_leaves(world: World) -> None:
    case_id = world.with_advocate()

    members.deactivate(world.actor("administrator"), world.actor("advocate").member_id)

    with world.database.read(world.actor("investigator")) as work:
        own = select(CaseStaff.ended_at).where(CaseStaff.case_id == case_id)
        assert list(work.session.execute(own.where(CaseStaff.agency_id == work.actor.agency_id)).scalars()) == [None]


def test_the_last_supervisor_of_an_agency_with_open_cases_stays(world: World) -> None:
    world.with_advocate()
    admin, supervisor = world.actor("administrator"), world.actor("advocacy.supervisor").member_id

    with pytest.raises(Refusal, match="last_supervisor"):
        members.deactivate(admin, supervisor)
    with pytest.raises(Refusal, match="last_supervisor"):
        members.change(admin, supervisor, Profile("Drita Selmani", ("advocate",)))

    members.change(
        admin, world.actor("advocate2").member_id, Profile("Milica Jović", ("advocate", "agency_supervisor"))
    )
    approve(world)
    members.deactivate(admin, supervisor)


def test_nobody_leaves_an_agency_with_open_cases_that_has_no_supervisor(world: World) -> None:
    case_id = world.open_signal(region="prizren")
    world.step(
        "investigator",
        case_id,
        "advocacy",
        "call_advocate",
        office=str(world.agencies["advocacy_prizren"]),
        region="prizren",
        sex="F",
        age_group="adult",
        language="sq",
        urgency="today",
    )
    world.accept("advocate.prizren", case_id)

    with pytest.raises(Refusal, match="last_supervisor"):
        members.deactivate(world.actor("administrator"), world.actor("advocate.prizren").member_id)


def test_the_last_supervisor_may_go_where_no_case_is_open(world: World) -> None:
    members.deactivate(world.actor("administrator"), world.actor("advocacy.supervisor").member_id)


def test_the_last_administrator_stays_and_nobody_lets_herself_go(world: World) -> None:
    admin = world.actor("administrator")
    second = world.actor("administrator2")

    with pytest.raises(Refusal, match="not_yourself"):
        members.deactivate(admin, admin.member_id)
    members.deactivate(admin, second.member_id)
    with pytest.raises(Refusal, match="last_administrator"):
        members.deactivate(second, admin.member_id)


def test_who_is_taken_back_needs_an_invitation(world: World) -> None:
    admin, member = world.actor("administrator"), world.actor("advocate").member_id
    members.deactivate(admin, member)

    back = members.activate(admin, member)
    approve(world)

    with pytest.raises(Refusal, match="sign_in_failed"):
        _sessions(world, "advocate")
    assert invitations.accept(back.invitation or "", CHOSEN, "127.0.0.1", None)


def test_a_leaver_is_on_no_duty_roster(world: World) -> None:
    admin, member = world.actor("administrator"), world.actor("advocate").member_id

    members.deactivate(admin, member)

    with world.database.read(admin) as work:
        on_duty = select(DutyShift.id).where(DutyShift.member_id == member)
        running = on_duty.where((DutyShift.ends_at.is_(None)) | (DutyShift.ends_at > work.now))
        assert work.session.execute(running).first() is None


def test_an_agency_with_people_or_open_cases_takes_part_until_they_are_gone(world: World) -> None:
    world.with_advocate()
    admin, office = world.actor("administrator"), world.agencies["advocacy_prishtine"]
    closed = AgencyProfile("Office", "Zyra", "Kancelarija", "prishtine", is_active=False)

    with pytest.raises(Refusal, match="agency_has_people"):
        agencies.change(admin, office, closed)

    with world.database.write(system_actor("setup")) as work:
        work.session.query(Member).filter_by(agency_id=office).update({"is_active": False})
        work.audit("test:emptied")
        work.commit()
    with pytest.raises(Refusal, match="agency_has_cases"):
        agencies.change(admin, office, closed)


def test_a_new_shelter_gets_its_rooms_and_a_bed_can_be_taken_out_of_use(world: World) -> None:
    admin = world.actor("administrator")
    made = agencies.add(admin, NewAgency("shelter_new", "shelter", "New", "E re", "Nova", "peje"))
    agency_id = UUID(made["agency_id"])

    agencies.add_room(admin, agency_id, "1", 2)
    agencies.add_room(admin, agency_id, "1", 1)
    with pytest.raises(Invalid, match="invalid"):
        agencies.add_room(admin, agency_id, "1", 6)
    page = agencies.whole(admin, agency_id)
    agencies.set_bed(admin, page.houses[0].rooms[0].beds[0].id, is_active=False)

    beds = agencies.whole(admin, agency_id).houses[0].rooms[0].beds
    assert [(bed.name, bed.is_active) for bed in beds] == [("1A", False), ("1B", True), ("1C", True)]


def test_a_short_name_that_an_agency_has_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        agencies.add(world.actor("administrator"), NewAgency("police", "police", "P", "P", "P"))

    assert refusal.value.fields == {"key": "key_taken"}


def test_a_shift_runs_from_its_first_day_to_its_last_one_and_ends_when_told(world: World) -> None:
    admin, office = world.actor("administrator"), world.agencies["advocacy_prishtine"]
    member, today = world.actor("advocate2").member_id, local_day(utc_now())

    agencies.add_shift(admin, office, NewShift(member, 9, "+383 1", ("sq", "en"), today, today))
    added = next(shift for shift in agencies.whole(admin, office).shifts if shift.rank == 9)
    agencies.end_shift(admin, added.id)

    assert added.last_day == today
    assert 9 not in [shift.rank for shift in agencies.whole(admin, office).shifts]


@pytest.mark.parametrize(
    ("member", "days", "field"),
    [
        pytest.param("investigator", 0, "member", id="somebody of another agency"),
        pytest.param("advocate", -1, "until_on", id="an end before the start"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_at_its_field(world: World, member: str, days: int, field: str) -> None:
    shift = NewShift(world.actor(member).member_id, 1, "+383 1", (), A_DAY, A_DAY + timedelta(days=days))

    with pytest.raises(Invalid) as refusal:
        agencies.add_shift(world.actor("administrator"), world.agencies["advocacy_prishtine"], shift)

    assert set(refusal.value.fields) == {field}


def test_an_administrator_finds_no_case_after_all_this(world: World) -> None:
    world.with_advocate()
    members.deactivate(world.actor("administrator"), world.actor("advocate").member_id)

    with world.database.read(world.actor("administrator")) as work:
        assert work.session.execute(select(CaseStaff.id)).first() is None
        assert work.session.execute(select(Bed.id)).first() is not None
