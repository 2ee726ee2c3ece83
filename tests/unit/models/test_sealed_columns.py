"""A sealed column cannot be compared: with a fresh nonce in every value a comparison would silently find nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.models import Base
from app.models.base import Sealed, SealedCompared
from app.models.record import ClientRecord

COLUMN: Any = ClientRecord.identity
COMPARISONS: dict[str, Callable[[], Any]] = {
    "equal": lambda: COLUMN == b"x",
    "not equal": lambda: COLUMN != b"x",
    "less": lambda: COLUMN < b"x",
    "one of": lambda: COLUMN.in_([b"x"]),
    "like": lambda: COLUMN.like("x%"),
    "joined on": lambda: ClientRecord.safe_contact == COLUMN,
    "in order": lambda: COLUMN.desc(),
}


@pytest.mark.parametrize("how", COMPARISONS)
def test_comparing_a_sealed_column_raises(how: str) -> None:
    with pytest.raises(SealedCompared):
        COMPARISONS[how]()


def test_whether_there_is_a_value_may_be_asked() -> None:
    asked = str(select(ClientRecord.id).where(COLUMN.is_(None), ClientRecord.safe_contact.is_not(None)))

    assert "identity IS NULL" in asked
    assert "safe_contact IS NOT NULL" in asked


def test_every_column_of_bytes_says_what_it_holds() -> None:
    unsaid = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Sealed) and not (column.info.get("sealed") and column.info.get("sensitivity"))
    ]

    assert unsaid == []
