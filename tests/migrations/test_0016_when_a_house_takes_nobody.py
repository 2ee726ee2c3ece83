"""The story of migration 0016: a closed shelter has a closed house, one period at a time, two to end an alarm."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

HOUSE, PERIOD, SECOND = UUID(int=41), UUID(int=42), UUID(int=43)
NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
HOUSE_ROW = {"id": HOUSE.hex, "agency_id": AGENCY.hex, "name": "House 1"}
SHELTER_ROW = {"agency_id": AGENCY.hex, "kind": "ngo", "is_open": False}
PERIOD_ROW = {
    "id": PERIOD.hex,
    "agency_id": AGENCY.hex,
    "premises_id": HOUSE.hex,
    "kind": "closed",
    "reason": "no_money",
    "from_on": date(2007, 12, 31).isoformat(),
    "to_on": date(2008, 6, 1).isoformat(),
    "residents_leave": True,
    "recorded_at": NOON,
}
ALARM_ROW = {
    "id": UUID(int=44).hex,
    "agency_id": AGENCY.hex,
    "premises_id": HOUSE.hex,
    "period_id": PERIOD.hex,
    "raised_by_id": MEMBER.hex,
    "raised_at": NOON,
    "wrapped": b"wrapped",
    "drafted_by_id": MEMBER.hex,
    "drafted_at": NOON,
    "down_reason": "false_alarm",
}


def _before(empty: Addresses, shelter: dict[str, object]) -> None:
    moves.up(empty, "0015")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW, "shelter": shelter, "premises": HOUSE_ROW})


def _after(empty: Addresses) -> None:
    _before(empty, {**SHELTER_ROW, "is_open": True})
    moves.up(empty, "0016")


def test_a_shelter_that_was_closed_has_a_closed_house(empty: Addresses) -> None:
    _before(empty, SHELTER_ROW)
    moves.up(empty, "0016")

    assert moves.read(empty, "SELECT kind, reason FROM premises_period WHERE to_on IS NULL") == [("closed", "other")]


def test_a_shelter_that_was_open_has_no_period(empty: Addresses) -> None:
    _after(empty)

    assert moves.read(empty, "SELECT count(*) FROM premises_period") == [(0,)]


def test_two_periods_on_one_day_are_refused_and_an_empty_one_is_none(empty: Addresses) -> None:
    _after(empty)
    moves.write(empty, {"premises_period": PERIOD_ROW})
    second = {**PERIOD_ROW, "id": SECOND.hex, "from_on": date(2008, 5, 31).isoformat(), "to_on": None}

    with pytest.raises(DBAPIError, match="premises_period_one_at_a_time"):
        moves.write(empty, {"premises_period": second})
    moves.write(empty, {"premises_period": {**second, "to_on": second["from_on"]}})


def test_one_who_drafts_and_signs_alone_is_refused(empty: Addresses) -> None:
    _after(empty)
    moves.write(empty, {"premises_period": PERIOD_ROW})

    with pytest.raises(DBAPIError, match="stood_down_by_two"):
        moves.write(empty, {"premises_alarm": {**ALARM_ROW, "signed_by_id": MEMBER.hex, "signed_at": NOON}})
    moves.write(empty, {"premises_alarm": ALARM_ROW})


def test_the_way_back_leaves_the_shelter_open_or_closed_as_its_house_is(empty: Addresses) -> None:
    _before(empty, SHELTER_ROW)
    moves.up(empty, "0016")

    moves.down(empty, "0015")

    assert [bool(row[0]) for row in moves.read(empty, "SELECT is_open FROM shelter")] == [False]
