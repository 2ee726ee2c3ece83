"""A hold: the case is kept past its period, for a reason, until a day."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase


class LegalHold(HasId, OfCase, Base):
    """That a case may not be erased yet. `agency_id` is the agency that led it when the hold was placed."""

    __tablename__ = "legal_hold"
    __table_args__ = (CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),)

    reason: Mapped[str] = mapped_column(comment="code of the list hold_reason")
    until: Mapped[date] = mapped_column(comment="the last day on which it holds")
    placed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    placed_at: Mapped[datetime]
    lifted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    lifted_at: Mapped[datetime | None]
