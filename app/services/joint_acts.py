"""Joint acts: who signs, signs what was proposed. What the draft says is taken from it, never typed anew."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.errors import Invalid
from app.models.workflow import CaseEvent
from app.queries.standing import Standing
from app.services.act import StepRequest
from app.services.case_keys import unwrap_keys
from app.services.unit_of_work import Work
from workflows.definition import Procedure, TargetByAnswer, Transition


def with_draft(work: Work, known: Standing, procedure: Procedure, request: StepRequest) -> StepRequest:
    """The request with the deciding answer of the draft; raises Invalid where the signer states another one."""
    transition = procedure.transition(request.track, known.states.get(request.track, ""), request.action)
    if transition is None or not transition.signatures or not isinstance(transition.target, TargetByAnswer):
        return request
    field = transition.target.field
    drafted = draft_answers(work, known, transition).get(field)
    given = request.answers.get(field)
    if drafted is None or given == drafted:
        return request
    if given:
        raise Invalid({field: "differs_from_draft"})
    return replace(request, answers={**request.answers, field: drafted})


def draft_answers(work: Work, known: Standing, transition: Transition) -> dict[str, Any]:
    """What the latest proposal on the track says; empty where there is none."""
    event = work.session.execute(
        select(CaseEvent)
        .where(
            CaseEvent.case_id == known.case_id,
            CaseEvent.track == transition.track,
            CaseEvent.action != transition.action,
            CaseEvent.to_state.in_(transition.sources),
            CaseEvent.answers.is_not(None),
            CaseEvent.voided_at.is_(None),
            CaseEvent.corrected_by_id.is_(None),
        )
        .order_by(CaseEvent.position.desc())
        .limit(1)
    ).scalar_one_or_none()
    if event is None or event.answers is None:
        return {}
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    answers: dict[str, Any] = work.vault.open(keys.content, event.answers, "case_event", "answers", event.id)
    return answers
