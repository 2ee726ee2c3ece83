"""The story of migration 0029: a checkpoint is written once, entries stand as they stood; and back."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.migrations import moves
from tests.support.databases import Addresses

NOON = "2014-03-05 12:00:00+00:00"
ENTRY = {"chain": 1, "position": 1, "at": NOON, "action": "case:read", "detail": "{}", "previous": "", "digest": "00"}
CHECKPOINT = {"number": 1, "at": NOON, "entries": 1, "content": "{}", "signature": "00"}


def test_a_checkpoint_is_kept_as_it_was_signed(empty: Addresses) -> None:
    moves.up(empty, "0025")
    moves.write(empty, {"audit_entry": ENTRY})
    moves.up(empty, "0029")

    moves.write(empty, {"audit_checkpoint": CHECKPOINT})

    with pytest.raises(DatabaseError, match="append only"):
        moves.change(empty, "UPDATE audit_checkpoint SET entries = 0")
    with pytest.raises(DatabaseError, match="append only"):
        moves.change(empty, "DELETE FROM audit_checkpoint")
    assert moves.read(empty, "SELECT entries, content FROM audit_checkpoint") == [(1, "{}")]
    assert moves.read(empty, "SELECT action, digest FROM audit_entry") == [("case:read", "00")]


def test_the_way_back_leaves_the_record(empty: Addresses) -> None:
    moves.up(empty, "0029")
    moves.write(empty, {"audit_entry": ENTRY, "audit_checkpoint": CHECKPOINT})

    moves.down(empty, "0025")

    assert moves.read(empty, "SELECT action FROM audit_entry") == [("case:read",)]
    assert "audit_checkpoint" not in moves.tables(empty)
