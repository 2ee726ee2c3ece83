"""Leaving a shelter at high risk: her own wish, the approvals of police and prosecution, the safety plan offered."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class ExitWish(HasId, OfCase, Base):
    """What she says herself about leaving. The latest one stands; none is changed."""

    __tablename__ = "exit_wish"
    __table_args__ = (Index("ix_exit_wish_stay", "stay_id", "recorded_at"),)

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    wish: Mapped[str] = mapped_column(comment="code of the list exit_wish")
    words: Mapped[bytes | None] = sealed("N", "her own words, under the case's content key")
    said_on: Mapped[date]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]


class ExitApproval(HasId, OfCase, Base):
    """An approval that was asked of the police or the prosecution. It binds nobody: she may leave without it."""

    __tablename__ = "exit_approval"
    __table_args__ = (
        CheckConstraint("(is_approved IS NULL) = (answered_on IS NULL)", name="answer_has_a_day"),
        CheckConstraint("(is_approved IS NULL) = (reason IS NULL)", name="answer_has_a_reason"),
        CheckConstraint("(is_approved IS NULL) = (answered_by_id IS NULL)", name="answer_has_an_author"),
        Index("ix_exit_approval_stay", "stay_id", "asked_at"),
        Index("ix_exit_approval_asked", "asked_agency_id", "asked_at"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    asked_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    asked_kind: Mapped[str] = mapped_column(comment="police or prosecution")
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    is_approved: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(comment="code of the list exit_answer_reason")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime | None]


class SafetyOffer(HasId, OfCase, Base):
    """That a safety plan was offered to someone who leaves at high risk, and what she said to it."""

    __tablename__ = "safety_offer"
    __table_args__ = (Index("ix_safety_offer_stay", "stay_id", "recorded_at"),)

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    answer: Mapped[str] = mapped_column(comment="code of the list safety_offer_answer")
    offered_on: Mapped[date]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]
