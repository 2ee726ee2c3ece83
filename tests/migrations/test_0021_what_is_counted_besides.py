"""The story of migration 0021: what was counted before is kept, nothing is told of what was not asked; and back."""

from typing import Any

import pytest
from alembic.script import ScriptDirectory

from app.services import schema
from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0002_wider_procedures import found, run_of
from tests.support.databases import Addresses
from workflows import registry

MIGRATION: Any = ScriptDirectory(str(schema.MIGRATIONS)).get_revision("0021").module
RECORD = "00000000000000000000000000000009"
RECORD_ROW = {
    "id": RECORD,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "has_safe_contact": False,
    "age_in_doubt": False,
    "language": "sqi",
    "snapshot_on": "2007-03-05",
    "row_version": 1,
    "sex": "F",
    "age_band": "18-20",
    "is_child": False,
    "citizenship": "XK",
    "region": "unknown",
    "form": "sexual_exploitation",
    "scope": "internal",
}
COPIED = ("case_id", "agency_id", "sex", "age_band", "is_child", "citizenship", "region", "form", "scope")
FACT_ROW = {
    **{name: RECORD_ROW[name] for name in COPIED},
    "id": "00000000000000000000000000000010",
    "record_id": RECORD,
    "metric": "identified",
    "occurred_on": "2007-03-05",
    "recorded_at": "2007-03-06T12:00:00+00:00",
    "weight": 1,
    "community": "not_asked",
    "entry_door": "police",
}


@pytest.mark.parametrize("name", sorted(MIGRATION.FORMER))
def test_a_case_goes_on_under_the_text_that_counts_more(name: str, empty: Addresses) -> None:
    moves.up(empty, "0020")
    moves.write(empty, {**CASE_TABLES, "workflow_run": run_of(name, MIGRATION.FORMER[name])})

    moves.up(empty, "0021")

    assert found(empty)[0] == registry.released()[name]


def test_of_a_former_fact_nothing_is_told_that_was_not_asked(empty: Addresses) -> None:
    moves.up(empty, "0020")
    moves.write(empty, {**CASE_TABLES, "client_record": RECORD_ROW, "count_fact": FACT_ROW})

    moves.up(empty, "0021")

    asked = "SELECT form, recruitment, means_of_control, education, destination FROM count_fact"
    assert moves.read(empty, asked) == [("sexual_exploitation", *["not_asked"] * 4)]


def test_the_way_back_keeps_the_facts_and_the_text_of_before(empty: Addresses) -> None:
    moves.up(empty, "0021")
    run = run_of("xk_2013", MIGRATION.COUNTING["xk_2013"])
    moves.write(empty, {**CASE_TABLES, "workflow_run": run, "client_record": RECORD_ROW, "count_fact": FACT_ROW})

    moves.down(empty, "0020")

    assert found(empty)[0] == MIGRATION.FORMER["xk_2013"]
    assert moves.read(empty, "SELECT metric, sex FROM count_fact") == [("identified", "F")]
