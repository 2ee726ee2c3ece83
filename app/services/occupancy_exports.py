"""Placements and occupancy as they leave the system: coded, by pseudonym, never a name or an address, and logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.errors import Forbidden
from app.queries.placements import PlacementRow, placements
from app.security.actor import Actor
from app.services import held_reading, lines_of_people, occupancy, unit_of_work
from app.services.lines_of_people import Lines, State
from app.services.occupancy import Occupancy, Reader, reader_of
from app.services.unit_of_work import Once, Work
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
    """All that a workbook holds; the statistics have no placements, for a row of theirs would be a person.

    `is_for_two`: it has none, for they are of more people than one person takes alone.
    """

    figures: Occupancy
    placements: Placements | None
    is_for_two: bool = False


def stays(actor: Actor, period: Period, kind: str) -> Placements:
    """The stays of the actor's own house.

    Raises Forbidden for who has none, Invalid for a period not counted, ForTwo where they are of more than fifty people
    and nobody else agreed.
    """
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        if reader_of(actor) is not Reader.HOUSE:
            raise Forbidden("no_placements")
        found = _placements(work, period)
        told = lines_of_people.refuse_alone(work, _lines(period), len(_cases(found)))
        _log(work, "placement:exported", period, kind, _cases(found), told)
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
        cases = _cases(found) if found else []
        told = lines_of_people.leaving(work, _lines(period), len(cases)) if cases else {}
        _log(work, "occupancy:exported", period, "xlsx", cases if told else [], told)
        work.commit()
        return Book(figures, None if told is None else found, told is None)


def state(actor: Actor, period: Period) -> State:
    """How it stands with the lines of stays. Raises what `stays` raises, but ForTwo."""
    with unit_of_work.read(actor) as work:
        return lines_of_people.state(work, _lines(period), _number(work, period))


def ask(actor: Actor, period: Period, once: Once | None = None) -> bool:
    """Ask another to agree that they leave; whether it is asked now. Raises as `state` and `lines_of_people.ask` do."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is None:
            lines_of_people.ask(work, _lines(period), _number(work, period))
            work.commit()
        return True


def _lines(period: Period) -> Lines:
    return Lines("placements", period)


def _number(work: Work, period: Period) -> int:
    if reader_of(work.actor) is not Reader.HOUSE:
        raise Forbidden("no_placements")
    return len(_cases(_placements(work, period)))


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


def _log(
    work: Work,
    entry: str,
    period: Period,
    kind: str,
    cases: Sequence[UUID] = (),
    lines: Mapping[str, Any] | None = None,
) -> None:
    held_reading.refuse_too_long(work, cases)
    shown = {"cases": [str(case_id) for case_id in cases]} if cases else {}
    shown |= lines or {}
    work.audit(entry, None, format=kind, since=period.start, until=period.last, **shown)
