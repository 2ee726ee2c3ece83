"""Which page of a list is asked for."""

from collections.abc import Mapping

LAST = 10_000


def page_number(asked: Mapping[str, str]) -> int:
    """The page named in an address, from 1; whatever else stands there reads as the first."""
    typed = asked.get("page", "")
    return min(max(int(typed), 1), LAST) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
