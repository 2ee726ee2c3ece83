"""When a house takes nobody, and what follows: closing, alarms that its location is known, where residents go."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class PremisesPeriod(HasId, Base):
    """Days on which a house takes nobody, [from, to); on all others it is open. One at a time, the database says.

    Begun and ended on the same day it is empty: it was taken back.
    """

    __tablename__ = "premises_period"
    __table_args__ = (
        CheckConstraint("kind IN ('suspended', 'closed', 'compromised')", name="kind_known"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="end_has_an_author"),
        Index("ix_premises_period_days", "premises_id", "from_on"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True, comment="the shelter")
    premises_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises.id"))
    kind: Mapped[str] = mapped_column(comment="suspended, closed, compromised")
    reason: Mapped[str] = mapped_column(comment="code of the list shut_reason")
    note: Mapped[bytes | None] = sealed("L", "why, in words, under a key of its own")
    wrapped: Mapped[bytes | None] = mapped_column(comment="that key, for the shelter alone")
    from_on: Mapped[date]
    to_on: Mapped[date | None] = mapped_column(comment="the first day on which it is open again")
    residents_leave: Mapped[bool] = mapped_column(comment="whether those who live there must leave by the first day")
    set_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]

    planned_to_on: Mapped[date | None] = mapped_column(comment="the end that was meant, where it was cut short")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    cut_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("premises_period.id"), comment="the alarm's own period, where that took its place"
    )


class PremisesAlarm(HasId, Base):
    """That the location of a house is known to somebody who is a danger: raised by one, stood down by two."""

    __tablename__ = "premises_alarm"
    __table_args__ = (
        CheckConstraint("signed_by_id IS NULL OR signed_by_id <> drafted_by_id", name="stood_down_by_two"),
        CheckConstraint("(drafted_by_id IS NULL) = (down_reason IS NULL)", name="draft_has_a_reason"),
        CheckConstraint("signed_by_id IS NULL OR drafted_by_id IS NOT NULL", name="signs_a_draft"),
        CheckConstraint("(signed_by_id IS NULL) = (signed_at IS NULL)", name="signature_has_a_time"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True, comment="the shelter")
    premises_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises.id"))
    period_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises_period.id"), unique=True)
    raised_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    raised_at: Mapped[datetime]
    account: Mapped[bytes | None] = sealed("L", "what happened, under the alarm's own key")
    wrapped: Mapped[bytes] = mapped_column(comment="that key, for the shelter alone")

    drafted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    drafted_at: Mapped[datetime | None]
    down_reason: Mapped[str | None] = mapped_column(comment="code of the list stand_down_reason")
    down_note: Mapped[bytes | None] = sealed("L", "why it is stood down, under the alarm's own key")
    signed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    signed_at: Mapped[datetime | None]


class AlarmTold(HasId, Base):
    """That an agency was told of an alarm. It names no person and no address: it leads to whom to call."""

    __tablename__ = "alarm_told"
    __table_args__ = (
        UniqueConstraint("alarm_id", "told_agency_id"),
        Index("ix_alarm_told_list", "told_agency_id", "told_at"),
    )

    alarm_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises_alarm.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    told_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    told_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    told_at: Mapped[datetime]
    over_at: Mapped[datetime | None] = mapped_column(comment="when the alarm was stood down")


class Relocation(HasId, OfCase, Base):
    """That a resident must go elsewhere. `agency_id` is the shelter that she leaves. Done when her stay there ends.

    After an alarm it says nothing of where: that is in RelocationPlace, for who places her and a named driver.
    """

    __tablename__ = "relocation"
    __table_args__ = (
        UniqueConstraint("period_id", "case_id"),
        CheckConstraint(
            "NOT is_secret OR (destination IS NULL AND to_agency_id IS NULL AND leave_on IS NULL)",
            name="secret_says_no_place",
        ),
    )

    premises_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises.id"), index=True)
    period_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises_period.id"))
    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    is_secret: Mapped[bool] = mapped_column(comment="after an alarm: no place may stand here")
    destination: Mapped[str | None] = mapped_column(comment="code of the list destination")
    to_agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), comment="another shelter")
    leave_on: Mapped[date | None]
    planned_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    planned_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class RelocationPlace(HasId, OfCase, Base):
    """Where a resident of a house whose location is known goes: for the agency that places her and a named driver.

    Sealed under a key of its own, wrapped for that agency and for the driver, each alone.
    """

    __tablename__ = "relocation_place"
    __table_args__ = (
        UniqueConstraint("relocation_id", "agency_id"),
        CheckConstraint("(driver_id IS NULL) = (driver_wrapped IS NULL)", name="driver_has_a_key"),
    )

    relocation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("relocation.id"))
    place: Mapped[bytes | None] = sealed("L", "where she goes, when, what the driver must know, as JSON")
    wrapped: Mapped[bytes]
    driver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    driver_wrapped: Mapped[bytes | None]
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime]
