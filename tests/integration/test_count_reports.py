"""What each of the three readers of counts is shown, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.clock import local_day, utc_now
from app.errors import Invalid
from app.services import counts, link_answers
from app.services.counts import CountRequest, Report
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period, april_year, month, quarter, year
from tests.factories import facts, registers
from tests.factories.world import World

MARCH = month(2014, 3)
REGISTERS = CountRequest(
    year(2007), ("identified", "assisted", "returned"), ("citizenship", "community", "adult_child")
)


def report(world: World, by: str, request: CountRequest | None = None, **asked: Any) -> Report:
    world.actor(by)
    return counts.report(world.actor(by), request or CountRequest(MARCH, ("identified", "assisted"), **asked))


def rows(found: Report, dimension: str, block: str = "nation") -> dict[str, tuple[counts.count_blocks.Figure, ...]]:
    shown = getattr(found, block)
    return dict(shown.tables[dimension].rows)


def test_the_statistics_supervisor_sees_every_number(world: World) -> None:
    facts.records(world, "investigator", 3)
    facts.records(world, "advocate", 1, ("assisted",))

    found = report(world, "statistics.supervisor", dimensions=("citizenship",))

    assert found.nation is not None
    assert found.nation.figures == (3, 1)
    assert rows(found, "citizenship") == {"XK": (3, 1)}


def test_the_national_coordinator_sees_no_number_under_five(world: World) -> None:
    facts.records(world, "investigator", 9)
    facts.records(world, "investigator", 3, citizenship="MD")
    facts.records(world, "investigator", 8, citizenship="AL")

    found = report(world, "national.coordinator", dimensions=("citizenship",))

    assert found.nation is not None
    assert found.nation.figures == (20, 0)
    assert rows(found, "citizenship") == {"AL": (None, 0), "MD": (None, 0), "XK": (9, 0)}


def test_the_national_coordinator_is_not_told_how_a_few_are_made_up(world: World) -> None:
    facts.records(world, "investigator", 3)

    found = report(world, "national.coordinator", dimensions=("citizenship",))

    assert found.nation is not None
    assert found.nation.figures == (None, 0)
    assert rows(found, "citizenship") == {}


def test_an_agencys_supervisor_sees_her_own_small_numbers_and_not_others(world: World) -> None:
    facts.records(world, "investigator", 3)
    facts.records(world, "advocate", 2)

    found = report(world, "police.supervisor")

    assert found.own is not None
    assert found.own.figures == (3, 0)
    assert found.nation is not None
    assert found.nation.figures == (None, 0)
    assert [row.is_own for row in found.agencies] == [True]


def test_an_agencys_supervisor_sees_the_nation_where_the_others_are_many(world: World) -> None:
    facts.records(world, "investigator", 3)
    facts.records(world, "advocate", 7)

    found = report(world, "police.supervisor")

    assert found.nation is not None
    assert found.nation.figures == (10, 0)


def test_an_agencys_own_number_does_not_move_with_a_link(world: World) -> None:
    own = facts.records(world, "investigator", 3)

    facts.one_person(world, *own)

    found = report(world, "police.supervisor")
    assert found.own is not None
    assert found.own.figures == (3, 0)


@pytest.mark.parametrize(("linked", "listed"), [(4, []), (5, [5])], ids=["four", "five"])
def test_an_overlap_under_five_is_not_told_to_an_agency(world: World, linked: int, listed: list[int]) -> None:
    police = facts.records(world, "investigator", 12)
    advocates = facts.records(world, "advocate", 12, ("assisted",))
    _pair_off(world, police[:linked], advocates[:linked])

    found = report(world, "police.supervisor")

    assert [row.people for row in found.overlaps] == listed


def test_an_agency_is_not_told_that_all_its_people_are_anothers_too(world: World) -> None:
    police = facts.records(world, "investigator", 6)
    advocates = facts.records(world, "advocate", 12, ("assisted",))
    _pair_off(world, police, advocates[:6])

    assert report(world, "police.supervisor").overlaps == ()
    assert [row.people for row in report(world, "statistics.supervisor").overlaps] == [6]


@pytest.mark.parametrize(("linked", "told"), [(0, (18, 12)), (6, (12, None))], ids=["none of hers", "all of hers"])
def test_an_agency_is_not_told_by_anothers_number_that_all_its_people_are_there_too(
    world: World, linked: int, told: tuple[int, int | None]
) -> None:
    police, advocates = facts.records(world, "investigator", 6), facts.records(world, "advocate", 12)
    _pair_off(world, police[:linked], advocates[:linked])

    shown = report(world, "police.supervisor")
    raw = report(world, "statistics.supervisor")

    assert (_of_all(shown), _of_agency(world, shown, "advocate")) == told
    assert _of_agency(world, raw, "advocate") == 12


def _of_all(found: Report) -> int | None:
    """How many people all agencies identified, as the report tells it."""
    assert found.nation is not None
    return found.nation.figures[0]


def _of_agency(world: World, found: Report, member: str) -> int | None:
    """How many of them a member's agency did."""
    return next(row.figures[0] for row in found.agencies if row.agency.id == world.actor(member).agency_id)


