"""The story of migration 0030: a document taken off is empty, an erasure deletes documents too, and the way back."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES, NOON
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

ROW: dict[str, Any] = {
    "id": UUID(int=71).hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "member_id": MEMBER.hex,
    "kind": "statement",
    "sensitivity": "T",
    "format": "pdf",
    "size": 5,
    "recorded_at": NOON.isoformat(),
    "content": b"sealed",
    "details": b"sealed",
}
REMOVED = {"removed_at": NOON.isoformat(), "removed_by_id": MEMBER.hex}
FAULTY: dict[str, dict[str, Any]] = {
    "an empty one": {**ROW, "size": 0},
    "one taken off by nobody": {**ROW, "removed_at": NOON.isoformat(), "content": None, "details": None},
    "one taken off that is still there": {**ROW, **REMOVED},
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0025")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.up(empty, "0030")


@pytest.mark.parametrize("row", FAULTY.values(), ids=FAULTY)
def test_what_cannot_be_is_refused(empty: Addresses, row: dict[str, Any]) -> None:
    _before(empty)

    with pytest.raises(DBAPIError):
        moves.write(empty, {"case_document": row})


def test_one_taken_off_is_kept_empty(empty: Addresses) -> None:
    _before(empty)

    moves.write(empty, {"case_document": {**ROW, **REMOVED, "content": None, "details": None}})

    assert moves.read(empty, "SELECT content, size FROM case_document") == [(None, 5)]


def test_the_way_back_leaves_the_case_and_the_function_that_erases(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"case_document": ROW})

    moves.down(empty, "0025")

    assert len(moves.read(empty, "SELECT id FROM cases")) == 1
    assert "case_document" not in moves.tables(empty)
    assert ("erase_case" in moves.functions(empty)) is not empty.owner.startswith("sqlite")
