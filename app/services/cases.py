"""Opening a case: its row, keys, client record, tokens and run, and the first step, in one transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.errors import Invalid
from app.models.record import ClientRecord
from app.models.workflow import WorkflowRun
from app.security.actor import Actor
from app.security.vault import CONTENT, IDENTITY, fresh_case_keys
from app.services import intake, parties, unit_of_work, versions
from app.services.case_keys import CaseKeys, keep_keys
from app.services.linked_cases import carry_over
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import StepRequest, advance, find_standing
from workflows import engine, registry

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LETTERS = 8


@dataclass(frozen=True)
class Opening:
    """The first act: which step of which track opens the case, with the answers of its form."""

    track: str
    action: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    occurred_on: date | None = None
    previous_case_id: UUID | None = None


def new_reference(year: int) -> str:
    """A pseudonym without meaning: KS, the year, eight random letters: among a million cases hardly ever one twice."""
    return f"KS-{year}-" + "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LETTERS))


def open_case(actor: Actor, opening: Opening, once: Once | None = None) -> dict[str, str]:
    """Open a case with its first step; gives the new case's id.

    The version of the procedure is the one in force on the opening day (decision 32). Raises what `take_step` raises.
    """
    with unit_of_work.write(actor) as work:
        case_id, event_id = uuid4(), uuid4()
        made = {"case_id": str(case_id), "event_id": str(event_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        take_first_step(work, case_id, event_id, opening)
        work.commit()
        return made


def take_first_step(work: Work, case_id: UUID, event_id: UUID, opening: Opening) -> None:
    """Begin a case and take its first step, in the caller's transaction. Raises what `take_step` raises."""
    previous = opening.previous_case_id
    followed = find_standing(work, previous) if previous is not None else None
    begin_case(work, case_id, opening)
    if followed is not None:
        carry_over(work, followed, case_id)
    known = find_standing(work, case_id)
    request = StepRequest(case_id, opening.track, opening.action, opening.answers, opening.occurred_on)
    advance(work, known, request, event_id)
    work.audit("case:opened", case_id, event=event_id)


def begin_case(work: Work, case_id: UUID, opening: Opening) -> None:
    """Everything before the first step, in the caller's transaction. Raises Invalid for a day that has no procedure."""
    opened_on = opening.occurred_on or work.today
    if opened_on > work.today:
        raise Invalid({"occurred_on": "date_in_future"})
    try:
        procedure = versions.in_force_on(work, opened_on)
    except registry.UnknownProcedure:
        raise Invalid({"occurred_on": "no_procedure_that_day"}) from None
    keys = open_row(work, case_id, opened_on, "open", "opening", opening.answers, opening.previous_case_id)
    store_record(work, keys, uuid4(), opening.answers, opened_on)
    work.session.execute(
        insert(WorkflowRun),
        [
            {
                "case_id": case_id,
                "procedure": procedure.name,
                "digest": procedure.digest,
                "states": engine.start(procedure),
                "set_aside_from": {},
                "row_version": 1,
            }
        ],
    )


def open_row(
    work: Work,
    case_id: UUID,
    opened_on: date,
    status: str,
    basis: str,
    answers: Mapping[str, Any],
    previous_case_id: UUID | None = None,
) -> CaseKeys:
    """The case's row, first party and keys; `basis` is opening or import."""
    row = {
        "id": case_id,
        "reference": new_reference(opened_on.year),
        "opened_on": opened_on,
        "recorded_at": work.now,
        "status": status,
        "closed_on": None,
        "entry_door": answers.get("entry_door") or "unknown",
        "previous_case_id": previous_case_id,
    }
    parties.open_case_row(work, row, basis)
    fresh = fresh_case_keys()
    keys = CaseKeys(case_id, fresh[IDENTITY], fresh[CONTENT])
    keep_keys(work, keys)
    return keys


def store_record(
    work: Work, keys: CaseKeys, record_id: UUID, answers: Mapping[str, Any], on: date, register: str = ""
) -> dict[str, Any]:
    """The client record with its sealed identity and contact, its snapshot and its tokens; gives the snapshot."""
    identity = intake.identity_of(answers, on)
    snapshot = intake.snapshot_of(answers, identity, on)
    contact = intake.contact_of(answers)
    work.session.execute(
        insert(ClientRecord),
        [
            {
                "id": record_id,
                "case_id": keys.case_id,
                "agency_id": work.actor.agency_id,
                "identity": work.vault.seal(keys.identity, identity, "client_record", "identity", record_id),
                "safe_contact": work.vault.seal(keys.identity, contact, "client_record", "safe_contact", record_id),
                "has_safe_contact": intake.has_safe_contact(answers),
                "age_in_doubt": answers.get("age_group") == "in_doubt",
                "language": answers.get("language") or "unknown",
                "snapshot_on": on,
                "row_version": 1,
                **snapshot,
            }
        ],
    )
    assert work.actor.agency_id is not None  # noqa: S101 - only members open cases
    view = intake.record_view(record_id, register, identity, snapshot)
    intake.store_tokens(work, view, work.actor.agency_id)
    return snapshot
