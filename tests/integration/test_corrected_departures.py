"""A departure put right changes the stay that it ended and no other, on both databases."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Invalid
from app.models.workflow import WorkflowRun
from app.services import occupancy, stays
from app.services.corrections import correct
from app.vocabulary.period import month
from tests.factories.placed import GONE, House, day

SHELTER, CORRECTS = "shelter.coordinator", "advocacy.supervisor"
WITH_NOTE = GONE | {"note": "Her sister came for her."}
AGREES = {"purposes": ["shelter"], "given_by": "self", "language": "sqi", "explained": True}
D = day(5)


def leaves(house: House, case_id: UUID, at: int, **answers: Any) -> UUID:
    """She does not agree to the shelter any more and leaves on D; gives the step, which her advocates may put right."""
    house.clock.at(D, at)
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", D, purposes=["shelter"])
    stay_id = house.places.open_stay(case_id).id
    made = stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE | answers, D)
    return UUID(made["event_id"])


def changes_bed_and_leaves(house: House) -> tuple[UUID, UUID]:
    """She comes on day 3, and on D takes another bed of the house and leaves it."""
    case_id, stay_id = house.places.resident("1A")
    house.clock.at(D, 9)
    stays.move(house.world.actor(SHELTER), stay_id, house.places.bed("2C"))
    return case_id, leaves(house, case_id, 11)


def corrected(house: House, case_id: UUID, event_id: UUID, answers: dict[str, Any], on: date = D) -> None:
    house.clock.at(day(10))
    with house.world.database.read(house.world.actor("advocate")) as work:
        found = select(WorkflowRun.row_version).where(WorkflowRun.case_id == case_id)
        version = work.session.execute(found).scalar_one()
    correct(house.world.actor(CORRECTS), case_id, event_id, answers, on, "Told wrongly.", version)


def course(house: House, case_id: UUID) -> list[tuple[int, int | None, str | None]]:
    """From and until which day of the month she was in which bed, and where she went from it."""
    found = sorted(house.places.stays(case_id), key=lambda one: one.recorded_at)
    return [(one.arrived_on.day, one.left_on.day if one.left_on else None, one.destination) for one in found]


def test_a_departure_put_right_leaves_a_move_of_bed_of_that_day_as_it_was(house: House) -> None:
    case_id, event_id = changes_bed_and_leaves(house)

    corrected(house, case_id, event_id, WITH_NOTE | {"destination": "family"})

    assert course(house, case_id) == [(3, 5, "other_bed"), (5, 5, "family")]


def test_who_changed_beds_on_the_day_of_a_departure_put_right_came_once_and_left_once(house: House) -> None:
    case_id, event_id = changes_bed_and_leaves(house)

    corrected(house, case_id, event_id, WITH_NOTE)

    found = occupancy.occupancy(house.world.actor(SHELTER), month(2014, 3))
    assert (found.total.arrivals, found.total.departures, found.ended) == (1, 1, 1)


def test_a_departure_that_was_a_day_later_leaves_the_day_of_the_move(house: House) -> None:
    case_id, event_id = changes_bed_and_leaves(house)

    corrected(house, case_id, event_id, GONE, day(6))

    assert course(house, case_id) == [(3, 5, "other_bed"), (5, 6, "own_home")]


def test_a_departure_is_not_before_the_last_move(house: House) -> None:
    case_id, event_id = changes_bed_and_leaves(house)

    with pytest.raises(Invalid, match="before_arrival"):
        corrected(house, case_id, event_id, GONE, day(4))


def test_a_departure_to_another_shelter_can_be_put_right(house: House) -> None:
    case_id, _ = house.places.resident("1A")
    event_id = leaves(house, case_id, 11, destination="other_shelter")

    corrected(house, case_id, event_id, WITH_NOTE, day(6))

    assert course(house, case_id) == [(3, 6, "own_home")]


@pytest.mark.parametrize(
    ("which", "expected"),
    [(0, [(3, 5, "family"), (5, 5, "own_home")]), (1, [(3, 5, "own_home"), (5, 5, "family")])],
    ids=["the first", "the second"],
)
def test_who_leaves_twice_on_a_day_has_the_departure_put_right_that_is_meant(
    house: House, which: int, expected: list[tuple[int, int, str]]
) -> None:
    case_id, _ = house.places.resident("1A")
    first = leaves(house, case_id, 9)
    house.world.step("advocate", case_id, "advocacy", "record_consent", D, **AGREES)
    house.places.ask(case_id)
    house.places.expect(case_id, "1A", expected_on=D.isoformat())
    house.clock.at(D, 11)
    house.places.admit(case_id, "1A", on=D)
    second = leaves(house, case_id, 13)

    corrected(house, case_id, (first, second)[which], WITH_NOTE | {"destination": "family"})

    assert course(house, case_id) == expected
