"""Beds out of use for a time, and how long a bed is made ready after somebody has left it."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class BedVoid(HasId, Base):
    """A bed that nobody can be given, [from, to). `agency_id` is the shelter. No night is both void and slept in."""

    __tablename__ = "bed_void"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_it_begins"),
        CheckConstraint("ended_at IS NULL OR to_on IS NOT NULL", name="ended_on_a_day"),
        Index("ix_bed_void_bed", "bed_id", "from_on"),
        Index("ix_bed_void_agency", "agency_id", "from_on"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    bed_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bed.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None] = mapped_column(comment="the first day on which it can be used again; none: not known")
    reason: Mapped[str] = mapped_column(comment="code of the list void_reason")
    stay_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stay.id"), comment="whose departure made it, if any")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="when it was put back before its day, or gave way")
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class VoidRevision(HasId, Base):
    """That the end of a void was changed: what it was before, and who changed it. Never changed itself."""

    __tablename__ = "void_revision"
    __table_args__ = (Index("ix_void_revision_void", "void_id", "recorded_at"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    void_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bed_void.id"))
    before_on: Mapped[date | None]
    after_on: Mapped[date | None]
    changed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]


class Turnaround(Base):
    """For how many days a shelter makes a bed ready after somebody has left it. None recorded: no day."""

    __tablename__ = "turnaround"
    __table_args__ = (CheckConstraint("days BETWEEN 0 AND 30", name="of_at_most_a_month"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True, comment="the shelter")
    days: Mapped[int]
    set_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    set_at: Mapped[datetime]
