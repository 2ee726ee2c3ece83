"""When houses take nobody. Common knowledge but for the note; no question here is about a person."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Member
from app.models.house_period import PremisesAlarm, PremisesPeriod
from app.models.placement import Room
from app.models.premises import Premises
from app.security.actor import Actor

PERIODS = 100
WORST_FIRST = ("compromised", "suspended", "closed")
_period, _house, _room = PremisesPeriod.__table__, Premises.__table__, Room.__table__


def covers(day: Any) -> tuple[ColumnElement[bool], ...]:
    """That a period of the plain table is in effect on a day."""
    return _period.c.from_on <= day, or_(_period.c.to_on.is_(None), _period.c.to_on > day)


def shut_on(premises_id: Any, day: Any) -> Exists:
    """That a house takes nobody on a day, as a condition."""
    return exists().where(_period.c.premises_id == premises_id, *covers(day))


def shut_bed_on(room_id: Any, day: Any) -> Exists:
    """That the house of a room takes nobody on a day, as a condition."""
    return exists().where(_room.c.id == room_id, _period.c.premises_id == _room.c.premises_id, *covers(day))


def shut_between(session: Session, actor: Actor, premises_id: UUID, from_on: date, to_on: date | None) -> bool:
    """Whether a house takes nobody on one of the days of [from_on, to_on)."""
    met = [
        _period.c.premises_id == premises_id,
        or_(_period.c.to_on.is_(None), _period.c.to_on > from_on),
        or_(_period.c.to_on.is_(None), _period.c.to_on > _period.c.from_on),
    ]
    if to_on is not None:
        met.append(_period.c.from_on < to_on)
    return bool(session.execute(select(exists().where(*met))).scalar_one())


def shut_shelters(session: Session, actor: Actor, day: date) -> dict[UUID, str]:
    """The shelters of which no house is open on a day, with the kind that weighs most."""
    rows = session.execute(
        select(Premises.agency_id, _period.c.kind).outerjoin(
            _period, (_period.c.premises_id == Premises.id) & covers(day)[0] & covers(day)[1]
        )
    )
    kinds: dict[UUID, set[str | None]] = {}
    for agency_id, kind in rows:
        kinds.setdefault(agency_id, set()).add(kind)
    return {
        agency_id: next(one for one in WORST_FIRST if one in found)
        for agency_id, found in kinds.items()
        if None not in found
    }


def takes_people(agency_id: Any, day: Any) -> Exists:
    """That a shelter has a house that takes people on a day, as a condition."""
    return exists().where(_house.c.agency_id == agency_id, ~shut_on(_house.c.id, day))


@dataclass(frozen=True)
class ShutDays:
    """On which of some days which houses take nobody."""

    ranges: dict[UUID, list[tuple[date, date | None]]]

    def of(self, premises_id: UUID) -> list[tuple[date, date | None]]:
        """The stretches on which a house takes nobody, [from, to)."""
        return self.ranges.get(premises_id, [])

    def covers(self, premises_id: UUID, night: date) -> bool:
        """Whether a house takes nobody in the night after a day."""
        found = self.of(premises_id)
        return any(from_on <= night and (to_on is None or night < to_on) for from_on, to_on in found)


def shut_days(session: Session, actor: Actor, first: date, end: date) -> ShutDays:
    """The days from the first on, before the end, on which houses take nobody."""
    rows = session.execute(
        select(_period.c.premises_id, _period.c.from_on, _period.c.to_on).where(
            _period.c.from_on < end, or_(_period.c.to_on.is_(None), _period.c.to_on > first)
        )
    )
    found: dict[UUID, list[tuple[date, date | None]]] = {}
    for premises_id, from_on, to_on in rows:
        found.setdefault(premises_id, []).append((from_on, to_on))
    return ShutDays(found)


def leave_by(session: Session, actor: Actor, agency_id: UUID) -> dict[UUID, date]:
    """The houses of a shelter whose residents must leave, with the day: one that has come, or that is announced."""
    rows = session.execute(
        select(_period.c.premises_id, _period.c.from_on)
        .where(
            _period.c.agency_id == agency_id,
            _period.c.residents_leave.is_(True),
            _period.c.ended_at.is_(None),
        )
        .order_by(_period.c.from_on.desc())
    )
    return {row.premises_id: row.from_on for row in rows}


@dataclass(frozen=True)
class PeriodRow:
    """A period of a house with who set it and who ended it; `note` is sealed."""

    id: UUID
    premises_id: UUID
    kind: str
    reason: str
    from_on: date
    to_on: date | None
    residents_leave: bool
    recorded_at: datetime
    set_by: str | None
    ended_at: datetime | None
    ended_by: str | None
    note: bytes | None = field(repr=False)
    wrapped: bytes | None = field(repr=False)
    alarm_id: UUID | None

    @property
    def was_taken_back(self) -> bool:
        """Whether it ended on the day on which it began, or before it ever did."""
        return self.to_on == self.from_on

    def is_over(self, day: date) -> bool:
        """Whether it lies behind a day."""
        return self.to_on is not None and self.to_on <= day

    def is_now(self, day: date) -> bool:
        """Whether it is in effect on a day."""
        return self.from_on <= day and not self.is_over(day)


def periods(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[PeriodRow]:
    """The latest periods of houses, newest first: of the actor's own shelter, or those that conditions leave."""
    setter, ender = aliased(Member), aliased(Member)
    rows = session.execute(
        select(
            PremisesPeriod.id,
            PremisesPeriod.premises_id,
            PremisesPeriod.kind,
            PremisesPeriod.reason,
            PremisesPeriod.from_on,
            PremisesPeriod.to_on,
            PremisesPeriod.residents_leave,
            PremisesPeriod.recorded_at,
            setter.name.label("set_by"),
            PremisesPeriod.ended_at,
            ender.name.label("ended_by"),
            PremisesPeriod.note,
            PremisesPeriod.wrapped,
            PremisesAlarm.id.label("alarm_id"),
        )
        .outerjoin(setter, setter.id == PremisesPeriod.set_by_id)
        .outerjoin(ender, ender.id == PremisesPeriod.ended_by_id)
        .outerjoin(PremisesAlarm, PremisesAlarm.period_id == PremisesPeriod.id)
        .where(*(narrower or (PremisesPeriod.agency_id == actor.agency_id,)))
        .order_by(PremisesPeriod.from_on.desc(), PremisesPeriod.recorded_at.desc(), PremisesPeriod.id)
        .limit(PERIODS)
    )
    return [PeriodRow(**row._mapping) for row in rows]
