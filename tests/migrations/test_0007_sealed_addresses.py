"""The story of migration 0007: an address has a keeper and a key, who opened it is kept, and back."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
ADDRESS_ROW = {
    "agency_id": AGENCY.hex,
    "address": b"sealed",
    "wrapped": b"wrapped",
    "version": 1,
    "set_at": NOON,
    "set_by_id": MEMBER.hex,
}
OPENING_ROW = {
    "id": UUID(int=21).hex,
    "agency_id": AGENCY.hex,
    "opened_by_id": MEMBER.hex,
    "purpose": "bring",
    "version": 1,
    "opened_at": NOON,
}


def _written(empty: Addresses) -> None:
    moves.up(empty, "0007")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"shelter_address": ADDRESS_ROW, "address_opening": OPENING_ROW})


def test_an_address_and_its_opening_are_kept(empty: Addresses) -> None:
    _written(empty)

    assert moves.read(empty, "SELECT a.version, o.purpose FROM shelter_address a, address_opening o") == [(1, "bring")]


def test_a_shelter_has_one_address(empty: Addresses) -> None:
    _written(empty)

    with pytest.raises(DBAPIError):
        moves.write(empty, {"shelter_address": ADDRESS_ROW})


def test_an_address_without_a_key_is_refused(empty: Addresses) -> None:
    moves.up(empty, "0007")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"shelter_address": {**ADDRESS_ROW, "wrapped": None}})


def test_the_way_back_takes_the_addresses_and_leaves_the_shelter(empty: Addresses) -> None:
    _written(empty)

    moves.down(empty, "0006")

    assert moves.read(empty, "SELECT count(*) FROM agency") == [(1,)]
