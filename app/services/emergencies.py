"""Opening a case of one's own agency in an emergency: a reason, three hours, to read alone, told to all at once.

It goes past who is assigned, and past nothing else: never to another agency's case, whose keys this agency does not
hold, and never past a bar. What can only be read is the web's guard's to keep (`web/guard.py`).
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.errors import Invalid, Refusal
from app.models.agency import Agency, DutyShift, Member
from app.models.case import Case, CaseParty, CaseStaff
from app.models.emergency import EmergencyOpening
from app.queries.caseload import NOT_OPEN
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.case_keys import unwrap_keys
from app.services.notes import NewNote, keep_note, writable
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import find_standing
from app.vocabulary.role import Role

LASTS = timedelta(hours=3)
SHORTEST = 20
"""How many characters a reason has at least."""


def open_case(actor: Actor, reference: str, reason: str, once: Once | None = None) -> UUID:
    """Open a case of the agency by its code, for three hours; gives the case.

    A code that is not there, another agency's and one from which she is barred are refused alike, and that is written
    down. Raises Invalid by field, Refusal("emergency_open", "emergency_not_on_duty").
    """
    with unit_of_work.write(actor) as work:
        if len(reason.strip()) < SHORTEST:
            raise Invalid({"reason": "emergency_reason_short"})
        earlier = work.earlier(once) if once is not None else None
        if earlier is not None:
            return UUID(earlier["case_id"])
        _refuse_unfit(work)
        case_id, emergency_id = _find(work, reference), uuid4()
        if work.once(once, {"case_id": str(case_id)}) is not None:
            return case_id
        staff_id = _let_in(work, case_id)
        note_id = _keep_reason(work, case_id, reason)
        row: dict[str, Any] = {
            "id": emergency_id,
            "case_id": case_id,
            "agency_id": actor.agency_id,
            "member_id": actor.member_id,
        }
        row |= {"staff_id": staff_id, "note_id": note_id, "opened_at": work.now, "ends_at": work.now + LASTS}
        work.session.execute(insert(EmergencyOpening), [row])
        _tell_everyone(work, case_id)
        work.audit("emergency:opened", case_id, emergency=emergency_id, member=actor.member_id, note=note_id)
        work.commit()
        return case_id


def _refuse_unfit(work: Work) -> None:
    """One at a time; and where the agency keeps a roster, only who is on duty now."""
    # Two forms of hers that come at once come one after the other.
    work.session.execute(select(Member.id).where(Member.id == work.actor.member_id).with_for_update())
    hers = select(EmergencyOpening.id).where(
        EmergencyOpening.member_id == work.actor.member_id, EmergencyOpening.ended_at.is_(None)
    )
    if work.session.execute(hers).first() is not None:
        raise Refusal("emergency_open")
    found = select(DutyShift.member_id).where(
        DutyShift.agency_id == work.actor.agency_id,
        DutyShift.starts_at <= work.now,
        (DutyShift.ends_at.is_(None)) | (DutyShift.ends_at > work.now),
    )
    on_duty = set(work.session.execute(found).scalars())
    if on_duty and work.actor.member_id not in on_duty:
        raise Refusal("emergency_not_on_duty")


def _find(work: Work, reference: str) -> UUID:
    """The case of the agency with that code; raises Invalid where there is none for her, or it is open to her."""
    agency_id = work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - members have an agency
    stands = (Case.reference == reference.strip().upper(), CaseParty.agency_id == agency_id)
    found = select(CaseParty.case_id).join(Case, Case.id == CaseParty.case_id).where(*stands)
    live = found.where(CaseParty.ended_at.is_(None), CaseParty.case_state.not_in(NOT_OPEN))
    if work.session.execute(live).first() is not None:
        raise Invalid({"reference": "emergency_is_open"})
    with work.answering_for(agency_id):
        case_id: UUID | None = work.session.execute(live).scalar_one_or_none()
    if case_id is None:
        work.audit("emergency:refused")
        work.commit()
        raise Invalid({"reference": "emergency_no_case"})
    return case_id


def _let_in(work: Work, case_id: UUID) -> UUID:
    """As if she were assigned; it is taken back when the time is over."""
    staff_id, agency_id = uuid4(), work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - members have an agency
    row = {"id": staff_id, "case_id": case_id, "agency_id": agency_id, "member_id": work.actor.member_id}
    with work.answering_for(agency_id):
        work.session.execute(insert(CaseStaff), [{**row, "since": work.now}])
    return staff_id


def _keep_reason(work: Work, case_id: UUID, reason: str) -> UUID:
    """A note on the case, under its key, of the first class that she reads."""
    note_id, known = uuid4(), find_standing(work, case_id)
    keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
    keep_note(work, keys, note_id, NewNote(writable(work.actor)[0], reason.strip(), work.today))
    return note_id


def _tell_everyone(work: Work, case_id: UUID) -> None:
    """The supervisors of every party, whoever works on the case, and the national coordinator that there was one."""
    supervisor, kind = Role.AGENCY_SUPERVISOR.value, "emergency:opened"
    parties = select(CaseParty.agency_id).where(CaseParty.case_id == case_id, CaseParty.ended_at.is_(None))
    staff = select(CaseStaff.member_id).where(
        CaseStaff.case_id == case_id, CaseStaff.agency_id == work.actor.agency_id, CaseStaff.ended_at.is_(None)
    )
    told = [Telling(one, kind, case_id, role=supervisor) for one in sorted(work.session.execute(parties).scalars())]
    own = work.actor.agency_id
    assert own is not None  # noqa: S101 - members have an agency
    told += [
        Telling(own, kind, case_id, member_id=one)
        for one in sorted(work.session.execute(staff).scalars())
        if one != work.actor.member_id
    ]
    above = select(Agency.id).where(Agency.kind == "national_unit", Agency.is_active.is_(True)).order_by(Agency.id)
    coordinator = Role.NATIONAL_COORDINATOR.value
    told += [
        Telling(one, "emergency:somewhere", role=coordinator) for one in work.session.execute(above).scalars().all()
    ]
    tell(work, told)
