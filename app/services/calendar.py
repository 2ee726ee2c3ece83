"""The country's working calendar, handed to the procedures' clocks; the definitions know no holidays (decision 12)."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import metadata

import holidays

from app.clock import COUNTRY_ZONE
from workflows.clocks import Calendar

COUNTRY = "XK"
VERSION = metadata.version("holidays")


@lru_cache(maxsize=256)
def calendar(year: int) -> Calendar:
    """The calendar that covers clocks started in a year. Eid dates are estimates until they are confirmed."""
    days = holidays.country_holidays(COUNTRY, years=range(year, year + 3))
    return Calendar(zone=COUNTRY_ZONE, holidays=frozenset(days), version=f"{COUNTRY}-{VERSION}")


def calendar_on(day: date) -> Calendar:
    """The calendar for a clock that starts on a day."""
    return calendar(day.year)


def end_of(day: date) -> datetime:
    """The last moment of a day in the country's zone."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=COUNTRY_ZONE)
