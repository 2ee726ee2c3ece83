"""Referrals: what waits for an agency, as pointers without identity or story, and what it sent and nobody answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency, Member
from app.models.case import Case
from app.models.workflow import Referral, WorkflowRun
from app.security.actor import Actor
from app.security.scope import PENDING

AT_MOST = 100


@dataclass(frozen=True)
class QueueRow:
    """A referral that waits: pointer data alone (decision 4), and the agency that sent it."""

    id: UUID
    track: str
    accepts: str
    declines: str | None
    state: str
    basis: str
    region: str
    sex: str
    is_child: bool
    language: str
    urgency: str
    sent_at: datetime
    seen_at: datetime | None
    claimed_by_id: UUID | None
    claimed_by: str | None
    from_agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class SentRow:
    """A referral that the actor's agency sent and that has no answer."""

    id: UUID
    case_id: UUID
    reference: str
    track: str
    state: str
    urgency: str
    sent_at: datetime
    seen_at: datetime | None
    name_en: str
    name_sq: str
    name_sr: str
    procedure: str
    digest: str
    states: dict[str, str]


def waiting(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[QueueRow]:
    """What waits for the actor's agency, the most urgent and oldest first."""
    claimer = aliased(Member)
    rows = session.execute(
        select(
            Referral.id,
            Referral.track,
            Referral.accepts,
            Referral.declines,
            Referral.state,
            Referral.basis,
            Referral.region,
            Referral.sex,
            Referral.is_child,
            Referral.language,
            Referral.urgency,
            Referral.sent_at,
            Referral.seen_at,
            Referral.claimed_by_id,
            claimer.name.label("claimed_by"),
            Referral.from_agency_id,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == Referral.from_agency_id)
        .outerjoin(claimer, claimer.id == Referral.claimed_by_id)
        .where(Referral.to_agency_id == actor.agency_id, Referral.state.in_(PENDING), *narrower)
        .order_by(Referral.sent_at, Referral.id)
        .limit(AT_MOST)
    )
    return [QueueRow(**row._mapping) for row in rows]


def one_waiting(session: Session, actor: Actor, referral_id: UUID) -> QueueRow | None:
    """One that waits for the actor's agency."""
    return next(iter(waiting(session, actor, Referral.id == referral_id)), None)


def sent(session: Session, actor: Actor) -> list[SentRow]:
    """What the actor's agency sent, in cases that are open to her, and nobody has answered yet."""
    rows = session.execute(
        select(
            Referral.id,
            Referral.case_id,
            Case.reference,
            Referral.track,
            Referral.state,
            Referral.urgency,
            Referral.sent_at,
            Referral.seen_at,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
            WorkflowRun.procedure,
            WorkflowRun.digest,
            WorkflowRun.states,
        )
        .join(Case, Case.id == Referral.case_id)
        .join(WorkflowRun, WorkflowRun.case_id == Referral.case_id)
        .join(Agency, Agency.id == Referral.to_agency_id)
        .where(Referral.from_agency_id == actor.agency_id, Referral.state.in_(PENDING))
        .order_by(Referral.sent_at, Referral.id)
        .limit(AT_MOST)
    )
    return [SentRow(**row._mapping) for row in rows]
