"""Children who live with residents, as their house sees them: how old, in which cot, from when until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.models.companion import CompanionStay
from app.models.placement import Bed, Room
from app.queries.houses import room_words
from app.security.actor import Actor

MOST = 50


@dataclass(frozen=True)
class CompanionRow:
    """One child beside a resident."""

    id: UUID
    stay_id: UUID
    case_id: UUID
    bed_id: UUID | None
    age: str
    arrived_on: date
    left_on: date | None


@dataclass(frozen=True)
class Cot:
    """A cot by its room and name."""

    id: UUID
    room: str
    name: str


def on_board(session: Session, actor: Actor, day: date, nights: int) -> list[CompanionRow]:
    """The children of the actor's shelter who touch the nights from a day on."""
    there = or_(CompanionStay.left_on.is_(None), CompanionStay.left_on >= day)
    last = day + timedelta(days=nights)
    return _rows(session, CompanionStay.agency_id == actor.agency_id, CompanionStay.arrived_on < last, there)


def of_stay(session: Session, actor: Actor, stay_id: UUID) -> list[CompanionRow]:
    """The children beside one resident of the actor's shelter, those who left too."""
    own = (CompanionStay.agency_id == actor.agency_id, CompanionStay.stay_id == stay_id)
    return _rows(session, *own, most=MOST)


def one(session: Session, actor: Actor, companion_id: UUID) -> CompanionRow | None:
    """One child beside a resident of the actor's shelter; None for any other."""
    found = _rows(session, CompanionStay.agency_id == actor.agency_id, CompanionStay.id == companion_id)
    return found[0] if found else None


def _rows(session: Session, *conditions: ColumnElement[bool], most: int | None = None) -> list[CompanionRow]:
    rows = session.execute(
        select(
            CompanionStay.id,
            CompanionStay.stay_id,
            CompanionStay.case_id,
            CompanionStay.bed_id,
            CompanionStay.age,
            CompanionStay.arrived_on,
            CompanionStay.left_on,
        )
        .where(*conditions)
        .order_by(CompanionStay.arrived_on, CompanionStay.recorded_at, CompanionStay.id)
        .limit(most)
    )
    return [CompanionRow(*row) for row in rows]


def cots(session: Session, actor: Actor, ids: list[UUID]) -> list[Cot]:
    """Cots by their names, in the order of the ids."""
    rows = session.execute(
        select(Bed.id, room_words(), Bed.name).join(Room, Room.id == Bed.room_id).where(Bed.id.in_(ids))
    )
    named = {row.id: Cot(*row) for row in rows}
    return [named[cot_id] for cot_id in ids if cot_id in named]
