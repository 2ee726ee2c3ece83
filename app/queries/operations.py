"""Operations and venues of the police: those open to the reader, and what all of them come to for the supervisor."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from app.models.agency import Member
from app.models.case import Case
from app.models.operation import Operation, OperationCase, OperationMember, Venue, VenueVisit
from app.security.actor import Actor

PAGE = 25
AT_MOST = 100


@dataclass(frozen=True)
class OperationRow:
    """An operation as the list shows it."""

    id: UUID
    held_on: date
    kind: str
    reason: str
    venue: str
    venue_kind: str
    screened: int
    presumed: int
    arrests: int
    home_searches: int


@dataclass(frozen=True)
class VenueRow:
    """A venue as the list shows it, with how often it was visited."""

    id: UUID
    code: str
    kind: str
    region: str
    visits: int


@dataclass(frozen=True)
class Ratio:
    """What the operations of a kind came to in a year."""

    year: int
    kind: str
    number: int
    screened: int
    presumed: int
    arrests: int
    home_searches: int


def listed(session: Session, actor: Actor, page: int = 1) -> list[OperationRow]:
    """The operations open to the actor, newest first: one page, and one row more to tell that there are more."""
    rows = session.execute(
        select(
            Operation.id,
            Operation.held_on,
            Operation.kind,
            Operation.reason,
            Venue.code.label("venue"),
            Venue.kind.label("venue_kind"),
            Operation.screened,
            Operation.presumed,
            Operation.arrests,
            Operation.home_searches,
        )
        .join(Venue, Venue.id == Operation.venue_id)
        .where(Operation.agency_id == actor.agency_id)
        .order_by(Operation.held_on.desc(), Operation.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [OperationRow(**row._mapping) for row in rows]


def venues(session: Session, actor: Actor, page: int = 1) -> list[VenueRow]:
    """The agency's venues by code: one page, and one row more."""
    visits = select(func.count()).select_from(VenueVisit).where(VenueVisit.venue_id == Venue.id).scalar_subquery()
    rows = session.execute(
        select(Venue.id, Venue.code, Venue.kind, Venue.region, visits.label("visits"))
        .where(Venue.agency_id == actor.agency_id)
        .order_by(Venue.code)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [VenueRow(**row._mapping) for row in rows]


def visits_before(session: Session, venue_id: UUID, operation_id: UUID | None = None) -> list[date]:
    """The days of the other operations at a venue, the latest first, those too that the reader may not open."""
    asked = select(VenueVisit.held_on).where(VenueVisit.venue_id == venue_id)
    if operation_id is not None:
        asked = asked.where(VenueVisit.operation_id != operation_id)
    return list(session.execute(asked.order_by(VenueVisit.held_on.desc())).scalars())


def readers(session: Session, operation_id: UUID) -> list[tuple[UUID, str]]:
    """Who may open an operation besides the supervisor."""
    rows = session.execute(
        select(Member.id, Member.name)
        .join(OperationMember, OperationMember.member_id == Member.id)
        .where(OperationMember.operation_id == operation_id)
        .order_by(Member.name)
    )
    return [(row.id, row.name) for row in rows]


def cases(session: Session, operation_id: UUID) -> list[tuple[UUID, str]]:
    """The cases that began with an operation, as far as they are open to the reader."""
    rows = session.execute(
        select(Case.id, Case.reference)
        .join(OperationCase, OperationCase.case_id == Case.id)
        .where(OperationCase.operation_id == operation_id)
        .order_by(Case.reference)
        .limit(AT_MOST)
    )
    return [(row.id, row.reference) for row in rows]


def ratios(session: Session, actor: Actor) -> list[Ratio]:
    """The operations of the actor's agency by year and kind, the latest year first."""
    year = extract("year", Operation.held_on).label("year")
    rows = session.execute(
        select(
            year,
            Operation.kind,
            func.count().label("number"),
            *(
                func.sum(getattr(Operation, name)).label(name)
                for name in ("screened", "presumed", "arrests", "home_searches")
            ),
        )
        .where(Operation.agency_id == actor.agency_id)
        .group_by(year, Operation.kind)
        .order_by(year.desc(), Operation.kind)
    )
    return [Ratio(int(row.year), row.kind, *(int(number) for number in row[2:])) for row in rows]