def _pair_off(world: World, ones: list[Any], others: list[Any]) -> None:
    for one, other in zip(ones, others, strict=True):
        facts.one_person(world, one, other)


def test_people_over_all_counts_do_not_give_a_small_overlap_away(world: World) -> None:
    police = facts.records(world, "investigator", 12)
    advocates = facts.records(world, "advocate", 12, ("assisted",))
    _pair_off(world, police[:2], advocates[:2])

    shown = [report(world, by).nation for by in ("national.coordinator", "police.supervisor", "statistics.supervisor")]

    assert [block.people for block in shown if block] == [None, None, 22]


def test_communities_of_ones_own_agency_are_protected_too(world: World) -> None:
    facts.records(world, "investigator", 9)
    facts.records(world, "investigator", 1, community="kosovo_serb")
    facts.records(world, "investigator", 7, community="roma")

    found = report(world, "police.supervisor", dimensions=("community", "citizenship"))

    assert rows(found, "community", "own")["kosovo_serb"] == (None, 0)
    assert rows(found, "citizenship", "own") == {"XK": (17, 0)}


def test_an_agency_counts_any_days_of_its_own_without_the_nation_or_communities(world: World) -> None:
    facts.records(world, "investigator", 2)
    days = CountRequest(Period(date(2014, 3, 2), date(2014, 3, 5)), ("identified",), ("community", "sex"))

    found = report(world, "police.supervisor", days)

    assert found.nation is None
    assert found.own is not None
    assert found.own.figures == (2,)
    assert set(found.own.tables) == {"sex"}


