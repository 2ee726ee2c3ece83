"""Meetings that any party may call: who is invited, which cases are on the agenda, what was decided, who does what."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class Meeting(HasId, Base):
    """One meeting: when, why, and on how many cases; which ones they are only their parties see."""

    __tablename__ = "meeting"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the agency that called it")
    called_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    called_at: Mapped[datetime]
    held_on: Mapped[date]
    begins_at: Mapped[str | None] = mapped_column(comment="hour and minute on the country's clocks, such as 10:30")
    kind: Mapped[str] = mapped_column(comment="code of the list meeting_kind")
    reason: Mapped[str] = mapped_column(comment="code of the list meeting_reason")
    is_urgent: Mapped[bool]
    entries: Mapped[int] = mapped_column(comment="how many cases are on the agenda, for those who see only some")


class MeetingAgency(Base):
    """An agency that is invited, and the role of whoever came for it."""

    __tablename__ = "meeting_agency"
    __table_args__ = (
        CheckConstraint("basis IN ('called', 'party', 'invited')", name="basis_known"),
        CheckConstraint("attended_by IS NULL OR attended", name="who_came_was_there"),
        Index("ix_meeting_agency_list", "agency_id", "meeting_id"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    basis: Mapped[str] = mapped_column(comment="called, party to one of the cases, or invited by its kind")
    attended: Mapped[bool | None]
    attended_by: Mapped[str | None] = mapped_column(comment="code of the list role")


class MeetingCase(HasId, OfCase, Base):
    """A case on the agenda, and what was decided on it."""

    __tablename__ = "meeting_case"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decision_has_an_author"),
        Index("ix_meeting_case_agenda", "meeting_id", "position"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    decision: Mapped[bytes | None] = sealed("N", "what was decided, under the content key")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class MeetingFollowUp(HasId, OfCase, Base):
    """What an agency took on at a meeting, until when, and when it was done."""

    __tablename__ = "meeting_follow_up"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
        Index("ix_meeting_follow_up_due", "responsible_agency_id", "done_at", "due_on"),
    )

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting_case.id"), index=True)
    responsible_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    due_on: Mapped[date]
    task: Mapped[bytes | None] = sealed("N", "what is to be done, under the content key")
    recorded_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
