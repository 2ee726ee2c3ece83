"""Leaving a shelter at high risk: the approvals asked, her wish, the safety plan offered. Nothing sealed is opened."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.case import Case, CaseParty
from app.models.leaving import ExitApproval, ExitWish, SafetyOffer
from app.models.placement import Stay
from app.models.workflow import WorkflowRun
from app.security.actor import Actor

APPROVERS = ("police", "prosecution")
MOST = 50


@dataclass(frozen=True)
class WishRow:
    """What she said of leaving; her words still sealed."""

    id: UUID
    wish: str
    said_on: date
    recorded_by: str
    words: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True)
class ApprovalRow:
    """An approval as it stands."""

    id: UUID
    stay_id: UUID
    case_id: UUID
    reference: str | None
    asked_kind: str
    asked_at: datetime
    is_approved: bool | None
    reason: str | None
    answered_on: date | None
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class OfferRow:
    """That a safety plan was offered, and what she said."""

    answer: str
    offered_on: date
    recorded_by: str


@dataclass(frozen=True)
class Exit:
    """What is recorded of a stay about leaving at high risk."""

    is_high: bool
    wish: WishRow | None
    approvals: tuple[ApprovalRow, ...]
    offer: OfferRow | None
    parties: frozenset[str]

    @property
    def given(self) -> frozenset[str]:
        """The kinds of agency whose latest answer is yes."""
        latest = {one.asked_kind: one for one in reversed(self.approvals)}
        return frozenset(kind for kind, one in latest.items() if one.is_approved)

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of agency that have not approved."""
        return tuple(kind for kind in APPROVERS if kind not in self.given)

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The kinds that are parties, have not approved, and have no question waiting."""
        waiting = {one.asked_kind for one in self.approvals if one.is_approved is None}
        return tuple(kind for kind in self.missing if kind in self.parties and kind not in waiting)

    @property
    def is_in_conflict(self) -> bool:
        """Whether she wishes to leave and an approval is missing or refused."""
        return self.is_high and self.wish is not None and self.wish.wish == "leave" and bool(self.missing)


def of_stay(session: Session, actor: Actor, stay_id: UUID, case_id: UUID) -> Exit:
    """All of it for a stay of the actor's shelter, as far as the case is open to the actor."""
    states = session.execute(select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)).scalar_one_or_none()
    kinds = select(CaseParty.agency_kind).where(CaseParty.case_id == case_id, CaseParty.ended_at.is_(None))
    return Exit(
        is_high=(states or {}).get("risk", "").endswith("_high"),
        wish=_wish(session, stay_id),
        approvals=tuple(_approvals(session, ExitApproval.stay_id == stay_id)),
        offer=_offer(session, stay_id),
        parties=frozenset(session.execute(kinds).scalars()),
    )


def _wish(session: Session, stay_id: UUID) -> WishRow | None:
    row = session.execute(
        select(ExitWish.id, ExitWish.wish, ExitWish.said_on, Member.name, ExitWish.words)
        .join(Member, Member.id == ExitWish.recorded_by_id)
        .where(ExitWish.stay_id == stay_id)
        .order_by(ExitWish.recorded_at.desc())
        .limit(1)
    ).first()
    return None if row is None else WishRow(*row)


def _offer(session: Session, stay_id: UUID) -> OfferRow | None:
    row = session.execute(
        select(SafetyOffer.answer, SafetyOffer.offered_on, Member.name)
        .join(Member, Member.id == SafetyOffer.recorded_by_id)
        .where(SafetyOffer.stay_id == stay_id)
        .order_by(SafetyOffer.recorded_at.desc())
        .limit(1)
    ).first()
    return None if row is None else OfferRow(*row)


def asked_of(session: Session, actor: Actor) -> list[ApprovalRow]:
    """What the actor's agency was asked in cases that are open to her: what waits first, then the latest answers."""
    return _approvals(session, ExitApproval.asked_agency_id == actor.agency_id)


def one(session: Session, actor: Actor, approval_id: UUID) -> ApprovalRow | None:
    """One question to the actor's agency; None for any other."""
    asked = (ExitApproval.asked_agency_id == actor.agency_id, ExitApproval.id == approval_id)
    return next(iter(_approvals(session, *asked)), None)


def wishes_to_leave(session: Session, actor: Actor, stay_id: UUID) -> WishRow | None:
    """What she said last, where that is that she wishes to leave."""
    wish = _wish(session, stay_id)
    return wish if wish is not None and wish.wish == "leave" else None


def has_left(session: Session, actor: Actor, stay_id: UUID) -> bool:
    """Whether the stay has ended."""
    left = session.execute(select(Stay.left_on).where(Stay.id == stay_id)).scalar_one_or_none()
    return left is not None


def _approvals(session: Session, *conditions: ColumnElement[bool]) -> list[ApprovalRow]:
    rows = session.execute(
        select(
            ExitApproval.id,
            ExitApproval.stay_id,
            ExitApproval.case_id,
            Case.reference,
            ExitApproval.asked_kind,
            ExitApproval.asked_at,
            ExitApproval.is_approved,
            ExitApproval.reason,
            ExitApproval.answered_on,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == ExitApproval.asked_agency_id)
        .outerjoin(Case, Case.id == ExitApproval.case_id)
        .where(*conditions)
        .order_by(ExitApproval.is_approved.is_not(None), ExitApproval.asked_at.desc(), ExitApproval.id)
        .limit(MOST)
    )
    return [ApprovalRow(**row._mapping) for row in rows]
