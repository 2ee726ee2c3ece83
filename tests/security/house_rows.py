"""What a house wrote of a resident, laid by hand for the matrix: at the house where her stay is, whoever asks."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from app.clock import local_day, utc_now
from app.models.house_life import MovementLimit
from app.models.placement import Stay
from tests.factories.world import World
from tests.security.laid_rows import OPENER, row_of_case


def lay(connection: Connection, world: World, named: dict[str, Any]) -> dict[str, Any]:
    """A row of each kind for the stay that an address names."""
    stay = connection.execute(select(Stay.__table__).where(Stay.id == named["stay_id"])).one()
    own = {"stay_id": stay.id, "sealed_under": "content"}
    return {"limit_id": _limit(connection, world, stay, own)}


def _limit(connection: Connection, world: World, stay: Any, own: dict[str, Any]) -> uuid.UUID:
    today = local_day(utc_now())
    row = row_of_case(stay.case_id, stay.agency_id) | own | {"number": _number(connection, stay)}
    row |= {"kind": str(row["id"]), "ground": "threat", "ordered_by_id": world.actor(OPENER).member_id}
    row |= {"recorded_at": utc_now(), "from_on": today, "ends_on": today + timedelta(7), "days": 7}
    row |= {"review_on": today + timedelta(3), "own_word": "agrees", "told_in": "sq", "told_way": "spoken"}
    connection.execute(insert(MovementLimit), [row])
    return row["id"]  # type: ignore[no-any-return]


def _number(connection: Connection, stay: Any) -> int:
    """One more than there are: many addresses name the one stay elsewhere."""
    before = select(MovementLimit.id).where(MovementLimit.case_id == stay.case_id)
    return len(connection.execute(before).all()) + 1
