"""What the use of a bed does to its voids: who leaves makes one, who comes takes back one that was only planned."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, insert, or_, select, update

from app.models.placement import BedHold
from app.models.void import BedVoid
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work
from app.vocabulary.bed import TURNAROUND


def make_ready(work: Work, stay_id: UUID, bed_id: UUID, left_on: date, days: int) -> None:
    """The bed is void for so many days from the departure on, but never over a booking: a person comes first.

    The work must stand for the shelter.
    """
    with work.as_system("placement"):
        kept = select(func.min(BedHold.from_on)).where(
            BedHold.bed_id == bed_id, BedHold.state == "held", BedHold.expires_at > work.now, BedHold.to_on > left_on
        )
        booked = work.session.execute(kept).scalar_one()
    ready_on = left_on + timedelta(days=days)
    ready_on = min(ready_on, booked) if booked else ready_on
    if ready_on <= left_on:
        return
    free_lapsed(work, bed_id)
    days_of = {"from_on": left_on, "to_on": ready_on, "reason": TURNAROUND, "recorded_at": work.now}
    row = {"id": uuid4(), "agency_id": work.actor.agency_id, "bed_id": bed_id, "stay_id": stay_id}
    work.session.execute(insert(BedVoid), [row | {"made_by_id": work.actor.member_id} | days_of])


def free_lapsed(work: Work, bed_id: UUID) -> None:
    """A hold whose time is over keeps nobody out, whether or not the clock job has passed by."""
    with work.as_system("placement"):
        work.change(
            update(BedHold)
            .where(BedHold.bed_id == bed_id, BedHold.state == "held", BedHold.expires_at <= work.now)
            .values(state="expired")
        )


def give_way(work: Work, agency_id: UUID, bed_id: UUID, arrived_on: date) -> None:
    """Whoever arrives stays as long as she must: a void of her bed that was only planned is taken back, and told."""
    planned = update(BedVoid).where(
        BedVoid.agency_id == agency_id,
        BedVoid.bed_id == bed_id,
        BedVoid.from_on > max(arrived_on, work.today),
        or_(BedVoid.to_on.is_(None), BedVoid.to_on > BedVoid.from_on),
    )
    taken_back = planned.values(to_on=BedVoid.from_on, ended_at=work.now, ended_by_id=work.actor.member_id)
    if work.change(taken_back):
        tell(work, [Telling(agency_id, "bed:void_gave_way", role="shelter_coordinator")])


def follow(work: Work, stay_id: UUID, agency_id: UUID, left_on: date) -> None:
    """A departure turns out to have been on another day: the bed was made ready after it, not before."""
    own = (BedVoid.stay_id == stay_id, BedVoid.from_on < left_on)
    with work.answering_for(agency_id):
        work.change(update(BedVoid).where(*own, BedVoid.to_on < left_on).values(to_on=left_on))
        work.change(update(BedVoid).where(*own).values(from_on=left_on))
