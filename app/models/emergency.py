"""A case that a colleague has opened in an emergency, for three hours, to read it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase

LASTS = "ended_at IS NULL"


class EmergencyOpening(HasId, OfCase, Base):
    """Who opened it and until when. `agency_id` is her agency; why stands in a note on the case, sealed."""

    __tablename__ = "emergency_opening"
    __table_args__ = (
        CheckConstraint("ends_at > opened_at", name="ends_after_start"),
        Index(
            "uq_emergency_opening_one",
            "member_id",
            unique=True,
            postgresql_where=text(LASTS),
            sqlite_where=text(LASTS),
        ),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_staff.id"), comment="what lets her in meanwhile")
    note_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("note.id"), comment="why")
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
