"""The acts behind the numbers of work, one by one: day, agency, what it counts as, kinds and number. No text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.hotline import HotlineContact
from app.models.operation import Operation
from app.models.proceeding import ProceedingStep
from app.models.training import TrainingSession
from app.queries import proceeding_counts, tallies
from app.queries.clocks import known
from app.queries.proceeding_counts import KINDS
from app.queries.tallies import TALLY_OF, Asked, day_of, kinds_of
from app.security.actor import Actor
from app.vocabulary import tally

CHUNK = 1000


@dataclass(frozen=True)
class Member:
    """One act as it counts under one tally."""

    day: date
    agency_id: UUID
    tally: str
    kinds: tuple[str, ...]
    number: int = 1


def members(session: Session, actor: Actor, asked: Asked) -> Iterator[Member]:
    """All acts behind the numbers but nights, tally by tally as their rows come."""
    yield from _operations(session, asked)
    yield from _others(session, asked)
    yield from _clocks(session, asked)
    yield from _proceedings(session, asked)


def _rows(session: Session, statement: Any) -> Iterable[Any]:
    return session.execute(statement.execution_options(yield_per=CHUNK))


def _operations(session: Session, asked: Asked) -> Iterator[Member]:
    row = Operation
    told = select(row.held_on, row.agency_id, row.kind, row.reason, row.arrests, row.home_searches)
    told = told.where(*asked.of(row, row.held_on)).order_by(row.held_on, row.id)
    for one in _rows(session, told):
        head, kinds = (one.held_on, one.agency_id), (one.kind, one.reason)
        if one.kind == "raid":
            yield Member(*head, tally.RAIDS, (one.reason,))
        if one.arrests:
            yield Member(*head, tally.ARRESTS, kinds, one.arrests)
        if one.home_searches:
            yield Member(*head, tally.SEARCHES, kinds, one.home_searches)


def _others(session: Session, asked: Asked) -> Iterator[Member]:
    contact, held = HotlineContact, TrainingSession
    told = select(contact.occurred_on, contact.agency_id, contact.topic).where(*asked.of(contact, contact.occurred_on))
    for one in _rows(session, told.order_by(contact.occurred_on, contact.id)):
        yield Member(one.occurred_on, one.agency_id, tally.CONTACTS, (one.topic,))
    sessions = select(held.held_on, held.agency_id, held.agency_kind, held.people).where(*asked.of(held, held.held_on))
    for one in _rows(session, sessions.order_by(held.held_on, held.id)):
        yield Member(one.held_on, one.agency_id, tally.TRAININGS, (one.agency_kind,))
        yield Member(one.held_on, one.agency_id, tally.TRAINED, (one.agency_kind,), one.people)


def _clocks(session: Session, asked: Asked) -> Iterator[Member]:
    clock = known(asked.as_of)
    for name, day, met in tallies.deadlines(clock, asked):
        told = select(day.label("at"), clock.agency_id, clock.name).where(*met, *asked.whose(clock))
        for one in _rows(session, told.order_by(day, clock.id)):
            yield Member(day_of(one.at), one.agency_id, name, (one.name,))


def _proceedings(session: Session, asked: Asked) -> Iterator[Member]:
    whose = asked.whose(ProceedingStep)
    first = proceeding_counts.first_steps(asked.period.end, asked.as_of, *whose)
    met = (first.c.occurred_on >= asked.period.start, first.c.step.in_(list(TALLY_OF)))
    for one in _rows(session, select(first).where(*met).order_by(first.c.occurred_on, first.c.step)):
        yield Member(one.occurred_on, one.agency_id, TALLY_OF[one.step], kinds_of(one))
    begun = proceeding_counts.under_way(asked.period.end, asked.as_of, *whose)
    for one in _rows(session, select(begun).order_by(begun.c.occurred_on)):
        kinds = tuple(str(getattr(one, name)) for name in KINDS)
        yield Member(one.occurred_on, one.agency_id, tally.ONGOING, kinds)
