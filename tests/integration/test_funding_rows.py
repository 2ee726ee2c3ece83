"""What the database itself holds of money: rows that contradict themselves, second ends, what is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.models.funding import FundingChange, FundingGrant, FundingPayee
from app.services import funding_changes
from tests.factories.funding import granted, payer
from tests.factories.world import A_DAY, Template, World
from tests.security.relations import above

SUPERVISOR, HOUSE = "statistics.supervisor", "shelter.coordinator"
GRANT_ROW = {"purpose": "other", "currency": "EUR", "from_on": A_DAY, "to_on": A_DAY, "places": 1, "source": "x"}
FAULTY = {
    "an end before the start": {"to_on": date(2014, 3, 2)},
    "an amount below zero": {"amount": -1},
    "an equivalent without a currency": {"amount": 1, "other_amount": 1},
    "an equivalent in the same currency": {"amount": 1, "other_amount": 1, "other_currency": "EUR"},
    "a share of more than the whole": {"amount": 1, "share_amount": 2, "share_of": "x"},
    "a share of nothing named": {"amount": 1, "share_amount": 1},
}


@pytest.mark.parametrize("fault", FAULTY.values(), ids=FAULTY)
def test_the_database_refuses_a_grant_that_contradicts_itself(world: World, fault: dict[str, Any]) -> None:
    _insert(world, {})

    with pytest.raises(DBAPIError):
        _insert(world, fault)


def _insert(world: World, told: dict[str, Any]) -> None:
    by = world.actor(SUPERVISOR)
    recorded = {"agency_id": by.agency_id, "member_id": by.member_id, "recorded_at": datetime(2014, 3, 3, tzinfo=UTC)}
    row = {"id": uuid4(), "payer_id": payer(world), "amount": None, "is_approximate": False, **GRANT_ROW, **recorded}
    with above(world).begin() as connection:
        connection.execute(insert(FundingGrant), [{**row, **told}])


def test_the_database_keeps_a_second_end_out(world: World) -> None:
    grant_id = granted(world)
    funding_changes.end(world.actor(SUPERVISOR), grant_id, "ended", A_DAY, "x")

    with pytest.raises(DBAPIError), above(world).begin() as connection:
        _copy_change(connection)


def test_without_its_index_a_second_end_comes_in(world: World) -> None:
    grant_id = granted(world)
    funding_changes.end(world.actor(SUPERVISOR), grant_id, "ended", A_DAY, "x")

    with above(world).begin() as connection:
        connection.execute(text("DROP INDEX uq_funding_change_once"))
        _copy_change(connection)

    with above(world).connect() as connection:
        changes = connection.execute(select(func.count()).select_from(FundingChange)).scalar_one()
    assert changes == 2


def _copy_change(connection: Connection) -> None:
    row = dict(connection.execute(select(FundingChange.__table__)).one()._mapping)
    connection.execute(insert(FundingChange), [{**row, "id": uuid4()}])


WRITES = {
    "a grant in another's name": "UPDATE funding_grant SET amount = 1",
    "a grant away": "DELETE FROM funding_grant",
    "a place away": "DELETE FROM funding_payee",
    "a change away": "DELETE FROM funding_change",
}


@pytest.mark.parametrize("statement", WRITES.values(), ids=WRITES)
def test_the_application_itself_overwrites_and_deletes_nothing(
    make_world: Callable[..., World], postgresql_template: Template, statement: str
) -> None:
    world = make_world(postgresql_template)
    granted(world)

    with pytest.raises(DBAPIError, match="permission denied"), world.database.write(world.actor(SUPERVISOR)) as work:
        work.session.connection().execute(text(statement))


def test_the_database_lets_no_house_record_for_another(
    make_world: Callable[..., World], postgresql_template: Template
) -> None:
    world = make_world(postgresql_template)
    grant_id = granted(world, by=HOUSE)
    payee = {"id": uuid4(), "grant_id": grant_id, "agency_id": world.agencies["shelter_men"], "place": None}

    with pytest.raises(DBAPIError, match="row-level security"), world.database.write(world.actor(HOUSE)) as work:
        work.session.execute(insert(FundingPayee), [payee])
