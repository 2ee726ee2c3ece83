"""Whom each shelter takes on a day, and the periods of one shelter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.intake import ShelterIntake
from app.models.placement import Shelter
from app.queries.periods import shut_shelters
from app.security.actor import Actor


@dataclass(frozen=True)
class PlaceRow:
    """A shelter with its agency's name and whom it takes on the day asked; None where that is not recorded.

    `shut`: why it takes nobody on that day, None where a house of it does.
    """

    shelter: Shelter
    intake: ShelterIntake | None
    name_en: str
    name_sq: str
    name_sr: str
    shut: str | None = None


@dataclass(frozen=True)
class PeriodRow:
    """One period of a shelter, and who recorded it."""

    intake: ShelterIntake
    set_by: str | None
    set_at: datetime

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while it holds until changed."""
        return self.intake.valid_to - timedelta(days=1) if self.intake.valid_to else None


def in_force(day: date) -> ColumnElement[bool]:
    """The period holds on the day."""
    return and_(ShelterIntake.valid_from <= day, or_(ShelterIntake.valid_to.is_(None), ShelterIntake.valid_to > day))


def _on(day: date) -> Select[Shelter, ShelterIntake, str, str, str]:
    return (
        select(Shelter, ShelterIntake, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Agency, Agency.id == Shelter.agency_id)
        .outerjoin(ShelterIntake, and_(ShelterIntake.agency_id == Shelter.agency_id, in_force(day)))
    )


def places_on(session: Session, actor: Actor, day: date) -> list[PlaceRow]:
    """All active shelters by name, as they are on a day."""
    rows = session.execute(_on(day).where(Agency.is_active.is_(True)).order_by(Agency.name_en, Agency.id))
    shut = shut_shelters(session, actor, day)
    return [PlaceRow(*row, shut.get(row[0].agency_id)) for row in rows]


def place_on(session: Session, actor: Actor, agency_id: UUID, day: date) -> PlaceRow | None:
    """One shelter as it is on a day; None where the agency is none."""
    row = session.execute(_on(day).where(Shelter.agency_id == agency_id)).first()
    return None if row is None else PlaceRow(*row, shut_shelters(session, actor, day).get(agency_id))


def periods(session: Session, actor: Actor, agency_id: UUID) -> list[PeriodRow]:
    """All periods of a shelter, the latest first."""
    rows = session.execute(
        select(ShelterIntake, Member.name, ShelterIntake.set_at)
        .outerjoin(Member, Member.id == ShelterIntake.set_by_id)
        .where(ShelterIntake.agency_id == agency_id)
        .order_by(ShelterIntake.valid_from.desc())
    )
    return [PeriodRow(*row) for row in rows]
