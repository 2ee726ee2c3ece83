"""Whom a shelter takes, from which day until which."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class ShelterIntake(HasId, Base):
    """Whom a shelter takes in a period, [valid_from, valid_to). Two periods of one shelter never overlap."""

    __tablename__ = "shelter_intake"
    __table_args__ = (
        CheckConstraint("max_age IS NULL OR max_age >= min_age", name="ages_in_order"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="not_empty"),
        Index("ix_shelter_intake_period", "agency_id", "valid_from"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="the first day on which it holds no longer")

    takes_women: Mapped[bool] = mapped_column(default=True, comment="women and girls")
    takes_men: Mapped[bool] = mapped_column(default=False, comment="men and boys")
    takes_domestic: Mapped[bool] = mapped_column(default=True)
    takes_foreign: Mapped[bool] = mapped_column(default=True)
    takes_high_risk: Mapped[bool] = mapped_column(default=False)
    takes_accompanied: Mapped[bool] = mapped_column(default=False, comment="people who have children with them")
    takes_disability: Mapped[bool] = mapped_column(default=False)
    min_age: Mapped[int] = mapped_column(default=0)
    max_age: Mapped[int | None]

    set_at: Mapped[datetime]
    set_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), comment="empty: with the first set-up")
