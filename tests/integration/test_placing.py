"""Beds through the steps of a case: held, taken, exchanged, left; and who may know of her at each moment."""

from datetime import date
from uuid import UUID

import pytest

from app.errors import Conflict, Invalid, NotFound, Refusal, Unmet
from app.services import ticking
from app.services.stays import move, open_safety, take
from tests.factories.placed import GONE, HOUSE, House, day
from tests.factories.world import POINTER

SHELTER, SECURE = "shelter.coordinator", "secure.coordinator"


def test_a_bed_is_kept_when_the_shelter_accepts(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)

    house.places.expect(case_id)

    assert (house.places.state(case_id), house.places.holds(case_id)) == ("expected", ["held"])


def test_a_person_who_arrives_has_a_stay_with_its_own_key_and_uses_up_her_hold(house: House) -> None:
    case_id, stay_id = house.places.resident(alerts="Fears men in uniform")

    with house.world.database.read(house.world.actor(SHELTER)) as work:
        safety = open_safety(work, house.places.open_stay(case_id))
    assert safety == {"alias": "Ana", "alerts": "Fears men in uniform"}
    assert house.places.holds(case_id) == ["used"]
    assert house.places.stay_keys_of(SHELTER) == [stay_id]


def test_a_bed_that_someone_sleeps_in_is_not_given_to_another(house: House) -> None:
    house.places.resident("1A")
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "1B")

    with pytest.raises(Unmet) as refusal:
        house.places.admit(case_id, "1A")

    assert refusal.value.guards == [("bed_is_free", False)]


def test_a_bed_held_for_another_case_tonight_is_not_given_away(house: House) -> None:
    awaited, other = house.places.client(), house.places.client()
    house.places.ask(awaited)
    house.places.expect(awaited, "1A")
    house.places.ask(other)
    house.places.expect(other, "1B")

    with pytest.raises(Unmet):
        house.places.admit(other, "1A")


def test_a_bed_whose_hold_ran_out_is_free_for_another(house: House) -> None:
    awaited, other = house.places.client(), house.places.client()
    house.places.ask(awaited)
    house.places.expect(awaited, "1A", hold_until="2014-03-04")
    house.clock.at(day(4), hour=13)
    house.places.ask(other)

    house.places.expect(other, "1A", expected_on="2014-03-04")

    assert house.places.holds(awaited) == ["expired"]


