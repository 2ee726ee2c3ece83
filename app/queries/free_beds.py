"""Beds that nobody has or expects today: how many a shelter has, and which. Runs as the system's placement actor."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists, or_, select, text, true
from sqlalchemy.orm import Session

from app.clock import local_day
from app.models.placement import Bed, BedHold, Room, Stay
from app.models.void import BedVoid
from app.models.workflow import Referral
from app.queries.houses import room_words
from app.queries.periods import shut_on
from app.security.actor import Actor

_stay, _hold, _void = Stay.__table__, BedHold.__table__, BedVoid.__table__


@dataclass(frozen=True)
class FreeBed:
    """A bed that can be given."""

    id: UUID
    agency_id: UUID
    room: str
    bed: str


def free(
    session: Session, actor: Actor, day: date, now: datetime, keeping: UUID | None = None, *, cots: bool = False
) -> list[FreeBed]:
    """The free beds of all shelters on a day, or their cots; what the case `keeping` has or holds is free for it.

    On a day to come the bed of a resident who is expected to leave by then is free; one who is overdue is still there.
    """
    taken = exists().where(
        _stay.c.bed_id == Bed.id, _stay.c.left_on.is_(None), _there_on(day, local_day(now)), _not_for(_stay, keeping)
    )
    held = exists().where(
        _hold.c.bed_id == Bed.id,
        _hold.c.state == "held",
        _not_for(_hold, keeping),
        _hold.c.from_on <= day,
        _hold.c.to_on > day,
        _hold.c.expires_at > now,
    )
    void = exists().where(
        _void.c.bed_id == Bed.id, _void.c.from_on <= day, or_(_void.c.to_on.is_(None), _void.c.to_on > day)
    )
    rows = session.execute(
        select(Bed.id, Bed.agency_id, room_words(), Bed.name)
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.is_active.is_(True), Bed.is_cot.is_(cots), ~taken, ~held, ~void)
        .where(~shut_on(Room.premises_id, day))
        .order_by(Bed.agency_id, text("room_words"), Bed.name)
    )
    return [FreeBed(*row) for row in rows]


def kept_for(session: Session, actor: Actor, referral_id: UUID, now: datetime) -> FreeBed | None:
    """The bed of the actor's shelter that is kept already for the person of a referral: an emergency's."""
    row = session.execute(
        select(Bed.id, Bed.agency_id, room_words(), Bed.name)
        .join(Room, Room.id == Bed.room_id)
        .join(BedHold, BedHold.bed_id == Bed.id)
        .join(Referral, Referral.case_id == BedHold.case_id)
        .where(
            Referral.id == referral_id,
            BedHold.agency_id == actor.agency_id,
            BedHold.state == "held",
            BedHold.expires_at > now,
        )
    ).first()
    return None if row is None else FreeBed(*row)


def _there_on(day: date, today: date) -> ColumnElement[bool]:
    until = _stay.c.expected_until
    return true() if day <= today else or_(until.is_(None), until > day, until < today)


def _not_for(table: Table | Any, case_id: UUID | None) -> ColumnElement[bool]:
    found: ColumnElement[bool] = true() if case_id is None else table.c.case_id != case_id
    return found
