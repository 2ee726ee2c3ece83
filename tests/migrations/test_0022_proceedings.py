"""The story of migration 0022: a step is kept and taken back once, the statistics count operations; and back."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.services.unit_of_work import make_engine
from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW, NOON
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.support.databases import Addresses

BY = {"agency_id": AGENCY.hex, "member_id": MEMBER.hex, "recorded_at": NOON.isoformat()}
STEP_ROW: dict[str, Any] = {
    "id": UUID(int=61).hex,
    "file_code": "PP-1/07",
    "accused": 1,
    "step": "convicted",
    "occurred_on": "2007-03-05",
    "law_article": "pcck_139",
    "form": "sexual_exploitation",
    "official": "no",
    "sentence_months": 18,
    "is_suspended": False,
    "weight": 1,
    **BY,
}
TWIN_ROW = {
    **STEP_ROW,
    "id": UUID(int=62).hex,
    "weight": -1,
    "takes_back_id": STEP_ROW["id"],
    "correction": "set_aside",
}
VENUE_ROW = {"id": UUID(int=63).hex, "agency_id": AGENCY.hex, "code": "V-1", "kind": "bar", "region": "peje"}
OPERATION_ROW = {
    "id": UUID(int=64).hex,
    "agency_id": AGENCY.hex,
    "made_by_id": MEMBER.hex,
    "venue_id": VENUE_ROW["id"],
    "kind": "raid",
    "reason": "own",
    "held_on": "2007-03-05",
    "recorded_at": NOON.isoformat(),
    **dict.fromkeys(("screened", "presumed", "arrests", "home_searches"), 0),
}


def _written(empty: Addresses) -> None:
    moves.up(empty, "0021")
    moves.write(empty, {"agency": AGENCY_ROW, "member": MEMBER_ROW})
    moves.write(empty, {"venue": {**VENUE_ROW, "recorded_at": NOON.isoformat()}, "operation": OPERATION_ROW})
    moves.up(empty, "0022")


def _seen_by(empty: Addresses, table: str, system: str) -> int:
    """How many rows a system actor reads through the application's own role."""
    engine = make_engine(empty.app)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('app.ctx', :told, true)"), {"told": f"|||{system}|"})
        seen = int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608
    engine.dispose()
    return seen


def test_step_is_kept_and_its_twin_beside_it(empty: Addresses) -> None:
    _written(empty)

    moves.write(empty, {"proceeding_step": STEP_ROW})
    moves.write(empty, {"proceeding_step": TWIN_ROW})

    kept = "SELECT weight, sentence_months, correction FROM proceeding_step ORDER BY weight DESC"
    assert moves.read(empty, kept) == [(1, 18, None), (-1, 18, "set_aside")]


FAULTY: dict[str, dict[str, Any]] = {
    "a second twin": {**TWIN_ROW, "id": UUID(int=65).hex},
    "a twin of nothing": {**TWIN_ROW, "id": UUID(int=65).hex, "takes_back_id": UUID(int=66).hex},
    "a twin without a reason": {**STEP_ROW, "id": UUID(int=65).hex, "weight": -1},
    "a sentence without a conviction": {**STEP_ROW, "id": UUID(int=65).hex, "step": "acquitted"},
    "nobody as the accused": {**STEP_ROW, "id": UUID(int=65).hex, "accused": 0},
}


@pytest.mark.parametrize("row", FAULTY.values(), ids=FAULTY)
def test_what_cannot_be_is_refused(empty: Addresses, row: dict[str, Any]) -> None:
    _written(empty)
    moves.write(empty, {"proceeding_step": STEP_ROW})
    moves.write(empty, {"proceeding_step": TWIN_ROW})

    with pytest.raises(DBAPIError):
        moves.write(empty, {"proceeding_step": row})


def test_statistics_read_the_operations_of_before(empty: Addresses) -> None:
    _written(empty)

    assert _seen_by(empty, "operation", "statistics") == 1


def test_way_back_shuts_them_again_and_leaves_them(empty: Addresses) -> None:
    _written(empty)
    moves.write(empty, {"proceeding_step": STEP_ROW})

    moves.down(empty, "0021")

    assert _seen_by(empty, "operation", "statistics") == int(empty.owner.startswith("sqlite"))
    assert moves.read(empty, "SELECT kind FROM operation") == [("raid",)]
    assert "proceeding_step" not in moves.tables(empty)
