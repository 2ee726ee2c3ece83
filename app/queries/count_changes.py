"""What came, or was put right, after a past day: fact by fact, and link by link, among those of a period."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.models.count import CountFact
from app.models.record import FormerPerson, RecordPerson
from app.queries.count_facts import Asked
from app.queries.count_members import pseudonym
from app.security.actor import Actor

PAGE = 50
ADDED, TAKEN_BACK, LINKED_ANEW = "added", "taken_back", "linked_anew"


@dataclass(frozen=True)
class Change:
    """A fact that was added or taken back, or one of a record that is taken to be another person now, and when."""

    kind: str
    at: datetime
    person: str
    metric: str
    occurred_on: date
    agency_id: UUID
    case_id: UUID


def since(session: Session, actor: Actor, asked: Asked, moment: datetime, page: int = 1) -> list[Change]:
    """What changed from the moment on among the facts of a period, the latest first: one page, and one row more.

    Who does not see links is told of facts alone.
    """
    told = union_all(_facts(asked, moment), _links(asked, moment)).subquery()
    order = (told.c.at.desc(), told.c.metric, told.c.person, told.c.kind)
    found = select(told).order_by(*order).limit(PAGE + 1).offset((page - 1) * PAGE)
    return [Change(*row) for row in session.execute(found)]


def _told(kind: Any, at: Any) -> Select[Any]:
    fact, person = CountFact, func.coalesce(RecordPerson.person_id, CountFact.record_id)
    what = (fact.metric, fact.occurred_on, fact.agency_id, fact.case_id)
    told = select(kind.label("kind"), at.label("at"), pseudonym(person).label("person"), *what).select_from(fact)
    return told.outerjoin(RecordPerson, RecordPerson.record_id == fact.record_id)


def _of_period(told: Select[Any], asked: Asked) -> Select[Any]:
    fact, period = CountFact, asked.period
    return told.where(fact.metric.in_(asked.metrics), fact.occurred_on >= period.start, fact.occurred_on < period.end)


def _facts(asked: Asked, moment: datetime) -> Select[Any]:
    kind = case((CountFact.weight == 1, literal(ADDED)), else_=literal(TAKEN_BACK))
    return _of_period(_told(kind, CountFact.recorded_at), asked).where(CountFact.recorded_at >= moment)


def _links(asked: Asked, moment: datetime) -> Select[Any]:
    """Facts known before of records whose person changed since; a record that is nobody else's is no change."""
    other, former = aliased(RecordPerson), FormerPerson
    was_another = exists().where(former.record_id == CountFact.record_id)
    is_shared = exists().where(other.person_id == RecordPerson.person_id, other.record_id != CountFact.record_id)
    found = _of_period(_told(literal(LINKED_ANEW), RecordPerson.since), asked).where(CountFact.weight == 1)
    known = CountFact.recorded_at < moment
    return found.where(known, RecordPerson.since >= moment, or_(was_another, is_shared))
