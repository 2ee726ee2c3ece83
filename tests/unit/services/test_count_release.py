"""What of a year's numbers a reader may see who may not see small ones: an attacker tries to work out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.queries.counts import AGENCY, TOTAL, Place
from app.security.suppression import Line, is_small
from app.services.count_release import Numbers, Release
from app.vocabulary.breakdown import age_value, group_of
from tests.support.attacker import recovered

YEAR = 2014
WHOLE = YEAR * 100
MONTHS = (201401, 201402, 201403)
METRIC = "identified"


@dataclass(frozen=True)
class Fact:
    """One person's fact: when, by which agency, and two things about her."""

    at: int
    agency: str
    citizenship: str
    age_band: str
    is_child: bool


def cells_of(facts: Iterable[Fact], metric: str = METRIC) -> dict[Place, int]:
    """The numbers of facts, as the database would add them up."""
    found: Counter[Place] = Counter()
    for fact in facts:
        for at in (fact.at, WHOLE):
            found[Place(TOTAL, metric, "", at)] += 1
            found[Place(AGENCY, metric, fact.agency, at)] += 1
            found[Place("citizenship", metric, fact.citizenship, at)] += 1
            found[Place("adult_child", metric, "child" if fact.is_child else "adult", at)] += 1
            found[Place("age_band", metric, age_value(fact.is_child, fact.age_band), at)] += 1
    return dict(found)


def facts_of(*rows: tuple[int, dict[str, Any]]) -> list[Fact]:
    base = {"at": MONTHS[0], "agency": "police", "citizenship": "XK", "age_band": "24-26", "is_child": False}
    return [Fact(**{**base, **values}) for number, values in rows for _ in range(number)]


def equations(places: Iterable[Place], dimensions: Iterable[str]) -> list[Line[Place]]:
    """How the numbers of one metric add up: over months, over rows, and ages to adults and children."""
    known = sorted(set(places))
    lines = [_over_months(Place(TOTAL, METRIC, "", WHOLE))]
    for dimension in dimensions:
        values = sorted({place.value for place in known if place.dimension == dimension})
        lines += [_over_months(Place(dimension, METRIC, value, WHOLE)) for value in values]
        for at in (*MONTHS, WHOLE):
            parts = {value: Place(dimension, METRIC, value, at) for value in values}
            lines.append(Line(Place(TOTAL, METRIC, "", at), tuple(parts.values())))
            lines += _by_group(dimension, at, parts)
    return [line for line in lines if line.parts]


def _over_months(place: Place) -> Line[Place]:
    parts = (Place(place.dimension, place.metric, place.value, at) for at in MONTHS)
    return Line(place, tuple(parts))


def _by_group(dimension: str, at: int, parts: dict[str, Place]) -> list[Line[Place]]:
    groups = ("adult", "child") if dimension == "age_band" else ()
    return [
        Line(
            Place("adult_child", METRIC, group, at),
            tuple(place for value, place in parts.items() if group_of(value) == group),
        )
        for group in groups
    ]


def whole_table(cells: dict[Place, int], dimensions: tuple[str, ...]) -> dict[Place, int]:
    """The numbers with their zeros."""
    known = [place for place in cells if place.dimension in (TOTAL, *dimensions)]
    places = (replace(place, at=at) for place in known for at in (*MONTHS, WHOLE))
    return {place: cells.get(place, 0) for place in places}


def attacked(cells: dict[Place, int], release: Release, dimensions: tuple[str, ...]) -> list[Place]:
    """The withheld places, other than empty ones, whose number follows from those shown."""
    values = whole_table(cells, dimensions)
    hidden = frozenset(place for place in values if release.figure(place) is None)
    unsure = frozenset(place for place in hidden if place.at in MONTHS and not release.is_broken_down(METRIC, place.at))
    # Of a breakdown without a row to show no row is named either: she does not know which of them are not empty.
    told = {(place.dimension, place.at) for place in values if values[place] and place not in hidden}
    unsure |= {place for place in hidden if (place.dimension, place.at) not in told}
    found = recovered(values, equations(values, dimensions), hidden, unsure)
    return [place for place in found if values[place]]


