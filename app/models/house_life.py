"""What a resident's life in a house is made of. Stays and beds are in placement.

A house's words on a resident are sealed under the content key of her case while the house is a party to it, so that who
leads the case reads them too, and they outlive her stay; else under the key of her stay, and end with it (decision 34).
`sealed_under` says which.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class MovementLimit(HasId, OfCase, Base):
    """An order that limits where a resident goes: why, by whom, until when; ends by itself. `agency_id` is the house.

    No two of a kind stand at one time: the database forbids it.
    """

    __tablename__ = "movement_limit"
    __table_args__ = (
        CheckConstraint("ends_on > from_on", name="ends_after_it_begins"),
        CheckConstraint("review_on > from_on AND review_on <= ends_on", name="reviewed_before_it_ends"),
        CheckConstraint("(lifted_on IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
        CheckConstraint("lifted_on IS NULL OR lifted_on >= from_on AND lifted_on <= ends_on", name="lifted_in_time"),
        CheckConstraint("sealed_under IN ('content', 'stay')", name="key_known"),
        Index("uq_movement_limit_number", "case_id", "agency_id", "number", unique=True),
        Index("ix_movement_limit_house", "agency_id", "ends_on"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"), comment="the stay in which it was ordered")
    number: Mapped[int] = mapped_column(comment="how many she was given in this house with it")
    kind: Mapped[str] = mapped_column(comment="code of the list limit_kind")
    ground: Mapped[str] = mapped_column(comment="code of the list movement_limit_reason")
    reason: Mapped[bytes | None] = sealed("N", "why, in words of its own")
    sealed_under: Mapped[str] = mapped_column(comment="content or stay: which key seals it")
    ordered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_at: Mapped[datetime]

    from_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(comment="the day on which it does not hold any more")
    review_on: Mapped[date]
    days: Mapped[int] = mapped_column(comment="days that it held or is to hold, begun ones counted, for the counts")

    own_word: Mapped[str] = mapped_column(comment="code of the list own_word: what she says to it")
    own_words: Mapped[bytes | None] = sealed("N", "what she said, in her words")
    told_in: Mapped[str] = mapped_column(comment="code of the list language: in which she was told")
    told_way: Mapped[str] = mapped_column(comment="code of the list told_way")
    social_worker_told_on: Mapped[date | None] = mapped_column(comment="of a child's, always")

    lifted_on: Mapped[date | None]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    lift_reason: Mapped[bytes | None] = sealed("N", "why it was lifted")
    lift_sealed_under: Mapped[str | None] = mapped_column(comment="which key seals that; none where she left before")
    review_noticed_at: Mapped[datetime | None] = mapped_column(comment="when the house was told that it is due")


class LimitReview(HasId, OfCase, Base):
    """That a movement limit was looked at again, by whom, and what came of it; append-only."""

    __tablename__ = "limit_review"
    __table_args__ = (CheckConstraint("sealed_under IN ('content', 'stay')", name="key_known"),)

    limit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("movement_limit.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    reviewed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(comment="code of the list limit_review")
    note: Mapped[bytes | None] = sealed("N", "what speaks for it")
    sealed_under: Mapped[str] = mapped_column(comment="content or stay: which key seals it")


class HouseText(HasId, Base):
    """House rules or the leaflet on rights, as a shelter wrote them: one version in one language; kept as written."""

    __tablename__ = "house_text"
    __table_args__ = (Index("uq_house_text_version", "agency_id", "kind", "version", "language", unique=True),)

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the shelter")
    kind: Mapped[str] = mapped_column(comment="code of the list house_text")
    version: Mapped[int]
    language: Mapped[str] = mapped_column(comment="code of the list language")
    body: Mapped[str] = mapped_column(comment="names nobody and no place: it is printed and given away")
    written_at: Mapped[datetime]
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class Acknowledgement(HasId, OfCase, Base):
    """That a resident was given a version of a text, in which language and how, and what she said to it."""

    __tablename__ = "acknowledgement"

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    kind: Mapped[str] = mapped_column(comment="code of the list house_text")
    version: Mapped[int]
    language: Mapped[str] = mapped_column(comment="code of the list language: in which it was read or told")
    way: Mapped[str] = mapped_column(comment="code of the list told_way")
    word: Mapped[str] = mapped_column(comment="code of the list acknowledged")
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class Belonging(HasId, OfCase, Base):
    """Something kept for a resident, and given back. Papers are kept at her wish alone: the database forbids else."""

    __tablename__ = "belonging"
    __table_args__ = (
        CheckConstraint("kind <> 'papers' OR at_own_wish", name="papers_at_own_wish"),
        CheckConstraint("(returned_on IS NULL) = (returned_by_id IS NULL)", name="returned_by_somebody"),
        CheckConstraint("(returned_on IS NULL) = (returned_to IS NULL)", name="returned_to_somebody"),
        CheckConstraint("sealed_under IN ('content', 'stay')", name="key_known"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    kind: Mapped[str] = mapped_column(comment="code of the list belonging")
    at_own_wish: Mapped[bool]
    description: Mapped[bytes | None] = sealed("N", "what it is")
    sealed_under: Mapped[str] = mapped_column(comment="content or stay: which key seals it")
    occurred_on: Mapped[date] = mapped_column(comment="when it was taken into keeping")
    recorded_at: Mapped[datetime]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    returned_on: Mapped[date | None]
    returned_to: Mapped[str | None] = mapped_column(comment="code of the list returned_to")
    returned_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class Appointment(HasId, OfCase, Base):
    """School, a doctor, a hearing: when, who goes along, how anybody reaches her about it, and whether it was kept."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (outcome_by_id IS NULL)", name="outcome_has_an_author"),
        CheckConstraint("sealed_under IN ('content', 'stay')", name="key_known"),
        Index("ix_appointment_house", "agency_id", "held_on"),
    )

    stay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stay.id"))
    kind: Mapped[str] = mapped_column(comment="code of the list appointment")
    held_on: Mapped[date]
    begins_at: Mapped[str | None] = mapped_column(comment="hour and minute on the country's clocks, such as 10:30")
    goes_along: Mapped[str] = mapped_column(comment="code of the list goes_along")
    reached_by: Mapped[str] = mapped_column(comment="code of the list reached_by: never around the safe contact")
    note: Mapped[bytes | None] = sealed("N", "where and with whom; nothing on health")
    sealed_under: Mapped[str] = mapped_column(comment="content or stay: which key seals it")
    recorded_at: Mapped[datetime]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    outcome: Mapped[str | None] = mapped_column(comment="code of the list appointment_outcome")
    outcome_at: Mapped[datetime | None]
    outcome_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
