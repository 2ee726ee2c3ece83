"""Where residents are expected: school, doctors, hearings. No call goes around the safe contact (decision 26)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.errors import Conflict, Invalid, NotFound
from app.models.house_life import Appointment
from app.queries import house_day as query
from app.queries.house_day import AppointmentRow
from app.security.actor import Actor
from app.services import house_keys, unit_of_work
from app.services.house_keys import HouseKeys
from app.services.limit_page import Resident, resident_of
from app.services.stays import find_open, standing_of
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked

TABLE = Appointment.__tablename__
BY_SAFE_CONTACT = "safe_contact"


@dataclass(frozen=True)
class Meeting:
    """One appointment, opened as far as the reader holds its key."""

    row: AppointmentRow
    note: str | None
    is_over: bool


@dataclass(frozen=True)
class NewAppointment:
    """When and with whom a resident is expected."""

    kind: str
    held_on: date
    goes_along: str
    reached_by: str
    begins_at: str | None = None
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class AppointmentsPage:
    """All appointments of a resident."""

    resident: Resident
    meetings: tuple[Meeting, ...]


def of_stay(work: Work, stay_id: UUID) -> Looked[AppointmentsPage]:
    """The appointments of a resident of the actor's own shelter; raises NotFound for any other stay."""
    resident = resident_of(work, stay_id)
    case_id = resident.stay.case_id
    mine = (Appointment.case_id == case_id, Appointment.agency_id == work.actor.agency_id)
    rows = query.appointments(work.session, work.actor, *mine)
    page = AppointmentsPage(resident, opened(work, rows, house_keys.of_house(work, [case_id])[case_id]))
    return Looked(page, case_id, detail={"stay": str(stay_id)})


def opened(work: Work, rows: list[AppointmentRow], keys: HouseKeys) -> tuple[Meeting, ...]:
    """Appointments with their notes."""
    return tuple(
        Meeting(row, keys.open(row.note, row.sealed_under, TABLE, "note", row.id), row.held_on <= work.today)
        for row in rows
    )


def plan(actor: Actor, stay_id: UUID, new: NewAppointment, once: Once | None = None) -> UUID:
    """Plan an appointment of a resident; gives its id.

    Raises NotFound for a stay that is not the shelter's or has ended, Invalid for a day before her arrival, or where
    the safe contact is to be used and the case has none.
    """
    with unit_of_work.write(actor) as work:
        row_id = uuid4()
        earlier = work.once(once, {"row_id": str(row_id)})
        if earlier is not None:
            return UUID(earlier["row_id"])
        stay = find_open(work, stay_id)
        if new.held_on < stay.arrived_on:
            raise Invalid({"held_on": "before_arrival"})
        if new.reached_by == BY_SAFE_CONTACT and not standing_of(work, stay).has_safe_contact:
            raise Invalid({"reached_by": "no_safe_contact"})
        keys = house_keys.of_house(work, [stay.case_id])[stay.case_id]
        row: dict[str, Any] = {"id": row_id, "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
        row |= {"kind": new.kind, "held_on": new.held_on, "begins_at": new.begins_at, "goes_along": new.goes_along}
        row |= {"reached_by": new.reached_by, "note": keys.seal(new.note, TABLE, "note", row_id)}
        row |= {"sealed_under": keys.under, "recorded_at": work.now, "member_id": actor.member_id}
        work.session.execute(insert(Appointment), [row])
        work.audit("appointment:planned", stay.case_id, appointment=row_id)
        work.commit()
        return row_id


def find(work: Work, appointment_id: UUID) -> AppointmentRow:
    """An appointment of the actor's own shelter; raises NotFound for any other."""
    mine = (Appointment.id == appointment_id, Appointment.agency_id == work.actor.agency_id)
    rows = query.appointments(work.session, work.actor, *mine)
    if not rows:
        raise NotFound
    return rows[0]


def one(work: Work, appointment_id: UUID) -> Looked[Meeting]:
    """One appointment, opened."""
    row = find(work, appointment_id)
    meeting = opened(work, [row], house_keys.of_house(work, [row.case_id])[row.case_id])[0]
    return Looked(meeting, row.case_id, detail={"appointment": str(appointment_id)})


def settle(actor: Actor, appointment_id: UUID, outcome: str, once: Once | None = None) -> UUID:
    """Record whether an appointment was kept; gives the stay in which it was planned.

    Raises NotFound, Conflict("settled_already"), Invalid where its day is still to come and it was not put off.
    """
    with unit_of_work.write(actor) as work:
        row = find(work, appointment_id)
        if work.once(once, {"stay_id": str(row.stay_id)}) is not None:
            return row.stay_id
        if row.held_on > work.today and outcome != "put_off":
            raise Invalid({"outcome": "appointment_to_come"})
        values: dict[str, Any] = {"outcome": outcome, "outcome_at": work.now, "outcome_by_id": actor.member_id}
        unsettled = (Appointment.id == appointment_id, Appointment.outcome.is_(None))
        if work.change(update(Appointment).where(*unsettled).values(**values)) == 0:
            raise Conflict("settled_already")
        work.audit("appointment:settled", row.case_id, appointment=appointment_id)
        work.commit()
        return row.stay_id
