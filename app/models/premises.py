"""The houses of a shelter: what they are called, where they are. Rooms and beds are in `placement`."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, sealed


class Premises(HasId, Base):
    """A house of a shelter, by a name that says nothing of where it is."""

    __tablename__ = "premises"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str] = mapped_column(comment="a code such as House 1, never an address")


class ShelterAddress(Base):
    """Where a house is: sealed apart, under a key of its own that is wrapped for the shelter alone."""

    __tablename__ = "shelter_address"

    premises_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises.id"), primary_key=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True, comment="the shelter")
    address: Mapped[bytes | None] = sealed("L", "where the house is and how to get in, under the address's own key")
    wrapped: Mapped[bytes]
    version: Mapped[int] = mapped_column(comment="how often it was written: each time under a new key")
    set_at: Mapped[datetime]
    set_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class AddressOpening(HasId, Base):
    """That somebody opened the address of a house: the shelter's to read. Of whom it was for it says nothing."""

    __tablename__ = "address_opening"
    __table_args__ = (Index("ix_address_opening_list", "agency_id", "opened_at"),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    premises_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("premises.id"))
    opened_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    purpose: Mapped[str] = mapped_column(comment="code of the list address_purpose")
    version: Mapped[int] = mapped_column(comment="which address it was")
    opened_at: Mapped[datetime]
