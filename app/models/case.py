"""A case, who is a party to it, who works on it, who is barred from it, and its wrapped keys."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class Case(HasId, Base):
    """One person's way through the mechanism, under a pseudonym. An imported row is a case without a run."""

    __tablename__ = "cases"
    __table_args__ = (CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_has_a_day"),)

    reference: Mapped[str] = mapped_column(unique=True, comment="pseudonym without meaning, KS-YYYY-random")
    opened_by_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    lead_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    origin: Mapped[str] = mapped_column(comment="kind of the agency that opened it")
    entry_door: Mapped[str] = mapped_column(comment="code of the list entry_door")

    opened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default="open", comment="open, closed or imported")
    closed_on: Mapped[date | None]

    previous_case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)


class CaseParty(HasId, OfCase, Base):
    """An agency's standing in a case, by duty or by consent, from and until; lists start here (decision 6)."""

    __tablename__ = "case_party"
    __table_args__ = (
        CheckConstraint("kind IN ('duty', 'consent')", name="kind_known"),
        CheckConstraint("(ended_at IS NULL) = (end_kind IS NULL)", name="end_has_a_kind"),
        Index(
            "uq_case_party_live",
            "case_id",
            "agency_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_case_party_list", "agency_id", "case_state", "opened_on", "case_id"),
        Index("ix_case_party_newest", "agency_id", "opened_on", "case_id"),
    )

    agency_kind: Mapped[str] = mapped_column(comment="kept here so that facts need no join")
    kind: Mapped[str]
    basis: Mapped[str] = mapped_column(comment="opening, call, referral, care_decision, import, cover, hand_over")
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_kind: Mapped[str | None] = mapped_column(comment="handed_over, withdrawn or closed")

    case_state: Mapped[str] = mapped_column(comment="state of the case, copied for lists")
    stage: Mapped[str] = mapped_column(comment="furthest stage of the line, copied for lists")
    opened_on: Mapped[date]


class CaseStaff(HasId, OfCase, Base):
    """A member assigned to a case inside her agency."""

    __tablename__ = "case_staff"
    __table_args__ = (
        Index(
            "uq_case_staff_live",
            "case_id",
            "member_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_case_staff_member", "member_id", "case_id"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CaseBar(HasId, OfCase, Base):
    """A member who must not see a case, above every other right, and who does not see that she is barred."""

    __tablename__ = "case_bar"
    __table_args__ = (Index("ix_case_bar_who", "case_id", "member_id"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    set_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    set_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    reason: Mapped[bytes | None] = sealed("V", "why, sealed under the content key")


class CaseKey(Base):
    """A key of a case, wrapped for one holder. Deleting the row ends what that holder can open."""

    __tablename__ = "case_key"
    __table_args__ = (CheckConstraint("kind IN ('identity', 'content')", name="kind_known"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    holder_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="an agency, or the linker's desk")
    kind: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]
