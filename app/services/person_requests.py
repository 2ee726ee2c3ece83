"""What a person asks about what is recorded of her: taken by the agency that leads the case, answered within 30 days.

All parties see what was asked and how it was answered; to an objection they are alerted, for all of them use the data.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.errors import Invalid, NotFound, Stale
from app.models.person_request import PersonRequest
from app.queries import person_requests
from app.queries.person_requests import RequestRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary import catalog

DAYS = 30
NEEDS_REASON = frozenset({"in_part", "refused"})


@dataclass(frozen=True)
class NewRequest:
    """What was asked, by whom, on which day."""

    kind: str
    asked_by: str
    received_on: date


@dataclass(frozen=True)
class NewAnswer:
    """How it is answered, and why not as asked."""

    answer: str
    reason: str | None
    answered_on: date


@dataclass(frozen=True)
class Requests:
    """The requests of a case; `leads` says whether the reader's agency takes and answers them."""

    case_id: UUID
    reference: str
    rows: tuple[RequestRow, ...]
    leads: bool
    today: date

    def one(self, request_id: UUID) -> RequestRow:
        """One of them; raises NotFound."""
        found = next((row for row in self.rows if row.id == request_id), None)
        if found is None:
            raise NotFound
        return found


def of_case(work: Work, case_id: UUID) -> Looked[Requests]:
    """The requests of a case that is open to the actor; raises NotFound."""
    known = find_standing(work, case_id)
    return Looked(_page(work, known), case_id)


def of_led_case(work: Work, case_id: UUID) -> Looked[Requests]:
    """The same for the agency that leads the case; raises NotFound for any other."""
    return Looked(_page(work, led(work, case_id)), case_id)


def led(work: Work, case_id: UUID) -> Standing:
    """Where a case stands, for the agency that leads it; raises NotFound for any other."""
    known = find_standing(work, case_id)
    if known.lead_agency_id != work.actor.agency_id:
        raise NotFound
    return known


def _page(work: Work, known: Standing) -> Requests:
    rows = tuple(person_requests.of_case(work.session, work.actor, known.case_id))
    leads = known.lead_agency_id == work.actor.agency_id
    return Requests(known.case_id, known.reference, rows, leads, work.today)


def record(actor: Actor, case_id: UUID, new: NewRequest, once: Once | None = None) -> dict[str, str]:
    """Take a request; its 30 days run from the day on which it was received.

    Raises NotFound where the agency does not lead the case, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        request_id = uuid4()
        made = {"request_id": str(request_id)}
        known = led(work, case_id)
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        _refuse_unknown("kind", new.kind, "person_request")
        _refuse_unknown("asked_by", new.asked_by, "person_request_by")
        if new.received_on > work.today:
            raise Invalid({"received_on": "date_in_future"})
        row: dict[str, Any] = {
            "id": request_id,
            "case_id": case_id,
            "agency_id": work.actor.agency_id,
            "kind": new.kind,
        }
        row |= {"asked_by": new.asked_by, "received_on": new.received_on, "recorded_by_id": work.actor.member_id}
        row |= {"due_on": new.received_on + timedelta(DAYS), "recorded_at": work.now}
        work.session.execute(insert(PersonRequest), [row])
        if new.kind == "objection":
            _tell_parties(work, known, "person_request:objection")
        work.audit("person_request:recorded", case_id, request=request_id, kind=new.kind)
        work.commit()
        return made


def answer(actor: Actor, case_id: UUID, request_id: UUID, new: NewAnswer, once: Once | None = None) -> None:
    """Answer a request, once.

    Raises NotFound where the agency does not lead the case, Invalid by field, Stale where it was answered meanwhile.
    """
    with unit_of_work.write(actor) as work:
        known = led(work, case_id)
        if work.once(once, {}) is not None:
            return
        asked = _page(work, known).one(request_id)
        _refuse_unknown("answer", new.answer, "person_request_answer")
        _refuse_without_reason(new)
        if not asked.received_on <= new.answered_on <= work.today:
            raise Invalid({"answered_on": "answered_before_asked"})
        waiting = (PersonRequest.id == request_id, PersonRequest.answer.is_(None))
        told: dict[str, Any] = {"answer": new.answer, "reason": new.reason if new.answer in NEEDS_REASON else None}
        told |= {"answered_on": new.answered_on, "answered_by_id": work.actor.member_id}
        if not work.change(update(PersonRequest).where(*waiting).values(**told)):
            raise Stale(0, 1)
        if asked.kind == "objection":
            _tell_parties(work, known, "person_request:answered")
        work.audit("person_request:answered", case_id, request=request_id, answer=new.answer)
        work.commit()


def _refuse_unknown(name: str, code: str, list_name: str) -> None:
    if code not in catalog.get(list_name):
        raise Invalid({name: "unknown_choice"})


def _refuse_without_reason(new: NewAnswer) -> None:
    if new.answer in NEEDS_REASON:
        if not new.reason:
            raise Invalid({"reason": "reason_missing"})
        _refuse_unknown("reason", new.reason, "person_request_reason")


def _tell_parties(work: Work, known: Standing, kind: str) -> None:
    others = {one.agency_id for one in known.parties} - {work.actor.agency_id}
    tell(work, [Telling(agency_id, kind, known.case_id) for agency_id in sorted(others)])
