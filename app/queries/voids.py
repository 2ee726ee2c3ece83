"""Beds out of use: those of the actor's shelter, one of them with its changes, and how long a bed is made ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Member
from app.models.placement import Bed, Room
from app.models.void import BedVoid, Turnaround, VoidRevision
from app.queries.houses import room_words
from app.security.actor import Actor

KEPT = 50
REVISIONS = 50


@dataclass(frozen=True)
class VoidRow:
    """A bed out of use, [from, to). With no end it is not known until when."""

    id: UUID
    bed_id: UUID
    from_on: date
    to_on: date | None
    reason: str
    ended_at: datetime | None
    recorded_at: datetime
    made_by: str
    ended_by: str | None

    def covers(self, night: date) -> bool:
        """Whether nobody can sleep there in the night after that day."""
        return self.from_on <= night and (self.to_on is None or night < self.to_on)

    def is_over(self, today: date) -> bool:
        """Whether the bed is in use again, or the void was taken back before it began."""
        return self.to_on is not None and (self.to_on <= today or self.to_on == self.from_on)

    @property
    def was_taken_back(self) -> bool:
        """Whether it never was: taken back, or given way to somebody, before its first day."""
        return self.to_on == self.from_on


@dataclass(frozen=True)
class RevisionRow:
    """That the end was changed."""

    recorded_at: datetime
    changed_by: str
    before_on: date | None
    after_on: date | None


@dataclass(frozen=True)
class BedName:
    """A bed of the shelter by its room and name."""

    id: UUID
    room: str
    name: str
    is_cot: bool


def on_board(session: Session, actor: Actor, day: date, nights: int) -> list[VoidRow]:
    """The voids of the actor's shelter that touch the nights from a day on."""
    last = day + timedelta(days=nights)
    there = or_(BedVoid.to_on.is_(None), BedVoid.to_on > day)
    return _rows(session, BedVoid.agency_id == actor.agency_id, BedVoid.from_on < last, there)


def of_bed(session: Session, actor: Actor, bed_id: UUID) -> list[VoidRow]:
    """The latest voids of a bed of the actor's shelter."""
    return _rows(session, BedVoid.agency_id == actor.agency_id, BedVoid.bed_id == bed_id, most=KEPT)


def one(session: Session, actor: Actor, void_id: UUID) -> VoidRow | None:
    """A void of a bed of the actor's shelter; None for any other."""
    found = _rows(session, BedVoid.agency_id == actor.agency_id, BedVoid.id == void_id)
    return found[0] if found else None


def _rows(session: Session, *conditions: ColumnElement[bool], most: int | None = None) -> list[VoidRow]:
    ender = aliased(Member)
    rows = session.execute(
        select(
            BedVoid.id,
            BedVoid.bed_id,
            BedVoid.from_on,
            BedVoid.to_on,
            BedVoid.reason,
            BedVoid.ended_at,
            BedVoid.recorded_at,
            Member.name,
            ender.name,
        )
        .join(Member, Member.id == BedVoid.made_by_id)
        .outerjoin(ender, ender.id == BedVoid.ended_by_id)
        .where(*conditions)
        .order_by(BedVoid.from_on.desc(), BedVoid.recorded_at.desc(), BedVoid.id)
        .limit(most)
    )
    return [VoidRow(*row) for row in rows]


def revisions(session: Session, actor: Actor, void_id: UUID) -> Sequence[RevisionRow]:
    """How the end of a void was changed, latest first."""
    rows = session.execute(
        select(VoidRevision.recorded_at, Member.name, VoidRevision.before_on, VoidRevision.after_on)
        .join(Member, Member.id == VoidRevision.changed_by_id)
        .where(VoidRevision.void_id == void_id)
        .order_by(VoidRevision.recorded_at.desc(), VoidRevision.id)
        .limit(REVISIONS)
    )
    return [RevisionRow(*row) for row in rows]


def bed(session: Session, actor: Actor, bed_id: UUID) -> BedName | None:
    """A bed of the actor's shelter that has not been retired; None for any other."""
    row = session.execute(
        select(Bed.id, room_words(), Bed.name, Bed.is_cot)
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.id == bed_id, Bed.agency_id == actor.agency_id, Bed.is_active)
    ).first()
    return None if row is None else BedName(*row)


def turnaround(session: Session, actor: Actor) -> int:
    """For how many days the actor's shelter makes a bed ready after a departure."""
    days = select(Turnaround.days).where(Turnaround.agency_id == actor.agency_id)
    return session.execute(days).scalar_one_or_none() or 0
