"""Unusual reading, for the data protection officer: who read how on which day, and why it is shown; names no case."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.clock import local_day
from app.queries import looks, unusual_reading
from app.queries.looks import Who
from app.queries.unusual_reading import PAGE, Day
from app.services.unit_of_work import Work
from app.services.viewing import Looked

DAYS = (7, 30, 90)


@dataclass(frozen=True)
class Line:
    """One member's day."""

    day: Day
    who: Who


@dataclass(frozen=True)
class UnusualPage:
    """A page of lines, and from which day on."""

    rows: Sequence[Line]
    has_more: bool
    first: date


def unusual(work: Work, *, days: int, page: int) -> Looked[UnusualPage]:
    """The days on which somebody read unusually, the latest first; of today what there is so far."""
    first = work.today - timedelta(days=days - 1)
    with work.as_system("auditor"):
        found = unusual_reading.unusual_days(work.session, first, work.today, _used(work, first), page)
    people = looks.people(work.session, work.actor, {one.member_id for one in found[:PAGE]}) if found else {}
    rows = [Line(one, people[one.member_id]) for one in found[:PAGE] if one.member_id in people]
    return Looked(UnusualPage(rows, len(found) > PAGE, first), detail={"days": days, "page": page})


def _used(work: Work, first: date) -> list[tuple[UUID, date]]:
    """Who used a recovery code on which day."""
    found = unusual_reading.recoveries(work.session, unusual_reading.begins(first))
    return [(UUID(json.loads(detail)["member"]), local_day(at)) for at, detail in found]
