"""The page on which a step is corrected or taken back: its questions as they were answered, and what may be done."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.errors import Refusal
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import procedures, unit_of_work
from app.services.corrections import Found, find_act, kept_fields, opened_answers, refuse_standing
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.services.workflow_runner import facts_of, find_standing
from workflows.definition import Form, Label


@dataclass(frozen=True)
class Correctable:
    """What the reader may do with a step: nothing, correct it, take it back; `why_not` says what keeps it."""

    may_correct: bool = False
    may_take_back: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class CorrectionPage:
    """A step as it was recorded, for her who corrects it."""

    case_id: UUID
    event_id: UUID
    reference: str
    row_version: int
    label: Label
    track_label: Label
    occurred_on: date
    form: Form | None
    kept: frozenset[str]
    required: frozenset[str]
    filled_in: dict[str, Any] = field(default_factory=dict)
    is_first: bool = False


def shown(work: Work, case_id: UUID, event_id: UUID) -> Looked[CorrectionPage]:
    """The page as it is opened, with the answers. Raises NotFound, Forbidden for who is not its author's."""
    known = find_standing(work, case_id)
    found = find_act(work, known, event_id)
    told = opened_answers(work, found.keys, found.main)
    page = _page(work, found, told)
    return Looked(page, case_id, detail={"event": event_id})


def sent(actor: Actor, case_id: UUID, event_id: UUID) -> CorrectionPage:
    """The same page for reading what was sent back; opens nothing sealed."""
    with unit_of_work.read(actor) as work:
        return _page(work, find_act(work, find_standing(work, case_id), event_id), {})


def _page(work: Work, found: Found, told: dict[str, Any]) -> CorrectionPage:
    known, main, procedure = found.known, found.main, found.procedure
    form = procedure.forms.get(main.form or "")
    kept = kept_fields(work.actor, procedure, main)
    facts = facts_of(work, known, told, main.occurred_on, main.track)
    return CorrectionPage(
        case_id=known.case_id,
        event_id=main.id,
        reference=known.reference,
        row_version=known.row_version,
        label=procedures.transition_label(procedure, main.track, main.action, main.from_state),
        track_label=procedure.tracks[main.track].label,
        occurred_on=main.occurred_on,
        form=form,
        kept=kept,
        required=procedures.required_now(form, facts),
        filled_in={name: value for name, value in told.items() if name not in kept},
        is_first=main.position == 1,
    )


def correctable(work: Work, known: Standing, event_id: UUID) -> Correctable:
    """What the actor may do with a step of an open case."""
    try:
        found = find_act(work, known, event_id)
    except Refusal:
        return Correctable()
    try:
        refuse_standing(work, found)
    except Refusal as refusal:
        return Correctable(may_correct=True, why_not=refusal.key)
    return Correctable(may_correct=True, may_take_back=True)
