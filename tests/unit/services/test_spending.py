"""Money spread over days: whose it is on which day, how long it lasts, where there is none. Sums worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from app.queries.funding import ChangeRow, Grant, GrantRow, PayeeRow
from app.services.spending import Line, cover, gaps, lines_of, wholes_of

A, B, PAYER = UUID(int=1), UUID(int=2), UUID(int=3)
NOON = datetime(2014, 3, 3, 12, tzinfo=UTC)
YEAR = (date(2014, 1, 1), date(2014, 12, 31))


def _grant(number: int = 10, amount: int | None = 36_500, days: tuple[date, date] = YEAR, **told: Any) -> Grant:
    row = GrantRow(
        id=UUID(int=number), part_of_id=None, payer_id=PAYER, kind="state", name_en="", name_sq="", name_sr="",
        purpose="other", amount=amount, currency="EUR", is_approximate=False, other_amount=None, other_currency=None,
        from_on=days[0], to_on=days[1], share_amount=None, share_other_amount=None, share_of=None, places=1,
        source="", recorded_at=NOON, agency_id=A,
    )  # fmt: skip
    return Grant(replace(row, **told), (_payee(number, A),))


def _payee(number: int, agency_id: UUID | None, *, place: str | None = None, is_added: bool = False) -> PayeeRow:
    whose = agency_id.int if agency_id else 9
    return PayeeRow(
        UUID(int=100 * number + whose), UUID(int=number), agency_id, None, place, is_added, None, None, None
    )


def _change(kind: str, on: date, **told: Any) -> ChangeRow:
    usual: dict[str, Any] = {"from_payee_id": None, "to_payee_id": None, "amount": None}
    return ChangeRow(
        UUID(int=10), kind, on, reason="", recorded_at=NOON, name_en="", name_sq="", name_sr="", **usual | told
    )


def _moved(on: date, amount: int | None = None) -> Grant:
    grant = _grant()
    change = _change("moved", on, from_payee_id=UUID(int=1001), to_payee_id=UUID(int=1002), amount=amount)
    return replace(grant, payees=(*grant.payees, _payee(10, B, is_added=True)), changes=(change,))


def _of(lines: list[Line], place: object, first: date = YEAR[0], last: date = YEAR[1]) -> Fraction:
    return sum((one.falls_into(first, last) for one in lines if one.place == place), Fraction(0))


def test_a_grant_is_spread_evenly_over_its_days() -> None:
    (line,) = lines_of([_grant()])

    assert line.falls_into(date(2014, 1, 1), date(2014, 1, 1)) == 100
    assert line.falls_into(date(2014, 1, 1), date(2014, 1, 31)) == 3_100
    assert line.falls_into(date(2013, 1, 1), date(2013, 12, 31)) == 0
    assert line.falls_into(date(2000, 1, 1), date(2020, 1, 1)) == 36_500


def test_a_part_and_what_is_left_of_its_whole_make_the_whole_once() -> None:
    part = _grant(11, 6_500, part_of_id=UUID(int=10))

    lines = lines_of([_grant(), part])

    assert sorted(one.amount or 0 for one in lines) == [6_500, 30_000]
    assert [one.amount for one in wholes_of([_grant(), part])] == [36_500]


def test_a_whole_that_its_parts_use_up_is_counted_in_them_alone() -> None:
    part = _grant(11, 36_500, part_of_id=UUID(int=10))

    assert [one.amount for one in lines_of([_grant(), part])] == [36_500]


def test_what_is_struck_out_counts_for_nothing() -> None:
    struck = replace(_grant(), changes=(_change("struck_out", YEAR[0]),))

    assert lines_of([struck]) == []
    assert wholes_of([struck]) == []


def test_a_grant_that_ended_pays_until_that_day() -> None:
    ended = replace(_grant(), changes=(_change("ended", date(2014, 1, 10)),))

    (line,) = lines_of([ended])

    assert (line.amount, line.last) == (1_000, date(2014, 1, 10))


def test_money_that_was_moved_is_the_others_from_that_day_on() -> None:
    lines = lines_of([_moved(date(2014, 12, 22))])

    assert (_of(lines, A), _of(lines, B)) == (35_500, 1_000)
    assert _of(lines, B, date(2014, 1, 1), date(2014, 12, 21)) == 0


def test_of_money_that_was_moved_in_part_the_rest_stays() -> None:
    lines = lines_of([_moved(date(2014, 12, 22), amount=400)])

    assert (_of(lines, A), _of(lines, B)) == (36_100, 400)


def test_who_gets_money_by_a_move_sees_of_it_what_is_hers() -> None:
    moved = _moved(date(2014, 12, 22))
    seen_by_b = replace(moved, payees=tuple(one for one in moved.payees if one.agency_id == B))

    lines = lines_of([seen_by_b])

    assert [(one.place, one.amount) for one in lines] == [(B, 1_000)]
    assert wholes_of([seen_by_b]) == []


def test_a_sum_over_several_places_is_none_of_theirs_alone() -> None:
    shared = _grant(places=2)
    seen_by_all = replace(shared, payees=(*shared.payees, _payee(10, B)))

    assert [one.place for one in lines_of([seen_by_all])] == [2]
    assert [one.place for one in lines_of([shared])] == [2]


def test_houses_of_one_shelter_and_a_place_by_name_are_one_place() -> None:
    houses = replace(_grant(places=2), payees=(_payee(10, A, place="North"), _payee(10, A, place="South")))
    named = replace(_grant(), payees=(_payee(10, None, place="Centres"),))

    assert [one.place for one in lines_of([houses])] == [A]
    assert [one.place for one in lines_of([named])] == ["Centres"]


def test_an_amount_that_is_not_told_falls_nowhere_and_still_pays() -> None:
    (line,) = lines_of([_grant(amount=None)])

    assert line.falls_into(*YEAR) == 0
    assert gaps([line], *YEAR) == []


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ([], [YEAR]),
        ([YEAR], []),
        ([(date(2013, 1, 1), date(2014, 1, 31))], [(date(2014, 2, 1), date(2014, 12, 31))]),
        ([(date(2014, 3, 1), date(2014, 3, 31))], [(date(2014, 1, 1), date(2014, 2, 28)), (date(2014, 4, 1), YEAR[1])]),
        ([(date(2014, 1, 1), date(2014, 6, 30)), (date(2014, 7, 1), date(2015, 1, 1))], []),
        ([(date(2014, 1, 1), date(2014, 9, 1)), (date(2014, 2, 1), date(2014, 3, 1))], [(date(2014, 9, 2), YEAR[1])]),
        ([(date(2015, 1, 1), date(2015, 1, 2))], [YEAR]),
    ],
)
def test_days_without_money_are_named(paid: list[tuple[date, date]], expected: list[tuple[date, date]]) -> None:
    lines = lines_of([_grant(10 + number, days=days) for number, days in enumerate(paid)])

    assert gaps(lines, *YEAR) == expected


def test_a_grant_of_nothing_pays_for_no_day() -> None:
    assert gaps(lines_of([_grant(amount=0)]), *YEAR) == [YEAR]


def test_money_lasts_as_long_as_the_year_before_was_spent() -> None:
    later = _grant(11, 18_250, days=(date(2015, 1, 1), date(2015, 12, 31)))

    found = cover(lines_of([_grant(), later]), date(2014, 12, 31))

    assert (found.left, found.months, found.until) == (18_250, 6, date(2015, 12, 31))


def test_without_money_in_the_year_before_there_is_no_rate() -> None:
    found = cover(lines_of([_grant(days=(date(2016, 1, 1), date(2016, 1, 10)))]), date(2014, 12, 31))

    assert (found.left, found.months) == (36_500, None)


def test_without_money_to_come_nothing_is_covered() -> None:
    found = cover(lines_of([_grant()]), date(2014, 12, 31))

    assert (found.left, found.months, found.until) == (0, 0, date(2014, 12, 31))
