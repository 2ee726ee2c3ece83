"""The beds of a shelter: who is in them, who is expected, on a day and the nights that follow.

As many statements for one bed as for a hundred. Nothing sealed is opened here; a case that is shut to the actor comes
without its reference.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, text
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.case import Case
from app.models.placement import Bed, BedHold, Room, Shelter, Stay, StayKey
from app.models.workflow import Referral
from app.queries.houses import room_words
from app.security.actor import Actor
from app.security.row_rules import PENDING

NIGHTS = 14
EXPECTED = ("held", "needs_place", "expired")


@dataclass(frozen=True)
class ShelterOf:
    """The shelter whose beds they are."""

    agency_id: UUID
    kind: str
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class BedRow:
    """A bed in its room."""

    id: UUID
    room: str
    name: str
    is_cot: bool
    is_active: bool
    premises_id: UUID


@dataclass(frozen=True)
class StayRow:
    """A stay with its safety minimum, still sealed, and the key wrapped for the shelter."""

    id: UUID
    case_id: UUID
    bed_id: UUID
    arrived_on: date
    expected_until: date | None
    left_on: date | None
    destination: str | None
    safety: bytes | None = field(repr=False)
    wrapped: bytes | None = field(repr=False)
    reference: str | None

    def covers(self, night: date) -> bool:
        """Whether she slept there in the night after that day, as far as it is known or expected."""
        end = self.left_on or self.expected_until
        return self.arrived_on <= night and (end is None or night < end)

    def is_overdue(self, day: date) -> bool:
        """Whether she was to leave before that day and is still there."""
        return self.left_on is None and self.expected_until is not None and self.expected_until < day


@dataclass(frozen=True)
class HoldRow:
    """A bed kept for someone who has not come."""

    id: UUID
    case_id: UUID
    bed_id: UUID
    from_on: date
    to_on: date
    expires_at: datetime
    state: str
    reference: str | None

    def is_live(self, now: datetime) -> bool:
        """Whether it still keeps the bed."""
        return self.state == "held" and self.expires_at > now

    def covers(self, night: date) -> bool:
        """Whether it keeps the bed in the night after that day."""
        return self.from_on <= night < self.to_on


def shelter_of(session: Session, actor: Actor) -> ShelterOf | None:
    """The actor's own shelter; None where her agency is none."""
    row = session.execute(
        select(Shelter.agency_id, Shelter.kind, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Agency, Agency.id == Shelter.agency_id)
        .where(Shelter.agency_id == actor.agency_id)
    ).first()
    return None if row is None else ShelterOf(*row)


def beds(session: Session, actor: Actor) -> list[BedRow]:
    """All beds of the actor's shelter, room by room."""
    rows = session.execute(
        select(Bed.id, room_words(), Bed.name, Bed.is_cot, Bed.is_active, Room.premises_id)
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.agency_id == actor.agency_id)
        .order_by(text("room_words"), Bed.is_cot, Bed.name)
    )
    return [BedRow(*row) for row in rows]


def stays(session: Session, actor: Actor, day: date, nights: int = NIGHTS) -> list[StayRow]:
    """The stays in the actor's shelter that touch the days from `day` on; the day of leaving counts."""
    return _stays(
        session,
        actor,
        Stay.arrived_on < day + timedelta(days=nights),
        or_(Stay.left_on.is_(None), Stay.left_on >= day),
    )


def one_stay(session: Session, actor: Actor, stay_id: UUID) -> StayRow | None:
    """A stay in the actor's shelter, also one that has ended."""
    return next(iter(_stays(session, actor, Stay.id == stay_id)), None)


def _stays(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> list[StayRow]:
    rows = session.execute(
        select(
            Stay.id,
            Stay.case_id,
            Stay.bed_id,
            Stay.arrived_on,
            Stay.expected_until,
            Stay.left_on,
            Stay.destination,
            Stay.safety,
            StayKey.wrapped,
            Case.reference,
        )
        .outerjoin(StayKey, StayKey.stay_id == Stay.id)
        .outerjoin(Case, Case.id == Stay.case_id)
        .where(Stay.agency_id == actor.agency_id, *conditions)
        .order_by(Stay.arrived_on, Stay.id)
    )
    return [StayRow(**row._mapping) for row in rows]


def holds(session: Session, actor: Actor, day: date, nights: int = NIGHTS) -> list[HoldRow]:
    """The bookings in the actor's shelter that are not settled: those to come, and those whose day has passed."""
    rows = session.execute(
        select(
            BedHold.id,
            BedHold.case_id,
            BedHold.bed_id,
            BedHold.from_on,
            BedHold.to_on,
            BedHold.expires_at,
            BedHold.state,
            Case.reference,
        )
        .outerjoin(Case, Case.id == BedHold.case_id)
        .where(
            BedHold.agency_id == actor.agency_id,
            BedHold.from_on < day + timedelta(days=nights),
            BedHold.state.in_(EXPECTED),
        )
        .order_by(BedHold.from_on, BedHold.id)
    )
    return [HoldRow(*row) for row in rows]


def asked(session: Session, actor: Actor) -> dict[UUID, UUID]:
    """The referrals that wait for the shelter's answer, by case: an emergency bed is kept before it is answered."""
    rows = session.execute(
        select(Referral.case_id, Referral.id).where(
            Referral.to_agency_id == actor.agency_id, Referral.track == "shelter", Referral.state.in_(PENDING)
        )
    )
    return {row.case_id: row.id for row in rows}
