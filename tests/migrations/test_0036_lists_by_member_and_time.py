"""The story of migration 0036: lists are found by member and time, and the way back."""

from sqlalchemy import inspect

from tests.migrations import moves
from tests.support.databases import Addresses

INDEX = "ix_audit_entry_lists"


def _indexes(empty: Addresses) -> set[str | None]:
    with moves.owner(empty) as connection:
        return {index["name"] for index in inspect(connection).get_indexes("audit_entry")}


def test_lists_have_an_index_from_then_on_and_none_on_the_way_back(empty: Addresses) -> None:
    moves.up(empty, "0036")
    after = _indexes(empty)
    moves.down(empty, "0033")

    assert after - _indexes(empty) == {INDEX}
