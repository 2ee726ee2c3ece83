"""Life in a house for the tests: orders with words that fit, and looking at rows above all rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.services import limits
from app.services.limits import NewLimit
from tests.factories.placed import House
from tests.factories.world import A_DAY
from tests.security.relations import above

COORDINATOR = "shelter.coordinator"
REASON = "Two men asked for her at the gate."


def new_limit(**told: Any) -> NewLimit:
    """An order of 3 March 2014 for seven days."""
    asked = {
        "kind": "accompanied",
        "ground": "threat",
        "reason": REASON,
        "from_on": A_DAY,
        "ends_on": A_DAY + timedelta(7),
        "own_word": "does_not",
        "own_words": "I want to see my sister.",
        "told_in": "sqi",
        "told_way": "interpreter",
    }
    return NewLimit(**(asked | told))


def ordered(house: House, stay_id: UUID, by: str = COORDINATOR, **told: Any) -> UUID:
    """Order a limit; gives its id."""
    return UUID(limits.order(house.world.actor(by), stay_id, new_limit(**told))["limit_id"])


def rows_of(house: House, table: type, *conditions: Any) -> list[Any]:
    """Rows as they lie in the database, above all rules."""
    with above(house.world).connect() as connection:
        return list(connection.execute(select(table.__table__).where(*conditions)))  # type: ignore[attr-defined]
