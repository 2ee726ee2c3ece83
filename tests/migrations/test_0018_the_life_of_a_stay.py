"""The story of migration 0018: a stay of before gets a child in a cot, and the way back leaves the stay as it was."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW, CASE, CASE_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.migrations.test_0010_void_beds import BED, BED_ROW, HOUSE_ROW, NOON, ROOM_ROW, VOID_ROW, _typed
from tests.support.databases import Addresses

STAY, COT, RECORD = UUID(int=41), UUID(int=42), UUID(int=43)
OWN = {"case_id": CASE.hex, "agency_id": AGENCY.hex}
RECORD_ROW = {"id": RECORD.hex, "case_id": CASE.hex, "agency_id": AGENCY.hex}
STAY_ROW = {"id": STAY.hex, **OWN, "bed_id": BED.hex, "record_id": RECORD.hex, "arrived_on": "2014-03-05"}
CHILD_ROW = {
    "id": UUID(int=44).hex,
    **OWN,
    "stay_id": STAY.hex,
    "bed_id": COT.hex,
    "age": "under_1",
    "arrived_on": "2014-03-05",
    "recorded_by_id": MEMBER.hex,
    "recorded_at": NOON,
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0017")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW, "premises": HOUSE_ROW, "room": ROOM_ROW})
    moves.write(empty, {"bed": _typed(empty, BED_ROW)})
    moves.write(empty, {"bed": _typed(empty, BED_ROW | {"id": COT.hex, "name": "Cot", "is_cot": 1})})
    moves.write(empty, {"cases": CASE_ROW, "client_record": _record(empty)})
    moves.write(empty, {"stay": STAY_ROW | {"recorded_at": NOON}})
    moves.up(empty, "0018")


def _record(empty: Addresses) -> dict[str, object]:
    """A record with whatever its columns must hold."""
    flags = {"is_child": 0, "age_in_doubt": 0, "has_safe_contact": 0}
    is_sqlite = empty.owner.startswith("sqlite")
    words = ("sex", "age_band", "citizenship", "region", "form", "scope", "language")
    row: dict[str, object] = {**RECORD_ROW, **dict.fromkeys(words, "unknown"), "row_version": 1}
    row |= {"snapshot_on": "2014-03-05"}
    return row | {name: value if is_sqlite else bool(value) for name, value in flags.items()}


def test_a_child_of_a_stay_of_before_gets_a_cot(empty: Addresses) -> None:
    _before(empty)

    moves.write(empty, {"companion_stay": CHILD_ROW})

    assert moves.read(empty, "SELECT age FROM companion_stay") == [("under_1",)]


def test_a_child_is_in_no_bed_and_a_resident_in_no_cot(empty: Addresses) -> None:
    _before(empty)

    with pytest.raises(DBAPIError, match="companion_in_bed"):
        moves.write(empty, {"companion_stay": CHILD_ROW | {"bed_id": BED.hex}})
    with pytest.raises(DBAPIError, match="resident_in_cot"):
        moves.change(empty, "UPDATE stay SET bed_id = (SELECT id FROM bed WHERE is_cot)")


def test_the_way_back_leaves_the_stay_and_still_keeps_void_beds_empty(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"companion_stay": CHILD_ROW})

    moves.down(empty, "0017")

    assert moves.read(empty, "SELECT left_on FROM stay") == [(None,)]
    with pytest.raises(DBAPIError, match="bed_void_of_used_bed"):
        moves.write(empty, {"bed_void": VOID_ROW})
