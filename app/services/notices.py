"""Notices: written inside the act that causes them, read and put away by those they are for. Never a name in them."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.errors import NotFound
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
