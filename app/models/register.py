"""Registers that an agency brought in: its saved mappings, each import with its receipt, each row as it was given."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class RegisterMapping(HasId, Base):
    """How an agency's columns, dates and code values are read; saved for the next year."""

    __tablename__ = "register_mapping"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    definition: Mapped[str] = mapped_column(comment="the mapping as JSON")
    saved_at: Mapped[datetime]


class RegisterImport(HasId, Base):
    """One file taken in. The same file twice is the same import."""

    __tablename__ = "register_import"
    __table_args__ = (UniqueConstraint("agency_id", "file_digest"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    file_digest: Mapped[str]
    mapping_name: Mapped[str]
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    rows: Mapped[int]
    receipt: Mapped[str] = mapped_column(comment="counts by kind of fact, as JSON; no values")


class RegisterRow(HasId, OfCase, Base):
    """One row as the agency gave it, sealed, beside the record made from it."""

    __tablename__ = "register_row"
    __table_args__ = (UniqueConstraint("agency_id", "fingerprint"),)

    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("register_import.id"), index=True)
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"))
    number: Mapped[int]
    fingerprint: Mapped[bytes] = mapped_column(comment="keyed digest of the row: the same row in another file is known")
    source: Mapped[bytes | None] = sealed("I", "the row as it stood in the file, as JSON")


class RegisterDraft(HasId, Base):
    """A file that waits between upload and import, sealed under the agency's key; deleted when it is taken in."""

    __tablename__ = "register_draft"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    definition: Mapped[str | None]  # sealed like the content, as text
    content: Mapped[bytes | None] = sealed("I", "the file's bytes")
