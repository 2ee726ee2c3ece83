"""Contacts of the hotline: its own log, and how many there were by month. Nothing leads from here to a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from app.models.hotline import HotlineContact
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class ContactRow:
    """A contact as the log lists it."""

    id: UUID
    occurred_on: date
    part_of_day: str
    channel: str
    caller: str
    topic: str
    region: str
    outcome: str


@dataclass(frozen=True)
class MonthCount:
    """How many contacts of a topic and outcome a month had."""

    month: int
    topic: str
    outcome: str
    number: int


def listed(session: Session, actor: Actor, page: int = 1) -> list[ContactRow]:
    """The agency's own contacts, newest first: one page, and one row more to tell that there are more."""
    rows = session.execute(
        select(
            HotlineContact.id,
            HotlineContact.occurred_on,
            HotlineContact.part_of_day,
            HotlineContact.channel,
            HotlineContact.caller,
            HotlineContact.topic,
            HotlineContact.region,
            HotlineContact.outcome,
        )
        .where(HotlineContact.agency_id == actor.agency_id)
        .order_by(HotlineContact.occurred_on.desc(), HotlineContact.recorded_at.desc(), HotlineContact.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [ContactRow(**row._mapping) for row in rows]


def by_month(session: Session, actor: Actor, year: int) -> list[MonthCount]:
    """The contacts of a year by month, topic and outcome, as far as the actor counts them."""
    month = extract("month", HotlineContact.occurred_on).label("month")
    dimensions = (month, HotlineContact.topic, HotlineContact.outcome)
    rows = session.execute(
        select(*dimensions, func.count().label("number"))
        .where(HotlineContact.occurred_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(*dimensions)
    )
    return [MonthCount(int(row.month), row.topic, row.outcome, row.number) for row in rows]
