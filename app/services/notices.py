"""Notices: written inside the act that causes them, read and put away by those they are for. Never a name in them."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import NotFound
from app.models.agency import Member
from app.models.audit import Notice
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Work


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


def mark_read(actor: Actor, notice_id: UUID) -> None:
    """Put a notice away; raises NotFound for one that is not hers."""
    with unit_of_work.write(actor) as work:
        changed = work.change(
            update(Notice)
            .where(Notice.id == notice_id, Notice.agency_id == actor.agency_id, Notice.read_at.is_(None))
            .values(read_at=work.now)
        )
        if changed == 0:
            raise NotFound
        work.audit("notice:read", notice=notice_id)
        work.commit()
