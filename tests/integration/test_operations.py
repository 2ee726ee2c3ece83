"""Police operations: open to named members alone, a venue that returns is told, and every number can be counted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from app.errors import Invalid, NotFound
from app.models.audit import AuditEntry, Notice
from app.models.operation import Operation, OperationMember, Venue
from app.queries import operations as query
from app.security.actor import system_actor
from app.services import operations
from app.services.unit_of_work import Parts
from tests.factories.doors import COUNTS, held, venue
from tests.factories.world import A_DAY, Template, World
from tests.security.relations import above

LATER = A_DAY + timedelta(days=30)
FOUNDING = {2004: 1400, 2005: 600}
"""Operations of two years, two thousand in all, with 33 arrests and 45 searches of private homes."""


def _listed(world: World, by: str) -> list[UUID]:
    with world.database.read(world.actor(by)) as work:
        return [row.id for row in query.listed(work.session, work.actor)]


def test_operation_is_open_to_who_recorded_it_and_the_supervisor_and_to_no_colleague(world: World) -> None:
    venue(world)
    operation_id = held(world)

    page = operations.open_operation(world.actor("investigator"), operation_id)

    assert (page.note, page.row.screened, page.venue.code) == ("Two doors, one locked.", 4, "V-014")
    assert operations.open_operation(world.actor("police.supervisor"), operation_id).row.id == operation_id
    assert _listed(world, "investigator2") == []
    with pytest.raises(NotFound):
        operations.open_operation(world.actor("investigator2"), operation_id)


def test_colleague_who_was_named_can_open_it_and_is_told(world: World) -> None:
    venue(world)
    operation_id = held(world)
    colleague = world.actor("investigator2")
    assert colleague.member_id is not None

    operations.share(world.actor("investigator"), operation_id, colleague.member_id)

    assert operations.open_operation(colleague, operation_id).row.id == operation_id
    with above(world).connect() as connection:
        told = connection.execute(select(Notice.member_id).where(Notice.kind == "operation:shared")).scalar_one()
    assert told == colleague.member_id


def test_nobody_lets_herself_in_or_a_member_of_another_agency(world: World) -> None:
    venue(world)
    operation_id = held(world)
    colleague, stranger = world.actor("investigator2").member_id, world.actor("advocate").member_id
    assert colleague is not None
    assert stranger is not None

    with pytest.raises(NotFound):
        operations.share(world.actor("investigator2"), operation_id, colleague)
    with pytest.raises(Invalid):
        operations.share(world.actor("investigator"), operation_id, stranger)


def test_database_lets_no_colleague_write_herself_into_an_operation(
    make_world: Callable[..., World], postgresql_template: Template
) -> None:
    world = make_world(postgresql_template, Parts(scope_is_on=False))
    venue(world)
    operation_id = held(world)
    colleague = world.actor("investigator2")
    row = {"operation_id": operation_id, "member_id": colleague.member_id, "agency_id": colleague.agency_id}

    with world.database.write(colleague) as work, pytest.raises(DBAPIError, match="row-level security"):
        work.session.execute(
            insert(OperationMember), [{**row, "added_by_id": colleague.member_id, "added_at": work.now}]
        )
    with world.database.read(colleague) as work:
        assert work.session.execute(select(Operation.id)).all() == []


def test_without_the_scope_sqlite_shows_operations_to_colleagues(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    world = make_world(sqlite_template, Parts(scope_is_on=False))
    venue(world)
    held(world)

    assert len(_listed(world, "investigator2")) == 1


@pytest.mark.line(1)
def test_every_opening_is_written_down(world: World) -> None:
    venue(world)
    operation_id = held(world)

    operations.open_operation(world.actor("investigator"), operation_id)
    operations.open_operation(world.actor("police.supervisor"), operation_id)

    with world.database.read(system_actor("auditor")) as work:
        opened = select(func.count()).where(AuditEntry.action == "operation:opened")
        assert work.session.execute(opened).scalar_one() == 2


def test_address_and_note_lie_sealed_in_the_database(world: World) -> None:
    venue(world)
    held(world)

    with above(world).connect() as connection:
        stored = [*connection.execute(select(Venue.__table__.c.address)), *connection.execute(_NOTES)]

    assert len(stored) == 2
    assert not [row for row in stored if b"mill" in row[0] or b"doors" in row[0]]


_NOTES = select(Operation.__table__.c.note)


@pytest.mark.line(2)
def test_venue_that_returns_is_told_with_how_often_and_when_even_where_the_earlier_one_is_shut(world: World) -> None:
    venue(world)
    held(world)
    held(world, A_DAY + timedelta(days=7))

    operation_id = held(world, LATER, by="investigator2")

    page = operations.open_operation(world.actor("investigator2"), operation_id)
    assert page.earlier == [A_DAY + timedelta(days=7), A_DAY]
    assert len(_listed(world, "investigator2")) == 1
    with above(world).connect() as connection:
        told = connection.execute(select(Notice.values).where(Notice.kind == "venue:returned")).scalars().all()
    assert {"venue": "V-014", "times": "2", "on": "10.03.2014"} in told


def test_first_operation_at_a_venue_alerts_nobody(world: World) -> None:
    venue(world)
    held(world)

    with above(world).connect() as connection:
        assert connection.execute(select(Notice.id).where(Notice.kind == "venue:returned")).all() == []


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"code": "V-999"}, "venue"),
        ({"on": date(2999, 1, 1)}, "held_on"),
        ({"screened": 1, "presumed": 2}, "presumed"),
    ],
)
def test_operation_that_cannot_be_is_refused_at_its_field(world: World, fault: dict[str, Any], field: str) -> None:
    venue(world)

    with pytest.raises(Invalid) as refusal:
        held(world, **fault)

    assert list(refusal.value.fields) == [field]


def test_code_of_a_venue_is_given_once(world: World) -> None:
    venue(world)

    with pytest.raises(Invalid):
        venue(world, "v-014")


def test_own_case_is_tied_to_it_and_shown_to_those_to_whom_the_case_is_open(world: World) -> None:
    venue(world)
    operation_id, case_id = held(world), world.open_signal()
    with above(world).connect() as connection:
        reference = connection.exec_driver_sql("SELECT reference FROM cases").scalar_one()
    colleague = world.actor("investigator2").member_id
    assert colleague is not None

    operations.link_case(world.actor("investigator"), operation_id, reference)
    operations.share(world.actor("investigator"), operation_id, colleague)

    assert operations.open_operation(world.actor("investigator"), operation_id).cases == [(case_id, reference)]
    assert operations.open_operation(world.actor("investigator2"), operation_id).cases == []
    with pytest.raises(Invalid):
        operations.link_case(world.actor("investigator2"), operation_id, reference)


@pytest.mark.line(1)
def test_two_thousand_raids_thirty_three_arrests_and_forty_five_searches_are_counted(world: World) -> None:
    _lay_founding_years(world)

    found = operations.ratios(world.actor("police.supervisor"))

    assert {(one.year, one.number) for one in found} == set(FOUNDING.items())
    assert (sum(one.arrests for one in found), sum(one.home_searches for one in found)) == (33, 45)
    assert operations.ratios(world.actor("investigator2")) == []


def _lay_founding_years(world: World) -> None:
    police, venue_id = world.actor("investigator"), venue(world)
    days = [
        date(year, 1, 1) + timedelta(days=number % 365) for year, many in FOUNDING.items() for number in range(many)
    ]
    shared = {"agency_id": police.agency_id, "made_by_id": police.member_id, "venue_id": venue_id}
    coded = {"kind": "raid", "reason": "tip_off", **COUNTS}
    rows = [
        {
            **shared,
            **coded,
            "id": UUID(int=7000 + number),
            "held_on": day,
            "arrests": number < 33,
            "home_searches": number < 45,
        }
        for number, day in enumerate(days)
    ]
    with world.database.write(police) as work:
        work.session.execute(insert(Operation), [{**row, "recorded_at": work.now} for row in rows])
        work.audit("test:laid")
        work.commit()
