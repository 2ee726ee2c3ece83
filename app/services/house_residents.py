"""Who lives in a house that must be left, or is expected there, as the house itself sees it: colleagues' bars aside.

What everybody in the house must do does not depend on who sees whose case: plans are made for all. Pages show a person
only to whom her case is open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.models.case import Case
from app.models.house_period import Relocation
from app.models.placement import Bed, BedHold, Room, Stay
from app.services.notices import Telling, tell
from app.services.stays import lead_of
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class Placed:
    """A stay or a booking in a house, and which agency leads the case."""

    id: UUID
    case_id: UUID
    lead_agency_id: UUID | None


@contextmanager
def as_the_house(work: Work, agency_id: UUID) -> Iterator[None]:
    """Through the shelter's own standing, in nobody's name."""
    with work.answering_for(agency_id, member_id=None, stands_for=frozenset()):
        yield


def residents(work: Work, agency_id: UUID, premises_id: UUID) -> list[Placed]:
    """Everybody who lives there now."""
    with as_the_house(work, agency_id):
        rows = work.session.execute(
            select(Stay, Case.lead_agency_id)
            .join(Bed, Bed.id == Stay.bed_id)
            .join(Room, Room.id == Bed.room_id)
            .outerjoin(Case, Case.id == Stay.case_id)
            .where(Stay.agency_id == agency_id, Room.premises_id == premises_id, Stay.left_on.is_(None))
            .order_by(Stay.arrived_on, Stay.id)
        ).all()
        return [Placed(stay.id, stay.case_id, lead or lead_of(work, stay)) for stay, lead in rows]


def displace_bookings(
    work: Work, agency_id: UUID, premises_id: UUID, from_on: date, to_on: date | None
) -> list[Placed]:
    """Bookings of the house that reach into [from_on, to_on) need another place; the house is told. Gives them."""
    beds = select(Bed.id).join(Room, Room.id == Bed.room_id).where(Room.premises_id == premises_id)
    met = [BedHold.bed_id.in_(beds), BedHold.state == "held", BedHold.to_on > from_on]
    if to_on is not None:
        met.append(BedHold.from_on < to_on)
    with as_the_house(work, agency_id):
        rows = work.session.execute(
            select(BedHold.id, BedHold.case_id, Case.lead_agency_id)
            .outerjoin(Case, Case.id == BedHold.case_id)
            .where(*met)
        ).all()
    found = [Placed(*row) for row in rows]
    if found:
        with work.as_system("placement"):
            held = BedHold.id.in_([one.id for one in found])
            work.change(update(BedHold).where(held).values(state="needs_place"))
        tell(work, [Telling(agency_id, "bed:needs_place", role="shelter_coordinator")])
    return found


def plan_moves(work: Work, agency_id: UUID, premises_id: UUID, period_id: UUID, *, is_secret: bool) -> list[Placed]:
    """Open a plan for each resident that has none in this period; gives all residents."""
    there = residents(work, agency_id, premises_id)
    with as_the_house(work, agency_id):
        planned = select(Relocation.case_id).where(Relocation.period_id == period_id)
        known = set(work.session.execute(planned).scalars())
        rows = [
            {
                "id": uuid4(),
                "case_id": one.case_id,
                "agency_id": agency_id,
                "premises_id": premises_id,
                "period_id": period_id,
                "stay_id": one.id,
                "is_secret": is_secret,
                "made_at": work.now,
            }
            for one in there
            if one.case_id not in known
        ]
        if rows:
            work.session.execute(insert(Relocation), rows)
    return there


def cancel_moves(work: Work, agency_id: UUID, period_id: UUID) -> None:
    """The plans of a period that is over for good: nobody has to leave any more."""
    with as_the_house(work, agency_id):
        work.change(
            update(Relocation)
            .where(Relocation.period_id == period_id, Relocation.cancelled_at.is_(None))
            .values(cancelled_at=work.now)
        )
