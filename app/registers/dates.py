"""Reads dates, years and ages as clerks write them. A date is either read for certain or refused with a kind."""

import re
from dataclasses import dataclass
from datetime import date

from app.registers.folding import fold

EARLIEST = 1900
OLDEST = 110
_GROWN_UP = 18

_NOT_KNOWN = """
nuk dihet, panjohur, i panjohur, e panjohur, s'dihet, pa të dhëna, nuk ka, nepoznato, nije poznato, nema, nema podataka,
unknown, not known, n/a, na, none, n.d., nd, null, 00.00.0000, 0000-00-00
"""
_ABSENT = frozenset({"", *(fold(word) for word in _NOT_KNOWN.split(","))})
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_THREE = re.compile(r"^(\d{1,4})\s*[./\- ]\s*(\d{1,2}|[^\W\d_]{3,})\s*[./\-, ]\s*(\d{1,4})\.?$")
_MONTH_AND_YEAR = re.compile(r"^(?:\d{1,2}|[^\W\d_]{3,})\s*[./\- ]\s*(\d{4})\.?$|^(\d{4})\s*[./-]\s*\d{1,2}$")
_YEAR = re.compile(r"^[^\d]{0,12}(\d{4})[^\d]{0,8}$")
_AGE = re.compile(r"^[^\d]{0,12}(\d{1,3})[^\d]{0,12}$")
_MONTHS = (
    "jan janar januar january",
    "shk shkurt shkurti feb februar february",
    "mar mars mart march",
    "pri prill prilli apr april",
    "maj may",
    "qer qershor jun juni june",
    "kor korrik jul juli july",
    "gus gusht avg avgust aug august",
    "sht shtator sep sept septembar september",
    "tet tetor okt oktobar oct october",
    "nen nentor nentori nov novembar november",
    "dhj dhjetor dec decembar december",
)
_MONTH_NUMBERS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}


class Unreadable(Exception):
    """A cell that is not what its column should hold; `kind` is that of the fault."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Birth:
    """What a cell says of a birth: a whole date, or the year alone."""

    on: date | None = None
    year: int | None = None


def is_absent(cell: str) -> bool:
    """Say whether a cell states nothing: empty, dashes, question marks, or a word for "not known"."""
    return fold(cell) in _ABSENT


def read_date(cell: str, order: str, today: date) -> date:
    """Return the day in a cell written in an order such as `dmy`; Unreadable if it is none or not a real day."""
    found = _THREE.match(_TIME.sub("", cell))
    if found is None:
        raise Unreadable("date_unreadable")
    first, middle, last = found.groups()
    month_word = None if middle.isdigit() else _MONTH_NUMBERS.get(fold(middle))
    if not middle.isdigit() and month_word is None:
        raise Unreadable("date_unreadable")
    year, month, day = _in_order(first, str(month_word or middle), last, "dmy" if month_word else order)
    try:
        return date(_whole_year(year, today), int(month), int(day))
    except ValueError:
        raise Unreadable("date_impossible") from None


def read_birth(cell: str, order: str, today: date) -> Birth:
    """Return the birth date in a cell, or its year where that is all it says; Unreadable as `read_date`."""
    year_alone = _YEAR.match(cell)
    month_and_year = _MONTH_AND_YEAR.match(cell)
    if year_alone:
        return Birth(year=read_year(cell, today))
    if month_and_year:
        return Birth(year=read_year(month_and_year.group(1) or month_and_year.group(2), today))
    unknown_day = re.match(r"^(?:00[./-]00[./-](\d{4})|(\d{4})-00-00)\.?$", cell)
    if unknown_day:
        return Birth(year=read_year(unknown_day.group(1) or unknown_day.group(2), today))
    return Birth(on=read_date(cell, order, today))


def read_year(cell: str, today: date) -> int:
    """Return the year of four digits in a cell; Unreadable if there is none, or it is no year of a living person."""
    found = _YEAR.match(cell)
    if found is None or not EARLIEST <= int(found.group(1)) <= today.year:
        raise Unreadable("year_unreadable")
    return int(found.group(1))


def read_age(cell: str) -> int:
    """Return the age in whole years in a cell ("17", "17 vjeç"); Unreadable if it is none or no age of a person."""
    found = _AGE.match(cell)
    if found is None:
        raise Unreadable("age_unreadable")
    if int(found.group(1)) > OLDEST:
        raise Unreadable("age_out_of_range")
    return int(found.group(1))


def age_on_day(birth: Birth, day: date | None) -> int | None:
    """Return the age in whole years on a day; None where a birth year alone leaves open on which side of 18 it is."""
    if day is None:
        return None
    if birth.on is not None:
        had_birthday = (day.month, day.day) >= (birth.on.month, birth.on.day)
        return day.year - birth.on.year - (0 if had_birthday else 1)
    if birth.year is None or day.year - birth.year == _GROWN_UP:
        return None
    return day.year - birth.year


def _in_order(first: str, middle: str, last: str, order: str) -> tuple[str, str, str]:
    # Four digits are a year wherever they stand: 1990-05-03 is never read in any other way.
    if len(first) > 2 or (order == "ymd" and len(last) <= 2):
        return first, middle, last
    if order == "mdy":
        return last, first, middle
    return last, middle, first


def _whole_year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) > 2:
        if not EARLIEST <= year <= today.year + 1:
            raise ValueError
        return year
    # Two digits are the latest such year that is not in the future.
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year
