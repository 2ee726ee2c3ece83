"""A case's run of a procedure: its states, what happened, the clocks, signatures and referrals that follow."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import utc_now
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

    first_due_at: Mapped[datetime | None] = mapped_column(
        comment="when it was due before its first pause; none: due_at"
    )
    paused_at: Mapped[datetime | None] = mapped_column(comment="since when it stands still, copied for lists")
    exempt_until: Mapped[datetime | None] = mapped_column(comment="until when a lapse does not count, copied for lists")
    remind_at: Mapped[datetime | None] = mapped_column(comment="from when on those who can act are reminded")
    reminded_at: Mapped[datetime | None]
    known_since: Mapped[datetime] = mapped_column(
        default=utc_now, comment="since when it was known to stop, stand still or be due as it says now"
    )


class FormerClock(OfCase, Base):
    """What a clock said before, and when that was known: written by the database itself as clocks change.

    A report as of a moment takes what was known since before it, and not until before it.
    """

    __tablename__ = "former_clock"

    clock_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_clock.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    due_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    exempt_until: Mapped[datetime | None]


class ClockPause(HasId, OfCase, Base):
    """A time in which a clock stood still, by a step or by hand; without an end it still stands."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        CheckConstraint("(begun_by_event_id IS NULL) <> (begun_by_id IS NULL)", name="one_begins"),
        CheckConstraint("(ended_at IS NULL) = (end_recorded_at IS NULL)", name="end_is_recorded"),
        Index(
            "uq_clock_pause_standing",
            "clock_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND voided_at IS NULL"),
            sqlite_where=text("ended_at IS NULL AND voided_at IS NULL"),
        ),
    )

    clock_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_clock.id"), index=True)
    began_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    begun_by_event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))
    begun_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    ended_at: Mapped[datetime | None]
    end_recorded_at: Mapped[datetime | None]
    ended_by_event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    voided_at: Mapped[datetime | None]
    reason: Mapped[bytes | None] = sealed("N", "why, where it was paused by hand")


class ClockExemption(HasId, OfCase, Base):
    """Until when a lapse of a clock does not count as overdue, and who approved of that."""

    __tablename__ = "clock_exemption"

    clock_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_clock.id"), index=True)
    granted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    approved_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    granted_at: Mapped[datetime]
    until_on: Mapped[date] = mapped_column(comment="the last day, in the country's zone")
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[bytes | None] = sealed("N", "why")


class ClockSilence(HasId, OfCase, Base):
    """No reminders of a clock of this name in this case, until they are turned on again."""

    __tablename__ = "clock_silence"
    __table_args__ = (
        Index(
            "uq_clock_silence_standing",
            "case_id",
            "agency_id",
            "name",
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
            sqlite_where=text("lifted_at IS NULL"),
        ),
    )

    name: Mapped[str]
    set_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    set_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]


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
        Index("ix_referral_received", "to_agency_id", "sent_at"),
        Index("ix_referral_sent", "from_agency_id", "sent_at"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    from_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_event.id"))
    track: Mapped[str]
    accepts: Mapped[str] = mapped_column(comment="the receiver's action on the track when accepting")
    declines: Mapped[str | None] = mapped_column(comment="the receiver's action when declining")
    state: Mapped[str] = mapped_column(
        default="sent", comment="sent, seen, claimed, accepted, declined, withdrawn, returned, expired, done"
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

    seen_by_id: Mapped[uuid.UUID | None]
    decided_by_id: Mapped[uuid.UUID | None]
    done_by_id: Mapped[uuid.UUID | None]
    withdrawn_by_id: Mapped[uuid.UUID | None]
    accepted_event_id: Mapped[uuid.UUID | None] = mapped_column(comment="the receiver's step of accepting")
    returned_at: Mapped[datetime | None]
    returned_by_id: Mapped[uuid.UUID | None]
    return_reason: Mapped[str | None] = mapped_column(comment="code of the list decline_reason")
    return_note: Mapped[bytes | None] = sealed("N", "what the sender should know, under the content key")
    expired_at: Mapped[datetime | None]
    feedback: Mapped[str | None] = mapped_column(comment="what was done: code of the list referral_outcome")


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
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), comment="who was called")
    attempted_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(comment="code of the list call_outcome")
    by_id: Mapped[uuid.UUID | None] = mapped_column(comment="who tried")
    event_id: Mapped[uuid.UUID | None] = mapped_column(comment="the step that logged it")
