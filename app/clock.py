"""What time it is, and on which day, in the country's zone. The database's clock stamps facts; this one names days."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

COUNTRY_ZONE = ZoneInfo("Europe/Belgrade")


def utc_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime, zone: ZoneInfo = COUNTRY_ZONE) -> date:
    """The calendar day of a moment in the country's zone (design decision 11)."""
    return moment.astimezone(zone).date()
