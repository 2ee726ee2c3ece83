"""The story of migration 0025: an answer keeps what it was given on, a pair without one has nothing; and back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import CASE_TABLES
from tests.migrations.test_0012_nights_counted import RECORD, ROWS
from tests.support.databases import Addresses

OTHER, THIRD = UUID(int=91), UUID(int=92)
NOON = datetime(2014, 3, 5, 12, tzinfo=UTC).isoformat()


def _pair(number: int, one: UUID, other: UUID, **answer: Any) -> dict[str, dict[str, Any]]:
    row = {"id": UUID(int=number).hex, "record_a_id": one.hex, "record_b_id": other.hex, "score": 1.0}
    return {"link_pair": {**row, "agreement": '["sex:same"]', "found_at": NOON, **answer}}


def _record(record: UUID, case: UUID) -> dict[str, dict[str, Any]]:
    of_case = {**ROWS["cases"], "id": case.hex, "reference": str(case)}
    return {"cases": of_case, "client_record": {**ROWS["client_record"], "id": record.hex, "case_id": case.hex}}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0020")
    moves.write(empty, {name: ROWS[name] for name in (*CASE_TABLES, "client_record")})
    moves.write(empty, _record(OTHER, UUID(int=93)))
    moves.write(empty, _record(THIRD, UUID(int=94)))
    moves.write(empty, _pair(95, RECORD, OTHER, state="refused", decided_at=NOON))
    moves.write(empty, _pair(96, RECORD, THIRD, state="doubtful"))


def test_an_answer_keeps_the_agreement_it_was_given_on(empty: Addresses) -> None:
    _before(empty)

    moves.up(empty, "0025")

    kept = moves.read(empty, "SELECT state, answered_agreement, changed_at FROM link_pair ORDER BY state")
    assert kept == [("doubtful", None, None), ("refused", '["sex:same"]', None)]


def test_the_way_back_leaves_pairs_and_answers(empty: Addresses) -> None:
    _before(empty)
    moves.up(empty, "0025")

    moves.down(empty, "0024")

    assert moves.read(empty, "SELECT state FROM link_pair ORDER BY state") == [("doubtful",), ("refused",)]
