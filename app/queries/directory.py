"""Whom and what a form can name: agencies with who is on duty there, colleagues, shelters."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.models.agency import Agency, DutyShift, FocalPoint, Member
from app.models.placement import Bed, Shelter
from app.security.actor import Actor


@dataclass(frozen=True)
class OnDuty:
    """Someone who can be called for an agency now, with her number."""

    member_id: UUID
    name: str
    phone: str
    languages: str


@dataclass(frozen=True)
class FocalRow:
    """Whom others turn to in an agency, or who answers in her place."""

    place: str
    member_id: UUID
    name: str
    phone: str | None
    given_phone: str | None


@dataclass(frozen=True)
class AgencyRow:
    """An agency, who is on duty there in the order of calling, and whom others turn to there."""

    id: UUID
    kind: str
    region: str | None
    name_en: str
    name_sq: str
    name_sr: str
    focal: str | None = None
    focal_phone: str | None = None
    on_duty: tuple[OnDuty, ...] = ()


@dataclass(frozen=True)
class Colleague:
    """A member of the actor's own agency."""

    id: UUID
    name: str


@dataclass(frozen=True)
class ShelterRow:
    """A shelter with its agency's name."""

    shelter: Shelter
    name_en: str
    name_sq: str
    name_sr: str


_point, _focal_member = FocalPoint.__table__, Member.__table__.alias("focal_member")


def _focal(column: Any) -> Any:
    """Of the focal point of the agency, or of her backup where she does not work there any more."""
    found = select(column).join_from(_point, _focal_member, _focal_member.c.id == _point.c.member_id)
    of_agency = found.where(_point.c.agency_id == Agency.id, _focal_member.c.is_active.is_(True))
    return of_agency.order_by(_point.c.place.desc()).limit(1).correlate(Agency).scalar_subquery()


def focal_points(session: Session, actor: Actor, agency_id: UUID) -> list[FocalRow]:
    """The focal point of an agency and her backup, as far as there are any who work there now."""
    rows = session.execute(
        select(
            FocalPoint.place,
            FocalPoint.member_id,
            Member.name,
            func.coalesce(FocalPoint.phone, Member.duty_phone),
            FocalPoint.phone,
        )
        .join(Member, Member.id == FocalPoint.member_id)
        .where(FocalPoint.agency_id == agency_id, Member.is_active.is_(True))
        .order_by(FocalPoint.place.desc())
    )
    return [FocalRow(*row) for row in rows]


def agencies(
    session: Session, actor: Actor, now: datetime, *, kind: str | None = None, ids: tuple[UUID, ...] = ()
) -> list[AgencyRow]:
    """The active agencies of a kind, or those named, with their duty rosters, in one statement."""
    shift = and_(
        DutyShift.agency_id == Agency.id,
        DutyShift.starts_at <= now,
        or_(DutyShift.ends_at.is_(None), DutyShift.ends_at > now),
    )
    wanted: list[ColumnElement[bool]] = [Agency.is_active.is_(True)]
    wanted += [Agency.kind == kind] if kind else []
    wanted += [Agency.id.in_(ids)] if ids else []
    rows = session.execute(
        select(
            Agency.id,
            Agency.kind,
            Agency.region,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
            _focal(_focal_member.c.name).label("focal"),
            _focal(func.coalesce(_point.c.phone, _focal_member.c.duty_phone)).label("focal_phone"),
            Member.id.label("member_id"),
            Member.name,
            DutyShift.phone,
            DutyShift.languages,
        )
        .outerjoin(DutyShift, shift)
        .outerjoin(Member, and_(Member.id == DutyShift.member_id, Member.is_active.is_(True)))
        .where(*wanted)
        .order_by(Agency.name_en, DutyShift.rank, DutyShift.id)
    )
    found: dict[UUID, AgencyRow] = {}
    for row in rows:
        agency = found.setdefault(row.id, AgencyRow(*row[:8]))
        if row.member_id is not None:
            callee = OnDuty(row.member_id, row.name, row.phone, row.languages)
            found[row.id] = replace(agency, on_duty=(*agency.on_duty, callee))
    return list(found.values())


def colleagues(session: Session, actor: Actor) -> list[Colleague]:
    """The other active members of the actor's agency, by name."""
    rows = session.execute(
        select(Member.id, Member.name)
        .where(Member.agency_id == actor.agency_id, Member.is_active.is_(True), Member.id != actor.member_id)
        .order_by(Member.name, Member.id)
    )
    return [Colleague(*row) for row in rows]


def shelters(session: Session, actor: Actor) -> list[ShelterRow]:
    """All active shelters by name."""
    rows = session.execute(
        select(Shelter, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Agency, Agency.id == Shelter.agency_id)
        .where(Agency.is_active.is_(True))
        .order_by(Agency.name_en)
    )
    return [ShelterRow(*row) for row in rows]


@dataclass(frozen=True)
class Named:
    """What an id of a form's answer stands for, in three languages."""

    name_en: str
    name_sq: str
    name_sr: str


def names(session: Session, actor: Actor, ids: frozenset[UUID]) -> dict[str, Named]:
    """The names of agencies, members and beds by id, as far as there are any."""
    if not ids:
        return {}
    wanted = sorted(ids)
    agency = select(Agency.id, Agency.name_en, Agency.name_sq, Agency.name_sr).where(Agency.id.in_(wanted))
    member = select(Member.id, Member.name, Member.name, Member.name).where(Member.id.in_(wanted))
    bed = select(Bed.id, Bed.name, Bed.name, Bed.name).where(Bed.id.in_(wanted))
    rows = session.execute(union_all(agency, member, bed))
    return {str(row[0]): Named(*row[1:]) for row in rows}
