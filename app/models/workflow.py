"""A case's run of a procedure: its states, what happened, the clocks, signatures and referrals that follow."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class WorkflowRun(Base):
    """The state of each track, pinned to a definition by name and digest. Written by the workflow runner alone."""

    __tablename__ = "workflow_run"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    procedure: Mapped[str]
    digest: Mapped[str]
    states: Mapped[dict[str, str]] = mapped_column(JSON)
    set_aside_from: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    row_version: Mapped[int] = mapped_column(default=1)


class CaseEvent(HasId, OfCase, Base):
    """One step taken: append-only; a correction or a taken-back step is marked, never removed."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_line", "case_id", "position"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    position: Mapped[int] = mapped_column(comment="order within the case; steps of one act share it")
    track: Mapped[str]
    action: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    form: Mapped[str | None]
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]

    answers: Mapped[bytes | None] = sealed("T", "what the form held, as JSON; masked by each field's class on opening")

    identity: Mapped[bytes | None] = sealed("I", "the answers of class I, under the identity key")

    voided_at: Mapped[datetime | None]
    voided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    corrected_by_id: Mapped[uuid.UUID | None] = mapped_column(comment="the later event that holds in its place")
    reason: Mapped[bytes | None] = sealed("N", "why it was voided or corrected")


class CaseClock(HasId, OfCase, Base):
    """A period that runs: when it started, when it is due, when it stopped. Overdue is computed, never stored."""

    __tablename__ = "case_clock"
    __table_args__ = (Index("ix_case_clock_due", "agency_id", "stopped_at", "due_at"),)

    name: Mapped[str]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    calendar: Mapped[str] = mapped_column(comment="version of the holiday calendar it was computed by")
    started_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_event.id"))
    stopped_at: Mapped[datetime | None]
    stopped_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))
    voided_at: Mapped[datetime | None]
    lapse_noticed_at: Mapped[datetime | None]


class Signature(HasId, OfCase, Base):
    """One role's signature under a joint act; the last one fires the step (decision 38)."""

    __tablename__ = "signature"
    __table_args__ = (
        Index(
            "uq_signature_role",
            "event_id",
            "role",
            unique=True,
            postgresql_where=text("voided_at IS NULL"),
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_event.id"), comment="the proposal that is signed")
    track: Mapped[str]
    action: Mapped[str]
    role: Mapped[str]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    signed_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


class Referral(HasId, Base):
    """A hand-over to an agency: each of its moments has its own time."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="decision_has_a_time"),
        Index("ix_referral_queue", "to_agency_id", "state", "sent_at"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    from_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_event.id"))
    track: Mapped[str]
    accepts: Mapped[str] = mapped_column(comment="the receiver's action on the track when accepting")
    declines: Mapped[str | None] = mapped_column(comment="the receiver's action when declining")
    state: Mapped[str] = mapped_column(
        default="sent", comment="sent, seen, claimed, accepted, declined, withdrawn, expired, done"
    )

    basis: Mapped[str] = mapped_column(default="duty", comment="on what the receiver will be a party: duty or consent")
    region: Mapped[str] = mapped_column(default="unknown", comment="calls carry no identity and no story (decision 4)")
    sex: Mapped[str] = mapped_column(default="unknown")
    is_child: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="unknown")
    urgency: Mapped[str] = mapped_column(default="soon")
    packet: Mapped[bytes | None] = sealed("N", "what the person agreed to send along, under the packet's own key")

    sent_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    claimed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None]
    decline_reason: Mapped[str | None]
    done_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class PacketKey(Base):
    """The key of a referral's packet, wrapped for sender and receiver; gone on decline, withdrawal or expiry."""

    __tablename__ = "packet_key"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    wrapped: Mapped[bytes]


class CallAttempt(HasId, OfCase, Base):
    """One try to reach someone on the duty roster, and what came of it."""

    __tablename__ = "call_attempt"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), comment="who was called")
    attempted_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(comment="code of the list call_outcome")
