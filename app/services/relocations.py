"""Where the residents of a house that closes go, as the house plans it. After an alarm nobody writes it here."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from app.errors import Conflict, Invalid, NotFound, Refusal
from app.models.house_period import PremisesPeriod, Relocation
from app.models.placement import Shelter
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Once
from app.vocabulary import catalog

ELSEWHERE = "other_shelter"


@dataclass(frozen=True)
class Plan:
    """Where a resident goes and when: a code of the list destination, another shelter where it is one."""

    destination: str
    leave_on: date
    shelter_id: UUID | None = None


def plan(actor: Actor, relocation_id: UUID, wanted: Plan, once: Once | None = None) -> dict[str, str]:
    """Write down where a resident of the actor's own shelter goes. It moves nobody: the steps of her case do.

    Raises NotFound, Invalid by field, Refusal("placer_writes") after an alarm, Conflict("shut_is_over").
    """
    with unit_of_work.write(actor) as work:
        found = work.session.execute(
            select(Relocation, PremisesPeriod.ended_at)
            .join(PremisesPeriod, PremisesPeriod.id == Relocation.period_id)
            .where(Relocation.id == relocation_id, Relocation.agency_id == actor.agency_id)
        ).first()
        if found is None:
            raise NotFound
        row, ended_at = found
        made = {"period_id": str(row.period_id)}
        if work.once(once, made) is not None:
            return made
        if row.is_secret:
            raise Refusal("placer_writes")
        if ended_at is not None or row.cancelled_at is not None:
            raise Conflict("shut_is_over")
        shelters = set(work.session.execute(select(Shelter.agency_id)).scalars()) - {actor.agency_id}
        _check(wanted, work.today, shelters)
        values = {"destination": wanted.destination, "to_agency_id": wanted.shelter_id, "leave_on": wanted.leave_on}
        values |= {"planned_by_id": actor.member_id, "planned_at": work.now}
        work.change(update(Relocation).where(Relocation.id == relocation_id).values(**values))
        work.audit("move:planned", row.case_id, relocation=relocation_id)
        work.commit()
        return made


def _check(wanted: Plan, today: date, shelters: set[UUID]) -> None:
    faults = {}
    if wanted.destination not in catalog.get("destination"):
        faults["destination"] = "unknown_choice"
    if wanted.leave_on < today:
        faults["leave_on"] = "shut_in_past"
    if wanted.shelter_id is not None and (wanted.shelter_id not in shelters or wanted.destination != ELSEWHERE):
        faults["shelter"] = "unknown_choice"
    if faults:
        raise Invalid(faults)
