"""The story of migration 0009: a payer gave money for a place, part of it was moved, it ended, and back."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
BY = {"agency_id": AGENCY.hex, "member_id": MEMBER.hex, "recorded_at": NOON}
PAYER, GRANT, NORTH, SOUTH = (UUID(int=number).hex for number in range(31, 35))
PAYER_ROW = {"id": PAYER, "kind": "state", "name_en": "Ministry", "name_sq": "Ministria", "name_sr": "Ministarstvo"}
GRANT_ROW = {
    "id": GRANT,
    "payer_id": PAYER,
    "purpose": "children",
    "amount": 19_197_000,
    "currency": "EUR",
    "is_approximate": True,
    "from_on": "2007-01-01",
    "to_on": "2007-12-31",
    "places": 2,
    "source": "cable",
}
PAYEES = [{"id": id, "grant_id": GRANT, "place": place} for id, place in ((NORTH, "North"), (SOUTH, "South"))]
MOVE_ROW = {
    "id": UUID(int=35).hex,
    "grant_id": GRANT,
    "kind": "moved",
    "changed_on": "2007-10-01",
    "from_payee_id": NORTH,
    "to_payee_id": SOUTH,
    "reason": "closing",
}


def _written(empty: Addresses) -> None:
    moves.up(empty, "0009")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"funding_payer": {**PAYER_ROW, **BY}, "funding_grant": {**GRANT_ROW, **BY}})
    moves.write(empty, {"funding_payee": PAYEES[0]})
    moves.write(empty, {"funding_payee": PAYEES[1], "funding_change": {**MOVE_ROW, **BY}})


def test_money_is_kept_with_the_place_that_it_was_moved_to(empty: Addresses) -> None:
    _written(empty)

    query = (
        "SELECT g.amount, p.place FROM funding_change c JOIN funding_grant g ON g.id = c.grant_id"
        " JOIN funding_payee p ON p.id = c.to_payee_id"
    )
    assert moves.read(empty, query) == [(19_197_000, "South")]


FAULTY = {
    "a move to nowhere": {"to_payee_id": None},
    "a move to where it was": {"to_payee_id": NORTH},
    "an end that moves": {"kind": "ended"},
    "an unknown change": {"kind": "lost"},
    "a move of nothing": {"amount": 0},
}


@pytest.mark.parametrize("fault", FAULTY.values(), ids=FAULTY)
def test_a_change_that_contradicts_itself_is_refused(empty: Addresses, fault: dict[str, object]) -> None:
    _written(empty)

    with pytest.raises(DBAPIError):
        moves.write(empty, {"funding_change": {**MOVE_ROW, **BY, "id": UUID(int=36).hex, **fault}})


def test_a_place_that_is_nothing_is_refused(empty: Addresses) -> None:
    _written(empty)

    with pytest.raises(DBAPIError):
        moves.write(empty, {"funding_payee": {"id": UUID(int=37).hex, "grant_id": GRANT}})


def test_the_way_back_takes_the_money_and_leaves_the_agency(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0008")

    assert moves.read(empty, "SELECT count(*) FROM agency") == [(1,)]
    assert not [name for name in moves.tables(empty) if name.startswith("funding")]
