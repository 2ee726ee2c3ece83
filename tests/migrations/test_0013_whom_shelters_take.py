"""The story of migration 0013: what a shelter said of itself becomes its first period, with dates, and back."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import AGENCY, AGENCY_ROW
from tests.support.databases import Addresses

SHELTER_ROW = {
    "agency_id": AGENCY.hex,
    "kind": "child",
    "takes_women": False,
    "takes_men": False,
    "takes_domestic": True,
    "takes_foreign": False,
    "takes_high_risk": True,
    "takes_accompanied": False,
    "takes_disability": True,
    "min_age": 3,
    "max_age": 17,
    "is_open": True,
}
TOLD = (
    "SELECT takes_women, takes_men, takes_domestic, takes_foreign, takes_high_risk, takes_disability, min_age, max_age"
    " FROM "
)
LATER = {
    "id": UUID(int=31).hex,
    "agency_id": AGENCY.hex,
    "valid_from": "2013-01-01",
    "set_at": datetime(2014, 3, 3, tzinfo=UTC).isoformat(),
    **{name: value for name, value in SHELTER_ROW.items() if name not in ("agency_id", "kind", "is_open")},
    "takes_men": True,
    "max_age": 20,
}


def _carried_over(empty: Addresses, **said: object) -> None:
    moves.up(empty, "0012")
    moves.write(empty, {"agency": AGENCY_ROW, "shelter": {**SHELTER_ROW, **said}})
    moves.up(empty, "0013")


def _yes(values: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def test_a_house_for_children_took_girls_and_boys_whatever_it_said(empty: Addresses) -> None:
    _carried_over(empty)

    (found,) = moves.read(empty, TOLD + "shelter_intake WHERE valid_to IS NULL")

    assert _yes(found) == (1, 1, 1, 0, 1, 1, 3, 17)


def test_any_other_house_keeps_what_it_said(empty: Addresses) -> None:
    _carried_over(empty, takes_women=True, min_age=18, max_age=None)

    (found,) = moves.read(empty, TOLD + "shelter_intake")

    assert _yes(found) == (1, 0, 1, 0, 1, 1, 18, None)
    assert str(moves.read(empty, "SELECT valid_from FROM shelter_intake")[0][0]) == "2004-01-01"


def test_a_second_period_begins_where_the_first_has_ended(empty: Addresses) -> None:
    _carried_over(empty)

    with pytest.raises(DBAPIError):
        moves.write(empty, {"shelter_intake": LATER})
    moves.change(empty, "UPDATE shelter_intake SET valid_to = '2013-01-01'")
    moves.write(empty, {"shelter_intake": LATER})

    assert len(moves.read(empty, "SELECT id FROM shelter_intake")) == 2


def test_the_way_back_says_what_holds_today(empty: Addresses) -> None:
    _carried_over(empty)
    moves.change(empty, "UPDATE shelter_intake SET valid_to = '2013-01-01'")
    moves.write(empty, {"shelter_intake": LATER})
    planned = {**LATER, "id": UUID(int=32).hex, "valid_from": date(2999, 1, 1).isoformat(), "takes_men": False}
    moves.change(empty, "UPDATE shelter_intake SET valid_to = '2999-01-01' WHERE valid_from = '2013-01-01'")
    moves.write(empty, {"shelter_intake": planned})

    moves.down(empty, "0012")

    (found,) = moves.read(empty, TOLD + "shelter")
    assert _yes(found) == (0, 1, 1, 0, 1, 1, 3, 20)
