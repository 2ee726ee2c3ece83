"""Whom a shelter takes has dates: a new period ends the one before, the past is never changed, and no two overlap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.errors import Invalid, NotFound, Refusal, Unmet
from app.models.audit import AuditEntry
from app.models.intake import ShelterIntake
from app.services import places, shelter_intake, unit_of_work
from app.services.shelter_intake import Takes
from app.services.unit_of_work import Once
from tests.factories.placed import House, day
from tests.factories.world import A_DAY, World
from tests.security.relations import above

FROM_2013, SINCE_2004 = date(2013, 1, 1), date(2004, 1, 1)
TABLE = ShelterIntake.__table__


def periods(house: House, shelter: str = "shelter_men") -> list[tuple[date, date | None, bool]]:
    """From, to and whether men are taken, of every period in order."""
    shelter_id = house.world.agencies[shelter]
    found = shelter_intake.whole(house.world.actor("advocate"), shelter_id).periods
    return [(one.intake.valid_from, one.intake.valid_to, one.intake.takes_men) for one in reversed(found)]


def against(
    house: House, case_id: UUID, on: date, shelter: str = "shelter_men", by: str = "advocate"
) -> tuple[str, ...]:
    """What speaks against a shelter on a day."""
    found = places.suggestions(house.world.actor(by), case_id, on)
    return next(one for one in found if one.shelter_id == house.world.agencies[shelter]).reasons_against


def set_from(house: House, by: str, on: date, shelter: str = "shelter_men", **takes: Any) -> None:
    """Say whom a shelter takes from a day on."""
    house.world.actor(by)
    shelter_intake.set_period(house.world.actor(by), house.world.agencies[shelter], Takes(**takes), on)


@pytest.mark.line(16)
def test_a_man_finds_no_place_in_2012_and_one_from_the_first_day_of_2013_on(house: House) -> None:
    case_id = house.places.client(sex="M")
    actor = house.world.actor("advocate")

    before = places.suggestions(actor, case_id, date(2012, 12, 31))
    after = places.suggestions(actor, case_id, FROM_2013)

    assert [one.shelter_id for one in before if not one.reasons_against] == []
    assert [one.shelter_id for one in after if not one.reasons_against] == [house.world.agencies["shelter_men"]]
    assert against(house, case_id, date(2012, 12, 31)) == ("no_intake",)


def test_a_step_is_judged_by_what_held_on_the_day_it_happened(house: House) -> None:
    case_id = house.places.client(sex="M")
    house.clock.at(day(4))
    set_from(house, "men.supervisor", day(5), takes_disability=True)
    house.clock.at(day(6))
    asked = {"shelter": str(house.world.agencies["shelter_men"])}

    with pytest.raises(Unmet, match="place_fits"):
        house.world.step("advocate", case_id, "shelter", "propose_place", day(5), **asked)
    house.world.step("advocate", case_id, "shelter", "propose_place", day(4), **asked)

    assert house.places.state(case_id) == "proposed"


def test_a_new_period_ends_the_one_before_and_leaves_its_past_as_it_was(house: House) -> None:
    set_from(house, "men.supervisor", A_DAY)

    assert periods(house) == [(FROM_2013, A_DAY, True), (A_DAY, None, False)]


def test_a_period_put_before_a_planned_one_ends_where_that_begins(house: House) -> None:
    set_from(house, "men.supervisor", day(20))
    set_from(house, "administrator", day(10), takes_men=True)

    assert periods(house) == [(FROM_2013, day(10), True), (day(10), day(20), True), (day(20), None, False)]


def test_what_is_said_twice_for_one_day_is_put_in_the_place_of_the_first(house: House) -> None:
    set_from(house, "men.supervisor", day(20))
    set_from(house, "men.supervisor", day(20), takes_men=True)

    assert periods(house) == [(FROM_2013, day(20), True), (day(20), None, True)]


def test_a_planned_period_that_is_taken_back_was_never_there(house: House) -> None:
    set_from(house, "men.supervisor", day(20))
    actor, shelter_id = house.world.actor("men.supervisor"), house.world.agencies["shelter_men"]
    planned = shelter_intake.whole(actor, shelter_id).periods[0].intake

    shelter_intake.withdraw(actor, shelter_id, planned.id)

    assert periods(house) == [(FROM_2013, None, True)]
    with pytest.raises(NotFound):
        shelter_intake.withdraw(actor, shelter_id, planned.id)


def test_a_period_that_has_begun_stays(house: House) -> None:
    actor, shelter_id = house.world.actor("men.supervisor"), house.world.agencies["shelter_men"]
    held = shelter_intake.whole(actor, shelter_id).periods[0].intake

    with pytest.raises(Refusal, match="period_has_begun"):
        shelter_intake.withdraw(actor, shelter_id, held.id)


@pytest.mark.parametrize(
    ("takes", "on", "field"),
    [
        ({"takes_women": False}, A_DAY, "takes: takes_nobody"),
        ({"takes_domestic": False, "takes_foreign": False}, A_DAY, "takes: takes_no_origin"),
        ({"min_age": 18, "max_age": 17}, A_DAY, "max_age: ages_in_order"),
        ({}, day(2), "from_on: not_before_today"),
    ],
)
def test_what_takes_nobody_or_rewrites_the_past_is_refused(
    house: House, takes: dict[str, Any], on: date, field: str
) -> None:
    with pytest.raises(Invalid, match=field):
        set_from(house, "men.supervisor", on, **takes)


@pytest.mark.parametrize("by", ["men.coordinator", "shelter.supervisor", "advocacy.supervisor", "advocate"])
def test_only_the_houses_own_supervisor_and_administrators_say_whom_it_takes(house: House, by: str) -> None:
    with pytest.raises(NotFound):
        set_from(house, by, A_DAY)
    with pytest.raises(NotFound):
        shelter_intake.withdraw(house.world.actor(by), house.world.agencies["shelter_men"], uuid4())


def test_an_agency_that_is_no_shelter_has_no_such_page(house: House) -> None:
    with pytest.raises(NotFound):
        shelter_intake.whole(house.world.actor("administrator"), house.world.agencies["police"])
    with pytest.raises(NotFound):
        set_from(house, "administrator", A_DAY, "police")


def test_the_house_is_told_where_an_administrator_changed_it(house: House) -> None:
    set_from(house, "men.supervisor", day(10))
    set_from(house, "administrator", day(20))

    assert house.places.notices_of("men.coordinator").count("intake:set") == 1


def test_the_same_form_acts_once_and_is_written_down(house: House) -> None:
    actor, shelter_id, once = house.world.actor("men.supervisor"), house.world.agencies["shelter_men"], Once("k", "d")

    shelter_intake.set_period(actor, shelter_id, Takes(), day(10), once)
    shelter_intake.set_period(actor, shelter_id, Takes(), day(10), once)

    with above(house.world).connect() as connection:
        asked = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "intake:set")
        assert connection.execute(asked).scalar_one() == 1


def attended(house: House, birth_date: str, **answers: Any) -> UUID:
    """A child, or someone who may be one, whom a social worker attends."""
    centre = str(house.world.agencies["social_work_prishtine"])
    told = {"age_group": "child", "birth_date": birth_date, "social_work_centre": centre, **answers}
    case_id = house.world.open_signal(**told)
    house.world.accept("social.worker", case_id)
    return case_id


def test_a_boy_is_not_proposed_a_place_for_girls(house: House) -> None:
    case_id = attended(house, "1997-02-03", sex="M")

    assert against(house, case_id, A_DAY, "shelter_semi", "social.worker") == ("no_men",)
    assert against(house, case_id, A_DAY, "shelter_minors_oak", "social.worker") == ()


@pytest.mark.parametrize(("born", "reasons"), [("2006-02-03", ("no_younger",)), ("1997-02-03", ())])
def test_the_age_band_tells_who_is_too_young(house: House, born: str, reasons: tuple[str, ...]) -> None:
    case_id = attended(house, born)

    assert against(house, case_id, A_DAY, "shelter_semi", "social.worker") == reasons


def test_the_age_band_tells_who_is_too_old(house: House) -> None:
    assert against(house, house.places.client(birth_date="1970-02-03"), A_DAY, "shelter_semi") == ("no_older",)


def test_of_a_person_whose_age_is_in_doubt_nobody_says_that_she_is_too_old(house: House) -> None:
    case_id = attended(house, "1993-02-03", age_group="in_doubt")

    assert against(house, case_id, A_DAY, "shelter_minors_oak", "social.worker") == ()


@contextmanager
def raw(world: World) -> Iterator[Connection]:
    """A connection that neither the services nor row-level security hold, rolled back in the end."""
    with above(world).connect() as connection:
        yield connection
        connection.rollback()


def row(world: World, valid_from: date, valid_to: date | None) -> dict[str, Any]:
    """A period of the facility for men."""
    takes = {column.name: False for column in TABLE.columns if column.name.startswith("takes_")}
    period = {"valid_from": valid_from, "valid_to": valid_to, "min_age": 0, "max_age": None}
    own = {"id": uuid4(), "agency_id": world.agencies["shelter_men"], "set_at": datetime(2014, 3, 3, tzinfo=UTC)}
    return {**own, **takes, **period}


OVERLAPPING = [(SINCE_2004, None), (date(2014, 1, 1), date(2014, 2, 1)), (SINCE_2004, date(2013, 1, 2))]


@pytest.mark.parametrize(("valid_from", "valid_to"), OVERLAPPING)
def test_the_database_refuses_two_periods_for_one_day(world: World, valid_from: date, valid_to: date | None) -> None:
    with raw(world) as connection, pytest.raises(IntegrityError, match="shelter_intake_one_a_day"):
        connection.execute(insert(TABLE), [row(world, valid_from, valid_to)])


def test_the_database_refuses_a_period_that_grows_into_another(world: World) -> None:
    with raw(world) as connection:
        earlier = row(world, SINCE_2004, FROM_2013)
        connection.execute(insert(TABLE), [earlier])
        with pytest.raises(IntegrityError, match="shelter_intake_one_a_day"):
            connection.execute(TABLE.update().where(TABLE.c.id == earlier["id"]).values(valid_to=None))


DROPPED = {
    "sqlite": ["DROP TRIGGER shelter_intake_one_a_day_insert", "DROP TRIGGER shelter_intake_one_a_day_update"],
    "postgresql": ["ALTER TABLE shelter_intake DROP CONSTRAINT shelter_intake_one_a_day"],
}


@pytest.mark.parametrize(("valid_from", "valid_to"), OVERLAPPING)
def test_without_the_constraint_two_periods_hold_on_one_day(
    world: World, valid_from: date, valid_to: date | None
) -> None:
    with raw(world) as connection:
        [connection.execute(text(statement)) for statement in DROPPED[connection.dialect.name]]
        connection.execute(insert(TABLE), [row(world, valid_from, valid_to)])

        found = connection.execute(
            select(func.count()).where(TABLE.c.agency_id == world.agencies["shelter_men"])
        ).scalar_one()
        assert found == 2


def test_a_supervisor_cannot_write_for_another_house_past_the_services(make_world: Any, request: Any) -> None:
    world: World = make_world(request.getfixturevalue("postgresql_template"))
    unit_of_work.bind(world.database)

    with world.database.write(world.actor("shelter.supervisor")) as work, pytest.raises(DBAPIError, match="row-level"):
        work.session.execute(insert(ShelterIntake), [row(world, SINCE_2004, FROM_2013)])
