"""Training sessions on the procedure: how many people of which kind of agency, never who."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class TrainingSession(HasId, Base):
    """One session: when, in which region, for whom, on what, under which version of the procedure."""

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint("people > 0", name="for_somebody"),
        Index("ix_training_session_list", "held_on"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the agency that recorded it")
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    held_on: Mapped[date]
    recorded_at: Mapped[datetime]
    region: Mapped[str]
    agency_kind: Mapped[str] = mapped_column(comment="for whom: code of the list agency_kind")
    people: Mapped[int]
    topics: Mapped[str] = mapped_column(comment="codes of the list training_topic, separated by spaces")
    procedure: Mapped[str] = mapped_column(comment="name of the version that was taught")
