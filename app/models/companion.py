"""Children who live with a resident and have no case of their own: where they sleep, and from when until when."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase


class CompanionStay(HasId, OfCase, Base):
    """One child beside a resident, [arrived, left), in a cot or without one of its own. No name. The case is hers."""

    __tablename__ = "companion_stay"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= arrived_on", name="leaves_after_arrival"),
        Index("ix_companion_stay_stay", "stay_id", "arrived_on"),
        Index("ix_companion_stay_agency", "agency_id", "arrived_on"),
        Index("ix_companion_stay_bed", "bed_id", "arrived_on"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"), comment="of whom it comes along with")
    bed_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bed.id"), comment="the cot; none: sleeps with her")
    age: Mapped[str] = mapped_column(comment="code of the list companion_age")
    arrived_on: Mapped[date]
    left_on: Mapped[date | None]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]
