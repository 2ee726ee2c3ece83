"""Sends the referrals that a step makes: to an agency, with no identity and no story (decision 4)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.errors import Refusal
from app.models.workflow import Referral
from app.queries.standing import Standing
from app.security.row_rules import PENDING
from app.services import party_ends
from app.services.act import Act, StepRequest
from app.services.calendar import calendar_on
from app.services.notices import Telling
from app.services.unit_of_work import Work
from workflows.clocks import due
from workflows.definition import Form, Procedure, Transition
from workflows.engine import Step

POINTER_FIELDS = ("region", "sex", "language", "urgency")


def withdraw_overtaken(act: Act) -> None:
    """Referrals whose answer no longer fits where their track stands now stop waiting: nobody accepts into the past."""
    left = {step.track for step in act.outcome.steps if _shuts_an_answer(act.procedure, step)}
    if left:
        overtaken = (Referral.track.in_(sorted(left)), Referral.event_id != act.event_id)
        party_ends.take_back_waiting(act.work, Referral.case_id == act.case_id, *overtaken)


def _shuts_an_answer(procedure: Procedure, step: Step) -> bool:
    """Whether a receiver could have accepted in the state before, and cannot in the state after."""
    answers = {one.accepts for one in procedure.tracks[step.track].transitions if one.accepts}
    before, after = (procedure.leaving.get((step.track, state), {}) for state in (step.from_state, step.to_state))
    return bool(answers & set(before)) and not answers & set(after)


def refuse_answer_from_aside(work: Work, known: Standing, procedure: Procedure, request: StepRequest) -> None:
    """Raise Refusal("answer_the_referral") where a step is the answer to a referral that waits for its receiver."""
    if request.referral_id is not None or not _is_answer(procedure, request):
        return
    waits = select(Referral.id).where(
        Referral.case_id == known.case_id, Referral.track == request.track, Referral.state.in_(PENDING)
    )
    if work.session.execute(waits.limit(1)).first() is not None:
        raise Refusal("answer_the_referral")


def _is_answer(procedure: Procedure, request: StepRequest) -> bool:
    track = procedure.tracks.get(request.track)
    return track is not None and any(request.action in (one.accepts, one.declines) for one in track.transitions)


def send_referrals(act: Act) -> None:
    """One referral for each transition of the act that refers and whose form names a receiver."""
    rows = []
    for kind, transition in act.outcome.referrals:
        receiver = receiver_of(act, kind, transition)
        if receiver is not None and receiver != act.work.actor.agency_id:
            rows.append(_row(act, transition, receiver))
            values = {"track": transition.track, "urgency": str(act.answers.get("urgency", "soon"))}
            act.tellings.append(Telling(receiver, "referral:sent", act.case_id, values=values))
    if rows:
        act.work.session.execute(insert(Referral), rows)


def receiver_of(act: Act, kind: str, transition: Transition) -> UUID | None:
    """The agency that the form names for a kind of receiver: a field of that kind, a shelter, or a bed's shelter."""
    form: Form | None = act.procedure.forms.get(transition.form or "")
    for one in form.fields if form else ():
        if one.type == "agency" and one.kind == kind or one.type == "shelter" and kind == "shelter":
            return act.answer_id(one.name)
    if kind == "shelter" and act.placed_at is not None:
        return act.placed_at
    return None


def _row(act: Act, transition: Transition, receiver: UUID) -> dict[str, Any]:
    known = {name: act.answers.get(name) or getattr(act.standing, name, None) for name in POINTER_FIELDS}
    return {
        "id": uuid4(),
        "case_id": act.case_id,
        "from_agency_id": act.work.actor.agency_id,
        "to_agency_id": receiver,
        "event_id": act.event_id,
        "track": transition.track,
        "accepts": transition.accepts or "",
        "declines": transition.declines,
        "state": "sent",
        "basis": basis_of(act, transition),
        "is_child": act.standing.is_child or act.standing.age_in_doubt,
        "sent_at": act.work.now,
        "expires_at": _expiry(act, transition),
        **{name: value or "unknown" for name, value in known.items()},
    }


def _expiry(act: Act, transition: Transition) -> datetime | None:
    if transition.expires is None:
        return None
    calendar = calendar_on(act.work.today)
    return due(transition.expires, act.work.now, calendar.holidays, calendar.zone)


def basis_of(act: Act, transition: Transition) -> str:
    """On what the receiver will be a party: her consent where the step rests on it, else duty or life at risk."""
    rule = transition.consent
    return "consent" if rule and (rule.purpose, rule.recipient) in act.standing.consents else "duty"
