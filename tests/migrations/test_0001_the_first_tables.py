"""The story of migration 0001: what is written after it is kept as written, what must not be is refused, and back."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.support.databases import Addresses

AGENCY = UUID(int=1)
CASE = UUID(int=2)
PARTY = UUID(int=3)
RUN = UUID(int=4)
NOON = datetime(2007, 3, 5, 12, tzinfo=UTC)

AGENCY_ROW = {
    "id": AGENCY.hex,
    "key": "unit_one",
    "kind": "police",
    "name_en": "Unit One",
    "name_sq": "Njësia Një",
    "name_sr": "Jedinica Jedan",
    "is_active": True,
}
CASE_ROW = {
    "id": CASE.hex,
    "reference": "KS-2007-abcdef",
    "opened_by_agency_id": AGENCY.hex,
    "lead_agency_id": AGENCY.hex,
    "origin": "police",
    "entry_door": "police",
    "opened_on": date(2007, 3, 5).isoformat(),
    "recorded_at": NOON.isoformat(),
    "status": "open",
}
PARTY_ROW = {
    "id": PARTY.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "agency_kind": "police",
    "kind": "duty",
    "basis": "opening",
    "since": NOON.isoformat(),
    "case_state": "open",
    "stage": "identification",
    "opened_on": date(2007, 3, 5).isoformat(),
}
CASE_TABLES = {"agency": AGENCY_ROW, "cases": CASE_ROW, "case_party": PARTY_ROW}


def test_case_with_its_party_is_kept_as_it_was_written(empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, CASE_TABLES)

    found = moves.read(
        empty,
        "SELECT c.reference, c.status, p.basis, a.name_sq FROM cases c"
        " JOIN case_party p ON p.case_id = c.id JOIN agency a ON a.id = p.agency_id",
    )

    assert found == [("KS-2007-abcdef", "open", "opening", "Njësia Një")]


def test_sixteen_audit_chains_stand_ready_and_empty(empty: Addresses) -> None:
    moves.up(empty, "0001")

    assert moves.read(empty, "SELECT count(*), sum(length), max(head) FROM audit_chain") == [(16, 0, "")]


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        pytest.param("cases", {"status": "closed"}, id="a closed case without a day"),
        pytest.param("cases", {"lead_agency_id": UUID(int=9).hex}, id="an agency that does not exist"),
        pytest.param("case_party", {"kind": "curiosity"}, id="a party that is neither by duty nor by consent"),
        pytest.param("case_party", {"ended_at": NOON.isoformat()}, id="an end without its kind"),
    ],
)
def test_row_that_contradicts_itself_is_refused(table: str, fault: dict[str, str], empty: Addresses) -> None:
    moves.up(empty, "0001")

    with pytest.raises(DBAPIError):
        moves.write(empty, {**CASE_TABLES, table: {**CASE_TABLES[table], **fault}})

    assert moves.read(empty, "SELECT count(*) FROM cases") == [(0,)]


def test_audit_entry_cannot_be_rewritten(empty: Addresses) -> None:
    moves.up(empty, "0001")
    entry = {"chain": 3, "position": 1, "at": NOON.isoformat(), "action": "case:open", "detail": "{}"}
    moves.write(empty, {"audit_entry": {**entry, "previous": "", "digest": "00"}})

    with pytest.raises(DBAPIError, match="append"):
        moves.change(empty, "UPDATE audit_entry SET action = 'case:close'")
    with pytest.raises(DBAPIError, match="append"):
        moves.change(empty, "DELETE FROM audit_entry")


def test_way_back_takes_rows_tables_and_functions_away(empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, CASE_TABLES)

    moves.down(empty, "base")

    assert moves.tables(empty) == set()
    assert moves.functions(empty) == set()
