"""How two statements of a birth agree: a date, a year, or an age on a day. Names are compared elsewhere."""

from datetime import date

from rapidfuzz.distance import OSA

from app.matching.records import RecordView

MISSING = "missing"
DATE_SAME = "date_same"
DAY_MONTH_SWAPPED = "day_month_swapped"
DATE_CLOSE = "date_close"
YEAR_SAME = "year_same"
YEAR_OFF = "year_off"
YEAR_SAME_DAY_DIFFERS = "year_same_day_differs"
AGE_FITS = "age_fits"
AGE_YEAR_OFF = "age_year_off"
AGE_TWO_OFF = "age_two_off"
DIFFERS = "differs"

# Levels that name the very day, that fit without naming it, that nearly fit, and that one person hardly ever reaches.
STRONG = frozenset({DATE_SAME, DAY_MONTH_SWAPPED})
FITS = frozenset({YEAR_SAME, AGE_FITS})
NEARLY = frozenset({DATE_CLOSE, AGE_YEAR_OFF})
AGAINST = frozenset({DIFFERS, YEAR_OFF, YEAR_SAME_DAY_DIFFERS, AGE_TWO_OFF})


def compare_births(one: RecordView, other: RecordView) -> str:
    """Return the level at which two records agree on the birth; it does not matter which comes first."""
    if one.birth_date is not None and other.birth_date is not None:
        return _dates(one.birth_date, other.birth_date)
    years = [_year(record) for record in (one, other)]
    if years[0] is not None and years[1] is not None:
        return _years(years[0], years[1])
    spans = [_days_of_birth(record) for record in (one, other)]
    if spans[0] is None or spans[1] is None:
        return MISSING
    return _spans(spans[0], spans[1])


def _dates(one: date, other: date) -> str:
    if one == other and (one.day, one.month) != (1, 1):
        return DATE_SAME
    if one.year == other.year and date(one.year, 1, 1) in (one, other):
        # The first of January stands in registers for a day that nobody knew.
        return YEAR_SAME
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return DAY_MONTH_SWAPPED
    if OSA.distance(f"{one:%d%m%Y}", f"{other:%d%m%Y}") == 1 or abs((one - other).days) == 1:
        return DATE_CLOSE
    if one.year == other.year:
        return YEAR_SAME_DAY_DIFFERS
    return DIFFERS


def _year(record: RecordView) -> int | None:
    return record.birth_date.year if record.birth_date is not None else record.birth_year


def _years(one: int, other: int) -> str:
    if one == other:
        return YEAR_SAME
    return YEAR_OFF if abs(one - other) == 1 else DIFFERS


def _days_of_birth(record: RecordView) -> tuple[int, int] | None:
    """Return the first and last day, as ordinals, between which the person was born by what the record says."""
    if record.birth_date is not None:
        return record.birth_date.toordinal(), record.birth_date.toordinal()
    if record.birth_year is not None:
        return date(record.birth_year, 1, 1).toordinal(), date(record.birth_year, 12, 31).toordinal()
    if record.age is None or record.age_on is None:
        return None
    last = _years_before(record.age_on, record.age)
    return _years_before(record.age_on, record.age + 1) + 1, last


def _years_before(day: date, years: int) -> int:
    # An age can be told for a day so early that no calendar has the birth; such a record agrees with nobody.
    year = max(day.year - years, 1)
    leap = day.month == 2 and day.day == 29
    return date(year, day.month, 28 if leap else day.day).toordinal()


def _spans(one: tuple[int, int], other: tuple[int, int]) -> str:
    gap = max(one[0] - other[1], other[0] - one[1], 0)
    if gap == 0:
        return AGE_FITS
    if gap <= 366:
        return AGE_YEAR_OFF
    return AGE_TWO_OFF if gap <= 731 else DIFFERS
