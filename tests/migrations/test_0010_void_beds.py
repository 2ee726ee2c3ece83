"""The story of migration 0010: a bed of before can be put out of use, and the way back leaves the bed and its stay."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
ROOM, BED, VOID = UUID(int=31), UUID(int=32), UUID(int=33)
HOUSE_ROW = {"id": AGENCY.hex, "agency_id": AGENCY.hex, "name": "House 1"}
ROOM_ROW = {"id": ROOM.hex, "agency_id": AGENCY.hex, "premises_id": AGENCY.hex, "name": "1"}
BED_ROW = {"id": BED.hex, "agency_id": AGENCY.hex, "room_id": ROOM.hex, "name": "1A", "is_cot": 0, "is_active": 1}
VOID_ROW = {
    "id": VOID.hex,
    "agency_id": AGENCY.hex,
    "bed_id": BED.hex,
    "from_on": "2014-03-05",
    "to_on": None,
    "reason": "repair",
    "made_by_id": MEMBER.hex,
    "recorded_at": NOON,
}
REVISION_ROW = {
    "id": UUID(int=34).hex,
    "agency_id": AGENCY.hex,
    "void_id": VOID.hex,
    "before_on": None,
    "after_on": "2014-03-12",
    "changed_by_id": MEMBER.hex,
    "recorded_at": NOON,
}
TURNAROUND_ROW = {"agency_id": AGENCY.hex, "days": 1, "set_by_id": MEMBER.hex, "set_at": NOON}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0009")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW, "premises": HOUSE_ROW})
    moves.write(empty, {"room": ROOM_ROW, "bed": _typed(empty, BED_ROW)})
    moves.up(empty, "0010")


def _typed(empty: Addresses, row: dict[str, object]) -> dict[str, object]:
    flags = {name: bool(row[name]) for name in ("is_cot", "is_active")}
    return row if empty.owner.startswith("sqlite") else row | flags


def test_a_bed_of_before_is_put_out_of_use_with_a_change_of_its_end(empty: Addresses) -> None:
    _before(empty)

    moves.write(empty, {"bed_void": VOID_ROW, "void_revision": REVISION_ROW, "turnaround": TURNAROUND_ROW})

    assert moves.read(empty, "SELECT v.reason, t.days FROM bed_void v, turnaround t") == [("repair", 1)]


def test_a_bed_is_not_out_of_use_twice_at_one_time(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"bed_void": VOID_ROW})

    with pytest.raises(DBAPIError, match="bed_void_one_a_bed"):
        moves.write(empty, {"bed_void": VOID_ROW | {"id": UUID(int=35).hex, "from_on": "2014-04-01"}})


def test_the_way_back_leaves_the_bed_free(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"bed_void": VOID_ROW})

    moves.down(empty, "0009")

    assert moves.read(empty, "SELECT name FROM bed") == [("1A",)]
    assert "refuse_void_bed" not in moves.functions(empty)
