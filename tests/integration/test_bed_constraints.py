"""Two people never in one bed, one person never in two: the database's own promise, by statements past the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.models.placement import BedHold, Stay
from app.models.record import ClientRecord
from app.services.unit_of_work import make_engine
from tests.factories.placed import Places
from tests.factories.world import World

STAY, HOLD = Stay.__table__, BedHold.__table__
NOW = datetime(2014, 3, 3, tzinfo=UTC)
BEFORE, START, MIDDLE, END, AFTER = (date(2014, 3, number) for number in (1, 5, 8, 10, 12))
OVERLAPPING = [(START, END), (BEFORE, MIDDLE), (MIDDLE, AFTER), (BEFORE, AFTER), (MIDDLE, None), (BEFORE, None)]
BESIDE = [(BEFORE, START), (END, AFTER), (END, None), (MIDDLE, MIDDLE), (START, START)]


@dataclass(frozen=True)
class Rows:
    """A connection above the services and above row-level security, and two people with two beds."""

    connection: Connection
    shelter_id: UUID
    beds: tuple[UUID, UUID]
    people: tuple[tuple[UUID, UUID], tuple[UUID, UUID]]

    def stay(self, person: int, bed: int, arrived_on: date, left_on: date | None) -> UUID:
        """Write a stay."""
        case_id, record_id = self.people[person]
        dates = {"arrived_on": arrived_on, "left_on": left_on, "destination": "own_home" if left_on else None}
        row = {"record_id": record_id, "recorded_at": NOW, **dates}
        return self._write(STAY, {"case_id": case_id, "bed_id": self.beds[bed], **row})

    def hold(self, person: int, bed: int, from_on: date, to_on: date, state: str = "held") -> UUID:
        """Write a hold."""
        dates = {"from_on": from_on, "to_on": to_on, "expires_at": NOW, "state": state}
        return self._write(HOLD, {"case_id": self.people[person][0], "bed_id": self.beds[bed], **dates})

    def _write(self, table: Table, row: dict[str, Any]) -> UUID:
        row_id = uuid4()
        self.connection.execute(insert(table).values(id=row_id, agency_id=self.shelter_id, **row))
        return row_id

    def change(self, table: Table, row_id: UUID, **values: Any) -> None:
        """Change a row."""
        self.connection.execute(update(table).where(table.c.id == row_id).values(**values))


@pytest.fixture
def rows(world: World) -> Iterator[Rows]:
    """Two cases and two beds, on a connection of the owner's."""
    places = Places(world)
    cases = (world.open_signal(), world.open_signal())
    beds = (places.bed("1A"), places.bed("1B"))
    engine = make_engine(world.owner_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        record = ClientRecord.__table__
        found = connection.execute(select(record.c.case_id, record.c.id).where(record.c.case_id.in_(cases)))
        first, second = ((row.case_id, row.id) for row in found)
        yield Rows(connection, world.agencies["shelter_ngo"], beds, (first, second))
    engine.dispose()


@pytest.mark.parametrize(("arrived", "left"), OVERLAPPING)
def test_a_second_person_in_a_bed_is_refused_on_insert(rows: Rows, arrived: date, left: date | None) -> None:
    rows.stay(0, 0, START, END)

    with pytest.raises(IntegrityError, match="stay_one_a_bed"):
        rows.stay(1, 0, arrived, left)


@pytest.mark.parametrize(("arrived", "left"), OVERLAPPING)
def test_a_second_bed_for_a_person_is_refused_on_insert(rows: Rows, arrived: date, left: date | None) -> None:
    rows.stay(0, 0, START, END)

    with pytest.raises(IntegrityError, match="stay_one_a_record"):
        rows.stay(0, 1, arrived, left)


def test_an_open_stay_keeps_the_bed_for_all_days_to_come(rows: Rows) -> None:
    rows.stay(0, 0, START, None)

    with pytest.raises(IntegrityError, match="stay_one_a_bed"):
        rows.stay(1, 0, date(2030, 1, 1), None)


@pytest.mark.parametrize(("arrived", "left"), BESIDE)
def test_a_day_of_leaving_is_a_day_of_arriving(rows: Rows, arrived: date, left: date | None) -> None:
    rows.stay(0, 0, START, END)

    rows.stay(1, 0, arrived, left)


@pytest.mark.parametrize(("arrived", "left"), OVERLAPPING)
def test_a_stay_is_not_changed_into_another_persons_nights(rows: Rows, arrived: date, left: date | None) -> None:
    rows.stay(0, 0, START, END)
    other = rows.stay(1, 0, AFTER, date(2014, 3, 20))

    with pytest.raises(IntegrityError, match="stay_one_a_bed"):
        rows.change(STAY, other, arrived_on=arrived, left_on=left, destination="own_home" if left else None)


def test_a_stay_is_not_moved_into_a_bed_that_is_taken(rows: Rows) -> None:
    rows.stay(0, 0, START, None)
    other = rows.stay(1, 1, START, None)

    with pytest.raises(IntegrityError, match="stay_one_a_bed"):
        rows.change(STAY, other, bed_id=rows.beds[0])


def test_a_stay_is_not_given_to_a_person_who_is_elsewhere(rows: Rows) -> None:
    rows.stay(0, 0, START, None)
    other = rows.stay(1, 1, START, None)

    with pytest.raises(IntegrityError, match="stay_one_a_record"):
        rows.change(STAY, other, record_id=rows.people[0][1])


def test_two_people_change_places_when_both_stays_close_before_either_opens(rows: Rows) -> None:
    first, second = rows.stay(0, 0, START, None), rows.stay(1, 1, START, None)

    rows.change(STAY, first, left_on=MIDDLE, destination="other_bed")
    rows.change(STAY, second, left_on=MIDDLE, destination="other_bed")
    rows.stay(0, 1, MIDDLE, None)
    rows.stay(1, 0, MIDDLE, None)


def test_two_people_do_not_change_places_one_after_the_other(rows: Rows) -> None:
    first = rows.stay(0, 0, START, None)
    rows.stay(1, 1, START, None)

    rows.change(STAY, first, left_on=MIDDLE, destination="other_bed")
    with pytest.raises(IntegrityError, match="stay_one_a_bed"):
        rows.stay(0, 1, MIDDLE, None)


@pytest.mark.parametrize(("from_on", "to_on"), [(START, END), (BEFORE, MIDDLE), (MIDDLE, AFTER), (BEFORE, AFTER)])
def test_a_bed_is_held_for_one_person_at_a_time(rows: Rows, from_on: date, to_on: date) -> None:
    rows.hold(0, 0, START, END)

    with pytest.raises(IntegrityError, match="bed_hold_one_a_bed"):
        rows.hold(1, 0, from_on, to_on)


@pytest.mark.parametrize(("from_on", "to_on"), [(BEFORE, START), (END, AFTER)])
def test_holds_follow_each_other_day_by_day(rows: Rows, from_on: date, to_on: date) -> None:
    rows.hold(0, 0, START, END)

    rows.hold(1, 0, from_on, to_on)


@pytest.mark.parametrize("state", ["used", "released", "expired", "needs_place"])
def test_a_hold_that_no_longer_stands_keeps_nobody_out(rows: Rows, state: str) -> None:
    rows.hold(0, 0, START, END, state)

    rows.hold(1, 0, START, END)


def test_a_hold_does_not_come_back_over_another(rows: Rows) -> None:
    lapsed = rows.hold(0, 0, START, END, "expired")
    rows.hold(1, 0, START, END)

    with pytest.raises(IntegrityError, match="bed_hold_one_a_bed"):
        rows.change(HOLD, lapsed, state="held")
