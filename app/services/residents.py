"""Someone in a bed, as the house knows her: opened with the stay's own key."""

from dataclasses import dataclass

from app.queries.beds import StayRow
from app.services.stays import opened_safety
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class Resident:
    """Someone in a bed, by the name that she uses in the house and no other."""

    stay: StayRow
    alias: str
    is_overdue: bool


def opened(work: Work, stay: StayRow) -> Resident:
    """Who she is in the house; without a name once she has left."""
    safety = opened_safety(work, stay.id, stay.safety, stay.wrapped)
    return Resident(stay, safety.get("alias", ""), stay.is_overdue(work.today))
