"""Training sessions on the procedure, of all agencies: they name nobody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.training import TrainingSession
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class SessionRow:
    """A session as the register lists it, with the agency that recorded it."""

    id: UUID
    held_on: date
    region: str
    agency_kind: str
    people: int
    topics: str
    procedure: str
    name_en: str
    name_sq: str
    name_sr: str


def listed(session: Session, actor: Actor, page: int = 1) -> list[SessionRow]:
    """The sessions, newest first: one page, and one row more to tell that there are more."""
    rows = session.execute(
        select(
            TrainingSession.id,
            TrainingSession.held_on,
            TrainingSession.region,
            TrainingSession.agency_kind,
            TrainingSession.people,
            TrainingSession.topics,
            TrainingSession.procedure,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == TrainingSession.agency_id)
        .order_by(TrainingSession.held_on.desc(), TrainingSession.recorded_at.desc(), TrainingSession.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [SessionRow(**row._mapping) for row in rows]
