"""A document on a case: its bytes, its name and what it is about are sealed."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class CaseDocument(HasId, OfCase, Base):
    """One file that was put on a case. Taken off, it leaves the row and nothing that was sealed."""

    __tablename__ = "case_document"
    __table_args__ = (
        CheckConstraint("size > 0", name="holds_something"),
        CheckConstraint("(removed_at IS NULL) = (removed_by_id IS NULL)", name="removal_has_a_name"),
        CheckConstraint("removed_at IS NULL OR (content IS NULL AND details IS NULL)", name="removed_is_empty"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(comment="code of the list document_kind")
    sensitivity: Mapped[str] = mapped_column(comment="class of field.md 8.1 that may read it, by its kind")
    format: Mapped[str] = mapped_column(comment="jpeg, png, webp, pdf or text, by its bytes")
    size: Mapped[int] = mapped_column(comment="bytes as kept; what is sealed is no shorter")
    recorded_at: Mapped[datetime]
    content: Mapped[bytes | None] = sealed("T", "the bytes, under the content key; class in the column beside it")
    details: Mapped[bytes | None] = sealed("T", "name, what it is about and digest, as JSON, under the content key")
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
