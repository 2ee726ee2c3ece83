"""Cases of one person that an agency opened one after the other: each is named to those who see both."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session

from app.models.case import Case
from app.security.actor import Actor
from app.security.scoped_session import KEPT

_case = Case.__table__.alias("of_this_case")
_THIS: BindParameter[UUID] = bindparam("this_case")
_EARLIER = select(_case.c.previous_case_id).where(_case.c.id == _THIS).scalar_subquery()
_NEIGHBOURS = (
    select(Case.id, Case.reference, Case.opened_on, Case.previous_case_id)
    .where(or_(Case.previous_case_id == _THIS, Case.id == _EARLIER))
    .order_by(Case.opened_on, Case.recorded_at, Case.id)
    .execution_options(**KEPT)
)


@dataclass(frozen=True)
class LinkedRow:
    """A case before or after this one."""

    case_id: UUID
    reference: str
    opened_on: date
    is_earlier: bool


def neighbours(session: Session, actor: Actor, case_id: UUID) -> list[LinkedRow]:
    """The case that this one follows and those that follow it, as far as they are open to the actor, oldest first."""
    rows = session.execute(_NEIGHBOURS, {"this_case": case_id})
    return [LinkedRow(row.id, row.reference, row.opened_on, row.previous_case_id != case_id) for row in rows]
