"""The story of migration 0040: a key is kept once, whosever it is; who is signed in stays so, up and back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER_ROW
from tests.support.databases import Addresses

NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()
SESSION = {
    "token_digest": "d",
    "member_id": MEMBER_ROW["id"],
    "values": "{}",
    "created_at": NOON,
    "seen_at": NOON,
    "factor": "code",
    "network": "",
    "is_sealed": False,
}
KEPT: dict[str, Any] = {
    "id": UUID(int=71).hex,
    "member_id": MEMBER_ROW["id"],
    "credential_id": b"what the device calls it",
    "public_key": b"sealed",
    "sign_count": 4_294_967_295,
    "name": "Key on my ring",
    "made_at": NOON,
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0039")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"sign_in_session": SESSION})
    moves.up(empty, "0040")


def test_who_is_signed_in_stays_so_and_was_asked_nothing(empty: Addresses) -> None:
    _before(empty)

    assert moves.read(empty, "SELECT factor, challenge, challenged_at FROM sign_in_session") == [("code", None, None)]


def test_a_key_is_kept_once_and_counts_as_far_as_devices_do(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"passkey": KEPT})

    with pytest.raises(DBAPIError, match="passkey"):
        moves.write(empty, {"passkey": KEPT | {"id": UUID(int=72).hex}})
    assert moves.read(empty, "SELECT sign_count FROM passkey") == [(4_294_967_295,)]


def test_the_way_back_leaves_members_and_their_sessions(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"passkey": KEPT})

    moves.down(empty, "0039")

    assert moves.read(empty, "SELECT factor FROM sign_in_session") == [("code",)]
    assert len(moves.read(empty, "SELECT id FROM member")) == 1
