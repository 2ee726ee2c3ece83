"""The story of migration 0026: nobody stays signed in by a password alone, a password that was seen is gone; back."""

from datetime import UTC, datetime

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
SESSION = {"token_digest": "d", "member_id": MEMBER_ROW["id"], "values": "{}", "created_at": NOON, "seen_at": NOON}
OTHER = {**MEMBER_ROW, "id": "00000000000000000000000000000777", "sign_in": "other"}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0020")
    secret = {"password_hash": "h", "changed_at": NOON}
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"member_secret": {**secret, "member_id": MEMBER_ROW["id"], "is_first": False}})
    moves.write(empty, {"member": OTHER, "member_secret": {**secret, "member_id": OTHER["id"], "is_first": True}})
    moves.write(empty, {"sign_in_session": SESSION})


def test_sessions_end_and_a_password_that_somebody_else_has_seen_is_gone(empty: Addresses) -> None:
    _before(empty)

    moves.up(empty, "0026")

    assert moves.read(empty, "SELECT count(*) FROM sign_in_session") == [(0,)]
    assert moves.read(empty, "SELECT password_hash, is_demo FROM member_secret") in ([("h", False)], [("h", 0)])


def test_the_way_back_leaves_people_and_their_own_passwords(empty: Addresses) -> None:
    _before(empty)
    moves.up(empty, "0026")

    moves.down(empty, "0025")

    assert moves.read(empty, "SELECT password_hash, is_first FROM member_secret") in ([("h", False)], [("h", 0)])
    assert moves.read(empty, "SELECT sign_in FROM member ORDER BY sign_in")[-1] in [
        ("other",),
        (MEMBER_ROW["sign_in"],),
    ]
