"""Overstay, transfer, return to the house, a day put right: what is recorded of a stay beside its steps."""

from datetime import date
from uuid import UUID

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.services import bed_board, companions, stay_acts, stays
from app.services.bed_board import Board, StayPage
from app.services.viewing import view
from tests.factories.placed import GONE, House, day

SHELTER, SECURE = "shelter.coordinator", "secure.coordinator"
AGREED = {"is_agreed": True, "agreed_by": "advocate", "reason": "no_safe_place", "agreed_until": day(20)}


def _page(house: House, stay_id: UUID, by: str = SHELTER) -> StayPage:
    return view(house.world.actor(by), "t", bed_board.one_stay, stay_id=stay_id)


def _board(house: House) -> Board:
    board = view(house.world.actor(SHELTER), "t", bed_board.board)
    assert board is not None
    return board


def _overdue(house: House) -> UUID:
    _, stay_id = house.places.resident("1A", expected_until="2014-03-10")
    house.clock.at(day(12))
    return stay_id


def test_an_overstay_that_is_agreed_stands_so_on_the_board_until_its_day(house: House) -> None:
    stay_id = _overdue(house)

    stay_acts.decide_overstay(house.world.actor(SHELTER), stay_id, **AGREED)

    assert [one.resident.agreed_until for one in _board(house).departures] == [day(20)]
    house.clock.at(day(21))
    assert [one.resident.agreed_until for one in _board(house).departures] == [None]


def test_an_overstay_that_is_not_agreed_is_recorded_and_stays_overdue(house: House) -> None:
    stay_id = _overdue(house)
    refused = AGREED | {"is_agreed": False, "agreed_until": None}

    stay_acts.decide_overstay(house.world.actor(SHELTER), stay_id, **refused)

    page = _page(house, stay_id)
    assert (page.is_overdue, page.course.is_agreed) == (True, False)
    assert [one.is_agreed for one in page.course.overstays] == [False]


def test_what_was_agreed_of_one_end_says_nothing_of_the_next(house: House) -> None:
    stay_id = _overdue(house)
    actor = house.world.actor(SHELTER)
    stay_acts.decide_overstay(actor, stay_id, **AGREED | {"agreed_until": day(31)})
    stays.take(actor, stay_id, "extend", {"expected_until": "2014-03-15", "reason": "Not ready."})

    house.clock.at(day(18))

    assert not _page(house, stay_id).course.is_agreed


def test_nobody_agrees_to_an_overstay_that_there_is_not(house: House) -> None:
    _, stay_id = house.places.resident("1A")

    with pytest.raises(Conflict, match="not_overdue"):
        stay_acts.decide_overstay(house.world.actor(SHELTER), stay_id, **AGREED)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"is_agreed": None}, "is_agreed"),
        ({"agreed_by": "nonsense"}, "agreed_by"),
        ({"reason": "nonsense"}, "reason"),
        ({"agreed_until": None}, "agreed_until"),
        ({"agreed_until": day(11)}, "agreed_until"),
        ({"decided_on": day(13)}, "decided_on"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_at_its_field(
    house: House, wrong: dict[str, object], field: str
) -> None:
    stay_id = _overdue(house)

    with pytest.raises(Invalid) as refusal:
        stay_acts.decide_overstay(house.world.actor(SHELTER), stay_id, **AGREED | wrong)  # type: ignore[arg-type]

    assert set(refusal.value.fields) == {field}


def test_a_move_is_shown_from_both_stays_with_its_reason(house: House) -> None:
    _, stay_id = house.places.resident("1A")
    next_id = UUID(stays.move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"))["stay_id"])

    stay_acts.say_why_transferred(house.world.actor(SHELTER), stay_id, "emergency", "conflict")

    before, after = _page(house, stay_id).course, _page(house, next_id).course
    assert before.after is not None
    assert after.before is not None
    assert (before.after.id, after.before.id) == (next_id, stay_id)
    assert before.transfer is not None
    assert (before.transfer.kind, before.transfer.reason) == ("emergency", "conflict")
    assert after.been_before is None


@pytest.mark.parametrize(("kind", "reason"), [("nonsense", "safety"), ("planned", "nonsense")])
def test_a_reason_that_is_none_is_refused(house: House, kind: str, reason: str) -> None:
    _, stay_id = house.places.resident("1A")

    with pytest.raises(Invalid):
        stay_acts.say_why_transferred(house.world.actor(SHELTER), stay_id, kind, reason)


def test_who_comes_back_is_shown_as_returning_and_is_linked_to_nothing(house: House) -> None:
    case_id, first = house.places.resident("1A")
    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)
    house.clock.at(day(8))

    house.places.ask(case_id)
    house.places.expect(case_id, "1B", expected_on="2014-03-08")
    again = house.places.admit(case_id, "1B", on=day(8))

    course = _page(house, again).course
    assert course.been_before is not None
    assert course.been_before.id == first
    assert course.before is None


def _gone(house: House) -> UUID:
    case_id, stay_id = house.places.resident("1A")
    companions.add(house.world.actor(SHELTER), stay_id, "under_1")
    house.clock.at(day(9))
    house.world.step(SHELTER, case_id, "shelter", "leave", day(5), **GONE)
    return stay_id


def test_the_house_puts_the_day_of_leaving_right_and_what_was_written_before_is_kept(house: House) -> None:
    stay_id = _gone(house)

    stay_acts.correct_departure(house.world.actor(SHELTER), stay_id, day(7))

    page = _page(house, stay_id)
    assert page.stay.left_on == day(7)
    assert [(one.before_on, one.after_on) for one in page.course.corrections] == [(day(5), day(7))]
    assert [one.left_on for one in page.course.children] == [day(7)]


def test_a_day_on_which_another_had_the_bed_is_refused(house: House) -> None:
    stay_id = _gone(house)
    other = house.places.client()
    house.places.ask(other)
    house.places.expect(other, "1A", expected_on="2014-03-09")
    house.places.admit(other, "1A", on=day(6))

    with pytest.raises(Conflict, match="bed_taken"):
        stay_acts.correct_departure(house.world.actor(SHELTER), stay_id, day(7))


@pytest.mark.parametrize("on", [day(2), day(10), None])
def test_a_day_of_leaving_that_cannot_be_is_refused(house: House, on: date | None) -> None:
    stay_id = _gone(house)

    with pytest.raises(Invalid):
        stay_acts.correct_departure(house.world.actor(SHELTER), stay_id, on)


def test_no_day_of_leaving_is_put_right_of_who_is_there_or_went_on(house: House) -> None:
    actor = house.world.actor(SHELTER)
    _, stay_id = house.places.resident("1A")

    with pytest.raises(Conflict, match="not_left"):
        stay_acts.correct_departure(actor, stay_id, day(3))
    stays.move(actor, stay_id, house.places.bed("2A"))
    with pytest.raises(Conflict, match="went_on"):
        stay_acts.correct_departure(actor, stay_id, day(3))


def test_a_stay_of_another_house_is_not_there(house: House) -> None:
    stay_id, actor = _overdue(house), house.world.actor(SECURE)

    with pytest.raises(NotFound):
        stay_acts.decide_overstay(actor, stay_id, **AGREED)
    with pytest.raises(NotFound):
        stay_acts.say_why_transferred(actor, stay_id, "planned", "safety")
    with pytest.raises(NotFound):
        stay_acts.correct_departure(actor, stay_id, day(3))
