"""What a person asked about what is recorded of her: to read it, to have it put right, to object, to have it erased."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase


class PersonRequest(HasId, OfCase, Base):
    """A request and its answer, in codes alone. `agency_id` is the agency that led the case and took it."""

    __tablename__ = "person_request"
    __table_args__ = (
        CheckConstraint("kind IN ('access', 'correction', 'objection', 'erasure')", name="kind_known"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_a_day"),
        CheckConstraint("(answer IS NULL) = (answered_by_id IS NULL)", name="answer_has_an_author"),
        CheckConstraint("answer NOT IN ('in_part', 'refused') OR reason IS NOT NULL", name="refusal_has_a_reason"),
        Index("ix_person_request_due", "agency_id", "due_on"),
    )

    kind: Mapped[str] = mapped_column(comment="code of the list person_request")
    asked_by: Mapped[str] = mapped_column(comment="code of the list person_request_by")
    received_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(comment="by when it is to be answered")
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(comment="code of the list person_request_answer")
    reason: Mapped[str | None] = mapped_column(comment="code of the list person_request_reason")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
