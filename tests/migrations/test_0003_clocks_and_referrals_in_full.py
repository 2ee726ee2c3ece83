"""The story of migration 0003: clocks, referrals and calls of before are kept, what is new holds, and back."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES, NOON
from tests.support.databases import Addresses

MEMBER, EVENT, CLOCK, REFERRAL, CALL, PAUSE = (UUID(int=number) for number in range(11, 17))
OF_CASE = {"case_id": CASE.hex, "agency_id": AGENCY.hex}
MEMBER_ROW = {
    "id": MEMBER.hex,
    "agency_id": AGENCY.hex,
    "sign_in": "member.one",
    "name": "Member One",
    "language": "en",
    "sex": "unknown",
    "is_active": True,
}
EVENT_ROW = {
    **OF_CASE,
    "id": EVENT.hex,
    "member_id": MEMBER.hex,
    "position": 1,
    "track": "identification",
    "action": "record_signal",
    "from_state": "start",
    "to_state": "signal",
    "occurred_on": "2007-03-05",
    "recorded_at": NOON.isoformat(),
}
CLOCK_ROW = {
    **OF_CASE,
    "id": CLOCK.hex,
    "name": "screening",
    "started_at": NOON.isoformat(),
    "due_at": NOON.isoformat(),
    "calendar": "test",
    "started_by_id": EVENT.hex,
}
REFERRAL_ROW = {
    "id": REFERRAL.hex,
    "case_id": CASE.hex,
    "from_agency_id": AGENCY.hex,
    "to_agency_id": AGENCY.hex,
    "event_id": EVENT.hex,
    "track": "advocacy",
    "accepts": "accept_call",
    "state": "sent",
    "basis": "duty",
    "region": "peje",
    "sex": "F",
    "is_child": False,
    "language": "sq",
    "urgency": "today",
    "sent_at": NOON.isoformat(),
}
CALL_ROW = {
    **OF_CASE,
    "id": CALL.hex,
    "referral_id": REFERRAL.hex,
    "member_id": MEMBER.hex,
    "attempted_at": NOON.isoformat(),
    "outcome": "no_answer",
}
BEFORE = {
    **CASE_TABLES,
    "member": MEMBER_ROW,
    "case_event": EVENT_ROW,
    "case_clock": CLOCK_ROW,
    "referral": REFERRAL_ROW,
    "call_attempt": CALL_ROW,
}
PAUSE_ROW = {
    **OF_CASE,
    "id": PAUSE.hex,
    "clock_id": CLOCK.hex,
    "began_at": NOON.isoformat(),
    "recorded_at": NOON.isoformat(),
    "begun_by_id": MEMBER.hex,
}


@pytest.fixture
def moved(empty: Addresses) -> Addresses:
    moves.up(empty, "0001")
    moves.write(empty, BEFORE)
    moves.up(empty, "0003")
    return empty


def test_clocks_referrals_and_calls_of_before_are_kept_and_nothing_is_claimed_of_them(moved: Addresses) -> None:
    found = moves.read(
        moved,
        "SELECT c.name, c.first_due_at, c.paused_at, c.reminded_at, r.state, r.returned_at, r.feedback, a.outcome,"
        " a.by_id FROM case_clock c JOIN referral r ON r.case_id = c.case_id JOIN call_attempt a"
        " ON a.referral_id = r.id",
    )

    assert found == [("screening", None, None, None, "sent", None, None, "no_answer", None)]


def test_a_call_may_now_leave_open_who_was_called(moved: Addresses) -> None:
    moves.write(moved, {"call_attempt": {**CALL_ROW, "id": UUID(int=90).hex, "member_id": None}})

    assert moves.read(moved, "SELECT count(*) FROM call_attempt") == [(2,)]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"begun_by_event_id": EVENT.hex}, id="begun by a step and by hand"),
        pytest.param({"begun_by_id": None}, id="begun by nobody"),
        pytest.param({"ended_at": NOON.isoformat()}, id="an end that was never recorded"),
        pytest.param({"clock_id": UUID(int=99).hex}, id="of a clock that does not exist"),
    ],
)
def test_a_pause_that_contradicts_itself_is_refused(moved: Addresses, fault: dict[str, str]) -> None:
    with pytest.raises(DBAPIError):
        moves.write(moved, {"clock_pause": {**PAUSE_ROW, **fault}})


def test_a_clock_stands_still_only_once_at_a_time(moved: Addresses) -> None:
    moves.write(moved, {"clock_pause": PAUSE_ROW})

    with pytest.raises(DBAPIError):
        moves.write(moved, {"clock_pause": {**PAUSE_ROW, "id": UUID(int=91).hex}})


def test_an_agency_has_a_focal_point_and_a_backup_and_nobody_third(moved: Addresses) -> None:
    point = {"agency_id": AGENCY.hex, "member_id": MEMBER.hex}
    moves.write(moved, {"focal_point": {**point, "place": "focal"}})
    moves.write(moved, {"focal_point": {**point, "place": "backup"}})

    with pytest.raises(DBAPIError):
        moves.write(moved, {"focal_point": {**point, "place": "third"}})


def test_the_way_back_keeps_what_the_older_version_can_hold(moved: Addresses) -> None:
    moves.write(moved, {"clock_pause": PAUSE_ROW})
    moves.write(moved, {"call_attempt": {**CALL_ROW, "id": UUID(int=90).hex, "member_id": None}})
    moves.change(moved, "UPDATE referral SET state = 'returned'")

    moves.down(moved, "0001")

    assert "clock_pause" not in moves.tables(moved)
    assert moves.read(moved, "SELECT outcome FROM call_attempt") == [("no_answer",)]
    assert moves.read(moved, "SELECT state FROM referral") == [("accepted",)]
