"""How a referral ends after its answer, or without one: done, given back, run out; and a claim that nobody works on.

No end leaves a case without an owner: what is given back or runs out is its sender's again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, exists, or_, select, update

from app.errors import Invalid, NotFound, Refusal
from app.models.agency import Agency, Cover
from app.models.case import Case, CaseParty, CaseStaff
from app.models.placement import BedHold
from app.models.workflow import CaseClock, CaseEvent, Referral
from app.queries.standing import Standing
from app.security.actor import Actor
from app.security.row_rules import PENDING
from app.services import restating, unit_of_work
from app.services.case_keys import drop_packet, open_keys
from app.services.notices import Telling, tell
from app.services.party_ends import end_standing
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import StepRequest, advance, find_standing
from app.vocabulary import catalog
from workflows import registry
from workflows.definition import Procedure, Transition

BATCH = 100
NO_ANSWER = "no_answer_in_time"


@dataclass(frozen=True)
class GivingBack:
    """Why an accepted referral is given back, and what its sender should know."""

    reason: str
    note: str


def find_accepted(work: Work, referral_id: UUID) -> Referral:
    """A referral that the actor's agency has accepted and not reported back, kept so; raises NotFound for any other."""
    own = (Referral.id == referral_id, Referral.to_agency_id == work.actor.agency_id, Referral.state == "accepted")
    referral = work.session.execute(select(Referral).where(*own).with_for_update()).scalar_one_or_none()
    if referral is None:
        raise NotFound
    return referral


def report_done(actor: Actor, referral_id: UUID, feedback: str, once: Once | None = None) -> dict[str, str]:
    """Close the loop: tell the sender in a code what was done. Raises NotFound, Invalid by field."""
    with unit_of_work.write(actor) as work:
        earlier = work.once(once, {"referral_id": str(referral_id)})
        if earlier is not None:
            return earlier
        referral = find_accepted(work, referral_id)
        if feedback not in catalog.get("referral_outcome"):
            raise Invalid({"feedback": "unknown_choice"})
        referral.state, referral.feedback = "done", feedback
        referral.done_at, referral.done_by_id = work.now, actor.member_id
        values = {"track": referral.track, "outcome": feedback}
        tell(work, [Telling(referral.from_agency_id, "referral:done", referral.case_id, values=values)])
        work.audit("referral:done", referral.case_id, referral=referral.id, outcome=feedback)
        work.commit()
        return {"referral_id": str(referral_id)}


def give_back(actor: Actor, referral_id: UUID, why: GivingBack, once: Once | None = None) -> dict[str, str]:
    """Give an accepted referral back to its sender, and leave the case.

    The track takes the way of a decline: from where it stands, or from where the question stood if nothing has been
    done on it since. Raises NotFound, Invalid by field, what `take_step` raises, Refusal("no_way_back"),
    Refusal("sender_has_left"), Refusal("stay_follows").
    """
    with unit_of_work.write(actor) as work:
        earlier = work.once(once, {"referral_id": str(referral_id)})
        if earlier is not None:
            return earlier
        referral = find_accepted(work, referral_id)
        if why.reason not in catalog.get("decline_reason"):
            raise Invalid({"reason": "unknown_choice"})
        known = find_standing(work, referral.case_id)
        _refuse_leaving(referral, known)
        way = _way_back(work, referral, known)
        # The step itself may end the standing of who takes it: what needs that standing is done before.
        _mark_returned(work, referral, known, why)
        _undo_acceptance(work, referral)
        advance(work, way, _asked(referral, _answers(way, referral, why.reason)), uuid4())
        values = {"track": referral.track, "reason": why.reason}
        tell(work, [Telling(referral.from_agency_id, "referral:returned", referral.case_id, values=values)])
        work.audit("referral:returned", referral.case_id, referral=referral.id, reason=why.reason)
        work.session.flush()
        _leave(work, referral)
        work.commit()
        return {"referral_id": str(referral_id)}


def _leave(work: Work, referral: Referral) -> None:
    """End the receiver's standing, unless the step has ended it: then nothing of the case is open to her any more."""
    own = (CaseParty.case_id == referral.case_id, CaseParty.agency_id == referral.to_agency_id)
    stands = select(CaseParty.id).where(*own, CaseParty.ended_at.is_(None))
    if work.session.execute(stands).first() is not None:
        end_standing(work, referral.case_id, referral.to_agency_id, "handed_over", referral.from_agency_id)


def _refuse_leaving(referral: Referral, known: Standing) -> None:
    """The sender must still be a party: the case is hers again. A bed in use is left first."""
    if not known.is_party(referral.from_agency_id):
        raise Refusal("sender_has_left")
    if referral.track == "shelter" and known.open_stay_id is not None:
        raise Refusal("stay_follows")


