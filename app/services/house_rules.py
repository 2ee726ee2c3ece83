"""What the country has set for life in a house, at hand for the services; see workflows/houses.py."""

from datetime import date, timedelta

from app.services.calendar import COUNTRY
from workflows import houses
from workflows.houses import HouseRules


def rules() -> HouseRules:
    """What the country of this installation has set."""
    return houses.of(COUNTRY.lower())


def longest_limit(from_on: date) -> date:
    """The last day on which a movement limit that begins on a day can end."""
    return from_on + timedelta(days=rules().days("limit_at_most"))


def latest_review(from_on: date) -> date:
    """The day by which it is looked at again."""
    return from_on + timedelta(days=rules().days("limit_review"))


def earliest_limit(today: date) -> date:
    """The first day on which a limit that is written down today can have begun."""
    return today - timedelta(days=rules().days("limit_recorded"))
