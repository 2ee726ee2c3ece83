"""The story of migration 0024: what is frozen is kept as it was written, on both databases; and back."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.migrations.test_0021_what_is_counted_besides import RECORD, RECORD_ROW
from tests.support.databases import Addresses

EDITION = UUID(int=24).hex
EDITION_ROW = {
    "id": EDITION,
    "agency_id": AGENCY.hex,
    "number": 1,
    "period_start": "2007-01-01",
    "period_end": "2008-01-01",
    "as_of": "2008-02-01",
    "metrics": "identified",
    "definitions": "0123456789abcdef",
    "content": "{}",
    "members": 1,
    "digest": "0" * 64,
    "reason": "",
    "signed_by_id": MEMBER.hex,
    "signed_at": "2008-02-02T12:00:00+00:00",
}
COARSE = ("sex", "age_band", "citizenship", "region", "form", "scope")
NOT_ASKED = ("recruitment", "recruiter_relation", "recruiter_sex", "means_of_control", "education", "destination")
MEMBER_OF_IT = {
    "id": UUID(int=25).hex,
    "agency_id": AGENCY.hex,
    "edition_id": EDITION,
    "metric": "identified",
    "person": RECORD,
    "counted_by_id": AGENCY.hex,
    "record_id": RECORD,
    "case_id": CASE.hex,
    "month": "2007-03-01",
    "place": 1,
    "is_child": False,
    "entry_door": "police",
    **{name: RECORD_ROW[name] for name in COARSE},
    **dict.fromkeys(NOT_ASKED, "not_asked"),
}
BEFORE = {**CASE_TABLES, "client_record": RECORD_ROW, "member": MEMBER_ROW}


def test_a_frozen_report_is_kept_as_it_was_written(empty: Addresses) -> None:
    moves.up(empty, "0023")
    moves.write(empty, BEFORE)
    moves.up(empty, "0024")

    moves.write(empty, {"report_edition": EDITION_ROW, "edition_member": MEMBER_OF_IT})

    assert moves.read(empty, "SELECT number, members, digest FROM report_edition") == [(1, 1, "0" * 64)]
    assert moves.read(empty, "SELECT metric, citizenship FROM edition_member") == [("identified", "XK")]


@pytest.mark.parametrize("table", ["report_edition", "edition_member"])
@pytest.mark.parametrize("change", ["UPDATE {} SET agency_id = agency_id", "DELETE FROM {}"])
def test_nobody_changes_or_takes_away_what_is_frozen(table: str, change: str, empty: Addresses) -> None:
    moves.up(empty, "0024")
    moves.write(empty, {**BEFORE, "report_edition": EDITION_ROW, "edition_member": MEMBER_OF_IT})

    with pytest.raises(DBAPIError):
        moves.change(empty, change.format(table))


def test_the_same_number_of_a_period_is_not_given_twice(empty: Addresses) -> None:
    moves.up(empty, "0024")
    moves.write(empty, {**BEFORE, "report_edition": EDITION_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"report_edition": {**EDITION_ROW, "id": UUID(int=26).hex}})


def test_the_way_back_leaves_the_facts_and_the_records(empty: Addresses) -> None:
    moves.up(empty, "0024")
    moves.write(empty, {**BEFORE, "report_edition": EDITION_ROW, "edition_member": MEMBER_OF_IT})

    moves.down(empty, "0023")

    assert {"report_edition", "edition_member"} & moves.tables(empty) == set()
    assert moves.read(empty, "SELECT sex FROM client_record") == [("F",)]
