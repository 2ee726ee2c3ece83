"""The packets that were made for a case, as far as the case is open to the reader. Opens nothing that is sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.transnational import TransnationalPacket
from app.security.actor import Actor

AT_MOST = 50


@dataclass(frozen=True)
class PacketRow:
    """One packet; `content`, `identity` and `answer_note` are sealed."""

    id: UUID
    case_id: UUID
    made_at: datetime
    country: str
    shares: list[str]
    content: bytes | None
    identity: bytes | None
    answer_due_on: date
    answer: str | None
    answered_on: date | None
    answer_note: bytes | None
    by: str
    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


_P = TransnationalPacket
_PACKETS = (
    select(
        _P.id,
        _P.case_id,
        _P.made_at,
        _P.country,
        _P.shares,
        _P.content,
        _P.identity,
        _P.answer_due_on,
        _P.answer,
        _P.answered_on,
        _P.answer_note,
        Member.name.label("by"),
        _P.agency_id,
        Agency.name_en,
        Agency.name_sq,
        Agency.name_sr,
    )
    .join(Member, Member.id == _P.member_id)
    .join(Agency, Agency.id == _P.agency_id)
    .order_by(_P.made_at.desc(), _P.id)
)


def of_case(session: Session, actor: Actor, case_id: UUID) -> list[PacketRow]:
    """The newest packets of a case."""
    rows = session.execute(_PACKETS.where(_P.case_id == case_id).limit(AT_MOST))
    return [PacketRow(**row._mapping) for row in rows]


def one(session: Session, actor: Actor, case_id: UUID, packet_id: UUID) -> PacketRow | None:
    """One packet of a case, None where it is not open to the actor."""
    row = session.execute(_PACKETS.where(_P.case_id == case_id, _P.id == packet_id)).first()
    return None if row is None else PacketRow(**row._mapping)
