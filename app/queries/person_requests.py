"""What a person asked about what is recorded of her, and what was answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.person_request import PersonRequest
from app.security.actor import Actor

AT_MOST = 200


@dataclass(frozen=True)
class RequestRow:
    """One request, and its answer as far as there is one."""

    id: UUID
    kind: str
    asked_by: str
    received_on: date
    due_on: date
    answer: str | None
    reason: str | None
    answered_on: date | None
    name_en: str
    name_sq: str
    name_sr: str


def of_case(session: Session, actor: Actor, case_id: UUID) -> list[RequestRow]:
    """The requests of a case, those that wait for an answer first, what is due first before the rest."""
    columns = (getattr(PersonRequest, name) for name in list(RequestRow.__annotations__)[:8])
    rows = session.execute(
        select(*columns, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Agency, Agency.id == PersonRequest.agency_id)
        .where(PersonRequest.case_id == case_id)
        .order_by(PersonRequest.answer.is_not(None), PersonRequest.due_on, PersonRequest.id)
        .limit(AT_MOST)
    )
    return [RequestRow(*row) for row in rows]
