"""Signals: how those that an agency sent stand, and what waits for an agency that receives them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.signal import Signal
from app.security.actor import Actor

PAGE = 25
AT_MOST = 100
PENDING = ("sent", "received")


@dataclass(frozen=True)
class SentSignal:
    """A signal as its sender follows it: coarse facts of her own, and how it stands. Never a case."""

    id: UUID
    region: str
    urgency: str
    state: str
    sent_at: datetime
    received_at: datetime | None
    decided_at: datetime | None
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class WaitingSignal:
    """A signal that waits for its receiver, without a word of its text."""

    id: UUID
    region: str
    sex: str
    age_group: str
    language: str
    urgency: str
    place: str
    state: str
    sent_at: datetime
    name_en: str
    name_sq: str
    name_sr: str


def sent(session: Session, actor: Actor, page: int = 1) -> list[SentSignal]:
    """What the actor's agency sent, newest first: one page, and one row more to tell that there are more."""
    rows = session.execute(
        select(
            Signal.id,
            Signal.region,
            Signal.urgency,
            Signal.state,
            Signal.sent_at,
            Signal.received_at,
            Signal.decided_at,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == Signal.to_agency_id)
        .where(Signal.from_agency_id == actor.agency_id)
        .order_by(Signal.sent_at.desc(), Signal.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [SentSignal(**row._mapping) for row in rows]


def waiting(session: Session, actor: Actor) -> list[WaitingSignal]:
    """What waits for the actor's agency, oldest first."""
    rows = session.execute(
        select(
            Signal.id,
            Signal.region,
            Signal.sex,
            Signal.age_group,
            Signal.language,
            Signal.urgency,
            Signal.place,
            Signal.state,
            Signal.sent_at,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == Signal.from_agency_id)
        .where(Signal.to_agency_id == actor.agency_id, Signal.state.in_(PENDING))
        .order_by(Signal.sent_at, Signal.id)
        .limit(AT_MOST)
    )
    return [WaitingSignal(**row._mapping) for row in rows]
