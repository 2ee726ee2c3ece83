"""How an agency's standing in a case ends, with what hangs on it: its keys, and what it asked and waits for."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from app.models.case import Case, CaseParty
from app.models.workflow import PacketKey, Referral, WorkflowRun
from app.security.row_rules import PENDING
from app.services import parties
from app.services.case_keys import drop_keys, drop_packet
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work


def end_standing(work: Work, case_id: UUID, agency_id: UUID, end_kind: str, heir_id: UUID | None = None) -> None:
    """End it in the caller's transaction, through the standing of the actor: handed_over, withdrawn or closed.

    What the agency asked and nobody has answered is the heir's from now on. Without an heir who is a party it is taken
    back, and who leads the case is told.
    """
    waiting = _waiting(work, Referral.case_id == case_id, Referral.from_agency_id == agency_id)
    if waiting and heir_id is not None and not _is_party(work, case_id, heir_id):
        heir_id = None
    for referral in waiting:
        if heir_id is None or heir_id == referral.to_agency_id:
            take_back(work, referral)
            _tell_lead(work, referral)
        else:
            _pass_on(work, referral, heir_id)
    drop_keys(work, case_id, agency_id)
    parties.end_party(work, case_id, agency_id, end_kind)


def _is_party(work: Work, case_id: UUID, agency_id: UUID) -> bool:
    own = (CaseParty.case_id == case_id, CaseParty.agency_id == agency_id, CaseParty.ended_at.is_(None))
    return work.session.execute(select(CaseParty.id).where(*own)).first() is not None


def take_back_waiting(work: Work, *which: ColumnElement[bool]) -> None:
    """Take back all that waits and is meant."""
    for referral in _waiting(work, *which):
        take_back(work, referral)


def take_back(work: Work, referral: Referral) -> None:
    """Take back a referral that waits and is locked; its receiver is told. Its track stays where it is."""
    drop_packet(work, referral)
    marks = {"state": "withdrawn", "withdrawn_at": work.now, "withdrawn_by_id": work.actor.member_id}
    work.change(update(Referral).where(Referral.id == referral.id).values(**marks))
    tell(work, [Telling(referral.to_agency_id, "referral:withdrawn", values={"track": referral.track})])
    work.audit("referral:withdrawn", referral.case_id, referral=referral.id)


def _waiting(work: Work, *which: ColumnElement[bool]) -> list[Referral]:
    # Locked, so that who answers at the same moment waits. In one order for everybody: two who leave do not block.
    found = select(Referral).where(*which, Referral.state.in_(PENDING)).order_by(Referral.id).with_for_update()
    return list(work.session.execute(found).scalars())


def _pass_on(work: Work, referral: Referral, heir_id: UUID) -> None:
    """The receiver takes the keys over from who asks, and answers her: that must be somebody who is there.

    Not taken back instead: the person would wait for her place anew, and be counted as one for whom none was found.
    """
    with work.answering_for(referral.from_agency_id):
        own = (PacketKey.referral_id == referral.id, PacketKey.agency_id == referral.from_agency_id)
        work.change(delete(PacketKey).where(*own))
    work.change(update(Referral).where(Referral.id == referral.id).values(from_agency_id=heir_id))
    tell(work, [Telling(heir_id, "referral:passed_on", referral.case_id, values={"track": referral.track})])
    work.audit("referral:passed_on", referral.case_id, referral=referral.id, to=heir_id)


def _tell_lead(work: Work, referral: Referral) -> None:
    """She can ask again."""
    run = select(Case.lead_agency_id, WorkflowRun.states).join(WorkflowRun, WorkflowRun.case_id == Case.id)
    found = work.session.execute(run.where(Case.id == referral.case_id)).one()
    values = {"track": referral.track, "state": found.states[referral.track]}
    tell(work, [Telling(found.lead_agency_id, "case:moved", referral.case_id, values=values)])
