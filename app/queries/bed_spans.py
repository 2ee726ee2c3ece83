"""From when until when beds are taken or kept, of one house or of all: no person in it. Runs as the system's placement.

Boards need it twice: a place shows others how many beds are free, and a bed whose resident is shut to a reader must not
look free to her.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.placement import Bed, BedHold, Room, Shelter, Stay
from app.models.premises import Premises
from app.models.void import BedVoid
from app.queries.periods import takes_people
from app.security.actor import Actor

STAY, HOLD, VOID = "stay", "hold", "void"


@dataclass(frozen=True)
class Span:
    """A bed taken by a stay, kept by a booking that has not run out, or void. Nobody may know until when."""

    id: UUID
    bed_id: UUID
    kind: str
    from_on: date
    until: date | None
    has_left: bool

    def covers(self, night: date, today: date) -> bool:
        """Whether the bed is not to be had in the night after that day; who should have left has it until she does."""
        return self.from_on <= night < self.end(today)

    def end(self, today: date) -> date:
        """The first day on which the bed can be had again, as far as it is known."""
        if self.until is None:
            return date.max
        if self.kind != STAY or self.has_left:
            return self.until
        return date.max if self.until < today else max(self.until, today + timedelta(days=1))


@dataclass(frozen=True)
class PlaceBed:
    """A bed, whose it is, and in which of the place's houses, by the name that says nothing of where it is."""

    id: UUID
    agency_id: UUID
    is_active: bool
    house: str
    premises_id: UUID


@dataclass(frozen=True)
class PlaceRow:
    """A shelter: its names, its kind and whether it takes new people now."""

    id: UUID
    kind: str
    is_open: bool
    name_en: str
    name_sq: str
    name_sr: str


def spans(
    session: Session, actor: Actor, first: date, end: date, now: datetime, agency_id: UUID | None = None
) -> list[Span]:
    """All that keeps beds in the nights from the first day on, before the end, in one statement."""
    left: Any = Stay.left_on
    stays = select(
        Stay.id, Stay.bed_id, literal(STAY), Stay.arrived_on, Stay.expected_until, Stay.left_on.label("left_on")
    ).where(Stay.arrived_on < end, or_(left.is_(None), left > first), *_of(Stay.agency_id, agency_id))
    holds = select(
        BedHold.id, BedHold.bed_id, literal(HOLD), BedHold.from_on, BedHold.to_on, null().cast(Date).label("left_on")
    ).where(
        BedHold.state == "held",
        BedHold.expires_at > now,
        BedHold.from_on < end,
        BedHold.to_on > first,
        *_of(BedHold.agency_id, agency_id),
    )
    voids = select(
        BedVoid.id, BedVoid.bed_id, literal(VOID), BedVoid.from_on, BedVoid.to_on, null().cast(Date).label("left_on")
    ).where(
        BedVoid.from_on < end, or_(BedVoid.to_on.is_(None), BedVoid.to_on > first), *_of(BedVoid.agency_id, agency_id)
    )
    found: Any = session.execute(union_all(stays, holds, voids))
    return [Span(row[0], row[1], row[2], row[3], row[5] or row[4], row[5] is not None) for row in found]


def beds(session: Session, actor: Actor, agency_id: UUID | None = None) -> list[PlaceBed]:
    """All beds but cots."""
    found = (
        select(Bed.id, Bed.agency_id, Bed.is_active, Premises.name, Premises.id)
        .join(Room, Room.id == Bed.room_id)
        .join(Premises, Premises.id == Room.premises_id)
        .where(Bed.is_cot.is_(False), *_of(Bed.agency_id, agency_id))
    )
    return [PlaceBed(*row) for row in session.execute(found.order_by(Bed.agency_id, Premises.name, Bed.name))]


def places(session: Session, actor: Actor, day: date, agency_id: UUID | None = None) -> list[PlaceRow]:
    """All shelters as they are on a day, by kind and name."""
    found = (
        select(
            Shelter.agency_id,
            Shelter.kind,
            takes_people(Shelter.agency_id, day),
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == Shelter.agency_id)
        .where(Agency.is_active, *_of(Shelter.agency_id, agency_id))
        .order_by(Shelter.kind, Agency.name_en)
    )
    return [PlaceRow(*row) for row in session.execute(found)]


def _of(column: Any, agency_id: UUID | None) -> list[ColumnElement[bool]]:
    return [] if agency_id is None else [column == agency_id]
