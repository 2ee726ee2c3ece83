"""Shelters, rooms and beds, holds and stays. Two people can never hold one bed: the database forbids it."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import utc_now
from app.models.base import Base, HasId, OfCase, sealed


class Shelter(Base):
    """What kind of place a shelter is. Whom it takes has dates (models/intake); its address is not here."""

    __tablename__ = "shelter"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(comment="high_risk, foreign, child, ngo, men_disabled, semi_independent")


class Room(HasId, Base):
    """A room of a shelter, in one of its houses."""

    __tablename__ = "room"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    premises_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises.id"), index=True)
    name: Mapped[str]


class Bed(HasId, Base):
    """A bed in a room."""

    __tablename__ = "bed"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    room_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("room.id"))
    name: Mapped[str]
    is_cot: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)


class BedHold(HasId, OfCase, Base):
    """A bed kept for someone who is expected; expires by itself. `agency_id` is the shelter."""

    __tablename__ = "bed_hold"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="not_empty"),
        CheckConstraint("state IN ('held', 'used', 'released', 'expired', 'needs_place')", name="state_known"),
        Index("ix_bed_hold_bed", "bed_id", "from_on"),
    )

    bed_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bed.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="held")
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))


class Stay(HasId, OfCase, Base):
    """An actual stay in a bed, [arrived, left). `agency_id` is the shelter."""

    __tablename__ = "stay"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= arrived_on", name="leaves_after_arrival"),
        CheckConstraint("left_on IS NULL OR destination IS NOT NULL", name="left_for_somewhere"),
        Index("ix_stay_bed", "bed_id", "arrived_on"),
        Index(
            "ix_stay_open",
            "bed_id",
            postgresql_where=text("left_on IS NULL"),
            sqlite_where=text("left_on IS NULL"),
        ),
        Index("ix_stay_record", "record_id", "arrived_on"),
    )

    bed_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bed.id"))
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"))
    previous_stay_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stay.id"))
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))

    arrived_on: Mapped[date]
    expected_until: Mapped[date | None]
    left_on: Mapped[date | None]
    destination: Mapped[str | None]
    recorded_at: Mapped[datetime]
    known_since: Mapped[datetime] = mapped_column(
        default=utc_now, comment="since when she was known to arrive and leave on these days"
    )

    safety: Mapped[bytes | None] = sealed("N", "alias, alerts, allergies, children present, under the stay's own key")


class FormerStay(OfCase, Base):
    """When a resident was taken to arrive and leave before that was put right, or before she left, and when that was
    known: written by the database itself as stays change, read as `FormerClock` is.
    """

    __tablename__ = "former_stay"

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    arrived_on: Mapped[date]
    left_on: Mapped[date | None]


class StayKey(Base):
    """The key of a stay's safety minimum, wrapped for the shelter until departure (decision 34)."""

    __tablename__ = "stay_key"

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    wrapped: Mapped[bytes]
