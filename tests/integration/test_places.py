"""Where a person may be placed: free beds, reasons for and against, and marks that keep her apart."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Invalid, NotFound, Unmet
from app.models.case import Case
from app.services import bed_board, keeping_apart, places
from app.services.bed_board import Board
from app.services.places import Suggestion
from app.services.viewing import view
from tests.factories.placed import HOUSE, House, day
from tests.factories.world import POINTER

SHELTER = "shelter.coordinator"


def suggested(house: House, case_id: UUID, shelter: str, by: str = "advocate") -> Suggestion:
    found = places.suggestions(house.world.actor(by), case_id)
    return next(one for one in found if one.shelter_id == house.world.agencies[shelter])


def board(house: House, by: str = SHELTER) -> Board:
    found = view(house.world.actor(by), "stay:board", bed_board.board)
    assert found is not None
    return found


def test_a_shelter_is_suggested_with_its_free_beds_and_its_reasons(house: House) -> None:
    house.places.resident("1A")

    found = suggested(house, house.places.client(), "shelter_ngo")

    assert (found.free_beds, found.reasons_for, found.reasons_against) == (5, ("for_others",), ())


@pytest.mark.line(13)
@pytest.mark.parametrize(
    ("shelter", "answers", "expected"),
    [
        ("shelter_secure", {"level": "high"}, (("for_high_risk",), ())),
        ("shelter_foreign", {"citizenship": ["MD"]}, (("for_foreign",), ())),
        ("shelter_men", {"sex": "M"}, (("for_men",), ())),
        ("shelter_ngo", {"level": "high"}, ((), ("no_high_risk",))),
        ("shelter_ngo", {"sex": "M"}, ((), ("no_men",))),
        ("shelter_foreign", {}, ((), ("no_domestic",))),
        ("shelter_child", {}, ((), ("no_adults",))),
    ],
)
def test_risk_sex_age_and_origin_decide_who_is_suggested(
    house: House, shelter: str, answers: dict[str, object], expected: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    case_id = house.places.client(**answers)

    found = suggested(house, case_id, shelter)

    assert (found.reasons_for, found.reasons_against) == expected


def test_the_fitting_shelter_with_a_free_bed_comes_first(house: House) -> None:
    found = places.suggestions(house.world.actor("advocate"), house.places.client(level="high"))

    assert found[0].shelter_id == house.world.agencies["shelter_secure"]


def test_a_case_that_is_not_open_to_the_actor_has_no_suggestions(house: House) -> None:
    with pytest.raises(NotFound):
        places.suggestions(house.world.actor("advocate.prizren"), house.places.client())


def test_a_shelter_that_she_is_kept_from_is_not_suitable_and_nothing_more(house: House) -> None:
    case_id = house.places.client()
    shelter_id = house.world.agencies["shelter_ngo"]
    keeping_apart.keep_apart(house.world.actor("advocate"), case_id, "The recruiter's cousin works there.", shelter_id)

    found = suggested(house, case_id, "shelter_ngo")
    with pytest.raises(Unmet) as refusal:
        house.places.ask(case_id)

    assert (found.reasons_for, found.reasons_against) == ((), ("not_suitable",))
    assert refusal.value.guards == [("not_kept_apart", True)]


@pytest.mark.parametrize("marked_in", ["her own case", "the other case"])
def test_a_person_is_not_placed_where_someone_lives_from_whom_she_is_kept_apart(house: House, marked_in: str) -> None:
    other, _ = house.places.resident("1A")
    case_id = house.places.client()
    marked, named = {"her own case": (case_id, other), "the other case": (other, case_id)}[marked_in]
    actor = house.world.actor("advocate")
    keeping_apart.keep_apart(actor, marked, "Found in the same raid.", None, house.places.reference(named))

    assert suggested(house, case_id, "shelter_ngo").reasons_against == ("not_suitable",)
    with pytest.raises(Unmet):
        house.places.ask(case_id)


def test_a_mark_in_a_case_that_is_shut_to_the_advocate_keeps_apart_all_the_same(house: House) -> None:
    other, _ = house.places.resident("1A")
    shared = house.places.client()
    actor = house.world.actor("advocate")
    keeping_apart.keep_apart(actor, other, "Found in the same raid.", None, house.places.reference(shared))
    elsewhere = str(house.world.agencies["advocacy_prizren"])
    house.world.step("advocate", shared, "advocacy", "hand_over", office=elsewhere, **POINTER)
    house.world.accept("advocate.prizren", shared)

    found = suggested(house, shared, "shelter_ngo", "advocate.prizren")

    assert found.reasons_against == ("not_suitable",)


def test_a_person_is_not_placed_where_someone_is_expected_from_whom_she_is_kept_apart(house: House) -> None:
    other, case_id = house.places.client(), house.places.client()
    house.places.ask(other)
    house.places.expect(other, "1A", expected_on="2014-03-05")
    actor = house.world.actor("advocate")
    keeping_apart.keep_apart(actor, case_id, "Found in the same raid.", None, house.places.reference(other))

    assert suggested(house, case_id, "shelter_ngo").reasons_against == ("not_suitable",)


def test_a_lifted_mark_keeps_nobody_out(house: House) -> None:
    case_id, actor = house.places.client(), house.world.actor("advocate")
    keeping_apart.keep_apart(actor, case_id, "A mistake.", house.world.agencies["shelter_ngo"])
    mark = view(actor, "keep_apart:opened", keeping_apart.of_case, case_id=case_id).marks[0]

    keeping_apart.lift(actor, case_id, mark.id)

    assert suggested(house, case_id, "shelter_ngo").reasons_against == ()
    with pytest.raises(NotFound):
        keeping_apart.lift(actor, case_id, mark.id)


def test_the_reason_of_a_mark_is_opened_for_those_who_place_her(house: House) -> None:
    case_id, actor = house.places.client(), house.world.actor("advocate")
    keeping_apart.keep_apart(actor, case_id, "Her brother drives there.", house.world.agencies["shelter_ngo"])

    found = view(actor, "keep_apart:opened", keeping_apart.of_case, case_id=case_id)

    assert [mark.reason for mark in found.marks] == ["Her brother drives there."]


def test_a_mark_names_a_place_or_a_person_and_only_one_that_is_open(house: House) -> None:
    case_id, actor = house.places.client(), house.world.actor("advocate")
    hidden = house.places.client("advocate.prizren")
    with house.world.database.read(house.world.actor("advocate.prizren")) as work:
        shut = work.session.execute(select(Case.reference).where(Case.id == hidden)).scalar_one()

    with pytest.raises(Invalid, match="invalid") as neither:
        keeping_apart.keep_apart(actor, case_id, "Why")
    with pytest.raises(Invalid) as unknown:
        keeping_apart.keep_apart(actor, case_id, "Why", None, shut)
    with pytest.raises(Invalid) as itself:
        keeping_apart.keep_apart(actor, case_id, "Why", None, house.places.reference(case_id))

    assert neither.value.fields == {"shelter": "one_of_two"}
    assert unknown.value.fields == itself.value.fields == {"other_reference": "no_such_case"}


def test_the_same_mark_is_not_set_twice(house: House) -> None:
    case_id, actor = house.places.client(), house.world.actor("advocate")
    keeping_apart.keep_apart(actor, case_id, "Why", house.world.agencies["shelter_ngo"])

    with pytest.raises(Invalid) as refusal:
        keeping_apart.keep_apart(actor, case_id, "Why", house.world.agencies["shelter_ngo"])

    assert refusal.value.fields == {"shelter": "already_marked"}


def test_a_bed_of_whom_the_reader_is_barred_from_is_out_of_use_on_her_board(house: House) -> None:
    case_id, _ = house.places.resident("1A")
    house.places.bar(case_id, SHELTER, by="shelter.supervisor")

    shown = {one.bed.name: one for _, found in board(house).rooms for one in found}

    assert (shown["1A"].standing, shown["1A"].resident, shown["1B"].standing) == ("shut", None, "free")


def test_an_arrival_whose_hold_ran_out_is_shown_until_it_is_settled(house: House) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "1A", hold_until="2014-03-04")
    house.clock.at(day(6))

    shown = [(one.standing, one.bed.name) for one in board(house).arrivals]
    house.world.step(SHELTER, case_id, "shelter", "not_arrived", day(6), reason="Did not come.")

    assert (shown, board(house).arrivals) == ([("ran_out", "1A")], ())


def test_an_arrival_whose_bed_is_still_taken_needs_another_bed(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "1A", expected_on="2014-03-10", hold_until="2014-03-20")
    house.clock.at(day(11))

    assert [one.standing for one in board(house).arrivals] == ["needs_place"]


def test_a_resident_who_leaves_today_still_has_her_bed_until_she_has_left(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    house.clock.at(day(10))

    shown = board(house)

    assert (shown.counts["taken"], shown.departures[0].standing) == (1, "today")
    assert shown.rooms[0][1][0].nights[:2] == ("taken", "free")


def test_a_day_in_the_past_shows_who_slept_there_without_a_name(house: House) -> None:
    case_id, _ = house.places.resident("1A")
    house.clock.at(day(8))
    house.world.step(SHELTER, case_id, "shelter", "leave", day(8), destination="own_home", departure_reason="own_wish")

    found = view(house.world.actor(SHELTER), "stay:board", bed_board.board, day=day(5))
    assert found is not None
    bed = found.rooms[0][1][0]

    assert (bed.standing, bed.resident.alias if bed.resident else None) == ("taken", "")
    assert HOUSE["alias"] not in repr(found)
