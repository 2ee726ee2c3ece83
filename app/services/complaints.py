"""Complaints of residents: to the shelter, or past it to the supervisor of who leads the case; without a name, if so.

The words lie under a key of their own, wrapped for the agency that receives them alone. Past the shelter they are the
supervisor's; who is complained of finds neither the words nor that there are any: the rule stands in the database.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.cipher import new_key
from app.errors import Conflict, Invalid, NotFound
from app.models.agency import Member
from app.models.house_trouble import Complaint
from app.models.placement import Stay
from app.queries import house_trouble as query
from app.queries.house_trouble import ComplaintRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import house_rules, unit_of_work
from app.services.calendar import calendar_on
from app.services.house_notices import FOLLOWS
from app.services.limit_page import Resident, resident_of
from app.services.notices import Telling, tell
from app.services.stays import find_open, standing_of
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from workflows import clocks

TABLE = Complaint.__tablename__
HOUSE, PAST = "house", "past"
BATCH = 200


@dataclass(frozen=True)
class NewComplaint:
    """What the person says, to whom, and about whom."""

    made_to: str
    kind: str
    told: str = field(repr=False)
    is_nameless: bool = False
    about_member_id: UUID | None = None


@dataclass(frozen=True)
class Opened:
    """A complaint with its words."""

    row: ComplaintRow
    told: str
    answer: str | None
    is_late: bool


@dataclass(frozen=True)
class Asked:
    """What the form needs: whose complaint, and who works in the shelter."""

    resident: Resident
    staff: tuple[tuple[UUID, str], ...]


def asked(work: Work, stay_id: UUID) -> Looked[Asked]:
    """What the form of a complaint needs; raises NotFound for a stay that is not the shelter's or has ended."""
    stay = find_open(work, stay_id)
    people = select(Member.id, Member.name).where(Member.agency_id == stay.agency_id, Member.is_active.is_(True))
    staff = tuple((row.id, row.name) for row in work.session.execute(people.order_by(Member.name)))
    return Looked(Asked(resident_of(work, stay_id), staff), stay.case_id, detail={"stay": str(stay_id)})


def make(actor: Actor, stay_id: UUID, new: NewComplaint, once: Once | None = None) -> UUID:
    """Pass on a complaint of a resident; gives its id, which the one who wrote it down may not open.

    Raises NotFound for a stay that is not the shelter's or has ended, Invalid for no words or an unknown member.
    """
    with unit_of_work.write(actor) as work:
        complaint_id = uuid4()
        earlier = work.once(once, {"complaint_id": str(complaint_id)})
        if earlier is not None:
            return UUID(earlier["complaint_id"])
        if not new.told.strip():
            raise Invalid({"told": "required"})
        page = asked(work, stay_id).found
        if new.about_member_id is not None and new.about_member_id not in dict(page.staff):
            raise Invalid({"about": "unknown_choice"})
        stay = find_open(work, stay_id)
        to = stay.agency_id if new.made_to == HOUSE else _past(standing_of(work, stay))
        work.session.execute(insert(Complaint), [_row(work, complaint_id, stay, to, new)])
        case_id = None if new.is_nameless else stay.case_id
        role = None if new.made_to == HOUSE and new.about_member_id is None else "agency_supervisor"
        tell(work, [Telling(to, "complaint:received", role=role)])
        work.audit("complaint:made", case_id, complaint=complaint_id)
        work.commit()
        return complaint_id


def _past(known: Standing) -> UUID:
    """Whose supervisor answers it past the shelter: who leads the case, or where the police do, who assists her."""
    followers = [one.agency_id for one in known.parties if one.agency_kind in FOLLOWS]
    return known.lead_agency_id if known.lead_agency_id in followers or not followers else followers[0]


def _row(work: Work, complaint_id: UUID, stay: Stay, to: UUID, new: NewComplaint) -> dict[str, Any]:
    key, calendar = new_key(), calendar_on(work.today)
    window = house_rules.rules().periods["complaint_answer"].window
    return {
        "id": complaint_id,
        "agency_id": to,
        "shelter_id": stay.agency_id,
        "made_to": new.made_to,
        "case_id": None if new.is_nameless else stay.case_id,
        "about_member_id": new.about_member_id,
        "kind": new.kind,
        "wrapped": work.vault.wrap(key, complaint_id, TABLE, to),
        "told": work.vault.seal(key, new.told, TABLE, "told", complaint_id),
        "received_on": work.today,
        "recorded_at": work.now,
        "recorded_by_id": work.actor.member_id,
        "due_at": clocks.due(window, work.now, calendar.holidays, calendar.zone),
    }


def received(work: Work, page: int = 1) -> Looked[tuple[ComplaintRow, ...]]:
    """The complaints that are the actor's to answer."""
    rows = tuple(query.complaints(work.session, work.actor, page=page))
    return Looked(rows, shown=[row.case_id for row in rows if row.case_id])


def one(work: Work, complaint_id: UUID) -> Looked[Opened]:
    """One complaint that is the actor's to answer; raises NotFound for any other."""
    row = _find(work, complaint_id)
    key = work.vault.unwrap(row.wrapped, row.id, TABLE, row.agency_id)
    words = [
        str(work.vault.open(key, sealed, TABLE, name, row.id)) if sealed else None
        for name, sealed in (("told", row.told), ("answer", row.answer))
    ]
    is_late = row.answered_at is None and row.due_at < work.now
    return Looked(Opened(row, words[0] or "", words[1], is_late), row.case_id, detail={"complaint": str(complaint_id)})


def _find(work: Work, complaint_id: UUID) -> ComplaintRow:
    rows = query.complaints(work.session, work.actor, Complaint.id == complaint_id)
    if not rows:
        raise NotFound
    return rows[0]


def answer(actor: Actor, complaint_id: UUID, words: str, told_on: date | None, once: Once | None = None) -> UUID:
    """Answer a complaint, once; gives it. Raises NotFound, Conflict("answered_already"), Invalid."""
    with unit_of_work.write(actor) as work:
        row = _find(work, complaint_id)
        if work.once(once, {"complaint_id": str(complaint_id)}) is not None:
            return complaint_id
        if not words.strip():
            raise Invalid({"answer": "required"})
        if told_on is not None and told_on > work.today:
            raise Invalid({"told_on": "date_in_future"})
        key = work.vault.unwrap(row.wrapped, row.id, TABLE, row.agency_id)
        values = {
            "answer": work.vault.seal(key, words, TABLE, "answer", complaint_id),
            "answered_at": work.now,
            "answered_by_id": actor.member_id,
            "answer_told_on": told_on,
        }
        unanswered = update(Complaint).where(Complaint.id == complaint_id, Complaint.answered_at.is_(None))
        if work.change(unanswered.values(**values)) == 0:
            raise Conflict("answered_already")
        work.audit("complaint:answered", row.case_id, complaint=complaint_id)
        work.commit()
        return complaint_id


def remind(work: Work, agency_id: UUID) -> int:
    """Tell the supervisor once of each complaint that was not answered in time; gives how many."""
    table = Complaint
    late = (table.agency_id == agency_id, table.answered_at.is_(None), table.due_at < work.now)
    found = select(table.id).where(*late, table.overdue_noticed_at.is_(None)).limit(BATCH)
    ids = list(work.session.execute(found).scalars())
    if ids:
        work.change(update(table).where(table.id.in_(ids)).values(overdue_noticed_at=work.now))
        tell(work, [Telling(agency_id, "complaint:late", role="agency_supervisor") for _ in ids])
    return len(ids)
