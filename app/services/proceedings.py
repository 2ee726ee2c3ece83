"""The register of proceedings: a step against one of the accused or in a file as a whole, and taking one back.

It holds no name: a file has the pseudonym that its agency gives it, the accused have numbers within it.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid, NotFound
from app.models.proceeding import ProceedingStep
from app.queries import proceedings as query
from app.queries.proceedings import StepRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Once, Work
from app.vocabulary.proceeding import CONVICTED, ENDS, OPENED, STEP, STEPS_OF_KIND, VERDICTS

FILE_CODE = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9/.-]*")
"""Letters, digits and few signs, with a digit among them: a number of a file, and hardly a name."""


@dataclass(frozen=True)
class NewStep:
    """A step to be recorded. `accused` is a number within the file; None: the file as a whole."""

    file_code: str
    accused: int | None
    step: str
    occurred_on: date
    law_article: str
    form: str
    official: str
    sentence_months: int | None = None
    fine_euros: int | None = None
    is_suspended: bool = False


def steps_of(actor: Actor) -> tuple[str, ...]:
    """The steps that the actor's agency records."""
    return STEPS_OF_KIND.get(actor.agency_kind, ())


def tidy_code(typed: str) -> str:
    """A file's code as it is kept."""
    return typed.strip().upper()


def record(actor: Actor, new: NewStep, once: Once | None = None) -> UUID:
    """Record a step. Raises Invalid, by field, for one that does not fit or stands already."""
    with unit_of_work.write(actor) as work:
        step_id = uuid4()
        earlier = work.once(once, {"step_id": str(step_id)})
        if earlier is not None:
            return UUID(earlier["step_id"])
        code = _checked(work, new)
        work.session.execute(insert(ProceedingStep), [{**asdict(new), "file_code": code, **_row(work, step_id)}])
        work.audit("proceeding:recorded", step=step_id)
        work.commit()
        return step_id


def _row(work: Work, step_id: UUID) -> dict[str, Any]:
    actor = work.actor
    return {"id": step_id, "agency_id": actor.agency_id, "member_id": actor.member_id, "recorded_at": work.now}


def record_earlier(actor: Actor, told: Sequence[NewStep]) -> int:
    """Record the steps of earlier years at once, in one transaction; gives how many. Raises what `record` raises."""
    with unit_of_work.write(actor) as work:
        standing, rows = query.standing_keys(work.session, work.actor), []
        for new in told:
            code = _fitting(work, new)
            _refuse_twice(new, [step for step in STEP.keys() if (code, new.accused, step) in standing])  # noqa: SIM118
            standing.add((code, new.accused, new.step))
            rows.append({**asdict(new), "file_code": code, **_row(work, uuid4())})
        work.session.execute(insert(ProceedingStep), rows)
        work.audit("proceeding:recorded_earlier", steps=len(rows))
        work.commit()
        return len(rows)


def _checked(work: Work, new: NewStep) -> str:
    code = _fitting(work, new)
    _refuse_twice(new, query.standing_steps(work.session, work.actor, code, new.accused))
    return code


def _refuse_twice(new: NewStep, standing: Sequence[str]) -> None:
    """A step is recorded once; proceedings against one of the accused, or in the file as a whole, end once."""
    others = ENDS if new.step in ENDS else (new.step,)
    if set(others) & set(standing):
        raise Invalid({"step": "step_stands"})


def _fitting(work: Work, new: NewStep) -> str:
    """The file's code as it is kept. Raises Invalid for a step that cannot be."""
    code = tidy_code(new.file_code)
    if not FILE_CODE.fullmatch(code):
        raise Invalid({"file_code": "file_code_form"})
    if new.occurred_on > work.today:
        raise Invalid({"occurred_on": "date_in_future"})
    if new.step not in steps_of(work.actor):
        raise Invalid({"step": "unknown_choice"})
    if new.step in VERDICTS and new.accused is None:
        raise Invalid({"accused": "which_accused"})
    if new.step == OPENED and new.accused is not None:
        raise Invalid({"accused": "of_the_file"})
    if new.step != CONVICTED and (new.sentence_months or new.fine_euros or new.is_suspended):
        raise Invalid({"step": "sentence_without_conviction"})
    return code


def to_take_back(actor: Actor, step_id: UUID) -> StepRow:
    """A step of the agency's that stands; raises NotFound for any other, Conflict for one that was taken back."""
    with unit_of_work.read(actor) as work:
        return _find(work, step_id)


def _find(work: Work, step_id: UUID) -> StepRow:
    found = query.one(work.session, work.actor, step_id)
    if found is None:
        raise NotFound
    if found.correction is not None:
        raise Conflict("step_is_taken_back")
    return found


def take_back(actor: Actor, step_id: UUID, reason: str, once: Once | None = None) -> UUID:
    """Take a step back: its twin of weight -1 says why, and the step stays to be read. Raises NotFound, Conflict."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return step_id
        kept = asdict(_find(work, step_id))
        twin = {"weight": -1, "takes_back_id": step_id, "correction": reason}
        try:
            work.session.execute(insert(ProceedingStep), [{**kept, **twin, **_row(work, uuid4())}])
        except IntegrityError:  # two at once: a step has one twin
            raise Conflict("step_is_taken_back") from None
        work.audit("proceeding:taken_back", step=step_id, reason=reason)
        work.commit()
        return step_id
