"""Children who live with a resident, as the house records them: one who came along, one who has left."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.errors import Conflict, Invalid, NotFound
from app.models.companion import CompanionStay
from app.queries import companions
from app.queries.companions import CompanionRow, Cot
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.coming_along import free_cots
from app.services.placement_facts import lock_beds
from app.services.placing import write_placed
from app.services.stays import find_open
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.vocabulary import catalog


@dataclass(frozen=True)
class ChildPage:
    """A resident's stay and the cots that a child of hers can have."""

    stay_id: UUID
    cots: tuple[Cot, ...]


def page(work: Work, stay_id: UUID) -> Looked[ChildPage]:
    """What is asked of a child who came along; raises NotFound for a stay that is not open or not the house's."""
    stay = find_open(work, stay_id)
    free = companions.cots(work.session, work.actor, free_cots(work, stay.bed_id, work.today))
    return Looked(ChildPage(stay_id, tuple(free)), stay.case_id, detail={"stay": str(stay_id)})


def child(work: Work, companion_id: UUID) -> Looked[CompanionRow]:
    """One child who is with a resident of the house; raises NotFound, Conflict("child_has_left")."""
    found = companions.one(work.session, work.actor, companion_id)
    if found is None:
        raise NotFound
    if found.left_on is not None:
        raise Conflict("child_has_left")
    return Looked(found, found.case_id, detail={"companion": str(companion_id)})


def add(
    actor: Actor,
    stay_id: UUID,
    age: str,
    bed_id: UUID | None = None,
    arrived_on: date | None = None,
    once: Once | None = None,
) -> dict[str, str]:
    """Record a child who came along with a resident, in a cot of the house or without one of its own.

    Raises NotFound for a stay that is not open or not the house's, Invalid by field, Conflict("cot_taken").
    """
    with unit_of_work.write(actor) as work:
        companion_id = uuid4()
        made = {"companion_id": str(companion_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        stay, on = find_open(work, stay_id), arrived_on or work.today
        if age not in catalog.get("companion_age"):
            raise Invalid({"age": "unknown_choice"})
        if not stay.arrived_on <= on <= work.today:
            raise Invalid({"arrived_on": "date_in_future" if on > work.today else "before_arrival"})
        if bed_id is not None:
            lock_beds(work, [bed_id])
            if bed_id not in free_cots(work, stay.bed_id, on):
                raise Conflict("cot_taken")
        row = {"id": companion_id, "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
        asked = {"bed_id": bed_id, "age": age, "arrived_on": on}
        author = {"recorded_by_id": actor.member_id, "recorded_at": work.now}
        write_placed(work, insert(CompanionStay), [row | asked | author])
        work.audit("companion:added", stay.case_id, stay=stay.id, companion=companion_id)
        work.commit()
        return made


def leave(actor: Actor, companion_id: UUID, left_on: date | None = None, once: Once | None = None) -> None:
    """Record that a child has left before the resident.

    Raises NotFound, Conflict("child_has_left"), Invalid for a day that cannot be.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        found, on = child(work, companion_id).found, left_on or work.today
        if not found.arrived_on <= on <= work.today:
            raise Invalid({"left_on": "date_in_future" if on > work.today else "before_arrival"})
        work.change(update(CompanionStay).where(CompanionStay.id == companion_id).values(left_on=on))
        work.audit("companion:left", found.case_id, companion=companion_id)
        work.commit()
