"""What an agency asked and nobody has answered when its own part in the case ends, on both databases."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, select, update

from app.clock import utc_now
from app.models.audit import AuditEntry, Notice
from app.models.case import CaseKey, CaseParty, CaseStaff
from app.models.workflow import CaseEvent, PacketKey, Referral, WorkflowRun
from app.security.actor import system_actor
from app.services import party_ends, referral_ends, referral_page, referrals, ticking
from app.services.referral_ends import GivingBack
from tests.factories.closing import close
from tests.factories.placed import House, Places, day
from tests.factories.world import A_DAY, POINTER, World
from tests.integration.test_corrected_answers import DECIDED, PRESUMED, SCREENED
from tests.security.relations import above

BEFORE, AFTER, SHELTER = "advocate", "advocate.prizren", "shelter.coordinator"
IN_2010 = date(2010, 5, 3)
A_CHILD_CALL = {"region": "prishtine", "sex": "F", "age_group": "adult", "language": "sq", "urgency": "today"}


def row(world: World, referral_id: UUID) -> Any:
    """A referral as it lies in the database, whoever may see it."""
    with above(world).connect() as connection:
        return connection.execute(select(Referral.__table__).where(Referral.id == referral_id)).one()


def told(world: World, by: str, kind: str) -> list[dict[str, str]]:
    """What a member's agency was told of a kind."""
    own = (Notice.agency_id == world.actor(by).agency_id, Notice.kind == kind)
    with above(world).connect() as connection:
        return list(connection.execute(select(Notice.__table__.c["values"]).where(*own)).scalars())


def of_case(world: World, by: str, case_id: UUID, kind: str) -> int:
    """How often a member's agency was told something of a kind that leads to the case."""
    own = (Notice.agency_id == world.actor(by).agency_id, Notice.kind == kind, Notice.case_id == case_id)
    with above(world).connect() as connection:
        return len(connection.execute(select(Notice.__table__).where(*own)).all())


def packet(world: World, referral_id: UUID) -> None:
    """Something was sent along."""
    sent = row(world, referral_id)
    both = (sent.from_agency_id, sent.to_agency_id)
    rows = [{"referral_id": referral_id, "agency_id": one, "wrapped": b"sealed"} for one in both]
    with above(world).begin() as connection:
        connection.execute(insert(PacketKey), rows)


def packet_of(world: World, referral_id: UUID) -> set[UUID]:
    """Who could open what was sent along."""
    with above(world).connect() as connection:
        found = select(PacketKey.__table__.c.agency_id).where(PacketKey.referral_id == referral_id)
        return set(connection.execute(found).scalars())


def asked(places: Places) -> tuple[UUID, UUID]:
    """A case of the office in Prishtinë, and its question to a shelter."""
    case_id = places.client(BEFORE)
    places.ask(case_id)
    return case_id, places.world.waiting(case_id, SHELTER)


def handed_over(world: World, case_id: UUID) -> None:
    """The office in Prizren takes the case over."""
    office = str(world.agencies["advocacy_prizren"])
    world.step(BEFORE, case_id, "advocacy", "hand_over", office=office, **POINTER)
    world.accept(AFTER, case_id)


def left_behind(world: World, case_id: UUID, referral_id: UUID) -> None:
    """As it lay there before leaving did anything about it: asked by who has left, and has no key."""
    handed_over(world, case_id)
    with above(world).begin() as connection:
        asker = {"from_agency_id": world.agencies["advocacy_prishtine"]}
        connection.execute(update(Referral).where(Referral.id == referral_id).values(**asker))
        connection.execute(delete(Notice))


def test_what_an_office_asked_is_answered_to_the_office_that_takes_the_case_over(world: World) -> None:
    places = Places(world)
    case_id, referral_id = asked(places)

    handed_over(world, case_id)
    page = referral_page.waiting(world.actor(SHELTER), referral_id)
    places.expect(case_id, "1A")

    assert page.row.from_agency_id == world.agencies["advocacy_prizren"]
    assert row(world, referral_id).state == "accepted"
    assert places.state(case_id, AFTER) == "expected"
    assert told(world, AFTER, "referral:passed_on") == [{"track": "shelter"}]
    assert told(world, AFTER, "referral:accepted") == [{"track": "shelter"}]
    assert told(world, BEFORE, "referral:accepted") == [{"track": "advocacy"}]


