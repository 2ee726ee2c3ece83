"""No night is both void and slept in or kept: the database's own promise, by statements past the services."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from app.models.void import BedVoid
from tests.factories.world import World
from tests.integration.test_bed_constraints import (
    AFTER,
    BEFORE,
    BESIDE,
    END,
    HOLD,
    MIDDLE,
    NOW,
    OVERLAPPING,
    START,
    STAY,
    Rows,
    rows,
)

__all__ = ["rows"]

VOID = BedVoid.__table__
TRIGGERS = {
    "stay": ("stay_in_void_bed", "stay_in_void_bed_bed_void"),
    "bed_hold": ("bed_hold_of_void_bed", "bed_hold_of_void_bed_bed_void"),
    "bed_void": ("bed_void_of_used_bed", "bed_void_of_used_bed_stay"),
}
"""What each trigger is called on PostgreSQL and on SQLite, without its end."""


@pytest.fixture
def maker(world: World) -> UUID:
    """Who puts beds out of use."""
    member_id = world.actor("shelter.coordinator").member_id
    assert member_id is not None
    return member_id


def _void(rows: Rows, maker: UUID, from_on: date, to_on: date | None, bed: int = 0) -> UUID:
    row = {"id": uuid4(), "agency_id": rows.shelter_id, "bed_id": rows.beds[bed], "from_on": from_on, "to_on": to_on}
    row |= {"reason": "repair", "made_by_id": maker, "recorded_at": NOW}
    rows.connection.execute(insert(VOID), [row])
    return row["id"]  # type: ignore[return-value]


def _drop(rows: Rows, table: str) -> None:
    on_postgresql, on_sqlite = TRIGGERS[table]
    is_sqlite = rows.connection.dialect.name == "sqlite"
    named = f"DROP TRIGGER {on_sqlite}_insert" if is_sqlite else f"DROP TRIGGER {on_postgresql}_insert ON {table}"
    rows.connection.execute(text(named))


@pytest.mark.parametrize(("from_on", "to_on"), OVERLAPPING)
def test_a_bed_is_out_of_use_once_at_a_time(rows: Rows, maker: UUID, from_on: date, to_on: date | None) -> None:
    _void(rows, maker, START, END)

    with pytest.raises(IntegrityError, match="bed_void_one_a_bed"):
        _void(rows, maker, from_on, to_on)


@pytest.mark.parametrize(("from_on", "to_on"), BESIDE)
def test_voids_follow_each_other_day_by_day(rows: Rows, maker: UUID, from_on: date, to_on: date | None) -> None:
    _void(rows, maker, START, END)

    _void(rows, maker, from_on, to_on)


@pytest.mark.parametrize(("arrived", "left"), OVERLAPPING)
def test_nobody_sleeps_in_a_void_bed(rows: Rows, maker: UUID, arrived: date, left: date | None) -> None:
    _void(rows, maker, START, END)

    with pytest.raises(IntegrityError, match="stay_in_void_bed"):
        rows.stay(0, 0, arrived, left)


@pytest.mark.parametrize(("arrived", "left"), OVERLAPPING)
def test_a_bed_that_is_slept_in_is_not_made_void(rows: Rows, maker: UUID, arrived: date, left: date | None) -> None:
    rows.stay(0, 0, START, END)

    with pytest.raises(IntegrityError, match="bed_void_of_used_bed"):
        _void(rows, maker, arrived, left)


@pytest.mark.parametrize(("arrived", "left"), BESIDE)
def test_a_stay_begins_on_the_day_on_which_the_bed_is_in_use_again(
    rows: Rows, maker: UUID, arrived: date, left: date | None
) -> None:
    _void(rows, maker, START, END)

    rows.stay(0, 0, arrived, left)


def test_a_stay_is_neither_moved_nor_lengthened_into_a_void_bed(rows: Rows, maker: UUID) -> None:
    _void(rows, maker, START, END)
    elsewhere, before = rows.stay(0, 1, START, None), rows.stay(1, 0, BEFORE, START)

    with pytest.raises(IntegrityError, match="stay_in_void_bed"), rows.connection.begin_nested():
        rows.change(STAY, elsewhere, bed_id=rows.beds[0])
    with pytest.raises(IntegrityError, match="stay_in_void_bed"):
        rows.change(STAY, before, left_on=MIDDLE)


@pytest.mark.parametrize(("from_on", "to_on"), [(START, END), (BEFORE, MIDDLE), (MIDDLE, AFTER), (BEFORE, AFTER)])
def test_a_void_bed_is_kept_for_nobody(rows: Rows, maker: UUID, from_on: date, to_on: date) -> None:
    _void(rows, maker, START, END)

    with pytest.raises(IntegrityError, match="bed_hold_of_void_bed"):
        rows.hold(0, 0, from_on, to_on)


def test_a_hold_does_not_come_back_over_a_void_and_a_void_not_over_a_hold(rows: Rows, maker: UUID) -> None:
    lapsed = rows.hold(0, 0, START, END, "expired")
    _void(rows, maker, START, MIDDLE)
    rows.hold(1, 0, MIDDLE, END)

    with pytest.raises(IntegrityError, match="bed_hold_of_void_bed"), rows.connection.begin_nested():
        rows.change(HOLD, lapsed, state="held")
    with pytest.raises(IntegrityError, match="bed_void_of_used_bed"):
        _void(rows, maker, MIDDLE, AFTER)


def test_a_void_is_not_lengthened_into_a_stay(rows: Rows, maker: UUID) -> None:
    void = _void(rows, maker, START, MIDDLE)
    rows.stay(0, 0, MIDDLE, None)

    with pytest.raises(IntegrityError, match="bed_void_of_used_bed"):
        rows.change(VOID, void, to_on=END)


def test_a_void_that_was_taken_back_keeps_nobody_out(rows: Rows, maker: UUID) -> None:
    _void(rows, maker, MIDDLE, MIDDLE)

    rows.stay(0, 0, START, None)


@pytest.mark.parametrize("table", TRIGGERS)
def test_without_the_trigger_a_night_is_both_void_and_used(rows: Rows, maker: UUID, table: str) -> None:
    _drop(rows, table)
    laid = {
        "stay": [lambda: _void(rows, maker, START, END), lambda: rows.stay(0, 0, MIDDLE, None)],
        "bed_hold": [lambda: _void(rows, maker, START, END), lambda: rows.hold(0, 0, MIDDLE, END)],
        "bed_void": [lambda: rows.stay(0, 0, MIDDLE, None), lambda: _void(rows, maker, START, END)],
    }

    assert [lay() for lay in laid[table]]
