"""What the pages of erasures show: the case that somebody wants erased, and what waits for another person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.errors import NotFound
from app.models.agency import Member
from app.models.case import Case
from app.models.erasure import Erasure
from app.queries.standing import standing
from app.services.retention import is_held
from app.services.unit_of_work import Work
from app.services.viewing import Looked


@dataclass(frozen=True)
class AskPage:
    """The case that is to be erased, by its code; why it cannot be asked now, where it cannot."""

    case_id: UUID
    reference: str
    why_not: str = ""


@dataclass(frozen=True)
class Asked:
    """An erasure that waits, and whether the reader asked for it herself."""

    id: UUID
    case_id: UUID
    reference: str
    reason: str
    by: str
    at: datetime
    is_own: bool


def of_case(work: Work, case_id: UUID) -> Looked[AskPage]:
    """The page on which an erasure is asked. Raises NotFound for who is not of the agency that leads the case."""
    known = standing(work.session, work.actor, case_id)
    if known is None or known.lead_agency_id != work.actor.agency_id:
        raise NotFound
    asked = select(Erasure.id).where(Erasure.case_id == case_id, Erasure.state != "refused")
    why_not = "" if known.status == "closed" else "not_closed"
    if not why_not and work.session.execute(asked).first() is not None:
        why_not = "erasure_asked"
    if not why_not and is_held(work, case_id):
        why_not = "under_hold"
    return Looked(AskPage(case_id, known.reference, why_not), case_id)


def waiting(work: Work) -> Looked[list[Asked]]:
    """The erasures of the actor's agency that wait for a decision, the longest waiting first."""
    rows = work.session.execute(
        select(Erasure, Case.reference, Member.name)
        .join(Case, Case.id == Erasure.case_id)
        .join(Member, Member.id == Erasure.asked_by_id)
        .where(Erasure.state == "asked", Erasure.agency_id == work.actor.agency_id)
        .order_by(Erasure.asked_at)
    ).all()
    found = [
        Asked(one.id, one.case_id, reference, one.reason, name, one.asked_at, one.asked_by_id == work.actor.member_id)
        for one, reference, name in rows
    ]
    return Looked(found, shown=[one.case_id for one in found])
