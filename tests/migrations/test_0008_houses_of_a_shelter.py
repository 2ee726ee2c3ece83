"""The story of migration 0008: each shelter gets one house with its rooms and its address, and back."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER_ROW
from tests.migrations.test_0007_sealed_addresses import ADDRESS_ROW, OPENING_ROW
from tests.support.databases import Addresses

ROOM, BED, HOUSE = UUID(int=31), UUID(int=32), UUID(int=33)
OTHER = {**AGENCY_ROW, "id": UUID(int=34).hex, "key": "unit_two"}
HOUSE_ROW = {"id": HOUSE.hex, "agency_id": AGENCY.hex, "name": "House 2"}


def _lived_in(empty: Addresses) -> None:
    """A shelter with a room, a bed and an address, beside an agency that is none."""
    moves.up(empty, "0007")
    moves.write(empty, {"agency": {**AGENCY_ROW, "kind": "shelter"}, "member": MEMBER_ROW})
    moves.write(empty, {"agency": OTHER, "shelter_address": ADDRESS_ROW, "address_opening": OPENING_ROW})
    moves.write(empty, {"room": {"id": ROOM.hex, "agency_id": AGENCY.hex, "name": "1"}})
    bed = {"id": BED.hex, "agency_id": AGENCY.hex, "room_id": ROOM.hex, "name": "1A", "is_cot": False}
    moves.write(empty, {"bed": {**bed, "is_active": True}})


def test_a_shelter_gets_one_house_with_all_that_it_has(empty: Addresses) -> None:
    _lived_in(empty)

    moves.up(empty, "0008")

    assert moves.read(empty, "SELECT name, count(*) FROM premises GROUP BY name") == [("House 1", 1)]
    found = moves.read(
        empty,
        "SELECT r.name, b.name, a.version, o.purpose FROM premises p JOIN room r ON r.premises_id = p.id"
        " JOIN bed b ON b.room_id = r.id JOIN shelter_address a ON a.premises_id = p.id"
        " JOIN address_opening o ON o.premises_id = p.id",
    )
    assert found == [("1", "1A", 1, "bring")]


def test_an_address_stays_sealed_to_what_it_was_sealed_to(empty: Addresses) -> None:
    _lived_in(empty)
    moves.up(empty, "0008")

    same = "SELECT count(*) FROM shelter_address WHERE premises_id = agency_id"
    assert moves.read(empty, same) == [(1,)]


def test_two_houses_of_a_shelter_have_an_address_each_and_names_of_their_own(empty: Addresses) -> None:
    _lived_in(empty)
    moves.up(empty, "0008")

    moves.write(empty, {"premises": HOUSE_ROW, "shelter_address": {**ADDRESS_ROW, "premises_id": HOUSE.hex}})

    assert moves.read(empty, "SELECT count(*) FROM shelter_address") == [(2,)]
    with pytest.raises(DBAPIError):
        moves.write(empty, {"premises": {**HOUSE_ROW, "id": UUID(int=35).hex}})


@pytest.mark.parametrize("house", [None, UUID(int=99).hex], ids=["none", "one that there is not"])
def test_a_room_without_a_house_is_refused(house: str | None, empty: Addresses) -> None:
    _lived_in(empty)
    moves.up(empty, "0008")

    with pytest.raises(DBAPIError):
        moves.write(
            empty,
            {"room": {"id": UUID(int=36).hex, "agency_id": AGENCY.hex, "name": "2", "premises_id": house}},
        )


def test_the_way_back_leaves_rooms_and_the_first_address(empty: Addresses) -> None:
    _lived_in(empty)
    moves.up(empty, "0008")
    moves.write(empty, {"premises": HOUSE_ROW, "shelter_address": {**ADDRESS_ROW, "premises_id": HOUSE.hex}})

    moves.down(empty, "0007")

    assert moves.read(empty, "SELECT r.name, b.name FROM room r JOIN bed b ON b.room_id = r.id") == [("1", "1A")]
    assert moves.read(empty, "SELECT version FROM shelter_address") == [(1,)]
