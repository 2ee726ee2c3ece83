"""No small number of persons accused can be worked out from what is shown of a year and its months."""

from uuid import UUID

from app.queries.tallies import Number
from app.services.tally_release import YEAR, YearOfFew

PROSECUTION = UUID(int=1)
KINDS = ("pcck_139", "sexual_exploitation", "no")


def _acquitted(at: int, number: int, official: str = "no") -> Number:
    return Number("acquitted", PROSECUTION, (*KINDS[:2], official), number, at)


def test_large_numbers_are_shown_as_they_are() -> None:
    release = YearOfFew(2012, [_acquitted(201203, 6), _acquitted(201209, 5)])

    assert (release.total(201203), release.total(201209), release.total(YEAR), release.total(201201)) == (6, 5, 11, 0)


def test_small_month_takes_another_with_it_for_the_year_would_tell_it() -> None:
    release = YearOfFew(2012, [_acquitted(201203, 2), _acquitted(201205, 6), _acquitted(201209, 7)])

    assert release.total(201203) is None
    assert release.total(YEAR) == 15
    assert [release.total(201205), release.total(201209)].count(None) == 1


def test_small_year_is_not_shown_and_not_broken_down() -> None:
    release = YearOfFew(2012, [_acquitted(201203, 3)])

    assert release.total(YEAR) is None
    assert release.rows(["no"]) == []


def test_small_row_of_a_breakdown_takes_another_with_it() -> None:
    release = YearOfFew(2012, [_acquitted(201203, 6), _acquitted(201203, 2, "yes"), _acquitted(201203, 7, "unknown")])

    rows = dict(release.rows(one.kind("official") for one in release.numbers))

    assert rows["yes"] is None
    assert list(rows.values()).count(None) == 2


def test_row_that_has_nothing_beside_it_is_hidden_whole() -> None:
    release = YearOfFew(2012, [_acquitted(201203, 6), _acquitted(201203, 1, "yes")])

    assert set(dict(release.rows(one.kind("official") for one in release.numbers)).values()) == {None}
