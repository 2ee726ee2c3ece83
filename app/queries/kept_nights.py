"""Nights of stays that were erased, by month: no day of theirs is known any more, so a period counts whole months."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.models.companion import CompanionStay
from app.models.erasure import KeptNights
from app.models.placement import Bed, Stay
from app.models.record import RecordPerson
from app.security.actor import Actor
from app.vocabulary.period import Period, month

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MonthRow:
    """What a shelter's erased stays had in a month: nights by record, by person in the house, by person anywhere."""

    agency_id: UUID
    month: date
    is_cot: bool
    nights: int
    once_here: int
    once: int
    out_of_use: int
    """Those by record in beds that are out of use now: they are no part of what could be slept in otherwise."""

    def is_whole_in(self, period: Period) -> bool:
        """Whether the whole month belongs to the period: no day of it is known."""
        whole = month(self.month.year, self.month.month)
        return period.start <= whole.start and whole.end <= period.end

    def is_over(self, day: date) -> bool:
        """Whether the month had ended on a day, all its nights slept."""
        return month(self.month.year, self.month.month).end <= day


def by_month(session: Session, actor: Actor, period: Period, agency_id: UUID | None = None) -> list[MonthRow]:
    """Of each shelter and month that meets the period, also where the period cuts it."""
    met = [KeptNights.nights > 0, KeptNights.month < period.end, KeptNights.month >= period.start.replace(day=1)]
    if agency_id is not None:
        met.append(KeptNights.agency_id == agency_id)
    found = (
        select(
            KeptNights.agency_id,
            KeptNights.month,
            KeptNights.is_cot,
            func.sum(KeptNights.nights),
            func.sum(KeptNights.once_here),
            func.sum(KeptNights.once),
            func.sum(case((~Bed.is_active, KeptNights.nights), else_=0)),
        )
        .outerjoin(Stay, Stay.id == KeptNights.stay_id)
        .outerjoin(Bed, Bed.id == Stay.bed_id)
        .where(*met)
        .group_by(KeptNights.agency_id, KeptNights.month, KeptNights.is_cot)
        .order_by(KeptNights.month, KeptNights.agency_id, KeptNights.is_cot)
    )
    return [MonthRow(*row) for row in session.execute(found)]


@dataclass(frozen=True)
class Slept:
    """A stay as its nights are kept: whose, where, and when."""

    stay_id: UUID
    case_id: UUID
    record_id: UUID
    agency_id: UUID
    is_cot: bool
    arrived_on: date
    left_on: date | None

    def nights(self, today: date) -> set[date]:
        """The nights that were slept."""
        end = self.left_on or today
        return {self.arrived_on + A_DAY * number for number in range(max((end - self.arrived_on).days, 0))}


def of_person(session: Session, actor: Actor, case_id: UUID) -> list[Slept]:
    """The stays of a case and of every other record of the same person; for the system's `statistics`."""
    records = select(Stay.record_id).where(Stay.case_id == case_id)
    person = select(RecordPerson.person_id).where(RecordPerson.record_id.in_(records))
    linked = select(RecordPerson.record_id).where(RecordPerson.person_id.in_(person))
    found = (
        select(Stay.id, Stay.case_id, Stay.record_id, Stay.agency_id, Bed.is_cot, Stay.arrived_on, Stay.left_on)
        .join(Bed, Bed.id == Stay.bed_id)
        .where(or_(Stay.case_id == case_id, Stay.record_id.in_(linked)))
    )
    return [Slept(*row) for row in session.execute(found)]


def of_children(session: Session, actor: Actor, case_id: UUID) -> list[Slept]:
    """The times in a cot of the children who came with a resident, as nights of her stays; for `statistics`."""
    child = CompanionStay
    found = (
        select(child.stay_id, child.case_id, Stay.record_id, child.agency_id, child.arrived_on, child.left_on)
        .join(Stay, Stay.id == child.stay_id)
        .where(child.case_id == case_id, child.bed_id.is_not(None))
    )
    return [Slept(*row[:4], True, *row[4:]) for row in session.execute(found)]