def _way_back(work: Work, referral: Referral, known: Standing) -> Standing:
    """The case with its track where a decline begins; raises Refusal("no_way_back") where none does."""
    if _decline(known, referral) is not None:
        return known
    before = _state_before(work, referral)
    earlier = replace(known, states={**known.states, referral.track: before or ""})
    if before is None or _decline(earlier, referral) is None:
        raise Refusal("no_way_back")
    return earlier


def _asked(referral: Referral, answers: Mapping[str, Any]) -> StepRequest:
    return StepRequest(referral.case_id, referral.track, referral.declines or "", answers, referral_id=referral.id)


def _state_before(work: Work, referral: Referral) -> str | None:
    """Where the track stood when the referral was accepted, if nothing has been done on it since."""
    latest = (
        select(CaseEvent.id, CaseEvent.from_state)
        .where(CaseEvent.case_id == referral.case_id, CaseEvent.track == referral.track)
        .where(CaseEvent.voided_at.is_(None), CaseEvent.corrected_by_id.is_(None))
        .order_by(CaseEvent.position.desc())
        .limit(1)
    )
    row = work.session.execute(latest).first()
    return row.from_state if row is not None and row.id == referral.accepted_event_id else None


def _answers(known: Standing, referral: Referral, reason: str) -> dict[str, Any]:
    """What the form of the decline must be told: the reason, in the list that the form asks it from."""
    step = _decline(known, referral)
    form = _procedure(known).forms.get(step.form or "") if step else None
    answers: dict[str, Any] = {}
    for field in form.fields if form else ():
        if field.codes == "decline_reason":
            answers[field.name] = reason
        elif field.required and field.codes:
            keys = catalog.get(field.codes).keys()
            answers[field.name] = reason if reason in keys else keys[-1]
    return answers


def _procedure(known: Standing) -> Procedure:
    return registry.get(known.procedure, known.digest)


def _decline(known: Standing, referral: Referral) -> Transition | None:
    return _procedure(known).transition(referral.track, known.states[referral.track], referral.declines or "")


def _undo_acceptance(work: Work, referral: Referral) -> None:
    """What the acceptance started ends with it: its clocks, and the bed that it kept."""
    if referral.accepted_event_id is None:
        return
    started = (CaseClock.started_by_id == referral.accepted_event_id, CaseClock.stopped_at.is_(None))
    work.change(restating.clocks(work, *started, CaseClock.voided_at.is_(None)).values(stopped_at=work.now))
    held = (BedHold.event_id == referral.accepted_event_id, BedHold.state == "held")
    work.change(update(BedHold).where(*held).values(state="released"))


def _mark_returned(work: Work, referral: Referral, known: Standing, why: GivingBack) -> None:
    """The lead, if the receiver had it, is the sender's again."""
    keys = open_keys(work, referral.case_id)
    note = work.vault.seal(keys.content, why.note, "referral", "return_note", referral.id) if why.note else None
    marks = {"state": "returned", "return_reason": why.reason, "return_note": note}
    moment = {"returned_at": work.now, "returned_by_id": work.actor.member_id}
    work.change(update(Referral).where(Referral.id == referral.id).values(**marks, **moment))
    if known.lead_agency_id == referral.to_agency_id:
        lead = {"lead_agency_id": referral.from_agency_id}
        work.change(update(Case).where(Case.id == referral.case_id).values(**lead))


def expire(work: Work, agency_id: UUID, left: Collection[UUID] = ()) -> int:
    """Mark what waited for an agency longer than it may, for the clock job: another can be asked. Gives how many.

    Leaves alone what was `left_behind`: this round ends none of it, and a hundred of them would be the whole of it.
    """
    waits = (Referral.to_agency_id == agency_id, Referral.state.in_(PENDING), Referral.expires_at <= work.now)
    found = work.session.execute(select(Referral.id).where(*waits).order_by(Referral.expires_at)).scalars()
    over = [referral_id for referral_id in found if referral_id not in left]
    return sum(_expire_one(work, referral_id) for referral_id in over[:BATCH])


def _expire_one(work: Work, referral_id: UUID) -> int:
    """Locked first: to one that is answered at this moment nothing happens, not to its packet either."""
    still = (Referral.id == referral_id, Referral.state.in_(PENDING), Referral.expires_at <= work.now)
    referral = work.session.execute(select(Referral).where(*still).with_for_update()).scalar_one_or_none()
    return 0 if referral is None else _run_out(work, referral, referral.from_agency_id)


