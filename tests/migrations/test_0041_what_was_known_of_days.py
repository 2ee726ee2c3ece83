"""The story of migration 0041: what is there is known since it was written, what it said before is kept, and back."""

from typing import Any
from uuid import UUID

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

EVENT, CLOCK = UUID(int=81), UUID(int=82)
EVENT_ROW: dict[str, Any] = {
    "id": EVENT.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "position": 1,
    "track": "advocacy",
    "action": "record_arrival",
    "from_state": "called",
    "to_state": "arrived",
    "member_id": MEMBER.hex,
    "occurred_on": "2014-03-03",
    "recorded_at": "2014-03-04 12:00:00+00:00",
}
CLOCK_ROW = {
    "id": CLOCK.hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "name": "consent",
    "started_at": "2014-03-03 12:00:00+00:00",
    "due_at": "2014-03-04 12:00:00+00:00",
    "calendar": "",
    "started_by_id": EVENT.hex,
}
STOPPED = "UPDATE case_clock SET stopped_at = '2014-03-03 13:00:00+00:00', known_since = '2014-03-09 12:00:00+00:00'"


def _before(empty: Addresses) -> None:
    moves.up(empty, "0040")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW, "case_event": EVENT_ROW, "case_clock": CLOCK_ROW})
    moves.up(empty, "0041")


def _kept(empty: Addresses) -> list[tuple[Any, ...]]:
    rows = moves.read(empty, "SELECT since, until, stopped_at FROM former_clock")
    return [(str(since)[:10], str(until)[:10], stopped) for since, until, stopped in rows]


def test_a_clock_of_before_is_known_since_its_step_was_recorded(empty: Addresses) -> None:
    _before(empty)

    (since,) = moves.read(empty, "SELECT known_since FROM case_clock")[0]

    assert str(since).startswith("2014-03-04")
    assert _kept(empty) == []


def test_the_database_keeps_what_a_clock_said_before_it_says_something_else(empty: Addresses) -> None:
    _before(empty)

    moves.change(empty, STOPPED)
    moves.change(empty, STOPPED.replace("13:00", "14:00"))

    assert _kept(empty) == [("2014-03-04", "2014-03-09", None)]


def test_the_way_back_leaves_the_clock_as_it_is_known_now(empty: Addresses) -> None:
    _before(empty)
    moves.change(empty, STOPPED)

    moves.down(empty, "0040")

    ((stopped,),) = moves.read(empty, "SELECT stopped_at FROM case_clock")
    assert str(stopped).startswith("2014-03-03 13:00")
    assert "former_clock" not in moves.tables(empty)
