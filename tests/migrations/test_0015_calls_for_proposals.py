"""The story of migration 0015: what was paid stays paid, a house can be named, a call is kept, and back."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER_ROW
from tests.migrations.test_0009_the_funding_ledger import BY, GRANT, GRANT_ROW, PAYEES, PAYER, PAYER_ROW
from tests.support.databases import Addresses

DAYS = {"from_on": "2007-01-01", "to_on": "2007-12-31"}
CALL_ROW = {
    "id": UUID(int=41).hex,
    "payer_id": PAYER,
    "opens_on": "2006-11-01",
    "closes_on": "2006-11-30",
    "open_to": "domestic_violence",
    "source": "cable",
    **DAYS,
    **BY,
}
HOUSE_ROW = {"id": UUID(int=42).hex, "agency_id": AGENCY.hex, "name": "House 1"}


def _written(empty: Addresses) -> None:
    moves.up(empty, "0014")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"funding_payer": {**PAYER_ROW, **BY}, "funding_grant": {**GRANT_ROW, **BY}})
    moves.write(empty, {"funding_payee": PAYEES[0]})
    moves.up(empty, "0015")


def test_what_was_paid_before_stays_and_a_house_can_be_paid_for(empty: Addresses) -> None:
    _written(empty)
    payee = {"id": UUID(int=43).hex, "grant_id": GRANT, "agency_id": AGENCY.hex, "premises_id": HOUSE_ROW["id"]}

    moves.write(empty, {"premises": HOUSE_ROW, "funding_payee": payee})

    query = "SELECT place, premises_id IS NULL FROM funding_payee ORDER BY place IS NULL"
    assert [(place, bool(alone)) for place, alone in moves.read(empty, query)] == [("North", True), (None, False)]


def test_a_house_of_nobody_is_refused(empty: Addresses) -> None:
    _written(empty)
    moves.write(empty, {"premises": HOUSE_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"funding_payee": {**PAYEES[1], "premises_id": HOUSE_ROW["id"]}})


def test_a_call_is_kept_and_one_that_closes_before_it_opens_is_not(empty: Addresses) -> None:
    _written(empty)
    moves.write(empty, {"funding_call": CALL_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"funding_call": {**CALL_ROW, "id": UUID(int=44).hex, "closes_on": "2006-10-01"}})
    assert moves.read(empty, "SELECT open_to FROM funding_call") == [("domestic_violence",)]


def test_the_way_back_leaves_the_money(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0014")

    assert moves.read(empty, "SELECT place FROM funding_payee") == [("North",)]
    assert "funding_call" not in moves.tables(empty)
