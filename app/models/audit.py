"""The record of acts and of looks, on sixteen hash chains, and notices waiting in the outbox."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId

CHAINS = 16
OF_CASE = text("case_id IS NOT NULL")
OF_READING = text("action IN ('reading:stopped', 'reading:let_on')")
OF_LISTS = text(
    "action IN ('case:listed', 'case:searched', 'caseload:listed', 'count:changes', 'count:frozen_differences', "
    "'count:frozen_members', 'count:members', 'occupancy:exported', 'placement:exported')"
)


class AuditChain(Base):
    """The head of one chain; locked last in each transaction."""

    __tablename__ = "audit_chain"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(default="")


class AuditEntry(Base):
    """One act or look: who, what, which ids. No names, no dates of facts (decision 44)."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_case", "case_id"),
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_looks", "member_id", "at", postgresql_where=OF_CASE, sqlite_where=OF_CASE),
        Index("ix_audit_entry_lists", "member_id", "at", postgresql_where=OF_LISTS, sqlite_where=OF_LISTS),
        Index("ix_audit_entry_reading", "at", postgresql_where=OF_READING, sqlite_where=OF_READING),
    )

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    member_id: Mapped[uuid.UUID | None]
    agency_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(comment="a constant of the server, never of a request")
    case_id: Mapped[uuid.UUID | None]
    detail: Mapped[str] = mapped_column(comment="canonical JSON: ids, counts and codes")
    previous: Mapped[str]
    digest: Mapped[str]


class AuditCheckpoint(Base):
    """How long each chain was at a moment, signed with a key that does not lie in the database; written once."""

    __tablename__ = "audit_checkpoint"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    entries: Mapped[int] = mapped_column(comment="of all chains")
    content: Mapped[str] = mapped_column(comment="canonical JSON: number, moment, the one before, heads")
    signature: Mapped[str] = mapped_column(comment="Ed25519 over the content, in hex")


class Notice(HasId, Base):
    """Something an agency, a role in it or a member should know; no names in it."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_inbox", "agency_id", "read_at", "created_at"),)

    agency_id: Mapped[uuid.UUID]
    member_id: Mapped[uuid.UUID | None]
    role: Mapped[str | None]
    case_id: Mapped[uuid.UUID | None]
    kind: Mapped[str]
    values: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, comment="codes for the sentence, never names")
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None] = mapped_column(comment="set when mail has left")
