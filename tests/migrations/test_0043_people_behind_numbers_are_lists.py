"""The story of migration 0043: the index of lists has the people behind numbers, and on the way back no more."""

from sqlalchemy import inspect, text

from tests.migrations import moves
from tests.support.databases import Addresses

INDEX = "ix_audit_entry_lists"
DEFINED = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE name = :name",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = :name",
}


def _definition(empty: Addresses) -> str:
    with moves.owner(empty) as connection:
        assert INDEX in {index["name"] for index in inspect(connection).get_indexes("audit_entry")}
        return str(connection.execute(text(DEFINED[connection.dialect.name]), {"name": INDEX}).scalar_one())


def test_the_index_has_the_people_behind_numbers_from_then_on_and_not_on_the_way_back(empty: Addresses) -> None:
    moves.up(empty, "0043")
    after = _definition(empty)
    moves.down(empty, "0042")
    before = _definition(empty)

    assert ("count:members" in after, "count:members" in before) == (True, False)
    assert "case:listed" in before
