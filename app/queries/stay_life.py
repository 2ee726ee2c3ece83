"""What the house records of its stays beside their days: overstay, transfer, earlier stays, days to check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Member
from app.models.placement import Stay
from app.models.stay_life import Overstay, StayConflict, StayCorrection, StayTransfer
from app.security.actor import Actor

MOST = 50
WITHIN = "other_bed"


@dataclass(frozen=True)
class OverstayRow:
    """Who agreed that she stays after her expected end and until when, or that nobody did."""

    stay_id: UUID
    expected_until: date
    is_agreed: bool
    agreed_until: date | None
    agreed_by: str
    reason: str
    decided_on: date
    recorded_by: str

    def stands(self, expected_until: date | None, today: date) -> bool:
        """Whether it says of the end that has passed, and of today, that she may stay."""
        is_of_this_end = self.is_agreed and self.expected_until == expected_until
        return is_of_this_end and self.agreed_until is not None and self.agreed_until >= today


@dataclass(frozen=True)
class TransferRow:
    """Why she goes on to another place."""

    kind: str
    reason: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class OtherStay:
    """Another stay of the same person, before or after; `is_own` where it is in the same house."""

    id: UUID
    arrived_on: date
    left_on: date | None
    is_own: bool


@dataclass(frozen=True)
class CorrectionRow:
    """That the day of leaving was put right."""

    before_on: date
    after_on: date
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class ToCheck:
    """A stay whose days need checking."""

    id: UUID
    stay_id: UUID
    case_id: UUID
    event_id: UUID | None
    found_at: datetime
    arrived_on: date
    left_on: date | None


def overstays(session: Session, actor: Actor, stay_ids: Sequence[UUID]) -> list[OverstayRow]:
    """What was decided of overstays in the actor's shelter, latest first."""
    rows = session.execute(
        select(
            Overstay.stay_id,
            Overstay.expected_until,
            Overstay.is_agreed,
            Overstay.agreed_until,
            Overstay.agreed_by,
            Overstay.reason,
            Overstay.decided_on,
            Member.name,
        )
        .join(Member, Member.id == Overstay.recorded_by_id)
        .where(Overstay.stay_id.in_(stay_ids), Overstay.agency_id == actor.agency_id)
        .order_by(Overstay.recorded_at.desc(), Overstay.id)
    )
    return [OverstayRow(*row) for row in rows]


def transfer(session: Session, actor: Actor, stay_id: UUID) -> TransferRow | None:
    """Why she went on from a stay, as it was said last."""
    row = session.execute(
        select(StayTransfer.kind, StayTransfer.reason, StayTransfer.recorded_at, Member.name)
        .join(Member, Member.id == StayTransfer.recorded_by_id)
        .where(StayTransfer.stay_id == stay_id)
        .order_by(StayTransfer.recorded_at.desc())
        .limit(1)
    ).first()
    return None if row is None else TransferRow(*row)


def corrections(session: Session, actor: Actor, stay_id: UUID) -> list[CorrectionRow]:
    """How the day of leaving was put right, latest first."""
    rows = session.execute(
        select(StayCorrection.before_on, StayCorrection.after_on, StayCorrection.recorded_at, Member.name)
        .join(Member, Member.id == StayCorrection.recorded_by_id)
        .where(StayCorrection.stay_id == stay_id)
        .order_by(StayCorrection.recorded_at.desc())
        .limit(MOST)
    )
    return [CorrectionRow(*row) for row in rows]


def before_and_after(session: Session, actor: Actor, stay_id: UUID) -> tuple[OtherStay | None, OtherStay | None]:
    """The stay that this one goes on from and the one that goes on from it, where the actor may see them."""
    this = aliased(Stay)
    columns = (Stay.id, Stay.arrived_on, Stay.left_on, Stay.agency_id)
    earlier = select(*columns).join(this, this.previous_stay_id == Stay.id).where(this.id == stay_id)
    later = select(*columns).where(Stay.previous_stay_id == stay_id)
    return _other(session, actor, earlier), _other(session, actor, later)


def _other(session: Session, actor: Actor, found: object) -> OtherStay | None:
    row = session.execute(found.limit(1)).first()  # type: ignore[attr-defined]
    return None if row is None else OtherStay(row.id, row.arrived_on, row.left_on, row.agency_id == actor.agency_id)


def been_before(session: Session, actor: Actor, stay_id: UUID) -> OtherStay | None:
    """The last stay of the same record in the actor's shelter that had ended, for good, before this one began."""
    this = aliased(Stay)
    row = session.execute(
        select(Stay.id, Stay.arrived_on, Stay.left_on)
        .join(this, this.record_id == Stay.record_id)
        .where(
            this.id == stay_id,
            Stay.id != stay_id,
            Stay.agency_id == actor.agency_id,
            Stay.left_on <= this.arrived_on,
            Stay.destination != WITHIN,
        )
        .order_by(Stay.left_on.desc())
        .limit(1)
    ).first()
    return None if row is None else OtherStay(row.id, row.arrived_on, row.left_on, is_own=True)


def to_check(session: Session, actor: Actor, stay_id: UUID | None = None) -> list[ToCheck]:
    """The stays of the actor's shelter whose days need checking, oldest first; or one of them."""
    open_ones = (StayConflict.agency_id == actor.agency_id, StayConflict.settled_at.is_(None))
    one = () if stay_id is None else (StayConflict.stay_id == stay_id,)
    rows = session.execute(
        select(
            StayConflict.id,
            StayConflict.stay_id,
            StayConflict.case_id,
            Stay.event_id,
            StayConflict.found_at,
            Stay.arrived_on,
            Stay.left_on,
        )
        .join(Stay, Stay.id == StayConflict.stay_id)
        .where(*open_ones, *one)
        .order_by(StayConflict.found_at, StayConflict.id)
        .limit(MOST)
    )
    return [ToCheck(*row) for row in rows]
