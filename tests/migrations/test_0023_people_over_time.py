"""The story of migration 0023: persons of before have always been so, changes are kept, and the way back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_ROW, CASE_TABLES
from tests.support.databases import Addresses

RECORD, ONE, OTHER = UUID(int=51), UUID(int=52), UUID(int=53)
RECORD_ROW = {
    "id": RECORD.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "snapshot_on": "2007-03-05",
    "has_safe_contact": False,
    "age_in_doubt": False,
    "is_child": False,
    "row_version": 1,
    **dict.fromkeys(("language", "sex", "age_band", "citizenship", "region", "form", "scope"), "unknown"),
}
FACT = {
    "id": UUID(int=70).hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "record_id": RECORD.hex,
    "metric": "identified",
    "occurred_on": "2007-03-05",
    "recorded_at": "2007-03-05 12:00:00+00:00",
    "weight": 1,
    "is_child": False,
    "community": "not_asked",
    **dict.fromkeys(("sex", "age_band", "citizenship", "region", "form", "scope", "entry_door"), "unknown"),
}
PERSON = {"record_id": RECORD.hex, "person_id": ONE.hex}
NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat(sep=" ")
MOVED = f"UPDATE record_person SET person_id = '{OTHER.hex}', since = '{NOON}'"  # noqa: S608 - of this file alone


def _before(empty: Addresses) -> None:
    moves.up(empty, "0020")
    moves.write(empty, {**CASE_TABLES, "client_record": RECORD_ROW, "record_person": PERSON})
    moves.up(empty, "0023")


def _kept(empty: Addresses) -> list[tuple[Any, ...]]:
    rows = moves.read(empty, "SELECT person_id, since, until FROM former_person")
    return [(UUID(str(person)), str(since)[:10], str(until)[:10]) for person, since, until in rows]


def test_a_person_of_before_is_taken_to_have_always_been_so(empty: Addresses) -> None:
    _before(empty)

    (since,) = moves.read(empty, "SELECT since FROM record_person")[0]

    assert str(since).startswith("1970-01-01")
    assert _kept(empty) == []


def test_the_database_keeps_who_a_record_was_before_it_is_taken_for_another(empty: Addresses) -> None:
    _before(empty)

    moves.change(empty, MOVED)

    assert _kept(empty) == [(ONE, "1970-01-01", "2014-03-05")]


def test_two_changes_of_one_moment_leave_no_row_of_a_time_without_length(empty: Addresses) -> None:
    _before(empty)
    moves.change(empty, MOVED)

    moves.change(empty, MOVED.replace(OTHER.hex, RECORD.hex))

    assert len(_kept(empty)) == 1


def test_nobody_deletes_who_a_record_is_but_of_one_that_is_a_person_of_its_own(empty: Addresses) -> None:
    _before(empty)

    with pytest.raises(DBAPIError, match="persons are kept"):
        moves.change(empty, "DELETE FROM record_person")

    moves.change(empty, MOVED.replace(OTHER.hex, RECORD.hex))
    moves.change(empty, "DELETE FROM record_person")
    assert _kept(empty) == [(ONE, "1970-01-01", "2014-03-05")]


def test_a_record_that_was_erased_before_stays_one_person_with_whom_it_was(empty: Addresses) -> None:
    other = CASE_ROW | {"id": UUID(int=60).hex, "reference": "KS-2007-other"}
    second = RECORD_ROW | {"id": UUID(int=61).hex, "case_id": UUID(int=60).hex, "identity": b"sealed"}
    moves.up(empty, "0020")
    moves.write(empty, {**CASE_TABLES, "client_record": RECORD_ROW, "record_person": PERSON})
    moves.write(empty, {"cases": other, "client_record": second})
    moves.write(empty, {"record_person": PERSON | {"record_id": UUID(int=61).hex}})

    moves.up(empty, "0023")

    kept = [tuple(UUID(str(one)) for one in row) for row in moves.read(empty, "SELECT * FROM kept_link")]
    assert kept == [(RECORD, UUID(int=61))]


def test_facts_of_before_are_rolled_up_on_postgresql(empty: Addresses) -> None:
    moves.up(empty, "0020")
    moves.write(empty, {**CASE_TABLES, "client_record": RECORD_ROW, "record_person": PERSON, "count_fact": FACT})

    moves.up(empty, "0023")

    total = moves.read(empty, "SELECT unit, people FROM count_cell WHERE dimension = 'sex' ORDER BY unit, agency_id")
    both = [(unit, 1) for unit in ("april", "month", "year") for _ in "ab"]
    assert total == ([] if empty.owner.startswith("sqlite") else both)


def test_the_way_back_keeps_the_persons_of_now(empty: Addresses) -> None:
    _before(empty)
    moves.change(empty, MOVED)

    moves.down(empty, "0020")

    assert [UUID(str(one)) for (one,) in moves.read(empty, "SELECT person_id FROM record_person")] == [OTHER]
    assert not {"keep_former_person", "roll_up_facts", "write_changes"} & moves.functions(empty)
