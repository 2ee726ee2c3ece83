"""The story of migration 0006: what is written after it is kept, what contradicts itself is refused, and back."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.support.databases import Addresses

MEMBER, PACKET, MEETING, ENTRY = (UUID(int=number) for number in (11, 12, 13, 14))
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
MEETING_ROWS = {
    "meeting": {
        "id": MEETING.hex,
        "agency_id": AGENCY.hex,
        "called_by_id": MEMBER.hex,
        "called_at": NOON.isoformat(),
        "held_on": A_DAY,
        "kind": "extraordinary",
        "reason": "new_danger",
        "is_urgent": True,
        "entries": 1,
    },
    "meeting_agency": {"meeting_id": MEETING.hex, "agency_id": AGENCY.hex, "basis": "called"},
    "meeting_case": {
        "id": ENTRY.hex,
        "meeting_id": MEETING.hex,
        "case_id": CASE.hex,
        "agency_id": AGENCY.hex,
        "position": 1,
    },
    "meeting_follow_up": {
        "id": UUID(int=15).hex,
        "entry_id": ENTRY.hex,
        "case_id": CASE.hex,
        "agency_id": AGENCY.hex,
        "responsible_agency_id": AGENCY.hex,
        "due_on": A_DAY,
        "recorded_at": NOON.isoformat(),
    },
}


def _written(empty: Addresses, **packet: object) -> None:
    """A case from before, and rows of the new tables."""
    moves.up(empty, "0001")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.up(empty, "0006")
    moves.write(empty, {"transnational_packet": {**PACKET_ROW, **packet}, **MEETING_ROWS})


def test_a_packet_is_kept_beside_a_case_from_before(empty: Addresses) -> None:
    _written(empty)

    found = moves.read(
        empty,
        "SELECT c.reference, p.country, p.answer FROM transnational_packet p JOIN cases c ON c.id = p.case_id",
    )

    assert found == [("KS-2007-abcdef", "AL", None)]


def test_a_meeting_is_kept_with_its_guests_agenda_and_follow_ups(empty: Addresses) -> None:
    _written(empty)

    found = moves.read(
        empty,
        "SELECT m.reason, a.basis, c.position, f.done_at FROM meeting m"
        " JOIN meeting_agency a ON a.meeting_id = m.id JOIN meeting_case c ON c.meeting_id = m.id"
        " JOIN meeting_follow_up f ON f.entry_id = c.id",
    )

    assert found == [("new_danger", "called", 1, None)]


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("meeting_agency", {"basis": "curious"}),
        ("meeting_agency", {"attended": False, "attended_by": "advocate"}),
        ("meeting_case", {"id": UUID(int=16).hex, "decided_at": NOON.isoformat()}),
        ("meeting_follow_up", {"id": UUID(int=16).hex, "done_by_id": MEMBER.hex}),
    ],
)
def test_a_meeting_that_contradicts_itself_is_refused(empty: Addresses, table: str, fault: dict[str, object]) -> None:
    _written(empty)
    moves.change(empty, "DELETE FROM meeting_agency")

    with pytest.raises(DBAPIError):
        moves.write(empty, {table: {**MEETING_ROWS[table], **fault}})


@pytest.mark.parametrize("fault", [{"answer": "met"}, {"answered_on": A_DAY}, {"case_id": UUID(int=99).hex}])
def test_a_packet_that_contradicts_itself_is_refused(empty: Addresses, fault: dict[str, str]) -> None:
    with pytest.raises(DBAPIError):
        _written(empty, **fault)


def test_the_way_back_leaves_the_case(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0001")

    assert moves.tables(empty) & {"transnational_packet", *MEETING_ROWS} == set()
    assert "invited" not in moves.functions(empty)
    assert moves.read(empty, "SELECT reference FROM cases") == [("KS-2007-abcdef",)]