@pytest.mark.parametrize(
    ("by", "request_", "field", "key"),
    [
        (
            "national.coordinator",
            CountRequest(Period(date(2014, 3, 2), date(2014, 3, 9))),
            "end",
            "needs_whole_months",
        ),
        ("national.coordinator", CountRequest(MARCH, as_of=date(2014, 4, 1)), "as_of", "needs_whole_months"),
        ("statistics.supervisor", CountRequest(Period(date(1990, 1, 1), date(2014, 1, 1))), "end", "range_too_long"),
        ("statistics.supervisor", CountRequest(year(2090)), "start", "range_in_future"),
        ("statistics.supervisor", CountRequest(MARCH, as_of=date(2090, 1, 1)), "as_of", "as_of_not_past"),
    ],
)
def test_a_period_that_is_not_counted_is_refused_at_its_field(
    world: World, by: str, request_: CountRequest, field: str, key: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        report(world, by, request_)

    assert refusal.value.fields == {field: key}


WHOLE_MONTHS = {
    "a quarter": (quarter(2013, 2), 7, {"XK": 7}),
    "a year from April": (april_year(2013), 30, {"AL": 17, "XK": 13}),
    "any months": (Period(date(2013, 11, 1), date(2014, 3, 1)), 17, {"AL": 17}),
    "two years": (Period(date(2013, 1, 1), date(2015, 1, 1)), 36, {"AL": 23, "XK": 13}),
}


PEOPLE = (
    (date(2013, 2, 3), 6, "AL"),
    (date(2013, 5, 3), 7, "XK"),
    (date(2013, 11, 3), 8, "AL"),
    (date(2014, 2, 3), 9, "AL"),
    (date(2014, 3, 3), 6, "XK"),
)
FEW = ((date(2013, 5, 3), 7, "XK"), (date(2014, 2, 3), 3, "XK"), (date(2014, 5, 3), 9, "XK"))


def _identified(world: World, people: Iterable[tuple[date, int, str]]) -> None:
    """So many on each day, of one citizenship."""
    for on, number, citizenship in people:
        facts.records(world, "investigator", number, on=on, citizenship=citizenship)


@pytest.mark.parametrize("asked", WHOLE_MONTHS)
def test_the_national_coordinator_reads_whole_months(world: World, asked: str) -> None:
    _identified(world, PEOPLE)
    period, people, citizens = WHOLE_MONTHS[asked]

    found = report(world, "national.coordinator", CountRequest(period, ("identified",), ("citizenship",)))

    assert found.nation is not None
    assert found.nation.figures == (people,)
    assert rows(found, "citizenship") == {value: (number,) for value, number in citizens.items()}
    assert [row.figures for row in found.agencies] == [(people,)]
    assert (found.nation.people, found.overlaps) == (None, ())


def test_whole_months_that_would_tell_of_a_few_are_not_told(world: World) -> None:
    _identified(world, FEW)
    asked = CountRequest(april_year(2013), ("identified",), ("citizenship",))

    found = report(world, "national.coordinator", asked)

    assert found.nation is not None
    assert found.nation.figures == (None,)
    assert (rows(found, "citizenship"), found.agencies) == ({}, ())


@pytest.mark.parametrize(("alone", "told"), [(6, [16, 10, 16]), (2, [12, None, None])], ids=["six", "two"])
def test_a_few_people_of_a_quarter_whom_an_agency_never_counted_are_not_told_of(
    world: World, alone: int, told: list[int | None]
) -> None:
    _by_both(world, "investigator", "advocate")
    _by_both(world, "advocate", "investigator")
    facts.records(world, "advocate", alone, on=date(2014, 1, 5))
    facts.records(world, "advocate", 10, on=date(2014, 8, 5))
    asked = CountRequest(quarter(2014, 1), ("identified",))

    found, raw = (report(world, by, asked) for by in ("national.coordinator", "statistics.supervisor"))

    assert [_of_all(found), *(_of_agency(world, found, by) for by in ("investigator", "advocate"))] == told
    assert _of_agency(world, raw, "investigator") == 10


def _by_both(world: World, first: str, then: str) -> None:
    """Five people whom one agency counted in January, and another in March."""
    _pair_off(
        world,
        facts.records(world, first, 5, on=date(2014, 1, 5)),
        facts.records(world, then, 5, on=date(2014, 3, 5)),
    )


def test_what_is_withheld_does_not_depend_on_what_else_is_asked(world: World) -> None:
    facts.records(world, "investigator", 9)
    facts.records(world, "investigator", 3, citizenship="MD")
    facts.records(world, "investigator", 8, citizenship="AL")
    facts.records(world, "advocate", 7, ("assisted",), citizenship="MD")
    few = CountRequest(MARCH, ("identified",), ("citizenship",))
    every = replace(few, metrics=METRIC.keys(), dimensions=("citizenship", "sex", "region", "age_band", "community"))

    short, long = (report(world, "national.coordinator", one) for one in (few, every))

    place = every.metrics.index("identified")
    assert rows(short, "citizenship") == {value: (row[place],) for value, row in rows(long, "citizenship").items()}


STATEMENTS = {"statistics.supervisor": 10, "police.supervisor": 14, "national.coordinator": 14}


@pytest.mark.parametrize("by", STATEMENTS)
def test_a_report_takes_the_same_statements_for_few_and_for_many(world: World, by: str) -> None:
    facts.records(world, "investigator", 1)
    world.actor(by)
    few = _statements(world, lambda: report(world, by, dimensions=("sex",)))
    facts.records(world, "investigator", 12)
    _pair_off(world, facts.records(world, "advocate", 6), facts.records(world, "investigator", 6))

    many = _statements(world, lambda: report(world, by, dimensions=("sex",)))

    assert few == many <= STATEMENTS[by]


def _statements(world: World, act: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    act()
    event.remove(world.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_report_of_a_past_day_does_not_change_with_what_waits_for_an_answer_today(world: World) -> None:
    one, other = facts.records(world, "investigator", 2, recorded_at=utc_now() - timedelta(days=30))
    past = CountRequest(MARCH, ("identified",), as_of=local_day(utc_now()) - timedelta(days=9))
    before = report(world, "statistics.supervisor", past)
    facts.doubt(world, one, other)

    after, now = (report(world, "statistics.supervisor", asked) for asked in (past, replace(past, as_of=None)))

    assert after.nation == before.nation
    assert now.nation is not None
    assert now.nation.lowest == {"identified": 1, "": 1}


def test_the_registers_of_2007_count_as_they_should_before_review(world: World) -> None:
    registers.take_in(world)

    found = report(world, "statistics.supervisor", REGISTERS)

    assert found.nation is not None
    assert found.nation.figures == (32, 33, 9)
    assert {value: row[0] for value, row in rows(found, "citizenship").items()} == {
        "XK": 18,
        "AL": 9,
        "MD": 3,
        "UA": 1,
        "MK": 1,
    }
    assert rows(found, "community")["kosovo_serb"][0] == 1
    assert rows(found, "adult_child")["child"][0] == 15
    assert found.nation.lowest[""] <= 38 <= (found.nation.people or 0)


def test_the_registers_of_2007_name_38_people_after_review(world: World) -> None:
    registers.take_in(world)
    _review(world)

    found = report(world, "statistics.supervisor", REGISTERS)

    assert found.nation is not None
    assert (found.nation.people, found.nation.lowest) == (38, {})


def _review(world: World) -> None:
    """Answer every pair that waits as the truth has it."""
    truth, reviewer = registers.truth(), world.actor("link.reviewer")
    while waiting := registers.pairs(world, "doubtful"):
        pair, (one, other) = next((pair, sorted(members)) for pair, members in waiting.items())
        is_same = truth[one] == truth[other]
        link_answers.decide(reviewer, pair, is_same, "names_and_birth_agree" if is_same else "same_name_only")
