"""Counting people over facts, records and links, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from app.queries import counts
from app.queries.count_facts import Asked, Grain, standing
from app.queries.counts import AGENCY, PEOPLE, TOTAL, Place
from app.services import corrections
from app.vocabulary.period import Period, month, year
from tests.factories import facts
from tests.factories.world import Template, World
from tests.security.relations import above

MARCH = month(2014, 3)
FORGET = "DROP TRIGGER former_person_no_delete"
SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}


def counted(
    world: World, period: Period = MARCH, by: str = "statistics.supervisor", **asked: Any
) -> Mapping[Place, int]:
    """The numbers of a period, as the statistics supervisor may read them."""
    grains = (asked.pop("grain", Grain.WHOLE),)
    dimensions = asked.pop("dimensions", ())
    actor = world.actor(by)
    with world.database.read(actor) as work:
        return counts.cells(work.session, actor, Asked(period, **asked), dimensions, grains=grains)


def identified(world: World, period: Period = MARCH) -> int:
    return counted(world, period).get(Place(TOTAL, "identified"), 0)


def test_each_record_without_a_link_is_a_person(world: World) -> None:
    facts.records(world, "investigator", 3)

    assert identified(world) == 3


def test_linked_records_are_one_person_in_a_metric(world: World) -> None:
    one = facts.record(world, "investigator")
    other = facts.record(world, "advocate")
    facts.record(world, "advocate")

    facts.one_person(world, one, other)

    assert identified(world) == 2


def test_undoing_a_link_moves_the_count_back(world: World) -> None:
    linked = (facts.record(world, "investigator"), facts.record(world, "advocate"))
    facts.one_person(world, *linked)

    facts.apart(world, *linked)

    assert identified(world) == 2


def test_a_link_leaves_the_agencies_own_numbers_as_they_were(world: World) -> None:
    linked = (facts.record(world, "investigator"), facts.record(world, "advocate"))
    before = {place: n for place, n in counted(world).items() if place.dimension == AGENCY}

    facts.one_person(world, *linked)

    assert {place: n for place, n in counted(world).items() if place.dimension == AGENCY} == before


def test_a_person_counts_once_a_period_however_often_she_was_assisted(world: World) -> None:
    one = facts.record(world, "advocate", {"assisted": date(2014, 3, 1)})
    facts.one_person(world, one, facts.record(world, "advocate", {"assisted": date(2014, 3, 31)}))

    found = counted(world, year(2014), grain=Grain.YEAR)

    assert found[Place(TOTAL, "assisted", "", 201400)] == 1


def test_a_person_counts_in_every_month_that_she_was_assisted_in(world: World) -> None:
    one = facts.record(world, "advocate", {"assisted": date(2014, 3, 1)})
    facts.one_person(world, one, facts.record(world, "advocate", {"assisted": date(2014, 4, 1)}))

    found = counted(world, year(2014), grain=Grain.MONTH)

    assert [found[Place(TOTAL, "assisted", "", at)] for at in (201403, 201404)] == [1, 1]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2014, 2, 28), 0), (date(2014, 3, 1), 1), (date(2014, 3, 31), 1), (date(2014, 4, 1), 0)],
)
def test_the_first_and_the_last_day_of_a_month_belong_to_it(world: World, day: date, expected: int) -> None:
    facts.record(world, "investigator", on=day)

    assert identified(world) == expected


def test_a_fact_that_was_taken_back_no_longer_counts(world: World) -> None:
    record_id = facts.record(world, "investigator", ("identified", "presumed"))

    facts.take_back(world, "investigator", record_id, "identified")

    found = counted(world)
    assert Place(TOTAL, "identified") not in found
    assert found[Place(TOTAL, "presumed")] == 1


def test_a_past_moment_still_counts_what_was_taken_back_later(world: World) -> None:
    record_id = facts.record(world, "investigator")
    with world.database.read(world.actor("investigator")) as work:
        before = work.now
    facts.take_back(world, "investigator", record_id, "identified")

    assert counted(world, as_of=before).get(Place(TOTAL, "identified")) == 1
    assert identified(world) == 0


def test_a_linked_person_is_broken_down_by_her_earliest_fact_of_the_metric(world: World) -> None:
    late = facts.record(world, "advocate", on=date(2014, 3, 9), citizenship="AL")
    early = facts.record(world, "investigator", on=date(2014, 3, 2), citizenship="MD")
    facts.one_person(world, late, early)

    found = counted(world, dimensions=("citizenship",))

    assert {place.value for place in found if place.dimension == "citizenship"} == {"MD"}


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("sex", {"F": 2, "M": 1}),
        ("age_band", {"child:9-17": 1, "adult:24-26": 2}),
        ("adult_child", {"child": 1, "adult": 2}),
        ("citizenship", {"XK": 2, "AL": 1}),
        ("community", {"kosovo_albanian": 2, "not_asked": 1}),
        ("region", {"prishtine": 3}),
        ("form", {"sexual_exploitation": 2, "forced_begging": 1}),
        ("scope", {"internal": 2, "cross_border": 1}),
        ("entry_door", {"police_raid": 3}),
    ],
)
@pytest.mark.line(24)
def test_each_breakdown_adds_up_to_the_people_counted(world: World, dimension: str, expected: dict[str, int]) -> None:
    facts.records(world, "investigator", 1, age_band="9-17", is_child=True, form="forced_begging", sex="M")
    facts.records(world, "investigator", 1)
    facts.records(world, "investigator", 1, citizenship="AL", community="not_asked", scope="cross_border")

    found = counted(world, dimensions=(dimension,))

    assert {place.value: n for place, n in found.items() if place.dimension == dimension} == expected


def test_people_over_all_metrics_are_counted_once(world: World) -> None:
    one = facts.record(world, "investigator", ("identified",))
    other = facts.record(world, "advocate", ("assisted",))
    facts.record(world, "advocate", ("assisted",))
    facts.one_person(world, one, other)

    assert counted(world)[Place(PEOPLE)] == 2


@pytest.mark.line(5)
def test_overlap_is_the_people_whom_two_agencies_counted(world: World) -> None:
    police, advocates = facts.records(world, "investigator", 3), facts.records(world, "advocate", 2, ("assisted",))
    facts.one_person(world, police[0], advocates[0])
    facts.one_person(world, police[1], advocates[1])
    actor = world.actor("statistics.supervisor")

    with world.database.read(actor) as work:
        found = counts.overlaps(work.session, actor, Asked(MARCH), world.agencies["police"])

    assert [(each.first_metric, each.second_agency, each.second_metric, each.people) for each in found] == [
        ("identified", world.agencies["advocacy_prishtine"], "assisted", 2)
    ]


def test_doubtful_pairs_lower_the_count_by_what_confirming_them_would(world: World) -> None:
    chain = facts.records(world, "investigator", 3)
    facts.doubt(world, chain[0], chain[1])
    facts.doubt(world, chain[1], chain[2])
    actor = world.actor("statistics.supervisor")

    with world.database.read(actor) as work, work.as_system("statistics"):
        found = counts.merges(work.session, actor, Asked(MARCH))

    assert found == {"": 2, "identified": 2}


def test_an_agency_counts_its_own_records_and_no_link(world: World) -> None:
    own = facts.records(world, "investigator", 2)
    facts.one_person(world, *own, facts.record(world, "advocate"))

    found = counted(world, by="police.supervisor")

    assert found[Place(TOTAL, "identified")] == 2


def test_a_case_taken_through_its_steps_is_counted_by_them(world: World) -> None:
    case_id = world.open_signal(on=date(2014, 3, 3))
    world.step("investigator", case_id, "identification", "screen", on=date(2014, 3, 4), **SCREENED)

    found = counted(world, dimensions=("sex", "region"))

    totals = {place.metric: number for place, number in found.items() if place.dimension == TOTAL}
    assert totals == {"signal": 1, "screened": 1}
    assert found[Place("region", "signal", "prishtine")] == 1
    assert found[Place(PEOPLE)] == 1


def test_a_step_that_is_taken_back_moves_its_own_count_and_no_other(world: World) -> None:
    case_id = world.open_signal(on=date(2014, 3, 3))
    made = world.step("investigator", case_id, "identification", "screen", on=date(2014, 3, 4), **SCREENED)
    before = counted(world)

    corrections.take_back(world.actor("investigator"), case_id, UUID(made["event_id"]), "Wrong person.", 3)

    after = counted(world)
    assert {place.metric for place in before if before[place] != after.get(place, 0)} == {"screened"}


def _as_new(country: World) -> None:
    """What tests before this one have left of sizes and statistics would tell the planner more than the tables hold."""
    with above(country).begin() as connection:
        connection.execute(text("TRUNCATE cases, count_fact CASCADE"))
        connection.execute(text("DELETE FROM pg_statistic"))


def test_facts_are_found_by_index_under_row_security(
    postgresql_template: Template, make_world: Callable[..., World]
) -> None:
    country = make_world(postgresql_template)
    _as_new(country)
    actor = country.actor("statistics.supervisor")
    statement = select(standing(Asked(MARCH, ("identified",)), grains=[Grain.WHOLE])).compile(
        dialect=country.database.engine.dialect, compile_kwargs={"render_postcompile": True}
    )

    with country.database.read(actor) as work:
        driver: Any = work.session.connection().connection.driver_connection
        driver.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in driver.execute("EXPLAIN " + str(statement), statement.params).fetchall())

    assert "ix_count_fact_period" in plan
    assert "ix_count_fact_taken_back" in plan
    assert re.search(r"Index Cond: .*metric.*occurred_on", plan)


def test_a_member_without_a_part_in_counting_sees_no_fact(world: World) -> None:
    facts.records(world, "investigator", 2)

    assert counted(world, by="shelter.coordinator") == {}


def _moment(world: World) -> datetime:
    with world.database.read(world.actor("investigator")) as work:
        return work.now


def test_a_past_moment_counts_people_by_the_links_that_stood_then(world: World) -> None:
    records = (facts.record(world, "investigator"), facts.record(world, "advocate"))
    apart = _moment(world)
    facts.one_person(world, *records)
    linked = _moment(world)
    facts.apart(world, *records)
    parted = _moment(world)
    facts.one_person(world, *records)

    moments = {"apart": apart, "linked": linked, "parted": parted}
    found = {name: counted(world, as_of=at)[Place(TOTAL, "identified")] for name, at in moments.items()}

    assert found == {"apart": 2, "linked": 1, "parted": 2}
    assert identified(world) == 1


def test_without_its_history_a_past_moment_would_count_by_the_links_of_today(world: World) -> None:
    records = (facts.record(world, "investigator"), facts.record(world, "advocate"))
    facts.one_person(world, *records)
    linked = _moment(world)
    facts.apart(world, *records)
    before = counted(world, as_of=linked)[Place(TOTAL, "identified")]

    with above(world).begin() as connection:
        for_control = "SET session_replication_role = replica" if world.database.is_postgresql else FORGET
        connection.execute(text(for_control))
        connection.execute(text("DELETE FROM former_person"))

    assert (before, counted(world, as_of=linked)[Place(TOTAL, "identified")]) == (1, 2)
