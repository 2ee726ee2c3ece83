"""The story of migration 0005: a case stays as it was, moves and releases are kept as written, and back."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW, CASE, CASE_TABLES
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 3, 12, tzinfo=UTC).isoformat()
DAY = date(2014, 3, 3).isoformat()
MEMBER, EVENT, MOVE = UUID(int=5), UUID(int=6), UUID(int=7)
MEMBER_ROW = {
    "id": MEMBER.hex,
    "agency_id": AGENCY.hex,
    "sign_in": "one",
    "name": "One",
    "language": "en",
    "sex": "unknown",
    "is_active": True,
}
RUN_ROW = {
    "case_id": CASE.hex,
    "procedure": "xk_2005",
    "digest": "00",
    "states": "{}",
    "set_aside_from": "{}",
    "row_version": 3,
}
EVENT_ROW = {
    "id": EVENT.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "member_id": MEMBER.hex,
    "position": 3,
    "track": "case",
    "action": "move_version",
    "from_state": "open",
    "to_state": "open",
    "occurred_on": DAY,
    "recorded_at": NOON,
}
MOVE_ROW = {
    "id": MOVE.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "event_id": EVENT.hex,
    "position": 3,
    "from_procedure": "xk_2005",
    "from_digest": "00",
    "to_procedure": "xk_2013",
    "to_digest": "11",
    "moved_on": DAY,
    "recorded_at": NOON,
    "changes": "{}",
}
RELEASE_ROW = {
    "id": UUID(int=8).hex,
    "name": "xk_own",
    "digest": "22",
    "files": "{}",
    "in_force_from": DAY,
    "first_signed_by_id": MEMBER.hex,
    "first_signed_at": NOON,
    "released_by_id": UUID(int=10).hex,
    "released_at": NOON,
}
SECOND_ROW = {**MEMBER_ROW, "id": UUID(int=10).hex, "sign_in": "two", "name": "Two"}
BEFORE = {**CASE_TABLES, "member": MEMBER_ROW, "workflow_run": RUN_ROW, "case_event": EVENT_ROW}


def test_a_case_from_before_is_as_it_was_and_can_be_moved(empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, BEFORE)

    moves.up(empty, "0005")
    moves.write(empty, {"case_move": MOVE_ROW})

    found = moves.read(
        empty,
        "SELECT r.procedure, r.row_version, m.from_procedure, m.to_procedure FROM workflow_run r"
        " JOIN case_move m ON m.case_id = r.case_id",
    )
    assert found == [("xk_2005", 3, "xk_2005", "xk_2013")]


def test_a_move_is_kept_as_it_was_written(empty: Addresses) -> None:
    moves.up(empty, "0005")
    moves.write(empty, {**BEFORE, "case_move": MOVE_ROW})

    with pytest.raises(DBAPIError, match="append"):
        moves.change(empty, "UPDATE case_move SET to_procedure = 'other'")
    with pytest.raises(DBAPIError, match="append"):
        moves.change(empty, "DELETE FROM case_move")


def test_a_release_of_two_people_is_kept_as_it_was_written(empty: Addresses) -> None:
    moves.up(empty, "0005")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"member": SECOND_ROW, "procedure_release": RELEASE_ROW})

    with pytest.raises(DBAPIError, match="append"):
        moves.change(empty, "UPDATE procedure_release SET digest = '33'")
    with pytest.raises(DBAPIError, match="append"):
        moves.change(empty, "DELETE FROM procedure_release")
    assert moves.read(empty, "SELECT name, digest FROM procedure_release") == [("xk_own", "22")]


def test_a_release_of_one_person_is_refused(empty: Addresses) -> None:
    moves.up(empty, "0005")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"procedure_release": {**RELEASE_ROW, "released_by_id": MEMBER.hex}})


def test_a_move_of_a_case_that_is_not_there_is_refused(empty: Addresses) -> None:
    moves.up(empty, "0005")

    with pytest.raises(DBAPIError):
        moves.write(empty, {"agency": AGENCY_ROW, "case_move": MOVE_ROW})


def test_the_way_back_leaves_the_case(empty: Addresses) -> None:
    moves.up(empty, "0005")
    moves.write(empty, {**BEFORE, "case_move": MOVE_ROW})

    moves.down(empty, "0001")

    assert moves.tables(empty) & {"case_move", "procedure_draft", "procedure_release"} == set()
    assert moves.read(empty, "SELECT reference, status FROM cases") == [("KS-2007-abcdef", "open")]
