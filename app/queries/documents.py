"""The documents of a case: the list without their bytes, one with them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.document import CaseDocument
from app.security.actor import Actor

MOST = 500
"""How many a case shows; one that has more shows the newest."""


@dataclass(frozen=True)
class DocumentRow:
    """One document as a list has it; `details` is sealed."""

    id: UUID
    kind: str
    sensitivity: str
    format: str
    size: int
    recorded_at: datetime
    removed_at: datetime | None
    details: bytes | None
    member_id: UUID
    by: str
    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


_ROW = (
    select(
        CaseDocument.id,
        CaseDocument.kind,
        CaseDocument.sensitivity,
        CaseDocument.format,
        CaseDocument.size,
        CaseDocument.recorded_at,
        CaseDocument.removed_at,
        CaseDocument.details,
        CaseDocument.member_id,
        Member.name.label("by"),
        CaseDocument.agency_id,
        Agency.name_en,
        Agency.name_sq,
        Agency.name_sr,
    )
    .join(Member, Member.id == CaseDocument.member_id)
    .join(Agency, Agency.id == CaseDocument.agency_id)
)


def of_case(session: Session, actor: Actor, case_id: UUID) -> list[DocumentRow]:
    """The documents of a case that is open to the actor, newest first."""
    newest = _ROW.where(CaseDocument.case_id == case_id).order_by(CaseDocument.recorded_at.desc(), CaseDocument.id)
    return [DocumentRow(**row._mapping) for row in session.execute(newest.limit(MOST))]


def one(session: Session, actor: Actor, case_id: UUID, document_id: UUID) -> DocumentRow | None:
    """One document; None where it is not there for the actor, or was taken off."""
    row = session.execute(
        _ROW.where(CaseDocument.case_id == case_id, CaseDocument.id == document_id, CaseDocument.removed_at.is_(None))
    ).first()
    return DocumentRow(**row._mapping) if row else None


def content(session: Session, actor: Actor, document_id: UUID) -> bytes | None:
    """The sealed bytes of a document."""
    return session.execute(select(CaseDocument.content).where(CaseDocument.id == document_id)).scalar_one_or_none()
