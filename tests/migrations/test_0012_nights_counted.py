"""The story of migration 0012: stays remain as they were, and the statistics read them on PostgreSQL; and back."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.services.unit_of_work import make_engine
from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE, CASE_TABLES
from tests.support.databases import Addresses

ROOM, BED, RECORD, HOUSE = UUID(int=31), UUID(int=32), UUID(int=33), UUID(int=35)
ROWS: dict[str, dict[str, Any]] = {
    **CASE_TABLES,
    "client_record": {
        "id": RECORD.hex,
        "case_id": CASE.hex,
        "agency_id": AGENCY.hex,
        "snapshot_on": date(2007, 3, 5).isoformat(),
        "row_version": 1,
        **dict.fromkeys(("has_safe_contact", "age_in_doubt", "is_child"), False),
        **dict.fromkeys(
            ("language", "sex", "age_band", "citizenship", "region", "form", "scope"),
            "unknown",
        ),
    },
    "shelter": {
        "agency_id": AGENCY.hex,
        "kind": "ngo",
        "min_age": 18,
        "is_open": True,
        **dict.fromkeys(("takes_women", "takes_men", "takes_domestic", "takes_foreign"), True),
        **dict.fromkeys(("takes_high_risk", "takes_accompanied", "takes_disability"), False),
    },
    "premises": {"id": HOUSE.hex, "agency_id": AGENCY.hex, "name": "House 1"},
    "room": {"id": ROOM.hex, "agency_id": AGENCY.hex, "premises_id": HOUSE.hex, "name": "1"},
    "bed": {
        "id": BED.hex,
        "agency_id": AGENCY.hex,
        "room_id": ROOM.hex,
        "name": "1A",
        "is_cot": False,
        "is_active": True,
    },
    "stay": {
        "id": UUID(int=34).hex,
        "case_id": CASE.hex,
        "agency_id": AGENCY.hex,
        "bed_id": BED.hex,
        "record_id": RECORD.hex,
        "arrived_on": date(2007, 3, 5).isoformat(),
        "recorded_at": datetime(2007, 3, 5, 12, tzinfo=UTC).isoformat(),
    },
}


def _written(empty: Addresses, revision: str) -> None:
    moves.up(empty, revision)
    moves.write(empty, ROWS)


def _seen_by(empty: Addresses, system: str) -> int:
    """How many stays a system actor reads through the application's own role."""
    engine = make_engine(empty.app)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('app.ctx', :told, true)"), {"told": f"|||{system}|"})
        seen = int(connection.execute(text("SELECT count(*) FROM stay")).scalar_one())
    engine.dispose()
    return seen


def test_the_statistics_read_the_stays_of_before(empty: Addresses) -> None:
    _written(empty, "0011")

    moves.up(empty, "0012")

    assert [_seen_by(empty, name) for name in ("placement", "statistics")] == [1, 1]


@pytest.mark.parametrize("system", ["auditor", "linker"])
def test_the_other_actors_of_the_system_still_read_none_on_postgresql(empty: Addresses, system: str) -> None:
    _written(empty, "0012")

    assert _seen_by(empty, system) == int(empty.owner.startswith("sqlite"))


def test_the_way_back_shuts_them_again(empty: Addresses) -> None:
    _written(empty, "0012")

    moves.down(empty, "0011")

    assert _seen_by(empty, "statistics") == int(empty.owner.startswith("sqlite"))
    assert _seen_by(empty, "placement") == 1
