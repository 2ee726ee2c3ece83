"""The story of migration 0006: what is written after it is kept, what contradicts itself is refused, and back."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.support.databases import Addresses

MEMBER, PACKET = UUID(int=11), UUID(int=12)
NOON = datetime(2014, 3, 5, 12, tzinfo=UTC)
A_DAY = date(2014, 3, 5).isoformat()
MEMBER_ROW = {
    "id": MEMBER.hex,
    "agency_id": AGENCY.hex,
    "sign_in": "somebody",
    "name": "Arta Provë",
    "language": "sq",
    "sex": "F",
    "is_active": True,
}
PACKET_ROW = {
    "id": PACKET.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "member_id": MEMBER.hex,
    "made_at": NOON.isoformat(),
    "country": "AL",
    "shares": '["name"]',
    "answer_due_on": A_DAY,
}


def _written(empty: Addresses, **packet: object) -> None:
    """A case from before, and rows of the new tables."""
    moves.up(empty, "0001")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.up(empty, "0006")
    moves.write(empty, {"transnational_packet": {**PACKET_ROW, **packet}})


def test_a_packet_is_kept_beside_a_case_from_before(empty: Addresses) -> None:
    _written(empty)

    found = moves.read(
        empty,
        "SELECT c.reference, p.country, p.answer FROM transnational_packet p JOIN cases c ON c.id = p.case_id",
    )

    assert found == [("KS-2007-abcdef", "AL", None)]


@pytest.mark.parametrize("fault", [{"answer": "met"}, {"answered_on": A_DAY}, {"case_id": UUID(int=99).hex}])
def test_a_packet_that_contradicts_itself_is_refused(empty: Addresses, fault: dict[str, str]) -> None:
    with pytest.raises(DBAPIError):
        _written(empty, **fault)


def test_the_way_back_leaves_the_case(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0001")

    assert "transnational_packet" not in moves.tables(empty)
    assert moves.read(empty, "SELECT reference FROM cases") == [("KS-2007-abcdef",)]
