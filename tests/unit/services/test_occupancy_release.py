"""Nights and lengths of stay of a year for who may not see small numbers: what is withheld, and what goes with it."""

from app.services.occupancy_release import ALL, YEAR, YearOfNights

BANDS = ("short", "long")


def year(
    nights: dict[int, int], people: dict[int, int], lengths: dict[tuple[str, int], int] | None = None
) -> YearOfNights:
    """A year of these months; the year's own numbers are their sums, its people those of the fullest month."""
    found = dict(lengths or {})
    for (band, at), number in (lengths or {}).items():
        for cell in ((band, YEAR), (ALL, at), (ALL, YEAR)):
            found[cell] = found.get(cell, 0) + number
    return YearOfNights(nights | {YEAR: sum(nights.values())}, people, found, BANDS)


def test_nights_of_a_few_people_are_withheld_however_many_they_are() -> None:
    shown = year({1: 90, 2: 200, 3: 150}, {1: 3, 2: 9, 3: 8, YEAR: 12})

    assert shown.slept(1) is None


def test_another_month_is_withheld_with_it_while_the_year_is_shown() -> None:
    shown = year({1: 90, 2: 200, 3: 150}, {1: 3, 2: 9, 3: 8, YEAR: 12})

    months = [shown.slept(month) for month in (1, 2, 3)]
    assert months.count(None) >= 2
    assert shown.slept(YEAR) == 440


def test_where_there_is_one_month_the_year_goes_with_it() -> None:
    shown = year({1: 90}, {1: 3, YEAR: 3})

    assert (shown.slept(1), shown.slept(YEAR)) == (None, None)


def test_the_same_nights_of_many_people_are_shown() -> None:
    shown = year({1: 90, 2: 200, 3: 150}, {1: 5, 2: 9, 3: 8, YEAR: 12})

    assert [shown.slept(at) for at in (YEAR, 1, 2, 3, 4)] == [440, 90, 200, 150, 0]


def test_a_length_of_few_stays_cannot_be_worked_out_from_the_others() -> None:
    shown = year({}, {}, {("short", 1): 2, ("short", 2): 9, ("long", 1): 8, ("long", 2): 7})

    known = {at: [shown.length(band, at) for band in (*BANDS, ALL)] for at in (1, 2, YEAR)}
    assert known[1][0] is None
    assert known[1].count(None) >= 2
    assert [known[at][0] for at in (1, 2, YEAR)].count(None) >= 2


def test_lengths_of_many_stays_are_shown() -> None:
    shown = year({}, {}, {("short", 1): 6, ("long", 1): 8})

    assert [shown.length(band, 1) for band in (*BANDS, ALL)] == [6, 8, 14]
