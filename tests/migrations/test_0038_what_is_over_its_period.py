"""The story of migration 0038: what is over its period is cleared by one function, and the way back."""

from tests.migrations import moves
from tests.support.databases import Addresses


def test_it_brings_the_one_function_that_clears_and_takes_it_back(empty: Addresses) -> None:
    moves.up(empty, "0038")
    there = moves.functions(empty)
    moves.down(empty, "0037")

    assert ("clear_over" in there) is not empty.owner.startswith("sqlite")
    assert "clear_over" not in moves.functions(empty)
