"""Whom a shelter takes, from which day until which; and what a place must offer the person of a case."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


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


class PlaceNeed(HasId, OfCase, Base):
    """What a place must offer her: told by who places her, each time anew; the latest row is what is known."""

    __tablename__ = "place_need"
    __table_args__ = (
        CheckConstraint("has_disability IN ('yes', 'no', 'unknown')", name="disability_known"),
        CheckConstraint("has_children IN ('yes', 'no', 'unknown')", name="children_known"),
        CheckConstraint(
            "(has_children = 'yes') = (children_under_3 + children_3_to_11 + children_12_to_17 > 0)",
            name="children_counted",
        ),
        Index("ix_place_need_latest", "case_id", "recorded_at"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    has_disability: Mapped[str] = mapped_column(comment="yes, no or unknown: whether the place must be fit for one")
    has_children: Mapped[str] = mapped_column(comment="yes, no or unknown: whether children come with her")
    children_under_3: Mapped[int] = mapped_column(default=0, comment="each needs a cot")
    children_3_to_11: Mapped[int] = mapped_column(default=0)
    children_12_to_17: Mapped[int] = mapped_column(default=0)
    wishes: Mapped[bytes | None] = sealed("N", "what she herself wishes of a place")
    recorded_at: Mapped[datetime]
