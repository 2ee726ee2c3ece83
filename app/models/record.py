"""The client record of a case: who she is (sealed), how to reach her safely, and the dated snapshot in clear."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, OfCase, sealed


class Snapshot:
    """Coarse dimensions in clear, taken at opening and again at identification (decision 37)."""

    sex: Mapped[str] = mapped_column(default="unknown")
    age_band: Mapped[str] = mapped_column(default="unknown")
    is_child: Mapped[bool] = mapped_column(default=False)
    citizenship: Mapped[str] = mapped_column(default="unknown")
    region: Mapped[str] = mapped_column(default="unknown")
    form: Mapped[str] = mapped_column(default="unknown", comment="form of exploitation")
    scope: Mapped[str] = mapped_column(default="unknown", comment="internal or cross_border")
    recruitment: Mapped[str] = mapped_column(default="not_asked", comment="with which promise")
    recruiter_relation: Mapped[str] = mapped_column(default="not_asked")
    recruiter_sex: Mapped[str] = mapped_column(default="not_asked")
    means_of_control: Mapped[str] = mapped_column(default="not_asked", comment="codes in their order, parted by ;")
    education: Mapped[str] = mapped_column(default="not_asked", comment="ISCED 2011")
    destination: Mapped[str] = mapped_column(default="not_asked", comment="country of exploitation")


class ClientRecord(HasId, OfCase, Snapshot, Base):
    """One record a case, shared by its parties."""

    __tablename__ = "client_record"
    __table_args__ = (Index("uq_client_record_case_id", "case_id", unique=True),)

    identity: Mapped[bytes | None] = sealed("I", "names, birth date or age, documents, as JSON")
    safe_contact: Mapped[bytes | None] = sealed("I", "way, number, hours, who may answer, what may be said, code word")
    has_safe_contact: Mapped[bool] = mapped_column(default=False)
    age_in_doubt: Mapped[bool] = mapped_column(default=False, comment="presumed a child until shown otherwise")
    language: Mapped[str] = mapped_column(default="unknown")
    snapshot_on: Mapped[date]
    register_id: Mapped[uuid.UUID | None] = mapped_column(comment="the import it came with: rows of one list differ")
    row_version: Mapped[int] = mapped_column(default=1)


class RecordChange(HasId, OfCase, Base):
    """What a client record said before it was put right; append-only."""

    __tablename__ = "record_change"
    __table_args__ = (CheckConstraint("part IN ('identity', 'safe_contact')", name="part_known"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    part: Mapped[str] = mapped_column(comment="which part of the record: identity or safe_contact")
    recorded_at: Mapped[datetime]
    former: Mapped[bytes | None] = sealed("I", "what stood there, as JSON, under the identity key")
    reason: Mapped[bytes | None] = sealed("N", "why it was changed, under the content key")


class SearchToken(Base):
    """A keyed fingerprint of a name part, under the agency's own search key."""

    __tablename__ = "search_token"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), primary_key=True)


class LinkToken(Base):
    """A keyed fingerprint under the linker's key; only the linker reads it."""

    __tablename__ = "link_token"

    token: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), primary_key=True)


class RecordPerson(Base):
    """Which person a record is taken to be: derived from the standing links, one row a record.

    A record without a row is a person of its own, and the linker has not looked at it yet.
    """

    __tablename__ = "record_person"

    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    since: Mapped[datetime] = mapped_column(comment="when it was taken to be this person; a person of its own before")


class FormerPerson(Base):
    """Which person a record was taken to be, and when: written by the database itself as links change, insert-only.

    A report as of a moment takes the person whose `since` lies before it and whose `until` does not.
    """

    __tablename__ = "former_person"

    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    person_id: Mapped[uuid.UUID]


class KeptLink(Base):
    """A link that stood when one of its records was erased, without its evidence: written by the database itself."""

    __tablename__ = "kept_link"

    record_a_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), primary_key=True)
    record_b_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), primary_key=True)


class LinkPair(HasId, Base):
    """Two records that may be one person, with score and evidence; undone links stay undone."""

    __tablename__ = "link_pair"
    __table_args__ = (
        CheckConstraint("record_a_id < record_b_id", name="ordered"),
        CheckConstraint(
            "state IN ('sure', 'doubtful', 'confirmed', 'refused', 'undone', 'lapsed')", name="state_known"
        ),
        Index("uq_link_pair_records", "record_a_id", "record_b_id", unique=True),
    )

    record_a_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"))
    record_b_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("client_record.id"), index=True)
    score: Mapped[float]
    agreement: Mapped[str] = mapped_column(comment="agreement by attribute as JSON: keys only, no values")
    state: Mapped[str] = mapped_column(index=True)
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str | None] = mapped_column(comment="coded reason of the decision")
    answered_agreement: Mapped[str | None] = mapped_column(comment="the agreement that was answered, as JSON")
    changed_at: Mapped[datetime | None] = mapped_column(
        comment="when one of the two was put right after the answer; nothing where the answer fits them"
    )


class Guardian(HasId, OfCase, Base):
    """Someone who decides for a child; decides nothing while unchecked or suspect (decision 27)."""

    __tablename__ = "guardian"

    details: Mapped[bytes | None] = sealed("I", "name, relation, contact, as JSON")
    is_checked: Mapped[bool] = mapped_column(default=False)
    is_suspect: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_event.id"))
