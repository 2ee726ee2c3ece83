"""Placements and occupancy as they leave the system: coded, by pseudonym, never a name or an address, and logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.errors import Forbidden
from app.queries.placements import PlacementRow, placements
from app.security.actor import Actor
from app.services import held_reading, occupancy, unit_of_work
from app.services.occupancy import Occupancy, Reader, reader_of
from app.services.unit_of_work import Work
from app.vocabulary.period import Period

MOST = 5000


@dataclass(frozen=True)
class Placements:
    """The stays of a house in a period."""

    period: Period
    today: date
    made_at: datetime
    rows: Sequence[PlacementRow]
    is_cut: bool


@dataclass(frozen=True)
class Book:
    """All that a workbook holds; the statistics have no placements, for a row of theirs would be a person."""

    figures: Occupancy
    placements: Placements | None


def stays(actor: Actor, period: Period, kind: str) -> Placements:
    """The stays of the actor's own house. Raises Forbidden for who has none, Invalid for a period not counted."""
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        if reader_of(actor) is not Reader.HOUSE:
            raise Forbidden("no_placements")
        found = _placements(work, period)
        _log(work, "placement:exported", period, kind, _cases(found))
        work.commit()
        return found


def by_day(actor: Actor, period: Period, kind: str) -> Occupancy:
    """The nights of each day: of the actor's own house, or of all places. Raises Forbidden for who sees sums alone."""
    with unit_of_work.write(actor) as work:
        found = _figures(work, period)
        _log(work, "occupancy:exported", period, kind)
        work.commit()
        return found


def book(actor: Actor, period: Period) -> Book:
    """Both, for a workbook; raises what `by_day` raises."""
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        figures = _figures(work, period)
        found = _placements(work, period) if figures.reader is Reader.HOUSE else None
        _log(work, "occupancy:exported", period, "xlsx", _cases(found) if found else [])
        work.commit()
        return Book(figures, found)


def _figures(work: Work, period: Period) -> Occupancy:
    if reader_of(work.actor) is Reader.NATION:
        raise Forbidden("no_placements")
    return occupancy.build(work, period, by_day=True)


def _placements(work: Work, period: Period) -> Placements:
    occupancy.refuse_period(Reader.HOUSE, period, work.today)
    rows = placements(work.session, work.actor, period)
    return Placements(period, work.today, work.now, rows[:MOST], len(rows) > MOST)


def _cases(found: Placements) -> list[UUID]:
    return sorted({one.case_id for one in found.rows}, key=str)


def _log(work: Work, entry: str, period: Period, kind: str, cases: Sequence[UUID] = ()) -> None:
    held_reading.refuse_too_long(work, cases)
    shown = {"cases": [str(case_id) for case_id in cases]} if cases else {}
    work.audit(entry, None, format=kind, since=period.start, until=period.last, **shown)