def test_what_an_office_asked_can_be_declined_and_taken_back_after_it_handed_the_case_over(world: World) -> None:
    places = Places(world)
    first, _ = asked(places)
    second, waits = asked(places)
    handed_over(world, first)
    handed_over(world, second)

    places.decline(first, SHELTER)
    referrals.withdraw(world.actor(AFTER), waits)

    assert places.state(first, AFTER) == "no_room"
    assert told(world, AFTER, "referral:declined") == [{"track": "shelter", "reason": "no_capacity"}]
    assert row(world, waits).state == "withdrawn"


def test_who_leaves_cannot_open_what_was_sent_along_any_more_and_the_receiver_can(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    packet(world, referral_id)

    handed_over(world, case_id)

    assert packet_of(world, referral_id) == {world.agencies["shelter_ngo"]}


def test_what_was_passed_on_runs_out_in_the_name_of_who_has_the_case(house: House) -> None:
    places, world = house.places, house.world
    case_id, referral_id = asked(places)
    handed_over(world, case_id)
    referrals.set_last_day(world.actor(AFTER), referral_id, day(4))
    house.clock.at(day(6))

    ticking.tick()

    assert row(world, referral_id).state == "expired"
    assert places.state(case_id, AFTER) == "no_room"
    assert of_case(world, AFTER, case_id, "referral:expired") == 1
    with above(world).connect() as connection:
        steps = CaseEvent.__table__.c
        found = select(steps.agency_id, steps.member_id).where(steps.case_id == case_id, steps.to_state == "no_room")
        assert connection.execute(found).one() == (world.agencies["advocacy_prizren"], world.actor(AFTER).member_id)


def asked_of_the_prosecution(world: World) -> UUID:
    """A case of the police with an advocate, in which they have asked the prosecution."""
    case_id = world.open_signal(on=IN_2010)
    called = {"office": str(world.agencies["advocacy_prishtine"]), **POINTER}
    world.step("investigator", case_id, "advocacy", "call_advocate", IN_2010, **called)
    world.accept(BEFORE, case_id, IN_2010)
    world.step("investigator", case_id, "identification", "screen", IN_2010, **SCREENED)
    world.step("investigator", case_id, "identification", "presume", IN_2010, **PRESUMED)
    to_them = {"prosecution": str(world.agencies["prosecution"]), "urgency": "today", "legal_duty": True}
    world.step("investigator", case_id, "justice", "refer_to_prosecution", IN_2010, **to_them)
    return case_id


def test_what_the_police_asked_is_the_leading_offices_when_their_duty_ends(world: World) -> None:
    case_id = asked_of_the_prosecution(world)
    referral_id = world.waiting(case_id, "prosecutor")

    world.step("investigator", case_id, "identification", "identify", IN_2010, **DECIDED)
    world.accept("prosecutor", case_id, IN_2010)

    assert row(world, referral_id).state == "accepted"
    assert told(world, BEFORE, "referral:passed_on") == [{"track": "justice"}]
    assert told(world, BEFORE, "referral:accepted") == [{"track": "justice"}]


def test_what_was_asked_in_a_case_that_is_given_back_is_its_first_askers(world: World) -> None:
    case_id = world.with_advocate()
    call = select(Referral.id).where(Referral.case_id == case_id)
    with above(world).connect() as connection:
        first = connection.execute(call).scalar_one()
    centre = str(world.agencies["social_work_prishtine"])
    world.step(BEFORE, case_id, "child", "presume_child", social_work_centre=centre, **A_CHILD_CALL)
    second = world.waiting(case_id, "social.worker")

    referral_ends.give_back(world.actor(BEFORE), first, GivingBack("no_capacity", ""))
    world.accept("social.worker", case_id)

    assert row(world, second).state == "accepted"
    assert told(world, "investigator", "referral:passed_on") == [{"track": "child"}]


def test_what_was_asked_of_the_very_agency_that_has_the_case_then_is_taken_back(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    office, shelter = world.agencies["advocacy_prishtine"], world.agencies["shelter_ngo"]

    with world.database.write(world.actor(BEFORE)) as work:
        party_ends.end_standing(work, case_id, office, "handed_over", shelter)
        work.commit()

    assert row(world, referral_id).state == "withdrawn"
    assert told(world, SHELTER, "referral:withdrawn") == [{"track": "shelter"}]


def with_police_by_consent(world: World) -> tuple[UUID, UUID]:
    """An advocate's case that the police learnt of by her consent, and what they have asked in it since."""
    case_id = Places(world).client(BEFORE, purposes=["assistance", "shelter", "police_contact"])
    unit = {"police_unit": str(world.agencies["police"]), **POINTER}
    world.step(BEFORE, case_id, "identification", "refer_to_police", **unit)
    world.accept("investigator", case_id)
    to_them = {"prosecution": str(world.agencies["prosecution"]), "urgency": "today", "legal_duty": True}
    world.step("investigator", case_id, "justice", "refer_to_prosecution", **to_them)
    return case_id, world.waiting(case_id, "prosecutor")


def test_what_was_asked_by_who_stood_on_her_consent_is_taken_back_with_it(world: World) -> None:
    case_id, referral_id = with_police_by_consent(world)
    packet(world, referral_id)

    world.step(BEFORE, case_id, "advocacy", "withdraw_consent", purposes=["police_contact"])

    found = row(world, referral_id)
    assert (found.state, found.withdrawn_by_id) == ("withdrawn", world.actor(BEFORE).member_id)
    assert found.withdrawn_at is not None
    assert packet_of(world, referral_id) == set()
    assert told(world, "prosecutor", "referral:withdrawn") == [{"track": "justice"}]
    assert [one["track"] for one in told(world, BEFORE, "case:moved")] == ["justice"]
    assert of_case(world, BEFORE, case_id, "case:moved") == 1


def test_who_leads_asks_again_after_her_consent_to_another_was_withdrawn(world: World) -> None:
    case_id, _ = with_police_by_consent(world)
    world.step(BEFORE, case_id, "advocacy", "withdraw_consent", purposes=["police_contact"])

    to_them = {"prosecution": str(world.agencies["prosecution"]), "urgency": "today", "legal_duty": True}
    world.step(BEFORE, case_id, "justice", "refer_to_prosecution", **to_them)
    world.accept("prosecutor", case_id)

    assert of_case(world, BEFORE, case_id, "referral:accepted") == 2


def test_a_shelter_that_was_asked_is_told_that_her_consent_was_withdrawn(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    packet(world, referral_id)

    world.step(BEFORE, case_id, "advocacy", "withdraw_consent", purposes=["shelter"])

    assert row(world, referral_id).state == "withdrawn"
    assert told(world, SHELTER, "referral:withdrawn") == [{"track": "shelter"}]
    assert packet_of(world, referral_id) == set()


def test_what_is_taken_back_opens_for_nobody_any_more(world: World) -> None:
    _, referral_id = asked(Places(world))
    packet(world, referral_id)

    referrals.withdraw(world.actor(BEFORE), referral_id)

    assert packet_of(world, referral_id) == set()


def test_nobody_is_left_waiting_for_an_answer_in_a_case_that_is_closed(world: World) -> None:
    case_id = Places(world).client(BEFORE, purposes=["assistance", "shelter", "reintegration"])
    centre = str(world.agencies["social_work_prishtine"])
    wanted = {"social_work_centre": centre, "needs": ["shelter"]}
    world.step(BEFORE, case_id, "reintegration", "ask_social_work", **wanted)
    referral_id = world.waiting(case_id, "social.worker")

    close(world, case_id, A_DAY, BEFORE)

    assert row(world, referral_id).state == "withdrawn"
    assert told(world, "social.worker", "referral:withdrawn") == [{"track": "reintegration"}]


def audited(world: World, case_id: UUID, action: str) -> int:
    """How often an act on a case stands in the record."""
    of_case_id = (AuditEntry.case_id == case_id, AuditEntry.action == action)
    with above(world).connect() as connection:
        return len(connection.execute(select(AuditEntry.__table__).where(*of_case_id)).all())


def test_a_shelter_that_was_asked_is_told_that_she_has_an_emergency_bed_elsewhere(world: World) -> None:
    places = Places(world)
    case_id = places.client(BEFORE)
    places.ask(case_id, "shelter_men")
    with above(world).connect() as connection:
        own = (Referral.case_id == case_id, Referral.to_agency_id == world.agencies["shelter_men"])
        referral_id = connection.execute(select(Referral.__table__.c.id).where(*own)).scalar_one()
    packet(world, referral_id)

    world.step(BEFORE, case_id, "shelter", "take_emergency_bed", bed=str(places.bed("2B")))

    found = row(world, referral_id)
    assert (found.state, found.withdrawn_by_id) == ("withdrawn", world.actor(BEFORE).member_id)
    assert packet_of(world, referral_id) == set()
    with above(world).connect() as connection:
        to_them = (Notice.agency_id == world.agencies["shelter_men"], Notice.kind == "referral:withdrawn")
        assert len(connection.execute(select(Notice.__table__).where(*to_them)).all()) == 1
    assert audited(world, case_id, "referral:withdrawn") == 1


def test_an_office_that_was_called_is_told_that_the_call_was_withdrawn(world: World) -> None:
    case_id = world.open_signal()
    referral_id = world.call_advocate(case_id)
    packet(world, referral_id)

    world.step("investigator", case_id, "advocacy", "withdraw_call", reason="The wrong office.")

    found = row(world, referral_id)
    assert (found.state, found.withdrawn_by_id) == ("withdrawn", world.actor("investigator").member_id)
    assert packet_of(world, referral_id) == set()
    assert told(world, BEFORE, "referral:withdrawn") == [{"track": "advocacy"}]
    assert audited(world, case_id, "referral:withdrawn") == 1


def test_the_clock_ends_what_was_asked_by_who_has_left_and_tells_who_leads(world: World) -> None:
    places = Places(world)
    case_id, referral_id = asked(places)
    left_behind(world, case_id, referral_id)
    packet(world, referral_id)

    ticking.tick()
    ticking.tick()

    assert row(world, referral_id).state == "expired"
    assert world.agencies["shelter_ngo"] not in packet_of(world, referral_id)
    assert told(world, SHELTER, "referral:withdrawn") == [{"track": "shelter"}]
    assert of_case(world, AFTER, case_id, "referral:expired") == 1
    assert told(world, BEFORE, "referral:expired") == []
    assert places.state(case_id, AFTER) == "no_room"
    places.ask(case_id, by=AFTER)


def test_where_nobody_works_on_the_case_it_ends_too_and_the_track_waits_for_whoever_will(world: World) -> None:
    places = Places(world)
    case_id, referral_id = asked(places)
    left_behind(world, case_id, referral_id)
    with above(world).begin() as connection:
        connection.execute(update(CaseStaff).where(CaseStaff.case_id == case_id).values(ended_at=utc_now()))

    ticking.tick()

    assert row(world, referral_id).state == "expired"
    assert of_case(world, AFTER, case_id, "referral:expired") == 1
    with above(world).connect() as connection:
        states = select(WorkflowRun.__table__.c.states).where(WorkflowRun.case_id == case_id)
        assert connection.execute(states).scalar_one()["shelter"] == "offered"


def test_a_round_that_takes_it_for_run_out_changes_nothing(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    left_behind(world, case_id, referral_id)
    shelter = world.agencies["shelter_ngo"]
    with above(world).begin() as connection:
        connection.execute(update(Referral).where(Referral.id == referral_id).values(expires_at=utc_now()))

    with world.database.write(system_actor("tick", shelter)) as work:
        assert referral_ends.expire(work, shelter) == 0


def test_the_clock_leaves_alone_what_was_asked_by_who_is_a_party_still(world: World) -> None:
    _, referral_id = asked(Places(world))

    ticking.tick()

    assert row(world, referral_id).state == "sent"


@pytest.fixture
def many_left(world: World) -> tuple[UUID, UUID]:
    """A hundred that nobody can end, for nobody is a party to their case, and one younger that has run out."""
    places = Places(world)
    dead, lost = asked(places)
    left_behind(world, dead, lost)
    _, over = asked(places)
    now, table = utc_now(), Referral.__table__
    template = dict(row(world, lost)._mapping) | {"expires_at": now - timedelta(days=30)}
    with above(world).begin() as connection:
        connection.execute(insert(Referral), [template | {"id": uuid4()} for _ in range(referral_ends.BATCH)])
        connection.execute(
            update(CaseParty).where(CaseParty.case_id == dead).values(ended_at=now, end_kind="withdrawn")
        )
        connection.execute(delete(CaseKey).where(CaseKey.case_id == dead))
        connection.execute(update(table).where(table.c.id == over).values(expires_at=now - timedelta(days=1)))
    return over, lost


def test_what_nobody_can_end_keeps_nothing_else_from_running_out(world: World, many_left: tuple[UUID, UUID]) -> None:
    over, lost = many_left

    ticking.tick()

    assert (row(world, over).state, row(world, lost).state) == ("expired", "sent")


def test_more_are_ended_at_once_than_one_round_takes(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    left_behind(world, case_id, referral_id)
    template = dict(row(world, referral_id)._mapping)
    with above(world).begin() as connection:
        connection.execute(insert(Referral), [template | {"id": uuid4()} for _ in range(referral_ends.BATCH)])

    ticking.tick()

    waiting = select(Referral.id).where(Referral.case_id == case_id, Referral.state == "sent")
    with above(world).connect() as connection:
        assert connection.execute(waiting).all() == []
