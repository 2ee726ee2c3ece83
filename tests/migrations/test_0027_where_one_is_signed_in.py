"""The story of migration 0027: who is signed in stays so, from nowhere in particular; and back."""

from datetime import UTC, datetime

from tests.migrations import moves
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
SESSION = {"token_digest": "0" * 64, "member_id": None, "values": "{}", "created_at": NOON, "seen_at": NOON}


def test_who_is_signed_in_stays_so_and_nothing_is_known_of_her_network(empty: Addresses) -> None:
    moves.up(empty, "0026")
    moves.write(empty, {"sign_in_session": SESSION})

    moves.up(empty, "0027")

    assert moves.read(empty, "SELECT network FROM sign_in_session WHERE NOT is_sealed") == [("",)]


def test_the_way_back_leaves_who_is_signed_in(empty: Addresses) -> None:
    moves.up(empty, "0027")
    moves.write(empty, {"sign_in_session": {**SESSION, "network": "192.0.2.0/24", "is_sealed": True}})

    moves.down(empty, "0026")

    assert moves.read(empty, "SELECT token_digest FROM sign_in_session") == [("0" * 64,)]
