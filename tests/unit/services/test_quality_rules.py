"""What of the numbers needs another look: each inconsistency of the founding documents is named, and none invented."""

from datetime import date
from uuid import UUID

import pytest

from app.queries.quality import Delay, Disagreements
from app.services import quality_rules as rules
from app.services.quality_rules import Finding, Lateness
from app.vocabulary.period import Period, april_year, month, year

AGENCY = UUID(int=1)
OF_THE_CABLE = Period(date(2007, 4, 1), date(2008, 1, 22))


def test_32_sentences_for_41_convicted_leave_nine_without() -> None:
    (found,) = rules.of_sentences(41, 9)

    assert (found.numbers, found.leads_to) == ({"convicted": 41, "known": 32, "without": 9}, "work")


def test_sentences_that_add_up_are_no_finding() -> None:
    assert rules.of_sentences(41, 0) == []


def test_32_identified_and_33_assisted_are_named_and_equal_numbers_are_not() -> None:
    (found,) = rules.of_assistance(32, 33)

    assert found.numbers == {"identified": 32, "assisted": 33}
    assert rules.of_assistance(33, 33) == []


def test_raids_are_told_beside_the_arrests_and_nothing_where_there_were_none() -> None:
    (found,) = rules.of_raids(2000, 33)

    assert found.numbers == {"raids": 2000, "arrests": 33}
    assert rules.of_raids(0, 3) == []


def test_one_number_under_two_periods_is_named_with_both() -> None:
    known = {OF_THE_CABLE: {"identified": 32, "assisted": 30}, year(2007): {"identified": 32, "assisted": 33}}

    (found,) = rules.of_one_number(OF_THE_CABLE, known)

    assert found == Finding("one_number", {"number": 32}, "identified", year(2007))


def test_nought_under_two_periods_is_no_finding() -> None:
    assert rules.of_one_number(year(2007), {year(2007): {"returned": 0}, year(2008): {"returned": 0}}) == []


def test_period_of_the_cable_is_held_against_the_years_that_it_lies_in() -> None:
    assert rules.neighbours(OF_THE_CABLE) == [year(2007), april_year(2007), year(2008)]


def test_year_is_held_against_the_years_from_april_that_it_shares_days_with() -> None:
    assert rules.neighbours(year(2007)) == [april_year(2006), april_year(2007)]


@pytest.mark.parametrize("period", [month(2007, 4), Period(date(2007, 1, 1), date(2007, 7, 1))])
def test_shorter_period_is_held_against_none(period: Period) -> None:
    assert rules.neighbours(period) == []


@pytest.mark.parametrize(("people", "number"), [(0, 0), (3, 1)])
def test_disagreements_are_told_where_there_are_any(people: int, number: int) -> None:
    assert len(rules.of_disagreements(Disagreements(people, 1, 1, 1))) == number


@pytest.mark.parametrize(("waiting", "number"), [(0, 0), (7, 1)])
def test_waiting_pairs_are_told_where_there_are_any(waiting: int, number: int) -> None:
    assert len(rules.of_pairs(waiting)) == number


def _delays(*days: tuple[int, int]) -> list[Delay]:
    return [Delay(AGENCY, number, entries) for number, entries in days]


@pytest.mark.parametrize(
    ("delays", "lateness"),
    [
        (_delays(), Lateness(0)),
        (_delays((0, 5)), Lateness(5)),
        (_delays((0, 5), (31, 1)), Lateness(6, 1, 31)),
        (_delays((40, 1), (31, 1), (90, 1)), Lateness(3, 3, 40)),
        (_delays((31, 1), (90, 3)), Lateness(4, 4, 90)),
        (_delays((31, 1), (90, 1)), Lateness(2, 2, 31)),
        (_delays((31, 3), (90, 2)), Lateness(5, 5, 31)),
    ],
)
def test_lateness_is_how_many_and_the_middle_of_the_late_ones(delays: list[Delay], lateness: Lateness) -> None:
    assert rules.lateness(delays) == lateness


def test_late_entries_are_told_where_there_are_any() -> None:
    (found,) = rules.of_lateness(3, 40)

    assert found.numbers == {"late": 3, "entries": 40, "days": 30}
    assert rules.of_lateness(0, 40) == []
