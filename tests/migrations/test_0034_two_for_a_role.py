"""The story of migration 0034: what is asked beside members of before, decided by another about another, and back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW, SECOND_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
SUBJECT, SECOND = UUID(int=50).hex, SECOND_ROW["id"]
ASKED: dict[str, Any] = {
    "id": UUID(int=41).hex,
    "kind": "role",
    "agency_id": AGENCY.hex,
    "subject_id": SUBJECT,
    "asked": '{"gives":["advocate"],"takes":[]}',
    "digest": "00",
    "state": "asked",
    "asked_by_id": MEMBER.hex,
    "asked_at": NOON,
    "expires_at": NOON,
}
DECIDED = {"state": "approved", "decided_by_id": SECOND, "decided_at": NOON}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0033")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.write(empty, {"member": SECOND_ROW})
    moves.write(empty, {"member": MEMBER_ROW | {"id": SUBJECT, "sign_in": "three", "name": "Three"}})
    moves.up(empty, "0034")


@pytest.mark.parametrize(
    "wrong",
    [
        {**DECIDED, "decided_by_id": MEMBER.hex},
        {**DECIDED, "decided_by_id": SUBJECT},
        {**DECIDED, "decided_by_id": None},
        {**DECIDED, "state": "done"},
        {"subject_id": MEMBER.hex},
    ],
    ids=["by who asked", "by who it is about", "by nobody", "no such state", "for herself"],
)
def test_two_others_say_so_or_it_is_not_written(empty: Addresses, wrong: dict[str, Any]) -> None:
    _before(empty)
    moves.write(empty, {"approval": ASKED | DECIDED})

    with pytest.raises(DBAPIError, match="approval"):
        moves.write(empty, {"approval": ASKED | wrong | {"id": UUID(int=42).hex}})


def test_one_request_of_a_kind_stands_about_a_member(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"approval": ASKED})

    with pytest.raises(DBAPIError, match="approval"):
        moves.write(empty, {"approval": ASKED | {"id": UUID(int=42).hex}})


def test_the_way_back_leaves_the_members(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"approval": ASKED})

    moves.down(empty, "0033")

    assert len(moves.read(empty, "SELECT id FROM member")) == 3
    assert "approval" not in moves.tables(empty)
