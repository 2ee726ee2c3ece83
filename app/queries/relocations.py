"""Who must leave a house, and whether she still is there. Where she goes after an alarm is read nowhere here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency, Member
from app.models.case import Case
from app.models.house_period import PremisesPeriod, Relocation, RelocationPlace
from app.models.placement import Bed, Room, Shelter, Stay, StayKey
from app.models.premises import Premises
from app.queries.houses import room_words
from app.security.actor import Actor

AT_MOST = 200
_there, _ended = aliased(Stay), aliased(Stay)


def _here() -> Any:
    """The stay that keeps her in the house: while there is one, the plan is open."""
    return (
        select(_there.id)
        .join(Bed, Bed.id == _there.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .where(
            _there.case_id == Relocation.case_id,
            _there.left_on.is_(None),
            Room.premises_id == Relocation.premises_id,
        )
        .correlate(Relocation)
        .limit(1)
        .scalar_subquery()
    )


def _last_day() -> Any:
    return (
        select(func.max(_ended.left_on))
        .where(_ended.case_id == Relocation.case_id, _ended.agency_id == Relocation.agency_id)
        .correlate(Relocation)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class ResidentRow:
    """A resident of a house that must be left; her safety minimum is sealed. `stay_id`: the stay that still runs."""

    id: UUID
    case_id: UUID
    period_id: UUID
    premises_id: UUID
    is_secret: bool
    destination: str | None
    to_agency_id: UUID | None
    leave_on: date | None
    planned_at: datetime | None
    reference: str | None
    stay_id: UUID | None
    room: str | None
    bed: str | None
    left_on: date | None
    safety: bytes | None = field(repr=False)
    wrapped: bytes | None = field(repr=False)


def residents(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[ResidentRow]:
    """Residents of the actor's own shelter who have to leave, as far as their cases are not shut to her."""
    rows = session.execute(
        select(
            Relocation.id,
            Relocation.case_id,
            Relocation.period_id,
            Relocation.premises_id,
            Relocation.is_secret,
            Relocation.destination,
            Relocation.to_agency_id,
            Relocation.leave_on,
            Relocation.planned_at,
            Case.reference,
            Stay.id.label("stay_id"),
            room_words().label("room"),
            Bed.name.label("bed"),
            _last_day().label("left_on"),
            Stay.safety,
            StayKey.wrapped,
        )
        .outerjoin(Case, Case.id == Relocation.case_id)
        .outerjoin(Stay, Stay.id == _here())
        .outerjoin(StayKey, StayKey.stay_id == Stay.id)
        .outerjoin(Bed, Bed.id == Stay.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
        .where(Relocation.agency_id == actor.agency_id, Relocation.cancelled_at.is_(None), *narrower)
        .order_by(Stay.id.is_(None), Bed.name, Relocation.made_at, Relocation.id)
        .limit(AT_MOST)
    )
    return [ResidentRow(**row._mapping) for row in rows]


def counts(session: Session, actor: Actor, period_id: UUID) -> tuple[int, int]:
    """How many plans a period has, and of how many the person is still there: asked as the house itself."""
    of_period = (Relocation.period_id == period_id, Relocation.cancelled_at.is_(None))
    row = session.execute(select(func.count(), func.count(_here())).select_from(Relocation).where(*of_period)).one()
    return row[0], row[1]


@dataclass(frozen=True)
class MoveRow:
    """A person who must leave a house, for the agencies that are parties to her case."""

    id: UUID
    case_id: UUID
    reference: str | None
    agency_id: UUID
    premises_id: UUID
    is_secret: bool
    destination: str | None
    leave_on: date | None
    kind: str
    from_on: date
    house: str
    name_en: str
    name_sq: str
    name_sr: str


def _open_moves(*narrower: ColumnElement[bool]) -> Any:
    return (
        select(
            Relocation.id,
            Relocation.case_id,
            Case.reference,
            Relocation.agency_id,
            Relocation.premises_id,
            Relocation.is_secret,
            Relocation.destination,
            Relocation.leave_on,
            PremisesPeriod.kind,
            PremisesPeriod.from_on,
            Premises.name.label("house"),
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(PremisesPeriod, PremisesPeriod.id == Relocation.period_id)
        .join(Premises, Premises.id == Relocation.premises_id)
        .join(Agency, Agency.id == Relocation.agency_id)
        .outerjoin(Case, Case.id == Relocation.case_id)
        .where(
            Relocation.cancelled_at.is_(None),
            PremisesPeriod.ended_at.is_(None),
            _here().is_not(None),
            *narrower,
        )
        .order_by(PremisesPeriod.kind != "compromised", PremisesPeriod.from_on, Relocation.id)
        .limit(AT_MOST)
    )


def moves(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[MoveRow]:
    """Who still has to leave a house, in the cases that are open to the actor, what is most urgent first."""
    return [MoveRow(**row._mapping) for row in session.execute(_open_moves(*narrower))]


def driven(session: Session, actor: Actor) -> dict[UUID, UUID]:
    """The plans for which the actor is named as driver, with the row that names her."""
    rows = session.execute(
        select(RelocationPlace.relocation_id, RelocationPlace.id)
        .where(RelocationPlace.driver_id == actor.member_id)
        .limit(AT_MOST)
    )
    return {row.relocation_id: row.id for row in rows}


_SECRET = (Relocation.is_secret.is_(True), Relocation.cancelled_at.is_(None), PremisesPeriod.ended_at.is_(None))


def hidden_shelters(session: Session, actor: Actor, case_ids: Sequence[UUID]) -> frozenset[UUID]:
    """The shelters whose names are kept from the actor in some cases: all but her own and those that must be left,
    while an alarm stands for the house where a person lives or lived.
    """
    left = select(Relocation.agency_id).join(PremisesPeriod, PremisesPeriod.id == Relocation.period_id)
    return _others(session, actor, left.where(Relocation.case_id.in_(sorted(case_ids)), *_SECRET))


def hidden_by_case(session: Session, actor: Actor) -> dict[UUID, frozenset[UUID]]:
    """The same for each case that is open to the actor and for which there are any."""
    asked = select(Relocation.case_id, Relocation.agency_id)
    rows = session.execute(asked.join(PremisesPeriod, PremisesPeriod.id == Relocation.period_id).where(*_SECRET)).all()
    if not rows:
        return {}
    left: dict[UUID, set[UUID | None]] = {}
    for case_id, agency_id in rows:
        left.setdefault(case_id, {actor.agency_id}).add(agency_id)
    shelters = set(session.execute(select(Shelter.agency_id)).scalars())
    return {case_id: frozenset(shelters - known) for case_id, known in left.items()}


def hidden_from_house(session: Session, actor: Actor) -> frozenset[UUID]:
    """The shelters whose names are kept from the actor whatever the case: all but her own, while an alarm stands for a
    house of hers.
    """
    alarm = (PremisesPeriod.kind == "compromised", PremisesPeriod.ended_at.is_(None))
    own = select(PremisesPeriod.agency_id).where(PremisesPeriod.agency_id == actor.agency_id, *alarm)
    return _others(session, actor, own)


def _others(session: Session, actor: Actor, left: Select[UUID]) -> frozenset[UUID]:
    """All shelters but those that are left and the actor's own; none where none is left."""
    known = set(session.execute(left).scalars())
    if not known:
        return frozenset()
    shelters = set(session.execute(select(Shelter.agency_id)).scalars())
    return frozenset(shelters - known - {actor.agency_id})


@dataclass(frozen=True)
class DriverRow:
    """Somebody who can be named as driver."""

    id: UUID
    name: str
    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


def drivers(session: Session, actor: Actor, leaving_agency_id: UUID) -> list[DriverRow]:
    """The actor and her colleagues, the police, and the staff of other shelters than the one that is left."""
    rows = session.execute(
        select(Member.id, Member.name, Member.agency_id, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Agency, Agency.id == Member.agency_id)
        .where(
            Member.is_active.is_(True),
            Agency.is_active.is_(True),
            Agency.id != leaving_agency_id,
            (Agency.id == actor.agency_id) | Agency.kind.in_(("police", "shelter")),
        )
        .order_by(Agency.id != actor.agency_id, Agency.name_en, Member.name, Member.id)
        .limit(AT_MOST)
    )
    return [DriverRow(*row) for row in rows]
