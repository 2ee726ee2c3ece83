"""The days that a count is asked for. Which events fall into them belongs to the queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import COUNTRY_ZONE

LONGEST_YEARS = 20
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Period:
    """Whole days, from `start` until before `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("a period has at least one day")

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    @property
    def is_month(self) -> bool:
        """Whether it is one calendar month."""
        return self == month(self.start.year, self.start.month)

    @property
    def is_year(self) -> bool:
        """Whether it is one calendar year."""
        return self == year(self.start.year)

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter of a calendar year."""
        return self == quarter(self.start.year, (self.start.month + 2) // 3)

    @property
    def is_april_year(self) -> bool:
        """Whether it is a year from 1 April to 31 March, as some questionnaires ask."""
        return self == april_year(self.start.year)

    @property
    def is_of_months(self) -> bool:
        """Whether it is made of whole calendar months."""
        return self.start.day == self.end.day == 1

    @property
    def is_too_long(self) -> bool:
        """Whether it is longer than what is counted at once."""
        return (self.end - self.start).days > LONGEST_YEARS * 366


def month(of_year: int, number: int) -> Period:
    """A calendar month; raises ValueError for a month that there is not."""
    start = date(of_year, number, 1)
    return Period(start, date(of_year + number // 12, number % 12 + 1, 1))


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def quarter(of_year: int, number: int) -> Period:
    """A quarter of a calendar year, from 1 to 4; raises ValueError for one that there is not."""
    last = 3 * number
    return Period(month(of_year, last - 2).start, month(of_year, last).end)


def april_year(number: int) -> Period:
    """The year that begins on 1 April of a calendar year and ends on 31 March of the next."""
    return Period(date(number, 4, 1), date(number + 1, 4, 1))


def months_until(last: Period, count: int) -> list[Period]:
    """The calendar months that end with the one in which a period ends, earliest first."""
    return list(_months_back(last.last, count))[::-1]


def months_in(period: Period) -> Iterator[Period]:
    """The calendar months of a period of whole months, earliest first."""
    start = period.start
    while start < period.end:
        found = month(start.year, start.month)
        yield found
        start = found.end


def _months_back(day: date, count: int) -> Iterator[Period]:
    for _ in range(count):
        found = month(day.year, day.month)
        yield found
        day = found.start - timedelta(days=1)


def years_of(period: Period) -> Iterator[Period]:
    """The period cut at the first day of each calendar year; its first and last part may be shorter than a year."""
    start = period.start
    while start < period.end:
        end = min(year(start.year).end, period.end)
        yield Period(start, end)
        start = end


def end_of_day(day: date) -> datetime:
    """The moment at which a day ends in the country's zone: what "as of" that day means (design decision 11)."""
    return datetime.combine(day + timedelta(days=1), time(), COUNTRY_ZONE)
