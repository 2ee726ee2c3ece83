"""The story of migration 0035: a case of before is opened in an emergency, once at a time for each member, and back."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

NOON, THREE = "2014-03-05T12:00:00+00:00", "2014-03-05T15:00:00+00:00"
OF_CASE = {"case_id": CASE.hex, "agency_id": AGENCY.hex, "member_id": MEMBER.hex}
STAFF: dict[str, Any] = {**OF_CASE, "id": UUID(int=51).hex, "since": NOON}
NOTE: dict[str, Any] = {
    **OF_CASE,
    "id": UUID(int=52).hex,
    "sensitivity": "N",
    "occurred_on": "2014-03-05",
    "recorded_at": NOON,
}
OPENED: dict[str, Any] = {
    **OF_CASE,
    "id": UUID(int=53).hex,
    "staff_id": STAFF["id"],
    "note_id": NOTE["id"],
    "opened_at": NOON,
    "ends_at": THREE,
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0033")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.write(empty, {"case_staff": STAFF, "note": NOTE})
    moves.up(empty, "0035")


def test_a_member_opens_one_case_at_a_time(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"emergency_opening": OPENED})

    with pytest.raises(DBAPIError, match="emergency_opening"):
        moves.write(empty, {"emergency_opening": OPENED | {"id": UUID(int=54).hex}})
    moves.change(empty, "UPDATE emergency_opening SET ended_at = ends_at")
    moves.write(empty, {"emergency_opening": OPENED | {"id": UUID(int=54).hex}})


def test_it_has_an_end(empty: Addresses) -> None:
    _before(empty)

    with pytest.raises(DBAPIError, match="ends_after_start"):
        moves.write(empty, {"emergency_opening": OPENED | {"ends_at": NOON}})


def test_the_way_back_leaves_the_case_and_why(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"emergency_opening": OPENED})

    moves.down(empty, "0034")

    assert len(moves.read(empty, "SELECT id FROM note")) == 1
