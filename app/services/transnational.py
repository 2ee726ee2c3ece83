"""Referral to another country's mechanism: a packet is made with her consent, kept as sent, and its answer recorded.

No packet leaves without consent, nor about who asks for asylum to the country of her citizenship, nor of a child
without a checked guardian and best interests assessed.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Invalid, NotFound, Refusal
from app.models.transnational import TransnationalPacket
from app.queries import transnational as query
from app.queries.standing import Standing
from app.queries.transnational import PacketRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.notices import Telling, tell
from app.services.transnational_content import Gathered, against, content_of, gather, live_kinds, open_identity
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked, full_name
from app.services.workflow_runner import find_standing

ANSWER_AFTER = timedelta(days=2)
"""How long after the meeting an answer is waited for; to be confirmed by the mechanism."""
CARERS = frozenset({"advocacy", "social_work", "return_partner"})
BATCH = 500


@dataclass(frozen=True)
class NewPacket:
    """What the maker adds to what the case tells, and what of it the person agreed to pass on."""

    shares: tuple[str, ...]
    follow_up: str
    follow_up_by: str
    contact: str
    escort: str = ""


@dataclass(frozen=True)
class Packets:
    """The packets of a case, and whether another can be made."""

    case_id: UUID
    reference: str
    country: str
    rows: tuple[PacketRow, ...]
    against: tuple[str, ...]
    escort: str = ""


@dataclass(frozen=True)
class Packet:
    """One packet, opened: as it was sent, and what came back. Empty content was erased."""

    row: PacketRow
    reference: str
    content: dict[str, Any]
    name: str = ""
    answer_note: str = ""


@dataclass(frozen=True)
class Reception:
    """What the receiver answered, and when."""

    answer: str
    answered_on: date
    note: str = field(default="", repr=False)


def of_case(work: Work, case_id: UUID) -> Looked[Packets]:
    """The packets of a case that is open to the actor; raises NotFound for any other."""
    known = find_standing(work, case_id)
    found = gather(work, known, _keys(work, known))
    rows = tuple(query.of_case(work.session, work.actor, case_id))
    reasons = against(work, known, found)
    escort = str(found.told.get("escort") or "")
    return Looked(Packets(case_id, known.reference, found.country, rows, reasons, escort), case_id)


def one(work: Work, case_id: UUID, packet_id: UUID) -> Looked[Packet]:
    """One packet as it was sent; raises NotFound where the case is not open to the actor."""
    known = find_standing(work, case_id)
    row = _row(work, case_id, packet_id)
    keys, vault, table = _keys(work, known), work.vault, TransnationalPacket.__tablename__
    content = vault.open(keys.content, row.content, table, "content", row.id) if row.content else {}
    identity = vault.open(keys.identity, row.identity, table, "identity", row.id) if row.identity else {}
    note = vault.open(keys.content, row.answer_note, table, "answer_note", row.id) if row.answer_note else ""
    packet = Packet(row, known.reference, content, identity.get("name", ""), note)
    return Looked(packet, case_id, detail={"packet": packet_id})


def _keys(work: Work, known: Standing) -> CaseKeys:
    return unwrap_keys(work, known.case_id, known.identity_key, known.content_key)


def _row(work: Work, case_id: UUID, packet_id: UUID) -> PacketRow:
    row = query.one(work.session, work.actor, case_id, packet_id)
    if row is None:
        raise NotFound
    return row


def make(actor: Actor, case_id: UUID, new: NewPacket, once: Once | None = None) -> dict[str, str]:
    """Make a packet and keep it as sent; gives its id.

    Raises NotFound for a case that is not open to the actor, Refusal with the first reason that speaks against it.
    """
    with unit_of_work.write(actor) as work:
        packet_id = uuid4()
        made = {"packet_id": str(packet_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        known = find_standing(work, case_id)
        keys = _keys(work, known)
        found = gather(work, known, keys)
        reasons = against(work, known, found)
        if reasons:
            raise Refusal(reasons[0])
        work.session.execute(insert(TransnationalPacket), [_made(work, known, keys, found, new, packet_id)])
        work.audit("transnational:made", case_id, packet=packet_id, country=found.country, shares=list(new.shares))
        work.commit()
        return made


def _made(
    work: Work, known: Standing, keys: CaseKeys, found: Gathered, new: NewPacket, packet_id: UUID
) -> dict[str, Any]:
    asked = {**vars(new), "shares": new.shares}
    content = content_of(work, known, found, asked)
    name = full_name(open_identity(work, known, keys)) if "name" in new.shares else ""
    seal, table = work.vault.seal, TransnationalPacket.__tablename__
    return {
        "id": packet_id,
        "case_id": known.case_id,
        "agency_id": work.actor.agency_id,
        "member_id": work.actor.member_id,
        "made_at": work.now,
        "country": found.country,
        "shares": list(new.shares),
        "content": seal(keys.content, content, table, "content", packet_id),
        "identity": seal(keys.identity, {"name": name}, table, "identity", packet_id) if name else None,
        "answer_due_on": _due(work, found),
    }


def _due(work: Work, found: Gathered) -> date:
    meeting = found.told.get("meeting_on")
    return max(work.today, date.fromisoformat(meeting) if meeting else work.today) + ANSWER_AFTER


def record_answer(actor: Actor, case_id: UUID, packet_id: UUID, told: Reception, once: Once | None = None) -> None:
    """Record what the receiver answered; where she was not met, those who care for her here are told.

    Raises NotFound, Invalid for a day to come. A packet may be written down after the fact, its answer with it.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {"packet_id": str(packet_id)}) is not None:
            return
        known = find_standing(work, case_id)
        row = _row(work, case_id, packet_id)
        if told.answered_on > work.today:
            raise Invalid({"answered_on": "date_in_future"})
        keys, table = _keys(work, known), TransnationalPacket.__tablename__
        note = work.vault.seal(keys.content, told.note, table, "answer_note", row.id) if told.note else None
        values = {"answer": told.answer, "answered_on": told.answered_on, "answer_note": note}
        values["answered_by_id"] = actor.member_id
        of_row = TransnationalPacket.id == row.id, TransnationalPacket.case_id == case_id
        work.change(update(TransnationalPacket).where(*of_row).values(**values))
        if told.answer != "met":
            others = live_kinds(known, CARERS, actor.agency_id)
            tell(work, [Telling(agency, "transnational:not_met", case_id) for agency in others])
        work.audit("transnational:answered", case_id, packet=packet_id, answer=told.answer)
        work.commit()


def remind(work: Work, agency_id: UUID) -> int:
    """Tell who made a packet, once, that its receiver has not answered; part of the clock job's round."""
    packet = TransnationalPacket
    waiting = (packet.agency_id == agency_id, packet.answer.is_(None), packet.reminded_at.is_(None))
    due = select(packet.id, packet.case_id, packet.member_id).where(*waiting, packet.answer_due_on < work.today)
    rows = work.session.execute(due.limit(BATCH)).all()
    if not rows:
        return 0
    work.change(update(packet).where(packet.id.in_([row.id for row in rows])).values(reminded_at=work.now))
    tell(
        work,
        [Telling(agency_id, "transnational:unanswered", row.case_id, member_id=row.member_id) for row in rows],
    )
    return len(rows)
