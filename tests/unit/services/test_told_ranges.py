"""Of whole months that are no year, nobody who may not see small numbers is told what she could take apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.queries.counts import AGENCY, TOTAL, Place
from app.security.suppression import Line, is_small
from app.services.count_release import Numbers, Release
from app.services.told_ranges import MONTHS, QUARTERS, YEAR, Figure, RangeRelease, parts_of, quarters_told, told
from app.vocabulary.period import Period, april_year, quarter
from tests.support.attacker import recovered

METRIC = "identified"
Numbered = dict[int, int]


def numbers(**months: int) -> Numbered:
    """A year's numbers: `m3=6` are six in March."""
    found = {month: months.get(f"m{month}", 0) for month in MONTHS}
    return {**found, YEAR: sum(found.values())}


def withheld_of(year: int, found: Numbered) -> frozenset[int]:
    cells = {Place(TOTAL, METRIC, "", year * 100 + at): number for at, number in found.items()}
    return frozenset(at % 100 for at in Release(Numbers(year, cells)).closed(TOTAL, METRIC))


def shown(found: Numbered, withheld: frozenset[int]) -> dict[int, Figure]:
    return {at: None if at in withheld else number for at, number in found.items()}


def attacked(found: Numbered, withheld: frozenset[int], quarters: list[tuple[int, ...]]) -> list[int]:
    """The months withheld that follow from what is shown of the year, its months and these quarters."""
    sums = {-one[0]: sum(found[month] for month in one) for one in quarters}
    lines = [Line(YEAR, MONTHS), *(Line(-one[0], one) for one in quarters)]
    return [at for at in recovered({**found, **sums}, lines, withheld) if found[at]]


def test_months_that_are_shown_are_added_up() -> None:
    assert told(shown(numbers(m1=6, m2=7, m5=9), frozenset()).get, (1, 2, 3)) == 13


def test_months_are_the_year_less_the_others_where_these_are_shown() -> None:
    assert told(shown(numbers(m1=6, m5=3, m6=8), frozenset({5, 6})).get, range(4, 13)) == 11


def test_months_of_which_one_is_withheld_are_not_told() -> None:
    assert told(shown(numbers(m1=6, m2=3, m5=9, m6=7), frozenset({2, 5})).get, (1, 2, 3)) is None


def test_a_quarter_is_told_where_two_of_its_months_are_withheld() -> None:
    found = numbers(m1=3, m2=4, m3=6, m8=20)

    assert quarters_told(found, frozenset({1, 2}))[1, 2, 3] == 13


def test_a_quarter_is_not_told_where_it_would_tell_a_month() -> None:
    found = numbers(m1=3, m2=9, m5=7, m6=8)

    assert (1, 2, 3) not in quarters_told(found, frozenset({1, 5}))


def test_a_quarter_of_few_is_not_told() -> None:
    assert (1, 2, 3) not in quarters_told(numbers(m1=2, m2=2, m5=7), frozenset({1, 2, 5}))


years_of_months = st.lists(st.integers(0, 9), min_size=12, max_size=12)


@settings(max_examples=25, deadline=None)
@given(years_of_months)
def test_no_month_that_is_withheld_is_worked_out_from_quarters(months: list[int]) -> None:
    found = {YEAR: sum(months), **dict(zip(MONTHS, months, strict=True))}
    withheld = withheld_of(2014, found)

    assert attacked(found, withheld, list(quarters_told(found, withheld))) == []


def test_told_every_quarter_the_attacker_works_out_a_month() -> None:
    found = numbers(m1=3, m2=9, m5=7, m6=8)

    assert attacked(found, frozenset({1, 5}), list(QUARTERS)) == [1, 5]


