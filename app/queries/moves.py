"""The moves of a case from one version of the procedure to another, oldest first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models.version import CaseMove
from app.security.actor import Actor
from app.security.scoped_session import KEPT


@dataclass(frozen=True)
class MoveRow:
    """One move; steps before `position` were taken under the version that it led away from."""

    event_id: UUID
    position: int
    from_procedure: str
    from_digest: str
    to_procedure: str
    to_digest: str
    moved_on: date
    changes: dict[str, Any]


_MOVES = (
    select(
        CaseMove.event_id,
        CaseMove.position,
        CaseMove.from_procedure,
        CaseMove.from_digest,
        CaseMove.to_procedure,
        CaseMove.to_digest,
        CaseMove.moved_on,
        CaseMove.changes,
    )
    .where(CaseMove.case_id == bindparam("this_case"))
    .order_by(CaseMove.position)
    .execution_options(**KEPT)
)


def moves(session: Session, actor: Actor, case_id: UUID) -> list[MoveRow]:
    """The moves of a case that the actor sees."""
    return [MoveRow(**row._mapping) for row in session.execute(_MOVES, {"this_case": case_id})]
