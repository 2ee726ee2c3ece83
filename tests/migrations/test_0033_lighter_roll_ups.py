"""The story of migration 0033: cells of before stay, what is written after it is counted, and the way back."""

from typing import Any

from sqlalchemy import inspect

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import CASE_TABLES
from tests.migrations.test_0023_people_over_time import FACT, PERSON, RECORD_ROW
from tests.support.databases import Addresses

INDEX = "ix_count_fact_day"
FOLDED = "SELECT compact_counts()"
OF_SEX = "SELECT unit, people FROM count_cell WHERE dimension = 'sex' ORDER BY unit, agency_id"
AGAIN = "UPDATE count_fact SET occurred_on = '2007-03-06'"
TO_THE_NEXT_YEAR = "UPDATE count_fact SET occurred_on = '2008-03-06'"
STARTS = "SELECT DISTINCT start_on FROM count_cell WHERE unit = 'year' AND people > 0"


def _before(empty: Addresses) -> None:
    moves.up(empty, "0020")
    moves.write(empty, {**CASE_TABLES, "client_record": RECORD_ROW, "record_person": PERSON, "count_fact": FACT})
    moves.up(empty, "0025")


def _indexes(empty: Addresses) -> set[str | None]:
    with moves.owner(empty) as connection:
        return {index["name"] for index in inspect(connection).get_indexes("count_fact")}


def _cells(empty: Addresses, act: str, query: str) -> list[tuple[Any, ...]]:
    """What the cells say once a fact has changed; nothing on SQLite, which has none."""
    if empty.owner.startswith("sqlite"):
        return []
    moves.change(empty, act)
    moves.read(empty, FOLDED)
    return moves.read(empty, query)


def test_cells_of_before_stay_and_what_changes_is_counted(empty: Addresses) -> None:
    _before(empty)

    moves.up(empty, "0033")

    both = [(unit, 1) for unit in ("april", "month", "year") for _ in "ab"]
    is_embedded = empty.owner.startswith("sqlite")
    assert INDEX in _indexes(empty)
    assert _cells(empty, AGAIN, OF_SEX) == ([] if is_embedded else both)
    moved = [str(start) for (start,) in _cells(empty, TO_THE_NEXT_YEAR, STARTS)]
    assert moved == ([] if is_embedded else ["2008-01-01"])


def test_the_way_back_counts_as_before_and_takes_the_index(empty: Addresses) -> None:
    _before(empty)
    moves.up(empty, "0033")

    moves.down(empty, "0025")

    moved = [str(start) for (start,) in _cells(empty, TO_THE_NEXT_YEAR, STARTS)]
    assert INDEX not in _indexes(empty)
    assert moved == ([] if empty.owner.startswith("sqlite") else ["2008-01-01"])
