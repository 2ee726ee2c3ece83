"""The story of migration 0017: papers at her wish alone, complaints and incidents with their authors, and back."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER
from tests.migrations.test_0011_movement_limits import PLACE, STAY
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
DAY = date(2014, 3, 5).isoformat()
BELONGING, COMPLAINT, INCIDENT, STEP = (UUID(int=number).hex for number in range(51, 55))
OWN = {"case_id": CASE.hex, "agency_id": AGENCY.hex}
ROWS: dict[str, dict[str, Any]] = {
    "belonging": {
        "id": BELONGING,
        **OWN,
        "stay_id": STAY,
        "kind": "papers",
        "at_own_wish": True,
        "sealed_under": "content",
        "occurred_on": DAY,
        "recorded_at": NOON,
        "member_id": MEMBER.hex,
    },
    "complaint": {
        "id": COMPLAINT,
        **OWN,
        "shelter_id": AGENCY.hex,
        "made_to": "past",
        "kind": "staff",
        "wrapped": b"wrapped",
        "received_on": DAY,
        "recorded_at": NOON,
        "recorded_by_id": MEMBER.hex,
        "due_at": NOON,
    },
    "incident": {
        "id": INCIDENT,
        "agency_id": AGENCY.hex,
        "number": 1,
        "kind": "threat",
        "occurred_on": DAY,
        "recorded_at": NOON,
        "member_id": MEMBER.hex,
    },
    "incident_step": {
        "id": STEP,
        "agency_id": AGENCY.hex,
        "incident_id": INCIDENT,
        "position": 1,
        "name": "tell_lead",
        "due_at": NOON,
    },
}


def _written(empty: Addresses) -> None:
    moves.up(empty, "0017")
    moves.write(empty, {**CASE_TABLES, **PLACE, **ROWS})


def test_what_was_written_is_kept(empty: Addresses) -> None:
    _written(empty)

    kept = "SELECT b.kind, c.made_to, i.number, s.name FROM belonging b, complaint c, incident i, incident_step s"
    assert moves.read(empty, kept) == [("papers", "past", 1, "tell_lead")]


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "papers against her wish": ("belonging", {"at_own_wish": False}),
    "something that nobody gave back": ("belonging", {"returned_on": DAY}),
    "a complaint to somebody else": ("complaint", {"made_to": "police"}),
    "an answer that nobody gave": ("complaint", {"answered_at": NOON}),
    "an incident of a number that is taken": ("incident", {}),
    "a step that nobody took": ("incident_step", {"outcome": "done"}),
}


@pytest.mark.parametrize(("table", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_row_that_contradicts_itself_is_refused(empty: Addresses, table: str, fault: dict[str, Any]) -> None:
    _written(empty)

    with pytest.raises(DBAPIError):
        moves.write(empty, {table: ROWS[table] | {"id": UUID(int=60).hex} | fault})


def test_the_way_back_takes_them_and_leaves_the_stay(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0016")

    assert moves.read(empty, "SELECT count(*) FROM stay") == [(1,)]
