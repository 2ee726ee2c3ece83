"""By which agencies people were counted, what is noted of a report, and who is told of it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.queries import count_paths
from app.queries.count_facts import Asked, Only
from app.services import count_exports, count_notes, count_pictures
from app.services.count_notes import Notes
from app.services.count_pictures import Pictures
from app.services.counts import CountRequest
from app.vocabulary.period import Period, month, year
from tests.factories import facts
from tests.factories.deadlines import deadlines_of_a_case
from tests.factories.world import World

MARCH = month(2014, 3)
ASKED = CountRequest(MARCH, ("identified", "assisted", "sheltered"))
READERS = ("police.supervisor", "national.coordinator")


def day(number: int) -> date:
    return date(2014, 3, number)


def three_counted_one_after_the_other(world: World) -> None:
    """Somebody whom the police, then the advocates, then a shelter counted; and one whom the police alone did."""
    police = facts.record(world, "investigator", {"identified": day(3)})
    advocate = facts.record(world, "advocate", {"assisted": day(5)})
    shelter = facts.record(world, "shelter.coordinator", {"sheltered": day(9)})
    facts.one_person(world, police, advocate, shelter)
    facts.record(world, "investigator", {"identified": day(4)})


def pictures(world: World, by: str, request: CountRequest = ASKED) -> Pictures:
    return count_pictures.pictures(world.actor(by), request)


def names(world: World) -> dict[UUID, str]:
    return {agency_id: key for key, agency_id in world.agencies.items()}


def steps(world: World, found: Pictures) -> list[tuple[str, str, int]]:
    assert found.drawn.paths is not None
    named = names(world)
    return [(named[one.before], named[one.after], one.people) for one in found.drawn.paths.after_each_other]


def combinations(world: World, found: Pictures) -> list[tuple[list[str], int]]:
    assert found.drawn.paths is not None
    named = names(world)
    return [(sorted(named[one] for one in each.agencies), each.people) for each in found.drawn.paths.together]


def test_people_are_told_by_exactly_the_agencies_that_counted_them(world: World) -> None:
    three_counted_one_after_the_other(world)

    found = combinations(world, pictures(world, "statistics.supervisor"))

    assert sorted(found) == [(["advocacy_prishtine", "police", "shelter_ngo"], 1), (["police"], 1)]


def test_people_go_from_who_counted_them_first_to_who_counted_them_next(world: World) -> None:
    three_counted_one_after_the_other(world)

    found = steps(world, pictures(world, "statistics.supervisor"))

    assert sorted(found) == [("advocacy_prishtine", "shelter_ngo", 1), ("police", "advocacy_prishtine", 1)]


def test_the_earliest_fact_says_who_was_first_whatever_was_recorded_first(world: World) -> None:
    late = facts.record(world, "investigator", {"identified": day(20)})
    facts.one_person(world, late, facts.record(world, "advocate", {"assisted": day(2)}))

    assert steps(world, pictures(world, "statistics.supervisor")) == [("advocacy_prishtine", "police", 1)]


def test_two_facts_of_one_agency_are_no_way_from_it_to_itself(world: World) -> None:
    facts.record(world, "investigator", {"identified": day(3), "assisted": day(5)})

    found = pictures(world, "statistics.supervisor")

    assert steps(world, found) == []
    assert combinations(world, found) == [(["police"], 1)]


def test_sets_and_people_agree_with_the_report(world: World) -> None:
    three_counted_one_after_the_other(world)
    facts.records(world, "advocate", 4, ("assisted",))

    found = pictures(world, "statistics.supervisor")

    assert found.report.nation is not None
    assert found.drawn.paths is not None
    assert sum(one.people for one in found.drawn.paths.together) == found.report.nation.people == 6


@pytest.mark.parametrize("by", READERS)
def test_no_way_between_agencies_is_told_to_who_may_not_see_small_numbers(world: World, by: str) -> None:
    three_counted_one_after_the_other(world)

    assert pictures(world, by).drawn.paths is None
    assert count_exports.paper(world.actor(by), ASKED).drawn.paths is None


def test_asked_with_an_agencys_own_rights_no_link_is_seen(world: World) -> None:
    three_counted_one_after_the_other(world)
    actor = world.actor("police.supervisor")

    with world.database.read(actor) as work:
        together = count_paths.together(work.session, actor, Asked(MARCH, ASKED.metrics))

    assert [(len(one.agencies), one.people) for one in together] == [(1, 2)]


def notes(world: World, by: str, request: CountRequest = ASKED) -> Notes:
    with world.database.read(world.actor(by)) as work:
        return count_notes.of(work, request)


def test_what_was_recorded_after_the_period_is_noted_and_pairs_in_doubt(world: World) -> None:
    one, other = facts.records(world, "investigator", 2)
    facts.doubt(world, one, other)

    found = notes(world, "statistics.supervisor")

    assert found == Notes({"identified": 2}, 1)


def test_which_pairs_are_in_doubt_is_noted_of_today_alone(world: World) -> None:
    one, other = facts.records(world, "investigator", 2)
    facts.doubt(world, one, other)

    of_past_day = notes(world, "statistics.supervisor", replace(ASKED, as_of=day(30)))

    assert (of_past_day.pairs, notes(world, "statistics.supervisor").pairs) == (None, 1)


def test_what_was_recorded_within_the_period_is_not_late(world: World) -> None:
    facts.records(world, "investigator", 2)
    until_today = Period(MARCH.start, date(2100, 1, 1))

    assert notes(world, "statistics.supervisor", CountRequest(until_today, ("identified",))).late == {}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("police.supervisor", Notes({"identified": 2}, None)),
        ("advocacy.supervisor", Notes({"assisted": 1}, None)),
        ("national.coordinator", Notes(None, None)),
    ],
)
def test_an_agency_is_told_of_its_own_late_facts_and_of_no_pair(world: World, by: str, expected: Notes) -> None:
    one, other = facts.records(world, "investigator", 2)
    facts.record(world, "advocate", ("assisted",))
    facts.doubt(world, one, other)

    assert notes(world, by) == expected


@pytest.mark.parametrize(
    ("request_", "has_nights"),
    [
        (CountRequest(MARCH), True),
        (CountRequest(MARCH, as_of=day(30)), False),
        (CountRequest(Period(date(2004, 1, 1), date(2014, 1, 1))), False),
    ],
    ids=["a month", "as of a day", "ten years"],
)
def test_nights_are_drawn_as_they_are_known_now_and_of_few_years(
    world: World, request_: CountRequest, has_nights: bool
) -> None:
    found = pictures(world, "statistics.supervisor", request_)

    assert (found.drawn.nights is not None) is has_nights


def deadlines(world: World, by: str, request: CountRequest = ASKED) -> list[tuple[str, int | None, int | None]]:
    return [(one.clock, one.kept, one.missed) for one in pictures(world, by, request).drawn.deadlines]


def three_deadlines(world: World) -> None:
    """Of the police's, in March: one met in time, one met late, one never met."""
    deadlines_of_a_case(world, ("consent", day(11)), ("consent", day(21)), ("court", None))


