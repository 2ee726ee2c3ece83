"""Versions of the procedure as rows: the moves of cases from one to another."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
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
