"""Versions of the procedure as rows: the moves of cases, and a country's own drafts and releases."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase


class CaseMove(HasId, OfCase, Base):
    """A case was moved to another version: from which, to which, and what became of tracks and clocks. Append-only."""

    __tablename__ = "case_move"

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_event.id"))
    position: Mapped[int] = mapped_column(
        comment="its place among the steps: those before it were taken under the other"
    )
    from_procedure: Mapped[str]
    from_digest: Mapped[str]
    to_procedure: Mapped[str]
    to_digest: Mapped[str]
    moved_on: Mapped[date]
    recorded_at: Mapped[datetime]
    changes: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="names of tracks, states and clocks, and days; no text"
    )


class ProcedureDraft(HasId, Base):
    """A country's own version under work: its files as texts. No case ever runs under it; a release copies it."""

    __tablename__ = "procedure_draft"

    name: Mapped[str] = mapped_column(unique=True)
    copied_from: Mapped[str] = mapped_column(comment="the version that it began as a copy of")
    files: Mapped[dict[str, str]] = mapped_column(JSON, comment="TOML by file name")
    row_version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    checked_digest: Mapped[str | None] = mapped_column(comment="the digest whose promises were proven")
    checked_at: Mapped[datetime | None]
    is_sound: Mapped[bool] = mapped_column(default=False)
    report: Mapped[str] = mapped_column(default="", comment="what the check said")

    signed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), comment="the first of the two")
    signed_at: Mapped[datetime | None]
    signed_digest: Mapped[str | None]


class ProcedureRelease(HasId, Base):
    """A country's own version, released by two administrators: as it was signed, for ever."""

    __tablename__ = "procedure_release"
    __table_args__ = (CheckConstraint("first_signed_by_id <> released_by_id", name="two_people"),)

    name: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    files: Mapped[dict[str, str]] = mapped_column(JSON, comment="TOML by file name")
    in_force_from: Mapped[date]
    first_signed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    first_signed_at: Mapped[datetime]
    released_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    released_at: Mapped[datetime]
