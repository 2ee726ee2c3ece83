"""The story of migration 0019: nobody decides what she asked herself, one erasure a case, and the way back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
ERASURE: dict[str, Any] = {
    "id": UUID(int=41).hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "reason": "person_asked",
    "state": "asked",
    "asked_by_id": MEMBER.hex,
    "asked_at": NOON,
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0018")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.up(empty, "0019")


def test_an_erasure_of_a_case_of_before_is_asked_once(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"erasure": ERASURE})

    with pytest.raises(DBAPIError, match="erasure"):
        moves.write(empty, {"erasure": ERASURE | {"id": UUID(int=42).hex}})


def test_nobody_decides_what_she_asked_herself(empty: Addresses) -> None:
    _before(empty)

    with pytest.raises(DBAPIError, match="decided_by_another"):
        moves.write(empty, {"erasure": ERASURE | {"state": "done", "decided_by_id": MEMBER.hex, "decided_at": NOON}})


def test_the_way_back_leaves_the_case(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"erasure": ERASURE})

    moves.down(empty, "0018")

    assert len(moves.read(empty, "SELECT id FROM cases")) == 1
    assert "erase_case" not in moves.functions(empty)
