"""Notices: written inside the act that causes them, read and put away by those they are for. Never a name in them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Conflict, NotFound
from app.models.agency import Member
from app.models.audit import Notice
from app.queries.notices import MINE, NoticeRow, mine, unread
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Work

STAND = timedelta(days=7)
WARNINGS = ("member:", "account:", "role:done", "lines:done", "reading:", "emergency:")
"""How the kinds begin that tell what is done with accounts and rights: who took one over would put them away first."""


@dataclass(frozen=True)
class Telling:
    """Who should be told what: an agency, in it a role or a member."""

    agency_id: UUID
    kind: str
    case_id: UUID | None = None
    role: str | None = None
    member_id: UUID | None = None
    values: dict[str, str] = field(default_factory=dict)


def tell(work: Work, tellings: list[Telling]) -> None:
    """Put notices into the outbox, in one statement, within the caller's transaction."""
    if not tellings:
        return
    rows = [
        {
            "id": uuid4(),
            "agency_id": telling.agency_id,
            "kind": telling.kind,
            "case_id": telling.case_id,
            "role": telling.role,
            "member_id": telling.member_id,
            "values": telling.values,
            "created_at": work.now,
        }
        for telling in tellings
    ]
    work.session.execute(insert(Notice), rows)


def tell_member(work: Work, member_id: UUID, kind: str) -> None:
    """Tell one member something about her own account, within the transaction of whoever did it."""
    agency_id: UUID = work.session.execute(select(Member.agency_id).where(Member.id == member_id)).scalar_one()
    with work.answering_for(agency_id):
        tell(work, [Telling(agency_id, kind, member_id=member_id)])


def inbox(actor: Actor, page: int) -> list[tuple[NoticeRow, datetime | None]]:
    """A page of what waits for her and one row more, each with until when it stands; None where she may put it away."""
    with unit_of_work.read(actor) as work:
        rows = unread(work.session, actor, page)
        return [(row, _stands_until(work, row.kind, row.created_at)) for row in rows]


def mark_read(actor: Actor, notice_id: UUID) -> None:
    """Put a notice away, for all whom it is for.

    Raises NotFound for one that is not hers, Conflict("notice_stands") for a warning of the last seven days.
    """
    with unit_of_work.write(actor) as work:
        hers = select(Notice.kind, Notice.created_at).where(Notice.id == notice_id, *MINE)
        found = work.session.execute(hers, mine(actor)).first()
        if found is None:
            raise NotFound
        if _stands_until(work, found.kind, found.created_at) is not None:
            raise Conflict("notice_stands")
        away = update(Notice).where(Notice.id == notice_id, Notice.read_at.is_(None))
        if work.change(away.values(read_at=work.now)) == 0:
            raise NotFound
        work.audit("notice:read", notice=notice_id)
        work.commit()


def _stands_until(work: Work, kind: str, created_at: datetime) -> datetime | None:
    until = created_at + STAND
    return until if kind.startswith(WARNINGS) and work.now < until else None