def test_a_bed_can_be_booked_for_the_day_on_which_its_resident_is_to_leave(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    case_id = house.places.client()
    house.places.ask(case_id)

    house.places.expect(case_id, "1A", expected_on="2014-03-10")

    assert house.places.holds(case_id) == ["held"]


def test_a_bed_cannot_be_booked_before_its_resident_is_to_leave(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    case_id = house.places.client()
    house.places.ask(case_id)

    with pytest.raises(Unmet):
        house.places.expect(case_id, "1A", expected_on="2014-03-09")


def test_a_longer_stay_displaces_a_later_booking_and_tells_the_shelter(house: House) -> None:
    _, stay_id = house.places.resident("1A", expected_until="2014-03-10")
    booked = house.places.client()
    house.places.ask(booked)
    house.places.expect(booked, "1A", expected_on="2014-03-10")

    take(house.world.actor(SHELTER), stay_id, "extend", {"expected_until": "2014-03-20", "reason": "Not ready."})

    assert house.places.holds(booked) == ["needs_place"]
    assert "bed:needs_place" in house.places.notices_of(SHELTER)


def test_a_booking_whose_bed_an_overdue_resident_still_has_needs_a_place_at_the_next_tick(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    booked = house.places.client()
    house.places.ask(booked)
    house.places.expect(booked, "1A", expected_on="2014-03-11")
    house.clock.at(day(11))

    ticking.tick()

    assert house.places.holds(booked) == ["needs_place"]


def test_a_displaced_booking_is_admitted_to_any_other_bed(house: House) -> None:
    _, stay_id = house.places.resident("1A", expected_until="2014-03-10")
    booked = house.places.client()
    house.places.ask(booked)
    house.places.expect(booked, "1A", expected_on="2014-03-10")
    take(house.world.actor(SHELTER), stay_id, "extend", {"expected_until": "2014-03-20", "reason": "Not ready."})
    house.clock.at(day(10))

    house.places.admit(booked, "2A", on=day(10))

    assert house.places.holds(booked) == ["used"]


def test_an_emergency_bed_of_a_shelter_becomes_a_stay_when_the_shelter_answers(house: House) -> None:
    case_id = house.places.client()
    bed = str(house.places.bed("2B"))
    house.world.step("advocate", case_id, "shelter", "take_emergency_bed", bed=bed)
    house.clock.at(day(4), hour=2)  # she comes in the night: the bed is still hers

    house.world.accept(SHELTER, case_id, day(4), bed=bed, **HOUSE)

    assert (house.places.state(case_id), house.places.holds(case_id)) == ("admitted", ["used"])
    assert house.places.open_stay(case_id).bed_id == UUID(bed)


def test_an_emergency_bed_comes_with_a_provisional_rating_in_one_act(house: House) -> None:
    case_id, bed = house.places.client(), str(house.places.bed("2B"))

    house.world.step("advocate", case_id, "risk", "rate_provisionally", level="medium", safety_questions=True, bed=bed)

    assert (house.places.state(case_id), house.places.holds(case_id)) == ("emergency_bed", ["held"])
    assert house.places.referral_states(case_id) == ["sent"]


def test_an_emergency_bed_takes_back_the_question_to_another_shelter(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id, "shelter_men")

    house.world.step("advocate", case_id, "shelter", "take_emergency_bed", bed=str(house.places.bed("2B")))

    assert house.places.referral_states(case_id) == ["withdrawn", "sent"]


def test_a_declined_emergency_bed_is_free_again(house: House) -> None:
    case_id, bed = house.places.client(), house.places.bed("2B")
    house.world.step("advocate", case_id, "shelter", "take_emergency_bed", bed=str(bed))

    house.places.decline(case_id, SHELTER)

    assert (house.places.state(case_id), house.places.holds(case_id)) == ("no_room", ["released"])


@pytest.mark.parametrize(
    ("by", "action", "answers"),
    [
        (SHELTER, "not_arrived", {"reason": "Did not come."}),
        ("advocate", "withdraw_request", {"reason": "Another place was found."}),
        ("advocate", "refuse_place", {"refusal_reason": "other", "safe_contact_confirmed": True}),
    ],
)
def test_a_person_who_does_not_come_leaves_no_hold_and_no_party_behind(
    house: House, by: str, action: str, answers: dict[str, object]
) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id)

    house.world.step(by, case_id, "shelter", action, **answers, **NEXT_OFFER.get(action, {}))

    assert house.places.holds(case_id) == ["released"]
    assert house.places.parties(case_id)[house.world.agencies["shelter_ngo"]] == "handed_over"
    assert house.places.keys_of(case_id, SHELTER) == 0


NEXT_OFFER = {"refuse_place": {"next_offer_on": "2014-03-20"}}


def test_a_withdrawn_question_can_no_longer_be_answered(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    referral_id = house.world.waiting(case_id, SHELTER)
    house.world.step("advocate", case_id, "shelter", "withdraw_request", reason="Another place was found.")

    with pytest.raises(NotFound):
        house.places.answer(referral_id, SHELTER, bed=str(house.places.bed("1A")), expected_on="2014-03-03")


def test_a_shelter_that_she_has_left_keeps_the_pointer_and_neither_keys_nor_the_safety_minimum(house: House) -> None:
    case_id, _ = house.places.resident()

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    assert house.places.state(case_id) == "left"
    assert house.places.parties(case_id)[house.world.agencies["shelter_ngo"]] == "handed_over"
    assert (house.places.keys_of(case_id, SHELTER), house.places.stay_keys_of(SHELTER)) == (0, [])
    assert house.places.state(case_id, SHELTER) == "left"  # the pointer shows the states, and nothing else


def test_a_person_who_left_can_come_back_to_the_same_shelter_on_the_same_day(house: House) -> None:
    case_id, _ = house.places.resident()
    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    house.places.ask(case_id)
    house.places.expect(case_id)
    house.places.admit(case_id)

    assert [stay.left_on for stay in house.places.stays(case_id)] == [day(3), None]


def _transfer(house: House) -> UUID:
    """In the NGO shelter, and the high-risk facility has accepted her."""
    case_id, _ = house.places.resident(alias="Ana")
    house.world.step("advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True)
    shelter = str(house.world.agencies["shelter_secure"])
    house.world.step(
        "advocate",
        case_id,
        "shelter",
        "plan_transfer",
        transfer_kind="emergency",
        shelter=shelter,
        reason="The house was watched.",
    )
    house.world.step("advocate", case_id, "shelter", "ask_shelter", shelter=shelter, **POINTER)
    house.places.expect(case_id, "1A", SECURE)
    return case_id


def test_a_transfer_ends_the_stay_in_the_other_agencys_shelter_with_its_key_and_its_standing(house: House) -> None:
    case_id = _transfer(house)

    house.places.admit(case_id, "1A", SECURE)

    before, now = house.places.stays(case_id)
    assert (before.left_on, before.destination, now.previous_stay_id) == (day(3), "other_shelter", before.id)
    assert (house.places.stay_keys_of(SHELTER), house.places.stay_keys_of(SECURE)) == ([], [now.id])
    assert house.places.keys_of(case_id, SHELTER) == 0
    assert house.places.parties(case_id)[house.world.agencies["shelter_ngo"]] == "handed_over"
    assert house.places.parties(case_id)[house.world.agencies["shelter_secure"]] is None


def test_a_transfer_that_does_not_happen_leaves_her_where_she_is(house: House) -> None:
    case_id = _transfer(house)

    house.world.step("advocate", case_id, "shelter", "stay_on", reason="She feels safe here.")

    assert (house.places.state(case_id), house.places.holds(case_id)) == ("admitted", ["used", "released"])
    assert house.places.parties(case_id)[house.world.agencies["shelter_secure"]] == "handed_over"
    assert house.places.keys_of(case_id, SHELTER) == 2


def test_leaving_in_the_middle_of_a_transfer_ends_both_shelters_standing(house: House) -> None:
    case_id = _transfer(house)

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    ended = house.places.parties(case_id)
    assert ended[house.world.agencies["shelter_ngo"]] == ended[house.world.agencies["shelter_secure"]] == "handed_over"
    assert house.places.keys_of(case_id, SECURE) == 0


def _withdrawn(house: House) -> tuple[UUID, UUID]:
    case_id, stay_id = house.places.resident()
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])
    return case_id, stay_id


def test_consent_withdrawn_in_mid_stay_ends_the_shelters_standing_and_leaves_the_safety_minimum(house: House) -> None:
    case_id, stay_id = _withdrawn(house)

    with pytest.raises(NotFound):
        house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)
    assert house.places.parties(case_id)[house.world.agencies["shelter_ngo"]] == "withdrawn"
    assert house.places.keys_of(case_id, SHELTER) == 0
    assert house.places.stay_keys_of(SHELTER) == [stay_id]


def test_a_shelter_without_consent_still_records_that_she_leaves(house: House) -> None:
    case_id, stay_id = _withdrawn(house)

    take(house.world.actor(SHELTER), stay_id, "leave", GONE)

    assert house.places.state(case_id) == "left"
    assert house.places.stays(case_id)[0].left_on == day(3)
    assert house.places.stay_keys_of(SHELTER) == []


def test_a_shelter_without_consent_still_extends_and_moves(house: House) -> None:
    case_id, stay_id = _withdrawn(house)
    actor = house.world.actor(SHELTER)

    take(actor, stay_id, "extend", {"expected_until": "2014-05-01", "reason": "Not ready."})
    move(actor, stay_id, house.places.bed("2C"))

    stay = house.places.open_stay(case_id)
    assert (stay.expected_until, stay.bed_id) == (date(2014, 5, 1), house.places.bed("2C"))


def test_a_stay_of_another_shelter_is_not_there(house: House) -> None:
    _, stay_id = house.places.resident()

    with pytest.raises(NotFound):
        take(house.world.actor(SECURE), stay_id, "leave", GONE)
    with pytest.raises(NotFound):
        move(house.world.actor(SECURE), stay_id, house.places.bed("1A", "shelter_secure"))


def test_no_other_step_is_taken_through_a_stay(house: House) -> None:
    _, stay_id = house.places.resident()

    with pytest.raises(NotFound):
        take(house.world.actor(SHELTER), stay_id, "plan_transfer", {})


def test_consent_withdrawn_before_she_comes_frees_the_bed(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id)

    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])

    assert house.places.holds(case_id) == ["released"]
    assert house.places.keys_of(case_id, SHELTER) == 0


