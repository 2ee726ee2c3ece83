"""Children who come along with a resident: they leave with her, and go on where she goes on. Inside others' acts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import case, exists, insert, or_, select, update

from app.models.companion import CompanionStay
from app.models.placement import Bed, Room
from app.models.void import BedVoid
from app.services.unit_of_work import Work

_child, _void = CompanionStay.__table__, BedVoid.__table__


@dataclass(frozen=True)
class Along:
    """A child as it goes on: how old, and in which cot it slept."""

    age: str
    bed_id: UUID | None


def of_stay(work: Work, stay_id: UUID) -> list[Along]:
    """The children who are with a resident now; to be asked before her stay ends."""
    found = select(CompanionStay.age, CompanionStay.bed_id).where(
        CompanionStay.stay_id == stay_id, CompanionStay.left_on.is_(None)
    )
    return [Along(*row) for row in work.session.execute(found.order_by(CompanionStay.recorded_at, CompanionStay.id))]


def leave_with(work: Work, stay_id: UUID, left_on: date) -> None:
    """They leave on her day, or on the day they came where that was later. The work must stand for the shelter."""
    day = case((CompanionStay.arrived_on > left_on, CompanionStay.arrived_on), else_=left_on)
    work.change(
        update(CompanionStay)
        .where(CompanionStay.stay_id == stay_id, CompanionStay.left_on.is_(None))
        .values(left_on=day)
    )


def follow(work: Work, stay_id: UUID, before: date, left_on: date) -> None:
    """A departure turns out to have been on another day: who left with her did so on that day too."""
    work.change(
        update(CompanionStay)
        .where(CompanionStay.stay_id == stay_id, CompanionStay.left_on == before, CompanionStay.arrived_on <= left_on)
        .values(left_on=left_on)
    )


def go_on(work: Work, along: list[Along], stay_id: UUID, stay: dict[str, Any]) -> None:
    """They go on beside her next stay: each in its cot where that is in the same house, else in a free one, nearest
    first. One for whom there is none sleeps with her and is shown so: for want of a cot nobody is turned away.
    """
    if not along:
        return
    free = free_cots(work, stay["bed_id"], stay["arrived_on"])
    kept = {one.bed_id for one in along if one.bed_id in free}
    others = [bed_id for bed_id in free if bed_id not in kept]
    rows = [
        {
            "id": uuid4(),
            "stay_id": stay_id,
            "bed_id": one.bed_id if one.bed_id in kept else (others.pop(0) if others else None),
            "age": one.age,
            "recorded_by_id": work.actor.member_id,
            "recorded_at": work.now,
            **{name: stay[name] for name in ("case_id", "agency_id", "arrived_on")},
        }
        for one in along
    ]
    work.session.execute(insert(CompanionStay), rows)


def free_cots(work: Work, beside_id: UUID, on: date) -> list[UUID]:
    """The cots of the house in which a bed stands that nobody has from a day on; those of the same room first."""
    room = select(Bed.room_id).where(Bed.id == beside_id).scalar_subquery()
    house = select(Room.premises_id).join(Bed, Bed.room_id == Room.id).where(Bed.id == beside_id).scalar_subquery()
    taken = exists().where(_child.c.bed_id == Bed.id, or_(_child.c.left_on.is_(None), _child.c.left_on > on))
    void = exists().where(
        _void.c.bed_id == Bed.id,
        or_(_void.c.to_on.is_(None), _void.c.to_on > on),
        or_(_void.c.to_on.is_(None), _void.c.to_on > _void.c.from_on),
    )
    found = (
        select(Bed.id)
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.is_cot, Bed.is_active, Room.premises_id == house, ~taken, ~void)
        .order_by(case((Bed.room_id == room, 0), else_=1), Room.name, Bed.name, Bed.id)
    )
    with work.as_system("placement"):
        return list(work.session.execute(found).scalars())
