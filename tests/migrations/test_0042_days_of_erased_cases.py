"""The story of migration 0042: what was erased before is cut too, what was not stays, and moves are kept as written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE
from tests.migrations.test_0005_versions_of_the_procedure import EVENT_ROW, MEMBER_ROW, MOVE_ROW
from tests.migrations.test_0018_the_life_of_a_stay import _before as _with_a_stay
from tests.migrations.test_0019_erasures import ERASURE
from tests.migrations.test_0041_what_was_known_of_days import CLOCK_ROW
from tests.support.databases import Addresses

OTHER = UUID(int=91)
DECIDED = {"state": "done", "decided_by_id": OTHER.hex, "decided_at": "2014-06-05 12:00:00+00:00"}
LATE = {
    "due_at": "2014-03-04 12:00:00+00:00",
    "stopped_at": "2014-03-09 12:00:00+00:00",
    "known_since": "2014-03-09 12:00:00+00:00",
    "started_by_id": EVENT_ROW["id"],
}
NEED = {"case_id": CASE.hex, "agency_id": AGENCY.hex, "sex": "F", "age_band": "adult", "disability": "unknown"}
NEED |= {"source": "shelter", "reason": "no_bed", "recorded_at": "2014-03-04 12:00:00+00:00", "met_on": "2014-03-20"}
FORMER = {"clock_id": CLOCK_ROW["id"], "case_id": CASE.hex, "agency_id": AGENCY.hex, "due_at": LATE["due_at"]}
SAID = [("2014-01-07", "2014-01-09"), ("2014-01-09", "2014-02-11"), ("2014-02-11", "2014-03-09")]


def _before(empty: Addresses, erasure: dict[str, Any] = DECIDED) -> None:
    """A stay of no night, a move, a deadline that was missed and what it said before, a need of eleven days."""
    _with_a_stay(empty)
    moves.up(empty, "0041")
    moves.change(empty, "UPDATE stay SET arrived_on = '2014-03-01', left_on = '2014-03-01', destination = 'own_home'")
    moves.write(empty, {"case_event": EVENT_ROW, "case_move": MOVE_ROW, "case_clock": CLOCK_ROW | LATE})
    for since, until in SAID:
        moves.write(empty, {"former_clock": FORMER | {"since": f"{since} 12:00:00", "until": f"{until} 12:00:00"}})
    for number, day in ((92, "2014-03-09"), (93, "2014-03-12")):
        moves.write(empty, {"unmet_need": NEED | {"id": UUID(int=number).hex, "asked_on": day}})
    moves.write(empty, {"member": MEMBER_ROW | {"id": OTHER.hex, "sign_in": "other"}, "erasure": ERASURE | erasure})
    moves.up(empty, "0042")


def _days(empty: Addresses, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(value)[:10] for value in row) for row in moves.read(empty, query))


def test_days_of_a_case_that_was_erased_before_are_cut_too(empty: Addresses) -> None:
    _before(empty)

    assert _days(empty, "SELECT recorded_at FROM case_event") == [("2014-03-01",)]
    assert _days(empty, "SELECT moved_on, recorded_at FROM case_move") == [("2014-03-01", "2014-03-01")]
    clock = _days(empty, "SELECT due_at, stopped_at, known_since FROM case_clock")
    assert clock == [("2014-03-01", "2014-03-02", "2014-03-01")]
    assert _days(empty, "SELECT since, until FROM former_clock") == [
        ("2014-01-01", "2014-02-01"),
        ("2014-02-01", "2014-03-01"),
    ]
    assert _days(empty, "SELECT asked_on, met_on FROM unmet_need") == [
        ("2014-03-01", "2014-03-12"),
        ("2014-03-04", "2014-03-12"),
    ]
    assert moves.read(empty, "SELECT nights, once FROM kept_nights") == [(0, 0)]


ASKED = {"state": "asked", "decided_by_id": None, "decided_at": None}


def test_days_of_a_case_that_is_not_erased_stay(empty: Addresses) -> None:
    _before(empty, ASKED)

    assert _days(empty, "SELECT recorded_at FROM case_event") == [("2014-03-03",)]
    assert _days(empty, "SELECT due_at, stopped_at, known_since FROM case_clock") == [
        ("2014-03-04", "2014-03-09", "2014-03-09")
    ]
    assert moves.read(empty, "SELECT count(*) FROM former_clock") == [(3,)]
    assert moves.read(empty, "SELECT count(*) FROM kept_nights") == [(0,)]


def test_a_move_is_changed_by_an_erasure_alone(empty: Addresses) -> None:
    _before(empty, ASKED)

    with pytest.raises(DBAPIError, match="append only"):
        moves.change(empty, "UPDATE case_move SET moved_on = '2014-03-01'")
    moves.change(
        empty,
        "UPDATE erasure SET state = 'done', decided_at = asked_at,"
        " decided_by_id = (SELECT id FROM member WHERE sign_in = 'other')",
    )
    moves.change(empty, "UPDATE case_move SET moved_on = '2014-03-01'")

    with pytest.raises(DBAPIError, match="append only"):
        moves.change(empty, "DELETE FROM case_move")


def test_what_a_clock_said_is_kept_while_its_case_is_not_erased(empty: Addresses) -> None:
    _before(empty, ASKED)

    moves.change(empty, "UPDATE case_clock SET stopped_at = NULL, known_since = '2014-03-11 12:00:00+00:00'")

    assert ("2014-03-09", "2014-03-11") in _days(empty, "SELECT since, until FROM former_clock")


def test_the_way_back_leaves_what_was_cut_and_keeps_moves_from_everybody(empty: Addresses) -> None:
    _before(empty)

    moves.down(empty, "0041")

    assert _days(empty, "SELECT recorded_at FROM case_event") == [("2014-03-01",)]
    with pytest.raises(DBAPIError, match="append only"):
        moves.change(empty, "UPDATE case_move SET moved_on = '2014-03-01'")
    assert ("erase_case" in moves.functions(empty)) is not empty.owner.startswith("sqlite")
