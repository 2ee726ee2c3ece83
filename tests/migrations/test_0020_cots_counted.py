"""The story of migration 0020: children in cots remain, and the statistics read them on PostgreSQL; and back."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import text

from app.services.unit_of_work import make_engine
from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, CASE
from tests.migrations.test_0005_versions_of_the_procedure import MEMBER, MEMBER_ROW
from tests.migrations.test_0012_nights_counted import ROWS
from tests.support.databases import Addresses

BEFORE = {table: row for table, row in ROWS.items() if table != "shelter"}
CHILD = {
    "id": UUID(int=36).hex,
    "case_id": CASE.hex,
    "agency_id": AGENCY.hex,
    "stay_id": ROWS["stay"]["id"],
    "age": "under_1",
    "arrived_on": date(2007, 3, 5).isoformat(),
    "recorded_by_id": MEMBER.hex,
    "recorded_at": datetime(2007, 3, 5, 12, tzinfo=UTC).isoformat(),
}


def _written(empty: Addresses, revision: str) -> None:
    moves.up(empty, revision)
    moves.write(empty, BEFORE)
    moves.write(empty, {"member": MEMBER_ROW, "companion_stay": CHILD})


def _seen_by(empty: Addresses, system: str) -> int:
    """How many children a system actor reads through the application's own role."""
    engine = make_engine(empty.app)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('app.ctx', :told, true)"), {"told": f"|||{system}|"})
        seen = int(connection.execute(text("SELECT count(*) FROM companion_stay")).scalar_one())
    engine.dispose()
    return seen


def test_the_statistics_read_the_children_of_before(empty: Addresses) -> None:
    _written(empty, "0019")

    moves.up(empty, "0020")

    assert [_seen_by(empty, name) for name in ("placement", "statistics")] == [1, 1]


def test_the_way_back_shuts_them_again(empty: Addresses) -> None:
    _written(empty, "0020")

    moves.down(empty, "0019")

    assert _seen_by(empty, "statistics") == int(empty.owner.startswith("sqlite"))
    assert _seen_by(empty, "placement") == 1
