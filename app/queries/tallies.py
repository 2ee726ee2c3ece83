"""What is counted in acts: operations, contacts, trainings, deadlines, proceedings; by agency and by their own kinds.

For the system's `statistics`, that reads the rows of all agencies; whose numbers are asked for stands in `Asked`.
Nights are counted where nights are defined (queries/nights.py), and added by the services.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.clock import COUNTRY_ZONE
from app.models.hotline import HotlineContact
from app.models.operation import Operation
from app.models.proceeding import ProceedingStep
from app.models.training import TrainingSession
from app.queries import proceeding_counts
from app.queries.clocks import counts_from, known
from app.queries.proceeding_counts import KINDS
from app.security.actor import Actor
from app.vocabulary import proceeding, tally
from app.vocabulary.period import Period, months_in
from app.vocabulary.proceeding import band_of
from app.vocabulary.tally import DIMENSIONS

TALLY_OF = {
    proceeding.OPENED: tally.INVESTIGATIONS,
    proceeding.BEGUN: tally.PROSECUTIONS,
    proceeding.CONVICTED: tally.CONVICTED,
    proceeding.ACQUITTED: tally.ACQUITTED,
    proceeding.REJECTED: tally.REJECTED,
}
"""Which tally counts a step of proceedings."""


@dataclass(frozen=True)
class Asked:
    """What is counted: which days, as it was known at which moment (None: now), whose (None: everybody's)."""

    period: Period
    now: datetime
    as_of: datetime | None = None
    agency_id: UUID | None = None

    def of(self, entity: Any, day: Any) -> list[ColumnElement[bool]]:
        """That a row is of the period, known by then, and of whom is asked."""
        met: list[ColumnElement[bool]] = [day >= self.period.start, day < self.period.end]
        met += [entity.recorded_at < self.as_of] if self.as_of is not None else []
        return met + self.whose(entity)

    def whose(self, entity: Any) -> list[ColumnElement[bool]]:
        """That a row is of whom is asked."""
        return [] if self.agency_id is None else [entity.agency_id == self.agency_id]

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When the period begins and ends, on the country's clocks."""
        start, end = (datetime.combine(day, time(), COUNTRY_ZONE) for day in (self.period.start, self.period.end))
        return start, end


@dataclass(frozen=True)
class Number:
    """A part of a tally: an agency's, of one kind in each of the tally's breakdowns; of steps also of one month."""

    tally: str
    agency_id: UUID
    kinds: tuple[str, ...]
    number: int
    at: int = 0

    def kind(self, dimension: str) -> str:
        """Its row in a breakdown. ValueError for one that the tally has not."""
        return self.kinds[DIMENSIONS[self.tally].index(dimension)]


def tallies(session: Session, actor: Actor, asked: Asked) -> list[Number]:
    """All numbers of the period but nights, in at most four statements; what is not there is zero."""
    return [one for count in (acts, clocks, steps, under_way) for one in count(session, actor, asked)]


def acts(session: Session, actor: Actor, asked: Asked) -> list[Number]:
    """Operations, contacts and trainings."""
    sums = [func.sum(Operation.arrests), func.sum(Operation.home_searches)]
    of_operations = _added("operation", Operation, Operation.held_on, (Operation.kind, Operation.reason), sums, asked)
    none = [literal(0), literal(0)]
    one = (HotlineContact.topic, literal(""))
    of_contacts = _added("contact", HotlineContact, HotlineContact.occurred_on, one, none, asked)
    one, people = (TrainingSession.agency_kind, literal("")), [func.sum(TrainingSession.people), literal(0)]
    of_trainings = _added("training", TrainingSession, TrainingSession.held_on, one, people, asked)
    found: Counter[tuple[str, UUID, tuple[str, ...]]] = Counter()
    for row in session.execute(union_all(of_operations, of_contacts, of_trainings)):
        for name, kinds, number in _told(*row[0:1], *row[2:]):
            found[name, row[1], kinds] += number
    return [Number(name, agency_id, kinds, number) for (name, agency_id, kinds), number in found.items() if number]


def _added(source: str, entity: Any, day: Any, kinds: tuple[Any, Any], sums: list[Any], asked: Asked) -> Select[Any]:
    head = (literal(source).label("source"), entity.agency_id, kinds[0].label("kind"), kinds[1].label("other"))
    numbers = (func.count().label("number"), sums[0].label("first"), sums[1].label("second"))
    groups = [entity.agency_id, *(one for one in kinds if hasattr(one, "key"))]
    return select(*head, *numbers).where(*asked.of(entity, day)).group_by(*groups)


def _told(source: str, kind: str, other: str, number: int, first: int, second: int) -> Iterator[Any]:
    """The tallies that a sum of rows tells of, each with its kinds."""
    if source == "operation":
        yield tally.RAIDS, (other,), number if kind == "raid" else 0
        yield tally.ARRESTS, (kind, other), first
        yield tally.SEARCHES, (kind, other), second
    elif source == "contact":
        yield tally.CONTACTS, (kind,), number
    else:
        yield tally.TRAININGS, (kind,), number
        yield tally.TRAINED, (kind,), first


def clocks(session: Session, actor: Actor, asked: Asked) -> list[Number]:
    """Deadlines kept and missed."""
    clock, parts = known(asked.as_of), []
    for name, _, met in deadlines(clock, asked):
        told = select(literal(name).label("tally"), clock.agency_id, clock.name, func.count())
        parts.append(told.where(*met, *asked.whose(clock)).group_by(clock.agency_id, clock.name))
    return [Number(row[0], row[1], (row[2],), row[3]) for row in session.execute(union_all(*parts))]


def clocks_by_month(session: Session, actor: Actor, asked: Asked) -> list[Number]:
    """The same of a period of whole months, by month too, in one statement."""
    clock, parts = known(asked.as_of), []
    for month in months_in(asked.period):
        at = literal(month.start.year * 100 + month.start.month).label("at")
        for name, _, met in deadlines(clock, replace(asked, period=month)):
            told = select(literal(name).label("tally"), clock.agency_id, clock.name, func.count(), at)
            parts.append(told.where(*met, *asked.whose(clock)).group_by(clock.agency_id, clock.name))
    return [Number(row[0], row[1], (row[2],), row[3], row[4]) for row in session.execute(union_all(*parts))]


def deadlines(clock: Any, asked: Asked) -> tuple[tuple[str, Any, tuple[ColumnElement[bool], ...]], ...]:
    """Of deadlines kept and of those missed: the moment that they belong to, and what makes them so.

    `clock` is what is known of them (`clocks.known`).
    """
    kept, missed = _kept(clock, asked), _missed(clock, asked)
    return (tally.KEPT, clock.stopped_at, kept), (tally.MISSED, counts_from(clock), missed)


def _kept(clock: Any, asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """Stopped in the period, before it counted as overdue."""
    start, end = asked.moments
    in_time = clock.stopped_at <= counts_from(clock)
    return clock.voided_at.is_(None), clock.stopped_at >= start, clock.stopped_at < end, in_time


def _missed(clock: Any, asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """Overdue from a moment of the period on, which had passed; neither stopped by then nor standing still."""
    start, end = asked.moments
    due = counts_from(clock)
    unmet = or_(and_(clock.stopped_at.is_(None), clock.paused_at.is_(None)), clock.stopped_at > due)
    return clock.voided_at.is_(None), due >= start, due < end, due < (asked.as_of or asked.now), unmet


def steps(session: Session, actor: Actor, asked: Asked) -> list[Number]:
    """Investigations, prosecutions and verdicts, by month too."""
    first = proceeding_counts.first_steps(asked.period.end, asked.as_of, *asked.whose(ProceedingStep))
    found: Counter[tuple[str, UUID, tuple[str, ...], int]] = Counter()
    for row in session.execute(proceeding_counts.counted(first, asked.period.start, TALLY_OF)):
        found[TALLY_OF[row.step], row.agency_id, kinds_of(row), row.at] += row.number
    return [Number(*key[:3], number, key[3]) for key, number in found.items()]


def kinds_of(row: Any) -> tuple[str, ...]:
    """The kinds of a step: article, form, official, and of a conviction its band."""
    kinds = tuple(str(getattr(row, name)) for name in KINDS)
    if row.step != proceeding.CONVICTED:
        return kinds
    return (*kinds, band_of(row.sentence_months, row.fine_euros, is_suspended=row.is_suspended))


def under_way(session: Session, actor: Actor, asked: Asked) -> list[Number]:
    """The files that are under way when the period ends."""
    begun = proceeding_counts.under_way(asked.period.end, asked.as_of, *asked.whose(ProceedingStep))
    groups = [begun.c.agency_id, *(begun.c[name] for name in KINDS)]
    rows = session.execute(select(*groups, func.count()).group_by(*groups))
    return [Number(tally.ONGOING, row[0], tuple(row[1:4]), row[4]) for row in rows]


def day_of(moment: datetime) -> date:
    """The day of a moment on the country's clocks."""
    return moment.astimezone(COUNTRY_ZONE).date()
