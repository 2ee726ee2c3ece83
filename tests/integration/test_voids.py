"""Beds out of use: offered to nobody, put back, their end changed; and beds that are made ready after a departure."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Conflict, Invalid, NotFound, Unmet
from app.models.void import BedVoid
from app.models.workflow import WorkflowRun
from app.services import bed_board, places, stays, voids
from app.services.corrections import correct
from app.services.unit_of_work import Once
from app.services.viewing import view
from tests.factories.placed import GONE, House, day
from tests.factories.world import POINTER

SHELTER, SECURE = "shelter.coordinator", "secure.coordinator"


def _begin(house: House, bed: str = "1A", from_on: date | None = None, to_on: date | None = None) -> None:
    voids.begin(house.world.actor(SHELTER), house.places.bed(bed), "repair", from_on, to_on)


def _voids(house: House, bed: str = "1A") -> list[tuple[date, date | None, str]]:
    with house.world.database.read(house.world.actor(SHELTER)) as work:
        found = select(BedVoid.from_on, BedVoid.to_on, BedVoid.reason).where(BedVoid.bed_id == house.places.bed(bed))
        return [tuple(row) for row in work.session.execute(found.order_by(BedVoid.from_on))]


def _void_id(house: House, bed: str = "1A") -> UUID:
    page = voids.of_bed(house.world.actor(SHELTER), house.places.bed(bed))
    return page.voids[0].id


def _standings(house: House, on: date | None = None) -> dict[str, str]:
    board = view(house.world.actor(SHELTER), "t", bed_board.board, day=on)
    assert board is not None
    return {one.bed.name: one.standing for _, beds in board.rooms for one in beds if not one.bed.is_cot}


def _free(house: House) -> int:
    case_id = house.places.client()
    found = places.suggestions(house.world.actor("advocate"), case_id)
    return next(one.free_beds for one in found if one.shelter_id == house.world.agencies["shelter_ngo"])


def test_a_void_bed_is_counted_as_free_nowhere(house: House) -> None:
    before = _free(house)

    _begin(house, to_on=day(10))

    assert _free(house) == before - 1
    assert (_standings(house)["1A"], _standings(house, day(9))["1A"]) == ("void", "void")
    assert _standings(house, day(10))["1A"] == "free"


def test_nobody_is_admitted_to_a_void_bed(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "1B")
    _begin(house, "1A")

    with pytest.raises(Unmet) as refusal:
        house.places.admit(case_id, "1A")

    assert refusal.value.guards == [("bed_is_free", False)]


def test_a_void_bed_is_kept_for_nobody_and_from_its_day_on_for_anybody(house: House) -> None:
    _begin(house, "1A", to_on=day(10))
    case_id = house.places.client()
    house.places.ask(case_id)

    with pytest.raises(Unmet):
        house.places.expect(case_id, "1A", expected_on="2014-03-09")
    house.places.expect(case_id, "1A", expected_on="2014-03-10")

    assert house.places.holds(case_id) == ["held"]


def test_nobody_is_moved_into_a_void_bed(house: House) -> None:
    _, stay_id = house.places.resident("1A")
    _begin(house, "2A")

    with pytest.raises(Conflict):
        stays.move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"))


def test_a_bed_that_someone_sleeps_in_is_not_put_out_of_use(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")

    with pytest.raises(Conflict, match="bed_in_use_then"):
        _begin(house)
    with pytest.raises(Conflict, match="bed_in_use_then"):
        _begin(house, from_on=day(20))


def test_whoever_is_booked_for_a_bed_out_of_use_needs_another_and_the_house_is_told(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "1A", expected_on="2014-03-05")

    _begin(house, to_on=day(6))

    assert house.places.holds(case_id) == ["needs_place"]
    assert "bed:needs_place" in house.places.notices_of(SHELTER)


def test_a_void_that_was_only_planned_gives_way_to_who_arrives_and_the_house_is_told(house: House) -> None:
    _begin(house, from_on=day(10), to_on=day(12))

    house.places.resident("1A")

    assert _voids(house) == [(day(10), day(10), "repair")]
    assert "bed:void_gave_way" in house.places.notices_of(SHELTER)


def test_a_bed_is_put_back_and_given_the_same_day(house: House) -> None:
    _begin(house)

    voids.end(house.world.actor(SHELTER), _void_id(house), day(3))
    house.places.resident("1A")

    assert _voids(house) == [(day(3), day(3), "repair")]


def test_the_end_is_changed_and_what_was_said_before_is_kept(house: House) -> None:
    _begin(house, to_on=day(5))
    actor, void_id = house.world.actor(SHELTER), _void_id(house)

    voids.change_end(actor, void_id, day(20))
    voids.change_end(actor, void_id, None)

    changes = {(one.before_on, one.after_on) for one in voids.page(actor, void_id).revisions}
    assert changes == {(day(5), day(20)), (day(20), None)}
    assert _standings(house, day(31))["1A"] == "void"


def test_a_void_is_over_by_itself_on_its_day(house: House) -> None:
    _begin(house, to_on=day(5))
    house.clock.at(day(5))

    assert _standings(house)["1A"] == "free"
    with pytest.raises(Conflict, match="void_is_over"):
        voids.end(house.world.actor(SHELTER), _void_id(house), day(5))
    with pytest.raises(Conflict, match="void_is_over"):
        voids.change_end(house.world.actor(SHELTER), _void_id(house), day(9))


@pytest.mark.parametrize(
    ("reason", "to_on", "field"),
    [("repair", day(3), "to_on"), ("turnaround", None, "reason"), ("nonsense", None, "reason")],
)
def test_a_void_that_cannot_be_is_refused_at_its_field(
    house: House, reason: str, to_on: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        voids.begin(house.world.actor(SHELTER), house.places.bed("1A"), reason, day(3), to_on)

    assert set(refusal.value.fields) == {field}


def test_a_second_void_at_the_same_time_is_refused(house: House) -> None:
    _begin(house, to_on=day(10))

    with pytest.raises(Conflict, match="void_already"):
        _begin(house, from_on=day(5))


@pytest.mark.parametrize("on", [day(2), day(5)], ids=["before it began", "tomorrow"])
def test_a_bed_is_put_back_on_no_day_that_cannot_be(house: House, on: date) -> None:
    _begin(house)

    with pytest.raises(Invalid):
        voids.end(house.world.actor(SHELTER), _void_id(house), on)


def test_the_same_form_puts_a_bed_out_of_use_once(house: House) -> None:
    actor, bed, once = house.world.actor(SHELTER), house.places.bed("1A"), Once("a key", "a form")

    first = voids.begin(actor, bed, "repair", day(3), once=once)

    assert voids.begin(actor, bed, "repair", day(3), once=once) == first
    assert len(_voids(house)) == 1


def test_a_bed_of_another_house_is_not_there(house: House) -> None:
    _begin(house)

    with pytest.raises(NotFound):
        voids.of_bed(house.world.actor(SECURE), house.places.bed("1A"))
    with pytest.raises(NotFound):
        voids.begin(house.world.actor(SECURE), house.places.bed("1A"), "repair", day(3))
    with pytest.raises(NotFound):
        voids.page(house.world.actor(SECURE), _void_id(house))


def _ready(house: House, days: int = 2) -> None:
    voids.set_turnaround(house.world.actor(SHELTER), days)


def test_a_bed_is_made_ready_for_so_many_days_after_a_departure(house: House) -> None:
    _ready(house)
    case_id, _ = house.places.resident("1A")

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    assert _voids(house) == [(day(3), day(5), "turnaround")]


def test_no_bed_is_made_ready_where_no_days_are_set(house: House) -> None:
    case_id, _ = house.places.resident("1A")

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    assert _voids(house) == []


def test_the_coordinator_ends_it_early(house: House) -> None:
    _ready(house)
    case_id, _ = house.places.resident("1A")
    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    voids.end(house.world.actor(SHELTER), _void_id(house), day(3))

    assert _standings(house)["1A"] == "free"


def test_a_bed_left_for_another_is_made_ready_and_beds_that_are_exchanged_are_not(house: House) -> None:
    _ready(house)
    _, first = house.places.resident("1A")
    house.places.resident("1B", alias="Besa")
    actor = house.world.actor(SHELTER)

    swapped = stays.move(actor, first, house.places.bed("1B"))
    stays.move(actor, UUID(swapped["stay_id"]), house.places.bed("2A"))

    assert (_voids(house, "1A"), _voids(house, "1B")) == ([], [(day(3), day(5), "turnaround")])


def test_the_bed_of_a_person_transferred_is_made_ready_in_the_house_that_she_left(house: House) -> None:
    _ready(house)
    case_id, _ = house.places.resident("1A")
    shelter = str(house.world.agencies["shelter_secure"])
    house.world.step("advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True)
    asked = {"transfer_kind": "emergency", "shelter": shelter, "reason": "The house was watched."}
    house.world.step("advocate", case_id, "shelter", "plan_transfer", **asked)
    house.world.step("advocate", case_id, "shelter", "ask_shelter", shelter=shelter, **POINTER)
    house.places.expect(case_id, "1A", SECURE)

    house.places.admit(case_id, "1A", SECURE)

    assert _voids(house) == [(day(3), day(5), "turnaround")]


def test_whoever_is_booked_comes_before_making_ready(house: House) -> None:
    case_id, _ = house.places.resident("1A", expected_until="2014-03-04")
    booked = house.places.client()
    house.places.ask(booked)
    house.places.expect(booked, "1A", expected_on="2014-03-04")
    _ready(house, 5)

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    assert _voids(house) == [(day(3), day(4), "turnaround")]
    assert house.places.holds(booked) == ["held"]


def test_a_booking_leaves_the_days_for_making_ready_after_who_is_expected_to_leave(house: House) -> None:
    _ready(house)
    house.places.resident("1A", expected_until="2014-03-10")
    case_id = house.places.client()
    house.places.ask(case_id)

    with pytest.raises(Unmet):
        house.places.expect(case_id, "1A", expected_on="2014-03-11")
    house.places.expect(case_id, "1A", expected_on="2014-03-12")

    assert house.places.holds(case_id) == ["held"]


def _row_version(house: House, case_id: UUID) -> int:
    with house.world.database.read(house.world.actor("advocate")) as work:
        found = select(WorkflowRun.row_version).where(WorkflowRun.case_id == case_id)
        return work.session.execute(found).scalar_one()


def test_a_corrected_departure_takes_the_days_for_making_ready_along(house: House) -> None:
    _ready(house, 3)
    case_id, stay_id = house.places.resident("1A")
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])
    house.clock.at(day(5))
    made = stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE, day(4))

    asked = (case_id, UUID(made["event_id"]), GONE, day(5), "A day later.", _row_version(house, case_id))
    correct(house.world.actor("advocacy.supervisor"), *asked)

    assert _voids(house) == [(day(5), day(7), "turnaround")]


def test_too_many_days_are_refused_and_an_office_has_none(house: House) -> None:
    with pytest.raises(Invalid):
        _ready(house, 31)
    with pytest.raises(NotFound):
        voids.set_turnaround(house.world.actor("advocate"), 1)
