"""Services that a shelter gives to a resident: rows of their own, beside those that advocates record by a step.

They count for nobody as assisted: whom a shelter helps, it has sheltered, and that is counted once.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.errors import Invalid, Refusal
from app.models.help import ServiceGiven
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.limit_page import Resident, resident_of
from app.services.stays import find_open, standing_of
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked

AT_MOST = 50


@dataclass(frozen=True)
class GivenRow:
    """A service and its day."""

    service: str
    occurred_on: date


@dataclass(frozen=True)
class ServicesPage:
    """What the shelter gave a resident."""

    resident: Resident
    given: tuple[GivenRow, ...]


def of_stay(work: Work, stay_id: UUID) -> Looked[ServicesPage]:
    """What the actor's own shelter gave a resident, newest first; raises NotFound for any other stay."""
    resident = resident_of(work, stay_id)
    table, case_id = ServiceGiven, resident.stay.case_id
    mine = (table.case_id == case_id, table.agency_id == work.actor.agency_id, table.voided_at.is_(None))
    asked = select(table.service, table.occurred_on).where(*mine).order_by(table.occurred_on.desc(), table.id)
    with work.answering_for(resident_agency(work)):
        rows = work.session.execute(asked.limit(AT_MOST)).all()
    page = ServicesPage(resident, tuple(GivenRow(*row) for row in rows))
    return Looked(page, case_id, detail={"stay": str(stay_id)})


def resident_agency(work: Work) -> UUID:
    """The actor's own shelter, through whose standing its staff on duty act."""
    assert work.actor.agency_id is not None  # noqa: S101 - only members come here
    return work.actor.agency_id


def record(actor: Actor, stay_id: UUID, services: list[str], on: date, once: Once | None = None) -> UUID:
    """Record services on a day; gives the stay.

    Raises NotFound for a stay that is not the shelter's or has ended, Invalid for a day before her arrival or to come,
    Refusal("shelter_is_no_party") where consent was withdrawn: then nothing more is recorded of her help.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {"stay_id": str(stay_id)}) is not None:
            return stay_id
        stay = find_open(work, stay_id)
        if not stay.arrived_on <= on <= work.today:
            raise Invalid({"on": "before_arrival" if on < stay.arrived_on else "date_in_future"})
        if not standing_of(work, stay).is_party(stay.agency_id):
            raise Refusal("shelter_is_no_party")
        own = {"case_id": stay.case_id, "agency_id": stay.agency_id, "member_id": actor.member_id}
        day = {"occurred_on": on, "recorded_at": work.now}
        with work.answering_for(stay.agency_id):
            rows = [{"id": uuid4(), **own, **day, "service": service} for service in services]
            work.session.execute(insert(ServiceGiven), rows)
        work.audit("service:given", stay.case_id, stay=stay_id, services=services)
        work.commit()
        return stay_id
