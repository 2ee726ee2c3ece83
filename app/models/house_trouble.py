"""What goes wrong in a house: complaints of residents, incidents with their first steps. Each under a key of its own.

A complaint's key is wrapped for the agency that it goes to, and for nobody else: who wrote it down does not open it
again. An incident's is wrapped for the house, which needs its account after a resident has left too, and lies beside
it under the content key of the case for those who follow it. Once the incident is closed and she has left, the house's
wrap is destroyed: what the register keeps of it then is coded.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, sealed


class Complaint(HasId, Base):
    """A complaint about a house, made to the house or past it; `agency_id` is the agency that receives it."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("made_to IN ('house', 'past')", name="made_to_known"),
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        Index("ix_complaint_list", "agency_id", "received_on"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="who receives and answers it")
    shelter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter that it is about")
    made_to: Mapped[str] = mapped_column(comment="house, or past it: then for supervisors alone")
    case_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("cases.id"), index=True, comment="none of a nameless one"
    )
    about_member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), comment="who never reads it")
    kind: Mapped[str] = mapped_column(comment="code of the list complaint")
    wrapped: Mapped[bytes] = mapped_column(comment="its key, for the agency that receives it")
    told: Mapped[bytes | None] = sealed("N", "what the person says")
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    due_at: Mapped[datetime]
    overdue_noticed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    answer: Mapped[bytes | None] = sealed("N", "what was answered, and done")
    answer_told_on: Mapped[date | None] = mapped_column(comment="when the person was told the answer")


class Incident(HasId, Base):
    """Something that happened in a house, with or without a resident; `agency_id` is the shelter."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        Index("uq_incident_number", "agency_id", "number", unique=True),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    stay_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stay.id"))
    number: Mapped[int] = mapped_column(comment="its place in the register of the shelter")
    kind: Mapped[str] = mapped_column(comment="code of the list incident")
    occurred_on: Mapped[date]
    begins_at: Mapped[str | None] = mapped_column(comment="hour and minute on the country's clocks, such as 10:30")
    recorded_at: Mapped[datetime]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    wrapped: Mapped[bytes | None] = mapped_column(comment="its key, for the house; none once it is closed and she left")
    case_wrapped: Mapped[bytes | None] = sealed("N", "its key, under the content key of the case")
    account: Mapped[bytes | None] = sealed("N", "what happened")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    conclusion: Mapped[bytes | None] = sealed("N", "what came of it")


class IncidentStep(HasId, Base):
    """A first step after an incident: until when, and done by whom and when, or why not."""

    __tablename__ = "incident_step"
    __table_args__ = (
        CheckConstraint("outcome IS NULL OR outcome IN ('done', 'not_done')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
        Index("ix_incident_step_due", "agency_id", "due_at"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    incident_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(comment="as the country's file has it")
    due_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(comment="done or not_done")
    done_at: Mapped[datetime | None] = mapped_column(comment="when that was recorded")
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    basis: Mapped[str | None] = mapped_column(comment="code of the list telling_basis, of a step that needs one")
    note: Mapped[bytes | None] = sealed("N", "how, or why not, under the incident's key")
    told_at: Mapped[datetime | None] = mapped_column(comment="when the coordinator was told that it is overdue")
    escalated_at: Mapped[datetime | None] = mapped_column(comment="when the supervisor was")
