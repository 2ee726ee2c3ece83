"""Drafts of the procedure, as administrators list and open them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.agency import Member
from app.models.version import ProcedureDraft, ProcedureRelease
from app.security.actor import Actor


@dataclass(frozen=True)
class DraftRow:
    """One draft in a list."""

    name: str
    copied_from: str
    changed_at: datetime
    signed_at: datetime | None


@dataclass(frozen=True)
class ReleaseRow:
    """One release, and who put their names under it."""

    name: str
    digest: str
    first_signed_at: datetime
    released_at: datetime
    first: str
    second: str


def drafts(session: Session, actor: Actor) -> list[DraftRow]:
    """Every draft, the one that changed last first."""
    of = ProcedureDraft
    found = select(of.name, of.copied_from, of.changed_at, of.signed_at).order_by(of.changed_at.desc()).limit(100)
    return [DraftRow(**row._mapping) for row in session.execute(found)]


def releases(session: Session, actor: Actor) -> list[ReleaseRow]:
    """Every release, the newest first."""
    first, second = Member.__table__.alias("first"), Member.__table__.alias("second")
    of = ProcedureRelease
    found = (
        select(of.name, of.digest, of.first_signed_at, of.released_at, first.c.name.label("first"))
        .add_columns(second.c.name.label("second"))
        .join(first, first.c.id == of.first_signed_by_id)
        .join(second, second.c.id == of.released_by_id)
        .order_by(of.released_at.desc())
        .limit(100)
    )
    return [ReleaseRow(**row._mapping) for row in session.execute(found)]


def draft(session: Session, actor: Actor, name: str) -> ProcedureDraft | None:
    """One draft whole, None where there is none for the actor."""
    return session.execute(select(ProcedureDraft).where(ProcedureDraft.name == name)).scalar_one_or_none()


def member_name(session: Session, actor: Actor, member_id: UUID | None) -> str:
    """Who it is, empty for nobody."""
    found: Any = session.execute(select(Member.name).where(Member.id == member_id)).scalar_one_or_none()
    return found or ""
