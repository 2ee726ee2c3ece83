"""Money for shelters: payers, grants, the places that they pay for, and what became of a grant. No case in it.

Amounts are whole numbers of the currency's smallest unit; an amount that the source does not tell is missing, which is
not zero. Nothing here is changed once it is recorded: what is wrong is struck out, what moves or ends is a row of its
own.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class RecordedBy:
    """Who recorded a row, for which agency, and when."""

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the agency that recorded it")
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]


class FundingPayer(HasId, RecordedBy, Base):
    """Who gives money: a ministry, a donor. Names in three languages."""

    __tablename__ = "funding_payer"
    __table_args__ = (UniqueConstraint("name_en"),)

    kind: Mapped[str] = mapped_column(comment="code of the list payer_kind")
    name_en: Mapped[str]
    name_sq: Mapped[str]
    name_sr: Mapped[str]


class FundingGrant(HasId, RecordedBy, Base):
    """Money that a payer gave for days from one to another, as its source tells it; or a part of such a grant."""

    __tablename__ = "funding_grant"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="ends_after_start"),
        CheckConstraint("amount >= 0 AND other_amount >= 0", name="not_below_zero"),
        CheckConstraint(
            "(other_amount IS NULL) = (other_currency IS NULL) AND (other_currency <> currency) IS NOT FALSE",
            name="equivalent_is_of_another",
        ),
        CheckConstraint(
            "share_amount IS NULL OR (share_amount >= 0 AND amount IS NOT NULL AND share_amount <= amount)",
            name="share_within_the_whole",
        ),
        CheckConstraint("(share_amount IS NULL) = (share_of IS NULL)", name="share_of_something"),
        CheckConstraint("part_of_id <> id", name="no_part_of_itself"),
        Index("ix_funding_grant_list", "from_on", "recorded_at"),
        Index("ix_funding_grant_part", "part_of_id"),
    )

    part_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("funding_grant.id"))
    payer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("funding_payer.id"))
    purpose: Mapped[str] = mapped_column(comment="code of the list funding_purpose")

    amount: Mapped[int | None] = mapped_column(BigInteger, comment="in the smallest unit; none: the source tells none")
    currency: Mapped[str] = mapped_column(comment="code of the list currency")
    is_approximate: Mapped[bool] = mapped_column(default=False, comment="the source says about")
    other_amount: Mapped[int | None] = mapped_column(BigInteger, comment="the equivalent as the source gives it")
    other_currency: Mapped[str | None]

    from_on: Mapped[date]
    to_on: Mapped[date] = mapped_column(comment="the last day")
    share_amount: Mapped[int | None] = mapped_column(BigInteger, comment="of the amount, what fell into a period")
    share_other_amount: Mapped[int | None] = mapped_column(BigInteger, comment="the same in the other currency")
    share_of: Mapped[str | None] = mapped_column(comment="what the source calls that period")

    places: Mapped[int] = mapped_column(comment="how many places it pays for")
    source: Mapped[str] = mapped_column(comment="where it is written")


class FundingPayee(HasId, Base):
    """A place that a grant pays for: an agency, a house of it by name, or a place that is only named."""

    __tablename__ = "funding_payee"
    __table_args__ = (
        CheckConstraint("agency_id IS NOT NULL OR place IS NOT NULL", name="some_place"),
        CheckConstraint("premises_id IS NULL OR (agency_id IS NOT NULL AND place IS NULL)", name="house_of_an_agency"),
        Index("ix_funding_payee_grant", "grant_id"),
        Index("ix_funding_payee_agency", "agency_id", "grant_id"),
    )

    grant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("funding_grant.id"))
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    premises_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("premises.id"), comment="one house of it")
    place: Mapped[str | None] = mapped_column(comment="a name, never an address")
    is_added: Mapped[bool] = mapped_column(default=False, comment="came in by a move, and not with the grant")


class FundingChange(HasId, RecordedBy, Base):
    """What became of a grant: it was moved to another of its places, it ended before its time, it was struck out."""

    __tablename__ = "funding_change"
    __table_args__ = (
        CheckConstraint("kind IN ('moved', 'ended', 'struck_out')", name="kind_known"),
        CheckConstraint(
            "(kind = 'moved') = (from_payee_id IS NOT NULL) AND (kind = 'moved') = (to_payee_id IS NOT NULL)",
            name="moved_from_and_to",
        ),
        CheckConstraint("from_payee_id <> to_payee_id", name="moved_elsewhere"),
        CheckConstraint("amount IS NULL OR (kind = 'moved' AND amount > 0)", name="amount_of_a_move"),
        Index("ix_funding_change_grant", "grant_id", "changed_on"),
        Index(
            "uq_funding_change_once",
            "grant_id",
            "kind",
            unique=True,
            postgresql_where=text("kind <> 'moved'"),
            sqlite_where=text("kind <> 'moved'"),
        ),
    )

    grant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("funding_grant.id"))
    kind: Mapped[str] = mapped_column(comment="code of the list funding_change")
    changed_on: Mapped[date]
    from_payee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("funding_payee.id"))
    to_payee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("funding_payee.id"))
    amount: Mapped[int | None] = mapped_column(BigInteger, comment="how much was moved; none: the source tells none")
    reason: Mapped[str]


class FundingCall(HasId, RecordedBy, Base):
    """A payer's call for proposals: until when a place may apply, for which days, and whom it must assist."""

    __tablename__ = "funding_call"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("to_on >= from_on", name="ends_after_start"),
        Index("ix_funding_call_list", "opens_on"),
    )

    payer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("funding_payer.id"))
    opens_on: Mapped[date]
    closes_on: Mapped[date] = mapped_column(comment="the last day on which a place may apply")
    from_on: Mapped[date]
    to_on: Mapped[date] = mapped_column(comment="the last day that it would pay for")
    open_to: Mapped[str] = mapped_column(comment="codes of the list assisted_group, separated by spaces")
    source: Mapped[str]


class AssistedGroups(HasId, RecordedBy, Base):
    """Whom a shelter assists from a day on, until a later row says otherwise: what calls for proposals ask."""

    __tablename__ = "assisted_groups"
    __table_args__ = (Index("ix_assisted_groups_place", "place_id", "from_on", "recorded_at"),)

    place_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    from_on: Mapped[date]
    groups: Mapped[str] = mapped_column(comment="codes of the list assisted_group, separated by spaces")
