"""Tries to reach who is on duty: one row for each that a step logs, beside the step itself."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.models.workflow import CallAttempt, Referral
from app.security.row_rules import PENDING
from app.services.act import Act
from workflows.engine import Step

OUTCOMES = "call_outcome"


def store_attempts(act: Act) -> None:
    """Keep a try to call for each step whose form asks how a call went, with the referral that it was about."""
    for step in act.outcome.steps:
        asked = _asked(act, step)
        if asked is None or not act.answers.get(asked):
            continue
        referral_id = _called_about(act, step.track)
        if referral_id is not None:
            row: dict[str, Any] = {"case_id": act.case_id, "agency_id": act.work.actor.agency_id}
            row |= {
                "referral_id": referral_id,
                "member_id": act.answer_id("called_user"),
                "outcome": act.answers[asked],
            }
            row |= {"by_id": act.work.actor.member_id, "event_id": act.event_id, "attempted_at": act.work.now}
            act.work.session.execute(insert(CallAttempt), [{"id": uuid4(), **row}])


def _asked(act: Act, step: Step) -> str | None:
    form = act.procedure.forms.get(step.transition.form or "")
    return next((one.name for one in form.fields if one.codes == OUTCOMES), None) if form else None


def _called_about(act: Act, track: str) -> UUID | None:
    """The referral of the track that waits, the latest first."""
    waits = select(Referral.id).where(
        Referral.case_id == act.case_id, Referral.track == track, Referral.state.in_(PENDING)
    )
    return act.work.session.execute(waits.order_by(Referral.sent_at.desc()).limit(1)).scalar_one_or_none()
