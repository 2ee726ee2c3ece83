"""The story of migration 0031: a request and a hold on a case of before, an answer whole or not at all, and back."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

REQUEST: dict[str, Any] = {
    "id": UUID(int=41).hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "kind": "access",
    "asked_by": "person",
    "received_on": "2014-03-05",
    "due_on": "2014-04-04",
    "recorded_by_id": MEMBER.hex,
    "recorded_at": "2014-03-05T12:00:00+00:00",
}
ANSWERED = {"answer": "done", "answered_on": "2014-03-06", "answered_by_id": MEMBER.hex}
HOLD: dict[str, Any] = {
    "id": UUID(int=43).hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "reason": "proceedings",
    "until": "2030-01-01",
    "placed_by_id": MEMBER.hex,
    "placed_at": "2014-03-05T12:00:00+00:00",
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0025")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.up(empty, "0031")


@pytest.mark.parametrize(
    "wrong",
    [
        {**ANSWERED, "answered_on": None},
        {**ANSWERED, "answered_by_id": None},
        {**ANSWERED, "answer": "refused"},
        {"kind": "other"},
    ],
    ids=["no day", "no author", "no reason", "no such request"],
)
def test_an_answer_is_whole_or_not_there(empty: Addresses, wrong: dict[str, Any]) -> None:
    _before(empty)
    moves.write(empty, {"person_request": REQUEST | ANSWERED})

    with pytest.raises(DBAPIError, match="person_request"):
        moves.write(empty, {"person_request": REQUEST | wrong | {"id": UUID(int=42).hex}})


def test_a_hold_is_lifted_by_somebody(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"legal_hold": HOLD})

    with pytest.raises(DBAPIError, match="lifted_by_somebody"):
        moves.change(empty, "UPDATE legal_hold SET lifted_at = placed_at")


def test_the_way_back_leaves_the_case(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"person_request": REQUEST, "legal_hold": HOLD})

    moves.down(empty, "0025")

    assert len(moves.read(empty, "SELECT id FROM cases")) == 1
