"""Contacts of the hotline: no identity, no case, and a note that only the hotline opens."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, sealed


class HotlineContact(HasId, Base):
    """One call, message or visit, in codes; the day and the part of it, not the minute."""

    __tablename__ = "hotline_contact"
    __table_args__ = (Index("ix_hotline_contact_list", "agency_id", "occurred_on", "recorded_at"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    part_of_day: Mapped[str]
    channel: Mapped[str] = mapped_column(comment="code of the list hotline_channel")
    language: Mapped[str]
    caller: Mapped[str] = mapped_column(comment="code of the list hotline_caller")
    topic: Mapped[str] = mapped_column(comment="code of the list hotline_topic")
    region: Mapped[str]
    outcome: Mapped[str] = mapped_column(comment="code of the list hotline_outcome")
    note: Mapped[bytes | None] = sealed("N", "what matters for the next call, without names, under the agency's key")
    signal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("signal.id"), comment="the signal that it became")
