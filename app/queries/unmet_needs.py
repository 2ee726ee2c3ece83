"""Places that were asked for and not found: the cases that wait, and the needs of a year as coded rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models.case import Case
from app.models.help import UnmetNeed
from app.security.actor import Actor

PAGE = 25
MOST = 20_000


@dataclass(frozen=True)
class WaitingRow:
    """A case for which a place is looked for, since when, and how often it was asked for in vain."""

    case_id: UUID
    reference: str
    asked_on: date
    times: int
    sex: str
    age_band: str
    disability: str
    children: int | None


@dataclass(frozen=True)
class NeedRow:
    """One need, from the first time that a place was asked for: its coded facts and how it ended."""

    sex: str
    age_band: str
    disability: str
    reason: str
    asked_on: date
    met_on: date | None
    ended_on: date | None

    def days(self, today: date) -> int:
        """How long it was waited, until today where it still is."""
        return max(((self.met_on or self.ended_on or today) - self.asked_on).days, 0)


def still_waiting(case_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """What a case still waits for."""
    return (UnmetNeed.case_id == case_id, *_waits())


def _waits() -> tuple[ColumnElement[bool], ...]:
    return (UnmetNeed.met_on.is_(None), UnmetNeed.ended_on.is_(None), UnmetNeed.voided_at.is_(None))


def _grouped() -> tuple[Any, ...]:
    return (
        func.min(UnmetNeed.asked_on),
        func.count(UnmetNeed.id),
        func.max(UnmetNeed.sex),
        func.max(UnmetNeed.age_band),
        func.max(UnmetNeed.disability),
        func.max(UnmetNeed.children),
    )


def waiting(session: Session, actor: Actor, page: int) -> list[WaitingRow]:
    """The actor's cases that wait for a place, the longest first; one more than a page holds where there are more."""
    rows = session.execute(
        select(UnmetNeed.case_id, Case.reference, *_grouped())
        .join(Case, Case.id == UnmetNeed.case_id)
        .where(*_waits())
        .group_by(UnmetNeed.case_id, Case.reference)
        .order_by(func.min(UnmetNeed.asked_on), UnmetNeed.case_id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [WaitingRow(*row) for row in rows.all()]


def of_case(session: Session, actor: Actor, case_id: UUID) -> WaitingRow | None:
    """What one case waits for; None where it waits for nothing."""
    row = session.execute(
        select(UnmetNeed.case_id, Case.reference, *_grouped())
        .join(Case, Case.id == UnmetNeed.case_id)
        .where(*still_waiting(case_id))
        .group_by(UnmetNeed.case_id, Case.reference)
    ).first()
    return None if row is None else WaitingRow(*row)


def of_year(session: Session, actor: Actor, year: int) -> list[NeedRow]:
    """The needs that began in a year. What one person was refused until she had a place is one need."""
    end = func.coalesce(UnmetNeed.met_on, UnmetNeed.ended_on)
    turn = func.row_number().over(
        partition_by=(UnmetNeed.case_id, end), order_by=(UnmetNeed.asked_on, UnmetNeed.recorded_at, UnmetNeed.id)
    )
    needs = (
        select(
            UnmetNeed.sex,
            UnmetNeed.age_band,
            UnmetNeed.disability,
            UnmetNeed.reason,
            UnmetNeed.asked_on,
            UnmetNeed.met_on,
            UnmetNeed.ended_on,
            turn.label("turn"),
        )
        .where(UnmetNeed.voided_at.is_(None))
        .subquery()
    )
    in_year = needs.c.asked_on.between(date(year, 1, 1), date(year, 12, 31))
    first = select(*needs.c[:-1]).where(needs.c.turn == 1, in_year)
    return [NeedRow(*row) for row in session.execute(first.limit(MOST))]
