"""Referrals: what waits for an agency, as pointers without identity or story, and what it sent and nobody answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency, Member
from app.models.case import Case
from app.models.workflow import CaseEvent, Referral, WorkflowRun
from app.security.actor import Actor
from app.security.row_rules import PENDING

AT_MOST = 100
LATELY = 25
ENDED = ("accepted", "declined", "returned", "expired", "done")


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


@dataclass(frozen=True)
class CourseRow:
    """A referral with each of its moments, and the members whose they are. `return_note` is sealed."""

    id: UUID
    case_id: UUID
    reference: str
    track: str
    state: str
    urgency: str
    from_agency_id: UUID
    to_agency_id: UUID
    sent_at: datetime
    sent_by_id: UUID
    seen_at: datetime | None
    seen_by_id: UUID | None
    claimed_at: datetime | None
    claimed_by_id: UUID | None
    decided_at: datetime | None
    decided_by_id: UUID | None
    decision: str | None
    decline_reason: str | None
    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    returned_at: datetime | None
    returned_by_id: UUID | None
    return_reason: str | None
    return_note: bytes | None
    expires_at: datetime | None
    expired_at: datetime | None
    done_at: datetime | None
    done_by_id: UUID | None
    feedback: str | None


@dataclass(frozen=True)
class OpenLoopRow:
    """A referral that was accepted and of which nobody has told yet what came of it."""

    id: UUID
    case_id: UUID
    reference: str
    track: str
    state: str
    decided_at: datetime
    sent_at: datetime
    is_ours: bool
    name_en: str
    name_sq: str
    name_sr: str


_COURSE = (
    Referral.id,
    Referral.case_id,
    Case.reference,
    Referral.track,
    Referral.state,
    Referral.urgency,
    Referral.from_agency_id,
    Referral.to_agency_id,
    Referral.sent_at,
    CaseEvent.member_id.label("sent_by_id"),
    Referral.seen_at,
    Referral.seen_by_id,
    Referral.claimed_at,
    Referral.claimed_by_id,
    Referral.decided_at,
    Referral.decided_by_id,
    Referral.decision,
    Referral.decline_reason,
    Referral.withdrawn_at,
    Referral.withdrawn_by_id,
    Referral.returned_at,
    Referral.returned_by_id,
    Referral.return_reason,
    Referral.return_note,
    Referral.expires_at,
    Referral.expired_at,
    Referral.done_at,
    Referral.done_by_id,
    Referral.feedback,
)


def course(session: Session, actor: Actor, referral_id: UUID) -> CourseRow | None:
    """One that the actor's agency sent, or has accepted, in a case that is open to her."""
    hers = or_(
        Referral.from_agency_id == actor.agency_id,
        and_(Referral.to_agency_id == actor.agency_id, Referral.state.in_(("accepted", "done"))),
    )
    row = session.execute(
        select(*_COURSE)
        .join(Case, Case.id == Referral.case_id)
        .join(CaseEvent, CaseEvent.id == Referral.event_id)
        .where(Referral.id == referral_id, hers)
    ).first()
    return None if row is None else CourseRow(**row._mapping)


def of_lately(session: Session, actor: Actor) -> list[OpenLoopRow]:
    """The latest answered referrals of the agency, both ways, those without a report first; not endless."""
    received = _answered(session, Referral.to_agency_id == actor.agency_id, ("accepted", "done"), is_ours=True)
    sent = _answered(session, Referral.from_agency_id == actor.agency_id, ENDED, is_ours=False)
    latest = sorted(received + sent, key=lambda one: one.sent_at, reverse=True)[:LATELY]
    return sorted(latest, key=lambda one: one.state != "accepted")


def _answered(
    session: Session, agency: ColumnElement[bool], states: tuple[str, ...], *, is_ours: bool
) -> list[OpenLoopRow]:
    """One of the two ways, newest first by its own index: an agency's referrals are never read from end to end."""
    other = Referral.from_agency_id if is_ours else Referral.to_agency_id
    rows = session.execute(
        select(
            Referral.id,
            Referral.case_id,
            Case.reference,
            Referral.track,
            Referral.state,
            func.coalesce(Referral.decided_at, Referral.expired_at).label("decided_at"),
            Referral.sent_at,
            literal(is_ours).label("is_ours"),
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Case, Case.id == Referral.case_id)
        .join(Agency, Agency.id == other)
        .where(agency, Referral.state.in_(states))
        .order_by(Referral.sent_at.desc())
        .limit(LATELY)
    )
    return [OpenLoopRow(**row._mapping) for row in rows]


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