facts_of_a_year = st.lists(
    st.builds(
        Fact,
        at=st.sampled_from(MONTHS),
        agency=st.just("police"),
        citizenship=st.sampled_from(("XK", "AL", "MD")),
        age_band=st.sampled_from(("9-17", "24-26", "unknown")),
        is_child=st.booleans(),
    ),
    max_size=26,
)


@settings(max_examples=40, deadline=None)
@given(facts_of_a_year, st.sampled_from([("citizenship",), ("adult_child",), ("adult_child", "age_band")]))
def test_the_nations_reader_cannot_work_out_what_is_withheld(facts: list[Fact], dimensions: tuple[str, ...]) -> None:
    cells = cells_of(facts)
    release = Release(Numbers(YEAR, cells))

    assert attacked(cells, release, dimensions) == []


@settings(max_examples=200, deadline=None)
@given(facts_of_a_year)
def test_nothing_small_is_shown_anywhere(facts: list[Fact]) -> None:
    cells = cells_of(facts)
    release = Release(Numbers(YEAR, cells))

    shown = [release.figure(place) for place in cells]

    assert [number for number in shown if number is not None and is_small(number)] == []


def test_five_rows_of_five_people_are_not_worked_out() -> None:
    ages = [("9-17", True), ("9-17", False), ("24-26", True), ("24-26", False), ("unknown", False)]
    cells = cells_of(facts_of(*((1, {"age_band": band, "is_child": is_child}) for band, is_child in ages)))

    assert attacked(cells, Release(Numbers(YEAR, cells)), ("adult_child", "age_band")) == []


def test_without_complements_the_attacker_works_out_the_small_cell() -> None:
    cells = cells_of(facts_of((9, {}), (3, {"citizenship": "MD"}), (8, {"citizenship": "AL"})))
    values = whole_table(cells, ("citizenship",))
    small = {place for place, number in values.items() if is_small(number)}

    found = recovered(values, equations(values, ("citizenship",)), small)

    assert {place.value for place in found} == {"MD"}


def test_a_small_cell_takes_the_next_smallest_of_its_column_with_it() -> None:
    cells = cells_of(facts_of((9, {}), (3, {"citizenship": "MD"}), (8, {"citizenship": "AL"})))
    release = Release(Numbers(YEAR, cells))

    figures = {value: release.figure(Place("citizenship", METRIC, value, WHOLE)) for value in ("XK", "AL", "MD")}

    assert figures == {"XK": 9, "AL": None, "MD": None}


def test_a_lone_withheld_cell_takes_another_of_its_row_with_it() -> None:
    many = facts_of((9, {}), (3, {"citizenship": "MD"}), (3, {"citizenship": "UA"}))
    cells = cells_of(many) | cells_of(
        facts_of((20, {}), (6, {"citizenship": "MD"}), (7, {"citizenship": "UA"})), "assisted"
    )

    release = Release(Numbers(YEAR, cells))

    assert release.figure(Place("citizenship", "assisted", "MD", WHOLE)) is None
    assert release.figure(Place("citizenship", "assisted", "UA", WHOLE)) is None


def test_a_month_under_the_threshold_is_not_broken_down_and_takes_another_month_with_it() -> None:
    cells = cells_of(facts_of((2, {"at": MONTHS[0]}), (9, {"at": MONTHS[1]}), (12, {"at": MONTHS[2]})))
    release = Release(Numbers(YEAR, cells))

    assert [release.figure(Place(TOTAL, METRIC, "", at)) for at in (*MONTHS, WHOLE)] == [None, None, 12, 23]
    assert [release.is_broken_down(METRIC, at) for at in (*MONTHS, WHOLE)] == [False, False, True, True]


