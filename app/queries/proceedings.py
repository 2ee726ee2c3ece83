"""Proceedings against those who are accused: the steps of an agency's files, and which of them stand."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, exists, select
from sqlalchemy.orm import Session, aliased

from app.models.proceeding import ProceedingStep
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class StepRow:
    """A step as the register lists it; `correction` says why where it was taken back."""

    id: UUID
    file_code: str
    accused: int | None
    step: str
    occurred_on: date
    law_article: str
    form: str
    official: str
    sentence_months: int | None
    fine_euros: int | None
    is_suspended: bool
    correction: str | None


def listed(session: Session, actor: Actor, page: int = 1) -> list[StepRow]:
    """The agency's own steps, the latest first: one page, and one row more to tell that there are more."""
    order = (ProceedingStep.occurred_on.desc(), ProceedingStep.recorded_at.desc(), ProceedingStep.id)
    found = session.execute(_rows(actor).order_by(*order).limit(PAGE + 1).offset((page - 1) * PAGE))
    return [StepRow(**row._mapping) for row in found]


def one(session: Session, actor: Actor, step_id: UUID) -> StepRow | None:
    """A step of the agency's, or None; what took one back is no step."""
    row = session.execute(_rows(actor).where(ProceedingStep.id == step_id)).first()
    return None if row is None else StepRow(**row._mapping)


def _rows(actor: Actor) -> Any:
    twin = aliased(ProceedingStep)
    names = [name for name in StepRow.__dataclass_fields__ if name != "correction"]
    return (
        select(*(getattr(ProceedingStep, name) for name in names), twin.correction.label("correction"))
        .outerjoin(twin, twin.takes_back_id == ProceedingStep.id)
        .where(ProceedingStep.agency_id == actor.agency_id, ProceedingStep.weight == 1)
    )


def standing_steps(session: Session, actor: Actor, file_code: str, accused: int | None) -> list[str]:
    """The steps that stand in an agency's file against one of the accused, or in the file as a whole."""
    same = ProceedingStep.accused.is_(None) if accused is None else ProceedingStep.accused == accused
    met = (ProceedingStep.agency_id == actor.agency_id, ProceedingStep.file_code == file_code, same)
    return list(session.execute(select(ProceedingStep.step).where(*standing(), *met)).scalars())


def standing_keys(session: Session, actor: Actor) -> set[tuple[str, int | None, str]]:
    """Of all steps of an agency that stand: the file, which of the accused, and the step."""
    told = select(ProceedingStep.file_code, ProceedingStep.accused, ProceedingStep.step)
    rows = session.execute(told.where(*standing(), ProceedingStep.agency_id == actor.agency_id))
    return {(row[0], row[1], row[2]) for row in rows}


def standing(as_of: datetime | None = None, step: Any = ProceedingStep) -> list[ColumnElement[bool]]:
    """That a step was recorded and not taken back, now or so far as was known at a moment."""
    met: list[ColumnElement[bool]] = [step.weight == 1, ~_taken_back(as_of, step)]
    return met if as_of is None else [*met, step.recorded_at < as_of]


def _taken_back(as_of: datetime | None, step: Any) -> Exists:
    twin = aliased(ProceedingStep)
    met = [twin.takes_back_id == step.id]
    return exists().where(*met, *([twin.recorded_at < as_of] if as_of is not None else []))
