"""The story of migration 0014: what a place must offer is kept, an unmet need can end in other ways, and back."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW, CASE, CASE_ROW
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

OWN = {"case_id": CASE.hex, "agency_id": AGENCY.hex, "recorded_at": "2014-03-05T12:00:00+00:00"}
OLD_ROW = {"id": UUID(int=41).hex, **OWN, "sex": "M", "age_band": "27-29", "asked_on": "2014-03-05", "reason": "no_bed"}
NOTHING_ROW = {**OLD_ROW, "id": UUID(int=42).hex, "disability": "yes", "source": "placer"}
NEED_ROW = {
    "id": UUID(int=43).hex,
    **OWN,
    "member_id": MEMBER.hex,
    "has_disability": "yes",
    "has_children": "yes",
    "children_under_3": 1,
    "children_3_to_11": 0,
    "children_12_to_17": 0,
}


def _written(empty: Addresses, **old: object) -> None:
    moves.up(empty, "0013")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW, "cases": CASE_ROW})
    moves.write(empty, {"unmet_need": {**OLD_ROW, "has_disability": False, **old}})
    moves.up(empty, "0014")


@pytest.mark.parametrize(("said", "known"), [(True, "yes"), (False, "unknown")])
def test_what_was_never_asked_is_not_known(empty: Addresses, said: bool, known: str) -> None:
    _written(empty, has_disability=said)

    assert moves.read(empty, "SELECT disability, children, source FROM unmet_need") == [(known, None, "shelter")]


def test_that_nothing_fits_is_kept_once_while_it_stands(empty: Addresses) -> None:
    _written(empty)
    moves.write(empty, {"unmet_need": NOTHING_ROW})
    again = {**NOTHING_ROW, "id": UUID(int=44).hex}

    with pytest.raises(DBAPIError):
        moves.write(empty, {"unmet_need": again})
    moves.change(empty, "UPDATE unmet_need SET met_on = '2014-03-06'")
    moves.write(empty, {"unmet_need": again})

    assert moves.read(empty, "SELECT count(*) FROM unmet_need") == [(3,)]


def test_children_are_counted_where_they_come(empty: Addresses) -> None:
    _written(empty)
    moves.write(empty, {"place_need": NEED_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"place_need": {**NEED_ROW, "id": UUID(int=45).hex, "children_under_3": 0}})


def test_the_way_back_keeps_the_needs(empty: Addresses) -> None:
    _written(empty)
    moves.write(empty, {"unmet_need": NOTHING_ROW})

    moves.down(empty, "0013")

    assert moves.read(empty, "SELECT count(*) FROM unmet_need WHERE has_disability") == [(1,)]
