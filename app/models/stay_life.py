"""What is recorded of a stay beside its days: overstay agreed or not, why she was transferred, days to be checked."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase


class Overstay(HasId, OfCase, Base):
    """That who is still there after her expected end may stay, by whom and until when, or that it is not agreed."""

    __tablename__ = "overstay"
    __table_args__ = (
        CheckConstraint("is_agreed = (agreed_until IS NOT NULL)", name="agreed_until_a_day"),
        Index("ix_overstay_stay", "stay_id", "recorded_at"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    expected_until: Mapped[date] = mapped_column(comment="the end that had passed")
    is_agreed: Mapped[bool]
    agreed_until: Mapped[date | None]
    agreed_by: Mapped[str] = mapped_column(comment="code of the list overstay_decider")
    reason: Mapped[str] = mapped_column(comment="code of the list extension_reason")
    decided_on: Mapped[date]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]


class StayTransfer(HasId, OfCase, Base):
    """Why someone goes from a stay to another place, planned or in an emergency. The next stay names the one before."""

    __tablename__ = "stay_transfer"
    __table_args__ = (Index("ix_stay_transfer_stay", "stay_id", "recorded_at"),)

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"), comment="the stay that she leaves")
    kind: Mapped[str] = mapped_column(comment="code of the list transfer_kind")
    reason: Mapped[str] = mapped_column(comment="code of the list transfer_reason")
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]


class StayConflict(HasId, OfCase, Base):
    """The days of a stay need checking. It says nothing of why, and is shown to the house alone (decision 14)."""

    __tablename__ = "stay_conflict"
    __table_args__ = (
        UniqueConstraint("stay_id", "first_on"),
        CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name="settled_somehow"),
        Index("ix_stay_conflict_agency", "agency_id", "settled_at"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    first_on: Mapped[date] = mapped_column(comment="the first night in question: not shown")
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    settlement: Mapped[str | None] = mapped_column(comment="code of the list dates_settlement")


class StayCorrection(HasId, OfCase, Base):
    """That the day of leaving was put right by the house: what it was before. Never changed itself."""

    __tablename__ = "stay_correction"
    __table_args__ = (Index("ix_stay_correction_stay", "stay_id", "recorded_at"),)

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    before_on: Mapped[date]
    after_on: Mapped[date]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]
