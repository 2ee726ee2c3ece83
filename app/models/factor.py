"""What a member has besides her password: an app that shows codes, passkeys, codes for a rainy day, an invitation."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class MemberFactor(Base):
    """The secret that a member's app makes its codes from, sealed under a key that is not in the database."""

    __tablename__ = "member_factor"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(comment="sealed under the installation's key of factors")
    last_step: Mapped[int] = mapped_column(
        default=-1, comment="of the clock, 30 s each: no code of it or before is taken"
    )
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(
        comment="nothing: shown to her, and she gave no code of it yet"
    )


class Passkey(HasId, Base):
    """One device, or one store of keys, that signs for a member: its public half, sealed so that nobody plants one."""

    __tablename__ = "passkey"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True, comment="what the device calls the key; no secret")
    public_key: Mapped[bytes] = mapped_column(comment="sealed under the installation's key of factors, to its member")
    sign_count: Mapped[int] = mapped_column(
        BigInteger, comment="as the device counted last; one that does not go on is a copy. Nought: it does not count"
    )
    name: Mapped[str] = mapped_column(comment="what she calls the device")
    made_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class RecoveryCode(HasId, Base):
    """One of ten codes that each stand in once for a lost app; a digest of it only."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_of_member", "member_id", "digest"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    digest: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Invitation(HasId, Base):
    """What an administrator hands over so that a person chooses a password that nobody else ever knows."""

    __tablename__ = "invitation"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True, comment="of the code; the code itself is kept nowhere")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="used, or a later one was made")