def test_a_community_cannot_be_worked_out_from_citizenship() -> None:
    """Kosovo citizens are 18, Kosovo Albanians 17: the one Kosovo Serb must not follow."""
    citizens = {"XK": 18, "AL": 9, "MD": 5}
    communities = {"kosovo_albanian": 17, "kosovo_serb": 1, "not_asked": 14}
    cells = {Place(TOTAL, METRIC, "", at): 32 for at in (MONTHS[0], WHOLE)}
    cells |= {Place("citizenship", METRIC, value, at): n for value, n in citizens.items() for at in (MONTHS[0], WHOLE)}
    cells |= {Place("community", METRIC, value, at): n for value, n in communities.items() for at in (MONTHS[0], WHOLE)}

    release = Release(Numbers(YEAR, cells))

    assert release.figure(Place("citizenship", METRIC, "XK", WHOLE)) == 18
    assert release.figure(Place("community", METRIC, "kosovo_serb", WHOLE)) is None
    assert release.figure(Place("community", METRIC, "kosovo_albanian", WHOLE)) is None


@pytest.mark.parametrize(
    ("others", "expected"),
    [(0, 9), (1, None), (4, None), (5, 14)],
    ids=["nobody else", "one more elsewhere", "four more elsewhere", "five more elsewhere"],
)
def test_an_agency_is_not_told_of_a_few_people_elsewhere(others: int, expected: int | None) -> None:
    own = cells_of(facts_of((9, {})))
    cells = cells_of(facts_of((9, {}), (others, {"agency": "border"})))

    release = Release(Numbers(YEAR, cells, own, "police"))

    assert release.figure(Place(TOTAL, METRIC, "", WHOLE)) == expected


def test_an_agency_that_counted_a_person_twice_is_not_told_so() -> None:
    own = cells_of(facts_of((9, {})))
    nation = cells_of(facts_of((8, {})))

    release = Release(Numbers(YEAR, nation, own, "police"))

    assert release.figure(Place(TOTAL, METRIC, "", WHOLE)) is None


@pytest.mark.parametrize(
    ("linked", "expected"),
    [(0, (18, 12)), (6, (12, None))],
    ids=["none of hers", "all of hers"],
)
def test_an_agency_is_not_told_by_anothers_number_that_all_its_people_are_there_too(
    linked: int, expected: tuple[int, int | None]
) -> None:
    own = cells_of(facts_of((6, {})))
    cells = cells_of(facts_of((6, {}), (12, {"agency": "office"})))
    cells |= {Place(TOTAL, METRIC, "", at): 18 - linked for at in (MONTHS[0], WHOLE)}

    release = Release(Numbers(YEAR, cells, own, "police"))

    places = (Place(TOTAL, METRIC, "", MONTHS[0]), Place(AGENCY, METRIC, "office", MONTHS[0]))
    assert tuple(release.figure(place) for place in places) == expected


def test_an_agency_that_counted_nobody_is_told_who_counted_everybody() -> None:
    cells = cells_of(facts_of((12, {"agency": "office"})))

    release = Release(Numbers(YEAR, cells, {}, "police"))

    assert release.figure(Place(AGENCY, METRIC, "office", MONTHS[0])) == 12


def test_agencies_whose_numbers_exceed_the_nations_by_a_few_are_not_all_shown() -> None:
    cells = cells_of(facts_of((20, {}), (12, {"agency": "border"})))
    cells |= {Place(TOTAL, METRIC, "", at): 30 for at in (MONTHS[0], WHOLE)}

    release = Release(Numbers(YEAR, cells))

    shown = [release.figure(Place(AGENCY, METRIC, agency, WHOLE)) for agency in ("police", "border")]
    assert None in shown


def test_known_sums_still_protect_the_rows_of_a_month() -> None:
    cells = cells_of(facts_of((9, {}), (3, {"citizenship": "MD"}), (8, {"citizenship": "AL"})))

    release = Release(Numbers(YEAR, cells, totals_are_known=True))

    assert release.figure(Place(TOTAL, METRIC, "", WHOLE)) == 20
    assert release.figure(Place("citizenship", METRIC, "MD", WHOLE)) is None
