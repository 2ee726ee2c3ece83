"""Which page of a list is asked for, and which year of a count."""

from collections.abc import Mapping

LAST = 10_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


def page_number(asked: Mapping[str, str]) -> int:
    """The page named in an address, from 1; whatever else stands there reads as the first."""
    typed = asked.get("page", "")
    return min(max(int(typed), 1), LAST) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1


def year_asked(asked: Mapping[str, str]) -> int | None:
    """The year named in an address; None for whatever else stands there."""
    typed = asked.get("year", "")
    is_year = typed.isascii() and typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= LAST_YEAR
    return int(typed) if is_year else None
