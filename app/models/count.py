"""Facts for counting: insert-only signed rows with the coarse dimensions of the moment (decision 13)."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase
from app.models.record import Snapshot


class CountFact(HasId, OfCase, Snapshot, Base):
    """One fact of one metric; a voided fact is followed by its twin of weight -1, so that any past day can be shown."""

    __tablename__ = "count_fact"
    __table_args__ = (
        CheckConstraint("weight IN (1, -1)", name="weight_signed"),
        Index("ix_count_fact_period", "metric", "occurred_on"),
        # Facts lie about as they happened: a summary of days by block finds a period, and costs a writer nothing.
        Index(
            "ix_count_fact_day",
            "occurred_on",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
        ),
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


class CountCell(Base):
    """How many people a number of a unit counts, folded up from what facts and links changed (decision 13).

    Written on PostgreSQL by the database itself; SQLite, which is embedded and small, counts from the facts.
    """

    __tablename__ = "count_cell"

    unit: Mapped[str] = mapped_column(primary_key=True, comment="month, year, or april: a year that begins on 1 April")
    start_on: Mapped[date] = mapped_column(primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, comment="whose own numbers they are; noughts: the nation's"
    )
    dimension: Mapped[str] = mapped_column(primary_key=True, comment="total, agency, people, overlap, or a breakdown")
    metric: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]


class CountDelta(HasId, Base):
    """What one act changed in the cells of a unit and is not folded up yet: insert-only, signed."""

    __tablename__ = "count_delta"

    unit: Mapped[str] = mapped_column(comment="month, year, or april: a year that begins on 1 April")
    start_on: Mapped[date]
    agency_id: Mapped[uuid.UUID] = mapped_column(comment="whose own numbers they are; noughts: the nation's")
    changes: Mapped[dict[str, int]] = mapped_column(JSON, comment="by dimension|metric|value how many more, or fewer")
    recorded_at: Mapped[datetime]


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
