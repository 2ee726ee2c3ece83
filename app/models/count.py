"""Facts for counting: insert-only signed rows with the coarse dimensions of the moment (decision 13)."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase
from app.models.record import Snapshot


class CountFact(HasId, OfCase, Snapshot, Base):
    """One fact of one metric; a voided fact is followed by its twin of weight -1, so that any past day can be shown."""

    __tablename__ = "count_fact"
    __table_args__ = (
        CheckConstraint("weight IN (1, -1)", name="weight_signed"),
        Index("ix_count_fact_period", "metric", "occurred_on"),
        Index(
            "ix_count_fact_taken_back",
            "record_id",
            "metric",
            postgresql_where=text("weight = -1"),
            sqlite_where=text("weight = -1"),
        ),
    )

    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), index=True)
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"), index=True)
    metric: Mapped[str]
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    weight: Mapped[int] = mapped_column(default=1)
    community: Mapped[str] = mapped_column(default="not_asked", comment="in aggregates only (decision 36)")
    entry_door: Mapped[str] = mapped_column(default="unknown")


_WHOSE_AND_WHEN = (
    "id",
    "case_id",
    "agency_id",
    "record_id",
    "event_id",
    "metric",
    "occurred_on",
    "recorded_at",
    "weight",
)
DIMENSIONS = tuple(column.name for column in CountFact.__table__.columns if column.name not in _WHOSE_AND_WHEN)
"""What a fact says besides of whom, when, for whom and under which count: all that breakdowns are made of."""
