"""The story of migration 0011: a limit has an end, no two of a kind stand together, reviews are kept, and back."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

ROOM, BED, RECORD, STAY, LIMIT, REVIEW, HOUSE = (UUID(int=number).hex for number in range(31, 38))
NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
OWN = {"case_id": CASE.hex, "agency_id": AGENCY.hex}


def _day(number: int) -> str:
    return date(2014, 3, number).isoformat()


PLACE: dict[str, dict[str, Any]] = {
    "member": MEMBER_ROW,
    "premises": {"id": HOUSE, "agency_id": AGENCY.hex, "name": "House 1"},
    "room": {"id": ROOM, "agency_id": AGENCY.hex, "premises_id": HOUSE, "name": "1"},
    "bed": {"id": BED, "agency_id": AGENCY.hex, "room_id": ROOM, "name": "1A", "is_cot": False, "is_active": True},
    "client_record": {
        "id": RECORD,
        **OWN,
        **dict.fromkeys(("sex", "age_band", "citizenship", "region", "form", "scope", "language"), "unknown"),
        **dict.fromkeys(("is_child", "has_safe_contact", "age_in_doubt"), False),
        "snapshot_on": _day(3),
        "row_version": 1,
    },
    "stay": {"id": STAY, **OWN, "bed_id": BED, "record_id": RECORD, "arrived_on": _day(3), "recorded_at": NOON},
}
LIMIT_ROW: dict[str, Any] = {
    "id": LIMIT,
    **OWN,
    "stay_id": STAY,
    "number": 1,
    "kind": "accompanied",
    "ground": "threat",
    "reason": b"sealed",
    "sealed_under": "content",
    "ordered_by_id": MEMBER.hex,
    "recorded_at": NOON,
    "from_on": _day(3),
    "ends_on": _day(10),
    "review_on": _day(6),
    "days": 7,
    "own_word": "does_not",
    "told_in": "sq",
    "told_way": "spoken",
}
REVIEW_ROW = {
    "id": REVIEW,
    **OWN,
    "limit_id": LIMIT,
    "member_id": MEMBER.hex,
    "reviewed_on": _day(6),
    "recorded_at": NOON,
    "outcome": "upheld",
    "sealed_under": "content",
}


def _written(empty: Addresses) -> None:
    moves.up(empty, "0011")
    moves.write(empty, {**CASE_TABLES, **PLACE, "movement_limit": LIMIT_ROW, "limit_review": REVIEW_ROW})


def test_an_order_and_its_review_are_kept(empty: Addresses) -> None:
    _written(empty)

    kept = "SELECT l.kind, l.days, r.outcome FROM movement_limit l JOIN limit_review r ON r.limit_id = l.id"
    assert moves.read(empty, kept) == [("accompanied", 7, "upheld")]


FAULTS: dict[str, dict[str, Any]] = {
    "without an end": {"ends_on": None},
    "that ends before it begins": {"ends_on": _day(3)},
    "that is reviewed after it ends": {"review_on": _day(11)},
    "that nobody lifted": {"lifted_on": _day(5)},
    "under another key": {"sealed_under": "identity"},
    "of a kind that stands": {"id": UUID(int=40).hex, "number": 2, "from_on": _day(9), "ends_on": _day(12)},
    "of a number that is taken": {"id": UUID(int=40).hex, "kind": "stays_in"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_an_order_is_refused(empty: Addresses, fault: dict[str, Any]) -> None:
    _written(empty)
    other = {"id": UUID(int=40).hex, "number": 2, "kind": "stays_in"} | fault

    with pytest.raises(DBAPIError):
        moves.write(empty, {"movement_limit": LIMIT_ROW | other | _of_a_kind(fault)})


def _of_a_kind(fault: dict[str, Any]) -> dict[str, Any]:
    """Where the fault is another than its kind or number, these are as they must be."""
    if "number" in fault:
        return {"kind": "accompanied", "review_on": _day(10)}
    return {"number": 1} if "kind" in fault else {}


def test_an_order_that_begins_where_another_of_its_kind_ended_is_kept(empty: Addresses) -> None:
    _written(empty)

    other = {"id": UUID(int=40).hex, "number": 2, "from_on": _day(10), "ends_on": _day(12), "review_on": _day(12)}
    moves.write(empty, {"movement_limit": LIMIT_ROW | other})

    assert moves.read(empty, "SELECT count(*) FROM movement_limit") == [(2,)]


def test_the_way_back_takes_the_orders_and_leaves_the_stay(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0010")

    assert moves.read(empty, "SELECT count(*) FROM stay") == [(1,)]
