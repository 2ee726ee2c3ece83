"""The wrapped keys that open what a house wrote of its residents: of their cases, and of their stays in it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.case import CaseKey
from app.models.placement import Stay, StayKey
from app.security.actor import Actor
from app.security.vault import CONTENT


@dataclass(frozen=True)
class WrapRow:
    """A wrapped key: of which case, and to what it belongs."""

    case_id: UUID
    owner_id: UUID
    wrapped: bytes = field(repr=False)


def content(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[WrapRow]:
    """The content keys that the actor's agency holds."""
    asked = (CaseKey.case_id.in_(sorted(case_ids)), CaseKey.holder_id == actor.agency_id, CaseKey.kind == CONTENT)
    rows = session.execute(select(CaseKey.case_id, CaseKey.case_id.label("owner"), CaseKey.wrapped).where(*asked))
    return [WrapRow(*row) for row in rows]


def stays(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[WrapRow]:
    """The keys of the stays in the actor's own house that have not ended."""
    rows = session.execute(
        select(Stay.case_id, Stay.id, StayKey.wrapped)
        .join(StayKey, StayKey.stay_id == Stay.id)
        .where(Stay.case_id.in_(sorted(case_ids)), StayKey.agency_id == actor.agency_id)
    )
    return [WrapRow(*row) for row in rows]
