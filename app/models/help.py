"""What is agreed with the person and done for her: consent, services, notes, keep-apart marks, unmet need."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed

NOTHING_FITS = "source = 'placer' AND met_on IS NULL AND ended_on IS NULL AND voided_at IS NULL"
"""Of a case in which nothing fitted this is kept once, until the need is met or ended."""


class Consent(HasId, OfCase, Base):
    """What she agreed to, for which purpose and recipient, and when she took it back."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_at IS NULL)", name="withdrawal_dated_twice"),
        Index("ix_consent_live", "case_id", "purpose", "withdrawn_at"),
    )

    purpose: Mapped[str] = mapped_column(comment="code of the list consent_purpose")
    recipient_kind: Mapped[str] = mapped_column(comment="kind of agency, or * for none in particular")
    recipient_agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    given_by: Mapped[str] = mapped_column(comment="self, guardian or assent")
    language: Mapped[str] = mapped_column(default="unknown")
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))


class ServiceGiven(HasId, OfCase, Base):
    """A service that was given to her, by whom and when."""

    __tablename__ = "service_given"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    service: Mapped[str] = mapped_column(comment="code of the list service_kind")
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    note: Mapped[bytes | None] = sealed("N", "a short remark")
    voided_at: Mapped[datetime | None]


class Note(HasId, OfCase, Base):
    """A remark on the case, of one sensitivity class."""

    __tablename__ = "note"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    sensitivity: Mapped[str] = mapped_column(comment="class of field.md 8.1 that may read it")
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    text: Mapped[bytes | None] = sealed("T", "the remark; class in the column beside it")


class KeepApart(HasId, OfCase, Base):
    """A hard stop for matching, between two cases or a case and a shelter; the reason is never shown there."""

    __tablename__ = "keep_apart"
    __table_args__ = (CheckConstraint("(other_case_id IS NULL) <> (shelter_id IS NULL)", name="one_of_two"),)

    other_case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"))
    shelter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    set_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    reason: Mapped[bytes | None] = sealed("N", "why")


class UnmetNeed(HasId, OfCase, Base):
    """A place that was asked for and not found, until she is admitted anywhere or it is no longer looked for."""

    __tablename__ = "unmet_need"
    __table_args__ = (
        Index(
            "uq_unmet_need_nothing_fits",
            "case_id",
            unique=True,
            postgresql_where=text(NOTHING_FITS),
            sqlite_where=text(NOTHING_FITS),
        ),
    )

    sex: Mapped[str]
    age_band: Mapped[str]
    disability: Mapped[str] = mapped_column(default="unknown", comment="yes, no or unknown")
    children: Mapped[int | None] = mapped_column(comment="how many came with her; empty: not known")
    source: Mapped[str] = mapped_column(default="shelter", comment="shelter: it declined; placer: nothing fitted")
    asked_on: Mapped[date]
    recorded_at: Mapped[datetime]
    reason: Mapped[str]
    met_on: Mapped[date | None]
    ended_on: Mapped[date | None] = mapped_column(comment="no longer looked for")
    voided_at: Mapped[datetime | None]
