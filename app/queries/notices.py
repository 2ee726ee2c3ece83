"""Notices that wait for a member."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from app.models.audit import Notice
from app.models.case import CaseBar
from app.security.actor import Actor

PAGE = 25
COUNTED = 100


@dataclass(frozen=True)
class NoticeRow:
    """One notice, without names."""

    id: UUID
    kind: str
    values: dict[str, str]
    case_id: UUID | None
    created_at: datetime


_bar = CaseBar.__table__

# Written once, with places for the actor: building a statement anew costs more than running it.
MINE = (
    Notice.agency_id == bindparam("agency_id"),
    Notice.read_at.is_(None),
    or_(Notice.member_id.is_(None), Notice.member_id.in_(bindparam("member_ids", expanding=True))),
    or_(Notice.role.is_(None), Notice.role.in_(bindparam("roles", expanding=True))),
    # None about a case from which she is barred, here too: the frame of a page counts them without the scope.
    ~exists().where(
        _bar.c.case_id == Notice.case_id,
        _bar.c.member_id == bindparam("reader_id", type_=Uuid()),
        _bar.c.lifted_at.is_(None),
    ),
)
_COUNTED = select(Notice.id).where(*MINE).limit(COUNTED).subquery()
WAITING = select(func.count()).select_from(_COUNTED).scalar_subquery()
"""How many wait, at most a hundred counted, as a part of another statement."""


def mine(actor: Actor) -> dict[str, Any]:
    """What MINE and WAITING are asked with."""
    return {
        "agency_id": actor.agency_id,
        "reader_id": actor.member_id,
        "member_ids": sorted(actor.stands_for),
        "roles": sorted(actor.roles),
    }


def unread(session: Session, actor: Actor, page: int = 1) -> list[NoticeRow]:
    """Unread notices, newest first, one page and one row more to tell that there are more."""
    rows = session.execute(
        select(Notice.id, Notice.kind, Notice.values, Notice.case_id, Notice.created_at)
        .where(*MINE)
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE),
        mine(actor),
    )
    return [NoticeRow(*row) for row in rows]


def count_unread(session: Session, actor: Actor) -> int:
    """How many wait, at most a hundred counted."""
    number: int = session.execute(select(WAITING), mine(actor)).scalar_one()
    return number
