"""What an administrator sees: agencies, the people in them, duty rosters, rooms and beds. Nothing of any case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.clock import local_day
from app.models.agency import Agency, DutyShift, Member, MemberRole
from app.models.approval import Approval
from app.models.intake import ShelterIntake
from app.models.placement import Bed, Room, Shelter
from app.models.premises import Premises
from app.queries import directory, shelter_intake
from app.queries.directory import FocalRow
from app.security.actor import Actor


@dataclass(frozen=True)
class AgencyRow:
    """An agency with how many people work in it."""

    id: UUID
    key: str
    kind: str
    region: str | None
    name_en: str
    name_sq: str
    name_sr: str
    is_active: bool
    people: int


@dataclass(frozen=True)
class MemberRow:
    """A person with her roles."""

    id: UUID
    agency_id: UUID
    sign_in: str
    name: str
    language: str
    sex: str
    duty_phone: str | None
    is_active: bool
    waits: bool
    roles: tuple[str, ...]


@dataclass(frozen=True)
class ShiftRow:
    """Someone on duty, now or later."""

    id: UUID
    name: str
    rank: int
    phone: str
    languages: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None

    @property
    def last_day(self) -> date | None:
        """The last day of it; a shift ends at midnight after."""
        return None if self.ends_at is None else local_day(self.ends_at - timedelta(seconds=1))


@dataclass(frozen=True)
class BedRow:
    """A bed."""

    id: UUID
    name: str
    is_active: bool


@dataclass(frozen=True)
class RoomRow:
    """A room with its beds."""

    name: str
    beds: list[BedRow]


@dataclass(frozen=True)
class HouseRow:
    """A house with its rooms."""

    id: UUID
    name: str
    rooms: list[RoomRow]


_PEOPLE = (
    select(func.count())
    .select_from(Member)
    .where(Member.agency_id == Agency.id, Member.is_active.is_(True))
    .correlate(Agency)
    .scalar_subquery()
)
_AGENCY = (
    Agency.id,
    Agency.key,
    Agency.kind,
    Agency.region,
    Agency.name_en,
    Agency.name_sq,
    Agency.name_sr,
    Agency.is_active,
    _PEOPLE,
)
_ROLES = (
    select(func.aggregate_strings(MemberRole.role, ","))
    .where(MemberRole.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
)
_WAITS = (
    select(Approval.id).where(Approval.subject_id == Member.id, Approval.state == "asked").correlate(Member).exists()
)
_MEMBER = (
    Member.id,
    Member.agency_id,
    Member.sign_in,
    Member.name,
    Member.language,
    Member.sex,
    Member.duty_phone,
    Member.is_active,
    _WAITS,
    _ROLES,
)


def agencies(session: Session, actor: Actor) -> list[AgencyRow]:
    """All agencies, those that take part first, by kind and name."""
    rows = session.execute(select(*_AGENCY).order_by(Agency.is_active.desc(), Agency.kind, Agency.name_en, Agency.id))
    return [AgencyRow(*row) for row in rows]


def agency(session: Session, actor: Actor, agency_id: UUID) -> AgencyRow | None:
    """One agency."""
    row = session.execute(select(*_AGENCY).where(Agency.id == agency_id)).first()
    return None if row is None else AgencyRow(*row)


@dataclass(frozen=True)
class AgencyPage:
    """An agency with all that is administered of it."""

    agency: AgencyRow
    members: list[MemberRow]
    shifts: list[ShiftRow]
    shelter: Shelter | None
    intake: ShelterIntake | None
    houses: list[HouseRow]
    focal_points: tuple[FocalRow, ...]


def whole_agency(session: Session, actor: Actor, agency_id: UUID, now: datetime) -> AgencyPage | None:
    """One agency with its people, roster and rooms; None where there is no such agency."""
    found = agency(session, actor, agency_id)
    if found is None:
        return None
    place = shelter_intake.place_on(session, actor, agency_id, local_day(now))
    return AgencyPage(
        found,
        members(session, actor, agency_id),
        shifts(session, actor, agency_id, now),
        place.shelter if place else None,
        place.intake if place else None,
        houses(session, actor, agency_id),
        tuple(directory.focal_points(session, actor, agency_id)),
    )


def members(session: Session, actor: Actor, agency_id: UUID) -> list[MemberRow]:
    """The people of an agency, those who work there now first."""
    rows = session.execute(
        select(*_MEMBER).where(Member.agency_id == agency_id).order_by(Member.is_active.desc(), Member.name, Member.id)
    )
    return [_member(row) for row in rows]


def member(session: Session, actor: Actor, member_id: UUID) -> MemberRow | None:
    """One person."""
    row = session.execute(select(*_MEMBER).where(Member.id == member_id)).first()
    return None if row is None else _member(row)


def _member(row: Sequence[Any]) -> MemberRow:
    *own, roles = row
    return MemberRow(*own, tuple(sorted(roles.split(","))) if roles else ())  # type: ignore[call-arg]


def shifts(session: Session, actor: Actor, agency_id: UUID, now: datetime) -> list[ShiftRow]:
    """Who is on duty now or will be, in the order of calling."""
    rows = session.execute(
        select(
            DutyShift.id,
            Member.name,
            DutyShift.rank,
            DutyShift.phone,
            DutyShift.languages,
            DutyShift.starts_at,
            DutyShift.ends_at,
        )
        .join(Member, Member.id == DutyShift.member_id)
        .where(
            DutyShift.agency_id == agency_id,
            or_(DutyShift.ends_at.is_(None), DutyShift.ends_at > now),
        )
        .order_by(DutyShift.rank, DutyShift.starts_at, DutyShift.id)
    )
    return [ShiftRow(*row[:4], tuple(row[4].split()), *row[5:]) for row in rows]


def shelter(session: Session, actor: Actor, agency_id: UUID) -> Shelter | None:
    """Whom a shelter takes; None where the agency is none."""
    return session.get(Shelter, agency_id)


def houses(session: Session, actor: Actor, agency_id: UUID) -> list[HouseRow]:
    """The houses of a shelter, each with its rooms and their beds, those out of use too."""
    rows = session.execute(
        select(Premises.id, Premises.name, Room.id, Room.name, Bed.id, Bed.name, Bed.is_active)
        .outerjoin(Room, Room.premises_id == Premises.id)
        .outerjoin(Bed, Bed.room_id == Room.id)
        .where(Premises.agency_id == agency_id)
        .order_by(Premises.name, Premises.id, Room.name, Room.id, Bed.name, Bed.id)
    )
    found: dict[UUID, HouseRow] = {}
    beds: dict[UUID, list[BedRow]] = {}
    for house_id, house, room_id, room, bed_id, bed, is_active in rows:
        known = found.setdefault(house_id, HouseRow(house_id, house, []))
        if room_id is not None and room_id not in beds:
            known.rooms.append(RoomRow(room, beds.setdefault(room_id, [])))
        if bed_id is not None:
            beds[room_id].append(BedRow(bed_id, bed, is_active))
    return list(found.values())
