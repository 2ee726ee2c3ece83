"""What one member has asked for and another must approve before it is done: kept as it was asked, decided once."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId

STANDS = "state = 'asked'"


class Approval(HasId, Base):
    """A request. `agency_id` is the agency whose matter it is; of a case it says nothing."""

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'approved', 'refused', 'expired', 'withdrawn')", name="state_known"),
        CheckConstraint("(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_at_a_time"),
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        CheckConstraint("asked_by_id <> subject_id", name="asked_for_another"),
        CheckConstraint("decided_by_id <> subject_id", name="decided_about_another"),
        Index(
            "uq_approval_standing",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text(STANDS),
            sqlite_where=text(STANDS),
        ),
        Index("ix_approval_agency_id", "agency_id", "state"),
    )

    kind: Mapped[str] = mapped_column(comment="what is done once it is approved: a key of services/deciding.py")
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), comment="the member it is about")
    asked: Mapped[str] = mapped_column(comment="exactly what was asked, as JSON that comes out the same every time")
    digest: Mapped[str] = mapped_column(comment="of all that was asked: what is approved is what was shown")
    state: Mapped[str] = mapped_column(default="asked", comment="asked, approved, refused, expired or withdrawn")
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]
