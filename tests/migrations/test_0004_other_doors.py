"""The story of migration 0004: what was there before stays, what a door brings in is kept, and the way back."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW, CASE_TABLES, NOON
from tests.support.databases import Addresses

MEMBER, OFFICE, SIGNAL = UUID(int=11), UUID(int=12), UUID(int=13)
MEMBER_ROW = {
    "id": MEMBER.hex,
    "agency_id": AGENCY.hex,
    "sign_in": "someone",
    "name": "Some One",
    "language": "en",
    "sex": "unknown",
    "is_active": True,
}
OFFICE_ROW = {**AGENCY_ROW, "id": OFFICE.hex, "key": "office_one", "kind": "advocacy"}
SIGNAL_ROW: dict[str, Any] = {
    "id": SIGNAL.hex,
    "from_agency_id": AGENCY.hex,
    "sent_by_id": MEMBER.hex,
    "to_agency_id": OFFICE.hex,
    "basis": "report",
    "state": "sent",
    "sent_at": NOON.isoformat(),
    **dict.fromkeys(("region", "sex", "age_group", "language", "urgency", "place", "person_knows"), "unknown"),
}
BEFORE = {**CASE_TABLES, "member": MEMBER_ROW}


def test_cases_and_people_of_before_are_still_there_after_it(empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, BEFORE)

    moves.up(empty, "0004")

    assert moves.read(empty, "SELECT reference FROM cases") == [("KS-2007-abcdef",)]
    assert moves.read(empty, "SELECT sign_in FROM member") == [("someone",)]
    assert moves.read(empty, "SELECT count(*) FROM signal") == [(0,)]


def test_signal_is_kept_and_one_decided_without_a_time_is_refused(empty: Addresses) -> None:
    moves.up(empty, "0004")
    moves.write(empty, BEFORE)
    with_office = {"agency": OFFICE_ROW, "signal": SIGNAL_ROW}
    moves.write(empty, with_office)

    with pytest.raises(DBAPIError):
        moves.change(empty, "UPDATE signal SET state = 'taken_up'")

    assert moves.read(empty, "SELECT state, urgency FROM signal") == [("sent", "unknown")]


def test_contact_of_the_hotline_is_kept_as_it_was_logged(empty: Addresses) -> None:
    moves.up(empty, "0004")
    moves.write(empty, BEFORE)
    coded = dict.fromkeys(("part_of_day", "channel", "language", "caller", "topic", "region", "outcome"), "unknown")
    row = {"id": SIGNAL.hex, "agency_id": AGENCY.hex, "member_id": MEMBER.hex, "occurred_on": "2007-03-05", **coded}

    moves.write(empty, {"hotline_contact": {**row, "recorded_at": NOON.isoformat()}})

    assert moves.read(empty, "SELECT topic, signal_id FROM hotline_contact") == [("unknown", None)]


def test_way_back_takes_the_doors_away_and_leaves_the_cases(empty: Addresses) -> None:
    moves.up(empty, "0001")
    before = moves.tables(empty)
    moves.write(empty, BEFORE)
    moves.up(empty, "0004")

    moves.down(empty, "0001")

    assert moves.tables(empty) == before
    assert moves.read(empty, "SELECT reference FROM cases") == [("KS-2007-abcdef",)]
