"""Agencies and the people who work in them: roles, secrets, duty rosters, cover, sign-in sessions."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class Agency(HasId, Base):
    """A body that takes part in the mechanism. Rows, not code: another country starts from its own."""

    __tablename__ = "agency"

    key: Mapped[str] = mapped_column(unique=True, comment="a short name for configuration and imports")
    kind: Mapped[str] = mapped_column(comment="code of the list agency_kind")
    region: Mapped[str | None] = mapped_column(comment="code of the list region; none: the whole country")

    name_en: Mapped[str]
    name_sq: Mapped[str]
    name_sr: Mapped[str]

    is_active: Mapped[bool] = mapped_column(default=True)


class Member(HasId, Base):
    """A person who works for one agency and signs in."""

    __tablename__ = "member"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    sign_in: Mapped[str] = mapped_column(unique=True, comment="the name typed at sign-in, lower case")
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    sex: Mapped[str] = mapped_column(default="unknown", comment="for requests for staff of one's own sex")
    duty_phone: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)


class MemberSecret(Base):
    """The password hash, apart from the member so that only signing in can read it."""

    __tablename__ = "member_secret"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    password_hash: Mapped[str]
    changed_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(
        default=False, comment="of an invented person: production does not start with one"
    )


class MemberRole(Base):
    """A role that a member has; one or more (design decision 33)."""

    __tablename__ = "member_role"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class DutyShift(HasId, Base):
    """Who can be called for an agency, in which order and when; no end: until changed."""

    __tablename__ = "duty_shift"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    rank: Mapped[int] = mapped_column(default=1, comment="1 is called first")
    phone: Mapped[str]
    languages: Mapped[str] = mapped_column(default="", comment="codes of the list language, separated by spaces")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class FocalPoint(Base):
    """Whom other agencies turn to in an agency, and who answers in her place."""

    __tablename__ = "focal_point"
    __table_args__ = (CheckConstraint("place IN ('focal', 'backup')", name="place_known"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    phone: Mapped[str | None]


class Cover(HasId, Base):
    """Someone stands in for a colleague of the same agency between two days, both included."""

    __tablename__ = "cover"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="ends_after_start"),
        CheckConstraint("member_id <> covered_by_id", name="by_another"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    covered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]


class SignInSession(Base):
    """A browser that has a session here. Holds a digest of the token only, so that a stolen table opens nothing."""

    __tablename__ = "sign_in_session"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    values: Mapped[str] = mapped_column(comment="what the web keeps for the session, as JSON; never case data")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    factor: Mapped[str | None] = mapped_column(
        comment="what she gave besides her password; nothing: she has yet to give it, and nobody is signed in"
    )
    stepped_up_at: Mapped[datetime | None] = mapped_column(comment="when she gave it last")
    network: Mapped[str] = mapped_column(default="", comment="the first part of the address that signed in")
    is_sealed: Mapped[bool] = mapped_column(default=False, comment="the page it showed last shows what is sealed")
    challenge: Mapped[bytes | None] = mapped_column(comment="what a passkey is asked to sign; nothing: signed already")
    challenged_at: Mapped[datetime | None] = mapped_column(comment="when it was asked; five minutes later it is over")


class SignInAttempt(HasId, Base):
    """One try to sign in, by digest of name and of network, for the throttle."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_recent", "name_digest", "at"),
        Index("ix_sign_in_attempt_at", "at"),
    )

    name_digest: Mapped[str]
    network_digest: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    succeeded: Mapped[bool]


class RequestKey(Base):
    """A form that was sent: the same key acts once and gets the first answer again."""

    __tablename__ = "request_key"
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(comment="of route and body: another body under the same key is refused")
    outcome: Mapped[str | None] = mapped_column(comment="ids of what the act made, as JSON")
    at: Mapped[datetime]