def range_of(period: Period, cells: dict[Place, int], *people: tuple[int, str]) -> RangeRelease:
    """The release of a period whose own numbers are given, beside the months of people: when, and of which country."""
    found: dict[int, Counter[Place]] = {year: Counter() for year in parts_of(period)}
    for at, country in people:
        for place in (at, at // 100 * 100):
            found[at // 100].update([Place(TOTAL, METRIC, "", place), Place("citizenship", METRIC, country, place)])
    releases = {year: Release(Numbers(year, dict(numbers))) for year, numbers in found.items()}
    return RangeRelease(period, releases, cells)


def test_a_year_from_april_is_told_across_two_calendar_years() -> None:
    people = [(201304, "XK")] * 7 + [(201311, "AL")] * 8 + [(201402, "AL")] * 9 + [(201405, "XK")] * 6
    own = {Place(TOTAL, METRIC): 24, Place("citizenship", METRIC, "XK"): 7, Place("citizenship", METRIC, "AL"): 17}
    seen = range_of(april_year(2013), own, *people)

    assert {place.value: seen.figure(place) for place in own} == {"": 24, "XK": 7, "AL": 17}


def test_few_people_who_were_counted_in_two_of_its_months_are_not_told_of() -> None:
    seen = range_of(quarter(2014, 1), {Place(TOTAL, METRIC): 13}, *[(201401, "XK")] * 7, *[(201403, "XK")] * 8)

    assert seen.figure(Place(TOTAL, METRIC)) is None


def test_with_one_row_that_is_not_told_the_whole_breakdown_goes() -> None:
    own = {Place(TOTAL, METRIC): 15, Place("citizenship", METRIC, "XK"): 11, Place("citizenship", METRIC, "AL"): 4}
    people = [(201401, "XK")] * 6 + [(201402, "XK")] * 6 + [(201403, "AL")] * 9

    seen = range_of(quarter(2014, 1), own, *people)

    assert [seen.figure(place) for place in own] == [15, None, None]


def agencies_of(months: Iterable[int], people: int, **agencies: int) -> Counter[Place]:
    """Numbers that are the same in each of the months, and added up in the year."""
    places = [(Place(TOTAL, METRIC), people)]
    places += [(Place(AGENCY, METRIC, name), number) for name, number in agencies.items()]
    found: Counter[Place] = Counter()
    for at in months:
        for place, number in places:
            found[replace(place, at=at)] += number
            found[replace(place, at=at // 100 * 100)] += number
    return found


def quarter_of(months: Counter[Place], people: int, **agencies: int) -> list[Figure]:
    """What is told of a first quarter: of all, and of each agency."""
    own = {Place(TOTAL, METRIC): people}
    own |= {Place(AGENCY, METRIC, name): number for name, number in agencies.items()}
    seen = RangeRelease(quarter(2014, 1), {2014: Release(Numbers(2014, dict(months)))}, own)
    return [seen.figure(place) for place in own]


FIRST_MONTHS = (201401, 201402, 201403)


@pytest.mark.parametrize(
    ("police", "told"),
    [(38, [40, None, None]), (34, [40, 34, 25])],
    ids=["all but two", "all but six"],
)
def test_a_few_people_whom_one_agency_never_counted_are_not_told_of(police: int, told: list[Figure]) -> None:
    months = agencies_of(FIRST_MONTHS, 20, police=15, office=10)

    assert quarter_of(months, 40, police=police, office=25) == told


@pytest.mark.parametrize(
    ("people", "told"),
    [(57, [57, None, None]), (54, [54, 35, 25])],
    ids=["three by both", "six by both"],
)
def test_a_few_people_whom_two_agencies_counted_are_not_told_of(people: int, told: list[Figure]) -> None:
    months = agencies_of(FIRST_MONTHS, 24, police=19, office=10)

    assert quarter_of(months, people, police=35, office=25) == told


def test_nothing_small_is_told_of_whole_months() -> None:
    own = {Place(TOTAL, METRIC): 4}
    seen = range_of(quarter(2014, 1), own, *[(201401, "XK")] * 9)

    assert is_small(own[Place(TOTAL, METRIC)])
    assert seen.figure(Place(TOTAL, METRIC)) is None
