"""The story of migration 0039: what a member has typed is kept once for each form, and back."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

KEPT: dict[str, Any] = {
    "id": UUID(int=61).hex,
    "member_id": MEMBER.hex,
    "agency_id": AGENCY.hex,
    "case_id": CASE.hex,
    "place": f"{CASE}/shelter/leave",
    "kept_at": "2014-03-05T12:00:00+00:00",
}


def _before(empty: Addresses) -> None:
    moves.up(empty, "0038")
    moves.write(empty, {**CASE_TABLES, "member": MEMBER_ROW})
    moves.up(empty, "0039")


def test_a_form_is_kept_once_for_each_member(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"unsent_form": KEPT})

    with pytest.raises(DBAPIError, match="unsent_form"):
        moves.write(empty, {"unsent_form": KEPT | {"id": UUID(int=62).hex}})
    moves.write(empty, {"unsent_form": KEPT | {"id": UUID(int=62).hex, "place": "opening/advocacy/open_directly"}})


def test_the_way_back_leaves_the_case(empty: Addresses) -> None:
    _before(empty)
    moves.write(empty, {"unsent_form": KEPT})

    moves.down(empty, "0038")

    assert len(moves.read(empty, "SELECT id FROM cases")) == 1
