"""Frozen reports: an edition with its numbers and the people behind them, written once and never changed."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId
from app.models.record import Snapshot


class ReportEdition(HasId, Base):
    """A report of a period as it was known at the end of a past day, signed off by a supervisor of its agency."""

    __tablename__ = "report_edition"
    __table_args__ = (
        CheckConstraint("period_start < period_end", name="has_days"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        Index("uq_report_edition_number", "agency_id", "period_start", "period_end", "number", unique=True),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="whose report it is")
    number: Mapped[int] = mapped_column(comment="of the reports of this agency on this period")
    period_start: Mapped[date]
    period_end: Mapped[date] = mapped_column(comment="the day after its last")
    as_of: Mapped[date] = mapped_column(comment="as it was known at the end of this day")
    metrics: Mapped[str] = mapped_column(comment="names of the counts, separated by spaces")
    definitions: Mapped[str] = mapped_column(comment="digest of what the counts meant")
    content: Mapped[str] = mapped_column(comment="the numbers, as JSON")
    members: Mapped[int] = mapped_column(comment="how many rows of people stand behind it")
    digest: Mapped[str] = mapped_column(comment="SHA-256 over all of it, rows of people included")
    reason: Mapped[str] = mapped_column(default="", comment="why there is another edition")
    signed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    signed_at: Mapped[datetime]


class EditionMember(HasId, Snapshot, Base):
    """A person whom an agency counted, as the edition knew her: a month, coarse dimensions, no name and no day.

    It outlives the erasure of her case, whose record is a random number then.
    """

    __tablename__ = "edition_member"
    __table_args__ = (
        CheckConstraint("place >= 1", name="placed_from_one"),
        Index("uq_edition_member_once", "edition_id", "metric", "person", "counted_by_id", unique=True),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="whose report it is")
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_edition.id"))
    metric: Mapped[str]
    person: Mapped[uuid.UUID] = mapped_column(comment="who she was taken to be on that day")
    counted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the agency that counted her")
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    month: Mapped[date] = mapped_column(comment="the first day of the month in which it happened")
    place: Mapped[int] = mapped_column(comment="1: the earliest of hers under the count, which breakdowns go by")
    entry_door: Mapped[str] = mapped_column(default="unknown")
