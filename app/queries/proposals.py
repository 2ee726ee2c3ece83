"""Calls for proposals, and whom each shelter assists: common knowledge, no case in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.funding import AssistedGroups, FundingCall, FundingPayer
from app.queries.funding import shelters
from app.security.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class CallRow:
    """A call with the names of its payer."""

    id: UUID
    opens_on: date
    closes_on: date
    from_on: date
    to_on: date
    open_to: str
    source: str
    name_en: str
    name_sq: str
    name_sr: str

    @property
    def groups(self) -> frozenset[str]:
        """Whom a place must assist to apply."""
        return frozenset(self.open_to.split())


@dataclass(frozen=True)
class Place:
    """A shelter and whom it assists on a day; None where nobody has recorded it."""

    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str
    groups: tuple[str, ...] | None


def listed(session: Session, actor: Actor, page: int = 1) -> list[CallRow]:
    """The calls, the latest first: one page, and one row more to tell that there are more."""
    newest = _calls().order_by(FundingCall.opens_on.desc(), FundingCall.recorded_at.desc(), FundingCall.id)
    return [CallRow(*row) for row in session.execute(newest.limit(PAGE + 1).offset((page - 1) * PAGE))]


def one(session: Session, actor: Actor, call_id: UUID) -> CallRow | None:
    """A call."""
    row = session.execute(_calls().where(FundingCall.id == call_id)).first()
    return None if row is None else CallRow(*row)


def places(session: Session, actor: Actor, day: date) -> list[Place]:
    """All shelters by name, with whom they assist on a day: what was recorded last for the latest day until then."""
    rows = session.execute(
        select(AssistedGroups.place_id, AssistedGroups.groups)
        .where(AssistedGroups.from_on <= day)
        .order_by(AssistedGroups.from_on, AssistedGroups.recorded_at)
    )
    latest = {row.place_id: tuple(row.groups.split()) for row in rows}
    return [
        Place(one.agency_id, one.name_en, one.name_sq, one.name_sr, latest.get(one.agency_id))
        for one in shelters(session, actor)
    ]


def _calls() -> Any:
    return select(
        FundingCall.id,
        FundingCall.opens_on,
        FundingCall.closes_on,
        FundingCall.from_on,
        FundingCall.to_on,
        FundingCall.open_to,
        FundingCall.source,
        FundingPayer.name_en,
        FundingPayer.name_sq,
        FundingPayer.name_sr,
    ).join(FundingPayer, FundingPayer.id == FundingCall.payer_id)