def test_a_move_within_the_house_keeps_who_slept_where_and_the_safety_minimum(house: House) -> None:
    case_id, stay_id = house.places.resident("1A")
    house.clock.at(day(5))

    move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"))

    before, now = house.places.stays(case_id)
    with house.world.database.read(house.world.actor(SHELTER)) as work:
        assert open_safety(work, now) == {"alias": "Ana"}
        assert open_safety(work, before) == {}
    assert (before.left_on, now.arrived_on, now.bed_id) == (day(5), day(5), house.places.bed("2A"))


def test_two_residents_change_places(house: House) -> None:
    first, stay_id = house.places.resident("1A")
    second, _ = house.places.resident("2A", alias="Besa")

    move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"))

    assert house.places.open_stay(first).bed_id == house.places.bed("2A")
    assert house.places.open_stay(second).bed_id == house.places.bed("1A")


def test_a_bed_held_for_tonight_is_not_moved_into(house: House) -> None:
    _, stay_id = house.places.resident("1A")
    awaited = house.places.client()
    house.places.ask(awaited)
    house.places.expect(awaited, "2A")

    with pytest.raises(Conflict):
        move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"))


@pytest.mark.parametrize("on", [day(2), day(4)], ids=["before she came", "tomorrow"])
def test_a_move_on_a_day_that_cannot_be_is_refused(house: House, on: date) -> None:
    _, stay_id = house.places.resident("1A")

    with pytest.raises(Invalid) as refusal:
        move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"), on)

    assert set(refusal.value.fields) == {"occurred_on"}


def test_a_departure_before_the_arrival_is_refused(house: House) -> None:
    case_id, _ = house.places.resident()

    with pytest.raises(Invalid) as refusal:
        house.world.step(SHELTER, case_id, "shelter", "leave", day(2), **GONE)

    assert refusal.value.fields == {"occurred_on": "before_arrival"}


def test_a_bed_of_another_shelter_is_not_given(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id)

    with pytest.raises(Refusal):
        house.world.step(
            SHELTER, case_id, "shelter", "admit", bed=str(house.places.bed("1A", "shelter_secure")), **HOUSE
        )
