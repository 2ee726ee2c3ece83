"""Someone in a bed, as the house knows her: opened with the stay's own key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.queries import periods
from app.queries.beds import BedRow, StayRow
from app.queries.companions import CompanionRow
from app.queries.stay_life import OverstayRow
from app.services.stays import opened_safety
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class Resident:
    """Someone in a bed, by the name that she uses in the house and no other."""

    stay: StayRow
    alias: str
    is_overdue: bool
    agreed_until: date | None = None
    children: tuple[CompanionRow, ...] = ()


def opened(
    work: Work,
    stay: StayRow,
    must_go: Collection[UUID] = (),
    decided: Sequence[OverstayRow] = (),
    children: Sequence[CompanionRow] = (),
) -> Resident:
    """Who she is in the house, without a name once she has left; with what was decided of her overstay, latest first,
    and the children who are with her. `must_go`: beds of houses that were to be left.
    """
    safety = opened_safety(work, stay.id, stay.safety, stay.wrapped)
    is_overdue = stay.is_overdue(work.today) or (stay.left_on is None and stay.bed_id in must_go)
    latest = next((one for one in decided if one.stay_id == stay.id), None)
    stands = latest is not None and latest.stands(stay.expected_until, work.today)
    agreed = latest.agreed_until if latest and stands else None
    own = tuple(one for one in children if one.stay_id == stay.id and one.left_on is None)
    return Resident(stay, safety.get("alias", ""), is_overdue, agreed, own)


def to_be_left(work: Work, beds: list[BedRow]) -> frozenset[UUID]:
    """The beds of houses that were to be left by today: closed, or their location known."""
    if work.actor.agency_id is None:
        return frozenset()
    days = periods.leave_by(work.session, work.actor, work.actor.agency_id)
    return frozenset(bed.id for bed in beds if bed.premises_id in days and days[bed.premises_id] <= work.today)
