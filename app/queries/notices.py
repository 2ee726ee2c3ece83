"""Notices that wait for a member."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from app.models.audit import Notice
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class NoticeRow:
    """One notice, without names."""

    id: UUID
    kind: str
    values: dict[str, str]
    case_id: UUID | None
    created_at: datetime


def _mine(actor: Actor) -> list[object]:
    return [
        Notice.agency_id == actor.agency_id,
        Notice.read_at.is_(None),
        or_(Notice.member_id.is_(None), Notice.member_id.in_(sorted(actor.stands_for))),
        or_(Notice.role.is_(None), Notice.role.in_(sorted(actor.roles))),
    ]


def unread(session: Session, actor: Actor, page: int = 1) -> list[NoticeRow]:
    """Unread notices, newest first, one page and one row more to tell that there are more."""
    rows = session.execute(
        select(Notice.id, Notice.kind, Notice.values, Notice.case_id, Notice.created_at)
        .where(*_mine(actor))  # type: ignore[arg-type]
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [NoticeRow(*row) for row in rows]


def waiting(actor: Actor) -> ScalarSelect[int]:
    """How many wait, at most a hundred counted, as a part of another statement."""
    found = select(Notice.id).where(*_mine(actor)).limit(100).subquery()  # type: ignore[arg-type]
    return select(func.count()).select_from(found).scalar_subquery()


def count_unread(session: Session, actor: Actor) -> int:
    """How many wait, at most a hundred counted."""
    return session.execute(select(waiting(actor))).scalar_one()
