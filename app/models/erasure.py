"""The erasure of a case, asked by one and approved by another, and the nights that are counted of it afterwards."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class Erasure(HasId, Base):
    """That a closed case is to be erased. `agency_id` is the agency that leads it; of the person it says nothing."""

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'done', 'refused')", name="state_known"),
        CheckConstraint("(state = 'asked') = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        Index(
            "uq_erasure_standing",
            "case_id",
            unique=True,
            postgresql_where=text("state <> 'refused'"),
            sqlite_where=text("state <> 'refused'"),
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    reason: Mapped[str] = mapped_column(comment="code of the list erasure_reason")
    state: Mapped[str] = mapped_column(default="asked", comment="asked, done or refused")
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]


class KeptNights(HasId, Base):
    """How many nights of a month an erased stay had. `agency_id` is the shelter.

    Three numbers for three readers: the house counts its records, others a person once, in the house or anywhere.
    """

    __tablename__ = "kept_nights"
    __table_args__ = (
        CheckConstraint("nights >= once_here AND once_here >= 0 AND nights >= once AND once >= 0", name="once_or_less"),
        Index("ix_kept_nights_month", "agency_id", "month"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"), index=True)
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"))
    is_cot: Mapped[bool]
    month: Mapped[date] = mapped_column(comment="its first day")
    nights: Mapped[int]
    once_here: Mapped[int] = mapped_column(comment="those in which no other record of the person was in the house")
    once: Mapped[int] = mapped_column(comment="those in which no other record of the person was in a shelter")
