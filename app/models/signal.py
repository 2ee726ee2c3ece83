"""Signals: what early identifiers and the hotline tell an agency before there is a case, sealed for the two of them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class Signal(HasId, Base):
    """A first suspicion on its way to an agency; its sender follows how it stands, and nothing else of it."""

    __tablename__ = "signal"
    __table_args__ = (
        CheckConstraint("(decided_at IS NOT NULL) = (state IN ('taken_up', 'closed'))", name="decision_has_a_time"),
        Index("ix_signal_queue", "to_agency_id", "state", "sent_at"),
        Index("ix_signal_sent", "from_agency_id", "sent_at"),
    )

    from_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    sent_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    basis: Mapped[str] = mapped_column(default="report", comment="code of the list signal_basis")
    state: Mapped[str] = mapped_column(default="sent", comment="code of the list signal_state")

    region: Mapped[str]
    sex: Mapped[str]
    age_group: Mapped[str]
    language: Mapped[str]
    urgency: Mapped[str]
    place: Mapped[str] = mapped_column(comment="code of the list signal_place")
    person_knows: Mapped[str]

    noticed: Mapped[bytes | None] = sealed("T", "what was noticed, under the signal's own key")
    contact: Mapped[bytes | None] = sealed("I", "how the person can be reached safely, under the same key")
    basis_reason: Mapped[bytes | None] = sealed("T", "why it was sent without her consent, under the same key")

    sent_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    end_reason: Mapped[str | None] = mapped_column(comment="code of the list signal_end")


class SignalKey(Base):
    """The key of a signal, wrapped for sender and receiver; gone once it is taken up or closed."""

    __tablename__ = "signal_key"

    signal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("signal.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    wrapped: Mapped[bytes]


class SignalCase(HasId, OfCase, Base):
    """The case that a signal became: apart from the signal, for its sender must not learn of it."""

    __tablename__ = "signal_case"

    signal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("signal.id"), unique=True)
