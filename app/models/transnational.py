"""What was passed to the mechanism of another country, sealed as it was sent, and what came back."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class TransnationalPacket(HasId, OfCase, Base):
    """One referral to a receiving country: what it held can be shown again, and is never changed."""

    __tablename__ = "transnational_packet"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_a_day"),
        CheckConstraint("(answer IS NULL) = (answered_by_id IS NULL)", name="answer_has_an_author"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    country: Mapped[str] = mapped_column(comment="code of the list country: who receives")
    shares: Mapped[list[str]] = mapped_column(JSON, comment="codes of the list transnational_share")
    content: Mapped[bytes | None] = sealed("R", "what was sent, as JSON, under the content key")
    identity: Mapped[bytes | None] = sealed("I", "the name where it was sent, under the identity key")

    answer_due_on: Mapped[date]
    reminded_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(comment="code of the list reception_answer")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    answer_note: Mapped[bytes | None] = sealed("R", "what the receiver said, under the content key")
