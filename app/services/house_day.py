"""The shelter on a day: who lives there, what each is still to be given, what comes, and what must be looked at."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.models.house_life import Appointment
from app.queries import beds, limits
from app.queries import house_day as query
from app.queries.beds import shelter_of
from app.queries.limits import LimitRow
from app.services import appointments, house_keys, house_texts, incident_page
from app.services.appointments import Meeting
from app.services.house_texts import Given
from app.services.incident_page import Step
from app.services.residents import Resident
from app.services.stays import opened_safety
from app.services.unit_of_work import Work
from app.services.viewing import Looked

DAYS_SHOWN = 14


@dataclass(frozen=True)
class Living:
    """A resident, with what stands and what is due of her."""

    resident: Resident
    due_texts: tuple[Given, ...]
    limits: tuple[LimitRow, ...]


@dataclass(frozen=True)
class Coming:
    """An appointment, and whose it is."""

    meeting: Meeting
    resident: Resident


@dataclass(frozen=True)
class HouseDay:
    """The page; None for residents where the actor's agency is no shelter."""

    is_shelter: bool
    today: date
    living: tuple[Living, ...] = ()
    coming: tuple[Coming, ...] = ()
    unsettled: tuple[Coming, ...] = ()
    texts: tuple[house_texts.TextInForce, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def due(self) -> tuple[Living, ...]:
        """Those to whom a text in force is still to be given."""
        return tuple(one for one in self.living if one.due_texts)

    @property
    def limited(self) -> tuple[Living, ...]:
        """Those whose movement is limited now."""
        return tuple(one for one in self.living if one.limits)


def today(work: Work) -> Looked[HouseDay]:
    """The actor's own shelter today."""
    if shelter_of(work.session, work.actor) is None:
        return Looked(HouseDay(is_shelter=False, today=work.today))
    residents = _residents(work)
    texts = house_texts.in_force(work)
    given = query.acknowledged(work.session, work.actor, residents)
    standing = limits.standing_now(work.session, work.actor, residents, work.today)
    living = tuple(
        Living(
            one,
            tuple(text for text in house_texts.given_of(texts, _of(given, case_id)) if text.is_due),
            tuple(row for row in standing if row.case_id == case_id),
        )
        for case_id, one in residents.items()
    )
    meetings = _meetings(work, residents)
    coming = tuple(one for one in meetings if one.meeting.row.held_on >= work.today)
    unsettled = tuple(one for one in meetings if one.meeting.row.held_on < work.today)
    page = HouseDay(True, work.today, living, coming, unsettled, texts, incident_page.open_steps(work))
    return Looked(page, shown=sorted(residents, key=str))


def _residents(work: Work) -> dict[UUID, Resident]:
    rows = (row for row in beds.stays(work.session, work.actor, work.today, 1) if row.left_on is None)
    return {
        row.case_id: Resident(
            row,
            str(opened_safety(work, row.id, row.safety, row.wrapped).get("alias", "")),
            row.is_overdue(work.today),
        )
        for row in rows
    }


def _of(rows: list[query.AcknowledgedRow], case_id: UUID) -> list[query.AcknowledgedRow]:
    return [row for row in rows if row.case_id == case_id]


def _meetings(work: Work, residents: dict[UUID, Resident]) -> list[Coming]:
    """Of those who live there now: what comes in the days shown, and what passed without anybody saying how it went."""
    until = work.today + timedelta(days=DAYS_SHOWN)
    open_now = (Appointment.outcome.is_(None), Appointment.held_on <= until)
    mine = (Appointment.agency_id == work.actor.agency_id, Appointment.case_id.in_(sorted(residents)))
    rows = query.appointments(work.session, work.actor, *mine, *open_now)
    keys = house_keys.of_house(work, residents)
    opened = (appointments.opened(work, [row], keys[row.case_id])[0] for row in rows)
    return [Coming(one, residents[one.row.case_id]) for one in opened]
