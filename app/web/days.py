"""A day as people write it, in the reader's language."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from app.clock import COUNTRY_ZONE
from app.web.languages import chosen_language

LOCALES = {"en": "en_GB", "sq": "sq_XK", "sr_Latn": "sr_Latn_XK"}
"""How each language writes dates and numbers here; English without the American order."""


def day_words(value: date | datetime | None) -> str:
    """A day as people write it; of a moment, the day that it is in the country."""
    if value is None:
        return ""
    day = value.astimezone(COUNTRY_ZONE).date() if isinstance(value, datetime) else value
    return _written_day(day, LOCALES[chosen_language()])


@lru_cache(maxsize=4096)
def _written_day(day: date, locale: str) -> str:
    return format_date(day, "medium", locale=locale)


def written_day(value: str) -> str:
    """A day that is kept as a machine writes it; what is written otherwise stays as it is."""
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value
