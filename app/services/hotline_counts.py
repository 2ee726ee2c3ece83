"""The hotline's contacts counted: twelve months of a year, by what they were about and by what came of them."""

from dataclasses import dataclass

from app.queries import hotline
from app.queries.hotline import MonthCount
from app.security.actor import Actor
from app.services import unit_of_work

MONTHS = 12


@dataclass(frozen=True)
class Counted:
    """A year: for each topic and each outcome that occurs its twelve months and their sum, and the same of all."""

    year: int
    topics: tuple[tuple[str, list[int]], ...]
    outcomes: tuple[tuple[str, list[int]], ...]
    all: list[int]


def of_year(actor: Actor, year: int | None = None) -> Counted:
    """The contacts of a year, the running one unless told otherwise."""
    with unit_of_work.read(actor) as work:
        counted_year = year or work.today.year
        found = hotline.by_month(work.session, actor, counted_year)
    return Counted(counted_year, _lines(found, "topic"), _lines(found, "outcome"), _months(found))


def _lines(found: list[MonthCount], name: str) -> tuple[tuple[str, list[int]], ...]:
    codes = sorted({str(getattr(one, name)) for one in found})
    return tuple((code, _months([one for one in found if getattr(one, name) == code])) for code in codes)


def _months(found: list[MonthCount]) -> list[int]:
    months = [sum(one.number for one in found if one.month == month) for month in range(1, MONTHS + 1)]
    return [*months, sum(months)]
