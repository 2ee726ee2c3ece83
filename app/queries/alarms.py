"""Alarms of a shelter, and what agencies were told of those of others."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency, FocalPoint, Member
from app.models.house_period import AlarmTold, PremisesAlarm
from app.models.premises import Premises
from app.security.actor import Actor

AT_MOST = 100


@dataclass(frozen=True)
class AlarmRow:
    """An alarm of the actor's own shelter; its words are sealed."""

    id: UUID
    premises_id: UUID
    period_id: UUID
    house: str
    raised_at: datetime
    raised_by: str
    account: bytes | None = field(repr=False)
    wrapped: bytes = field(repr=False)
    drafted_by_id: UUID | None
    drafted_by: str | None
    drafted_at: datetime | None
    down_reason: str | None
    down_note: bytes | None = field(repr=False)
    signed_by: str | None
    signed_at: datetime | None

    @property
    def stands(self) -> bool:
        """Whether it has not been stood down."""
        return self.signed_at is None


def own(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[AlarmRow]:
    """The alarms of the actor's own shelter, newest first."""
    raiser, drafter, signer = aliased(Member), aliased(Member), aliased(Member)
    rows = session.execute(
        select(
            PremisesAlarm.id,
            PremisesAlarm.premises_id,
            PremisesAlarm.period_id,
            Premises.name.label("house"),
            PremisesAlarm.raised_at,
            raiser.name.label("raised_by"),
            PremisesAlarm.account,
            PremisesAlarm.wrapped,
            PremisesAlarm.drafted_by_id,
            drafter.name.label("drafted_by"),
            PremisesAlarm.drafted_at,
            PremisesAlarm.down_reason,
            PremisesAlarm.down_note,
            signer.name.label("signed_by"),
            PremisesAlarm.signed_at,
        )
        .join(Premises, Premises.id == PremisesAlarm.premises_id)
        .join(raiser, raiser.id == PremisesAlarm.raised_by_id)
        .outerjoin(drafter, drafter.id == PremisesAlarm.drafted_by_id)
        .outerjoin(signer, signer.id == PremisesAlarm.signed_by_id)
        .where(PremisesAlarm.agency_id == actor.agency_id, *narrower)
        .order_by(PremisesAlarm.raised_at.desc(), PremisesAlarm.id)
        .limit(AT_MOST)
    )
    return [AlarmRow(**row._mapping) for row in rows]


@dataclass(frozen=True)
class ToldRow:
    """An agency that was told."""

    told_agency_id: UUID
    told_at: datetime
    told_by: str
    name_en: str
    name_sq: str
    name_sr: str


def told(session: Session, actor: Actor, alarm_id: UUID) -> list[ToldRow]:
    """Whom the actor's own shelter told of an alarm."""
    rows = session.execute(
        select(
            AlarmTold.told_agency_id,
            AlarmTold.told_at,
            Member.name,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == AlarmTold.told_agency_id)
        .join(Member, Member.id == AlarmTold.told_by_id)
        .where(AlarmTold.alarm_id == alarm_id, AlarmTold.agency_id == actor.agency_id)
        .order_by(AlarmTold.told_at, Agency.name_en)
    )
    return [ToldRow(*row) for row in rows]


@dataclass(frozen=True)
class WarningRow:
    """What the actor's agency was told: which shelter, when, whether it is over, and whom to call there."""

    agency_id: UUID
    focal: str | None
    phone: str | None
    told_at: datetime
    over_at: datetime | None
    name_en: str
    name_sq: str
    name_sr: str


def warnings(session: Session, actor: Actor) -> list[WarningRow]:
    """The alarms of which the actor's agency was told, newest first."""
    rows = session.execute(
        select(
            AlarmTold.agency_id,
            Member.name,
            func.coalesce(FocalPoint.phone, Member.duty_phone),
            AlarmTold.told_at,
            AlarmTold.over_at,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == AlarmTold.agency_id)
        .outerjoin(FocalPoint, (FocalPoint.agency_id == AlarmTold.agency_id) & (FocalPoint.place == "focal"))
        .outerjoin(Member, Member.id == FocalPoint.member_id)
        .where(AlarmTold.told_agency_id == actor.agency_id)
        .order_by(AlarmTold.told_at.desc(), AlarmTold.id)
        .limit(AT_MOST)
    )
    return [WarningRow(*row) for row in rows]