@pytest.mark.parametrize("by", ["statistics.supervisor", "police.supervisor"])
def test_deadlines_kept_and_missed_are_drawn_by_their_clock(world: World, by: str) -> None:
    three_deadlines(world)

    assert deadlines(world, by) == [("consent", 1, 1), ("court", 0, 1)]


def test_deadlines_are_drawn_for_the_national_coordinator_as_under_the_work_in_numbers(world: World) -> None:
    three_deadlines(world)
    deadlines_of_a_case(world, *[("consent", day(number)) for number in range(2, 9)])

    of_month, of_year = (
        deadlines(world, "national.coordinator", replace(ASKED, period=of)) for of in (MARCH, year(2014))
    )

    assert of_month == []
    assert of_year == [("consent", 8, None)]


def test_deadlines_of_others_are_not_an_agencys_own(world: World) -> None:
    three_deadlines(world)

    assert deadlines(world, "advocacy.supervisor") == []


@pytest.mark.parametrize("by", ["statistics.supervisor", "police.supervisor"])
def test_deadlines_of_a_past_day_are_drawn_as_they_were_known_on_it(world: World, by: str) -> None:
    three_deadlines(world)

    found = [deadlines(world, by, replace(ASKED, as_of=day(number))) for number in (10, 14, 30)]

    assert found == [[], [("consent", 1, 0)], [("consent", 1, 1), ("court", 0, 1)]]


def test_of_one_row_alone_no_deadlines_are_drawn(world: World) -> None:
    three_deadlines(world)

    assert deadlines(world, "statistics.supervisor", replace(ASKED, only=Only("sex", "F"))) == []