def left_behind(work: Work, agency_id: UUID) -> set[UUID]:
    """What waits for an agency although who asked it has left the case, as it could before leaving took care of it.

    The receiver does not see who is a party: whether the question is still in the asker's sight, she is asked herself.
    """
    waits = (Referral.to_agency_id == agency_id, Referral.state.in_(PENDING))
    rows = work.session.execute(select(Referral.id, Referral.from_agency_id).where(*waits)).all()
    left = {row.id for row in rows}
    for asker_id in {row.from_agency_id for row in rows}:
        with work.answering_for(asker_id):
            seen = select(Referral.id).where(*waits, Referral.from_agency_id == asker_id)
            left -= set(work.session.execute(seen).scalars())
    return left


def end_left_behind(work: Work, agency_id: UUID, left: Collection[UUID]) -> int:
    """End what was `left_behind` in the cases that an agency leads, as if it had run out. Gives how many.

    Where who leads has left too, any agency that is a party stands in for it: the first one that the clock comes to.
    """
    waits = (Referral.state.in_(PENDING), Referral.case_id.in_(_answered_for(agency_id)))
    has_left = ~_stands(Referral.case_id, Referral.from_agency_id)
    ended = 0
    for start in range(0, len(ids := sorted(left)), BATCH):
        some = select(Referral).where(Referral.id.in_(ids[start : start + BATCH]), *waits, has_left)
        found = work.session.execute(some.order_by(Referral.id).with_for_update()).scalars().all()
        ended += sum(_run_out(work, referral, agency_id) for referral in found)
    return ended


def _answered_for(agency_id: UUID) -> Select[UUID]:
    """The cases that an agency that is a party leads, and those whose lead is none any more."""
    leads = or_(Case.lead_agency_id == agency_id, ~_stands(Case.id, Case.lead_agency_id))
    return select(Case.id).where(_stands(Case.id, agency_id), leads)


def _stands(case_id: Any, agency_id: Any) -> ColumnElement[bool]:
    own = (CaseParty.case_id == case_id, CaseParty.agency_id == agency_id)
    return exists().where(*own, CaseParty.ended_at.is_(None))


def _run_out(work: Work, referral: Referral, agency_id: UUID) -> int:
    """Through the standing of the agency that can ask another now, the sender or who leads the case without her."""
    drop_packet(work, referral)
    kind = work.session.execute(select(Agency.kind).where(Agency.id == agency_id)).scalar_one()
    with work.answering_for(agency_id, agency_kind=kind):
        waits = (Referral.id == referral.id, Referral.state.in_(PENDING))
        if work.change(update(Referral).where(*waits).values(state="expired", expired_at=work.now)) == 0:
            return 0
        known = find_standing(work, referral.case_id)
        member_id = _in_whose_name(work, referral, agency_id)
    if member_id is not None:
        _free_the_track(work, referral, known, agency_id, agency_kind=kind, member_id=member_id)
    values = {"track": referral.track}
    tell(work, [Telling(agency_id, "referral:expired", referral.case_id, values=values)])
    tell(work, [Telling(referral.to_agency_id, "referral:withdrawn", values=values)])
    work.audit("referral:expired", referral.case_id, referral=referral.id)
    return 1


def _in_whose_name(work: Work, referral: Referral, agency_id: UUID) -> UUID | None:
    """A step has a member: who sent it; where her agency passed it on or left it behind, who works on the case now."""
    sent = select(CaseEvent.member_id).where(CaseEvent.id == referral.event_id, CaseEvent.agency_id == agency_id)
    at_work = (CaseStaff.case_id == referral.case_id, CaseStaff.agency_id == agency_id, CaseStaff.ended_at.is_(None))
    others = select(CaseStaff.member_id).where(*at_work).order_by(CaseStaff.since, CaseStaff.id).limit(1)
    sender_id: UUID | None = work.session.execute(sent).scalar_one_or_none()
    return sender_id or work.session.execute(others).scalar_one_or_none()


def _free_the_track(work: Work, referral: Referral, known: Standing, agency_id: UUID, **named: Any) -> None:
    """Take the track's way of a decline. Where it has none from here, the sender is told and takes it from there."""
    step = _decline(known, referral)
    if step is None:
        return
    with work.answering_for(agency_id, roles=step.roles_for_child, **named):
        request = _asked(referral, _answers(known, referral, NO_ANSWER))
        try:
            advance(work, known, request, uuid4())
        except Refusal:
            # Judged before anything is written: the track stays where it is.
            return


def free_claims(work: Work, agency_id: UUID, today: date) -> int:
    """Let what someone claimed who is away be claimed by others: whoever is covered today does not answer."""
    away = exists().where(
        Cover.agency_id == agency_id,
        Cover.member_id == Referral.claimed_by_id,
        Cover.from_on <= today,
        Cover.to_on >= today,
    )
    claimed = (Referral.to_agency_id == agency_id, Referral.state == "claimed", away)
    freed = {"state": "seen", "claimed_at": None, "claimed_by_id": None}
    return work.change(update(Referral).where(*claimed).values(**freed))
