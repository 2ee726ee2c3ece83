"""Operations of the police, open to named members alone, and the venues where they were held, under a code."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class Venue(HasId, Base):
    """A place by its code; where it lies is sealed."""

    __tablename__ = "venue"
    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str] = mapped_column(comment="a pseudonym that the agency gives, upper case")
    kind: Mapped[str] = mapped_column(comment="code of the list venue_kind")
    region: Mapped[str]
    address: Mapped[bytes | None] = sealed("V", "where it lies, under the agency's key")
    recorded_at: Mapped[datetime]


class Operation(HasId, Base):
    """A raid, check, search or inspection with what came of it, in numbers."""

    __tablename__ = "operation"
    __table_args__ = (
        CheckConstraint("presumed <= screened", name="presumed_were_screened"),
        CheckConstraint(
            "screened >= 0 AND presumed >= 0 AND arrests >= 0 AND home_searches >= 0", name="counts_from_zero"
        ),
        Index("ix_operation_list", "agency_id", "held_on"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    venue_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("venue.id"), index=True)
    kind: Mapped[str] = mapped_column(comment="code of the list operation_kind")
    reason: Mapped[str] = mapped_column(comment="code of the list operation_reason")
    held_on: Mapped[date]
    recorded_at: Mapped[datetime]
    screened: Mapped[int] = mapped_column(default=0, comment="persons screened")
    presumed: Mapped[int] = mapped_column(default=0, comment="of them presumed victims")
    arrests: Mapped[int] = mapped_column(default=0)
    home_searches: Mapped[int] = mapped_column(default=0, comment="searches of private homes")
    note: Mapped[bytes | None] = sealed("V", "what the counts do not tell, under the agency's key")


class OperationMember(Base):
    """A member who may open an operation."""

    __tablename__ = "operation_member"

    operation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    added_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    added_at: Mapped[datetime]


class VenueVisit(Base):
    """That there was an operation at a venue on a day: what the agency knows even of one that it may not open."""

    __tablename__ = "venue_visit"

    operation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    venue_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("venue.id"), index=True)
    held_on: Mapped[date]


class OperationCase(HasId, OfCase, Base):
    """A case of the agency that began with an operation."""

    __tablename__ = "operation_case"
    __table_args__ = (UniqueConstraint("operation_id", "case_id"),)

    operation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("operation.id"))
