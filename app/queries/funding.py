"""The funding ledger: grants with the places that they pay for, payers, what became of a grant. No case in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency
from app.models.funding import FundingChange, FundingGrant, FundingPayee, FundingPayer
from app.models.placement import Shelter
from app.models.premises import Premises
from app.security.actor import Actor

PAGE = 25
MOST_PAYERS = 500


@dataclass(frozen=True)
class PlaceRow:
    """A shelter by its names."""

    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class PayerRow:
    """Who gives money."""

    id: UUID
    kind: str
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class PayeeRow:
    """A place that a grant pays for: the agency's names where it is one; `place` is its house, or a place by name."""

    id: UUID
    grant_id: UUID
    agency_id: UUID | None
    premises_id: UUID | None
    place: str | None
    is_added: bool
    name_en: str | None
    name_sq: str | None
    name_sr: str | None


@dataclass(frozen=True)
class ChangeRow:
    """What became of a grant on a day."""

    grant_id: UUID
    kind: str
    changed_on: date
    from_payee_id: UUID | None
    to_payee_id: UUID | None
    amount: int | None
    reason: str
    recorded_at: datetime
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class GrantRow:
    """A grant as its source tells it, with the names of its payer."""

    id: UUID
    part_of_id: UUID | None
    payer_id: UUID
    kind: str
    name_en: str
    name_sq: str
    name_sr: str
    purpose: str
    amount: int | None
    currency: str
    is_approximate: bool
    other_amount: int | None
    other_currency: str | None
    from_on: date
    to_on: date
    share_amount: int | None
    share_other_amount: int | None
    share_of: str | None
    places: int
    source: str
    recorded_at: datetime
    agency_id: UUID


@dataclass(frozen=True)
class Grant:
    """A grant with its places, as far as the reader may see them, and what became of it."""

    row: GrantRow
    payees: tuple[PayeeRow, ...] = ()
    changes: tuple[ChangeRow, ...] = field(default=())

    def change(self, kind: str) -> ChangeRow | None:
        """Its end, or that it was struck out; None where neither is."""
        return next((one for one in self.changes if one.kind == kind), None)

    @property
    def is_struck_out(self) -> bool:
        """Whether it was recorded in error and counts for nothing."""
        return self.change("struck_out") is not None

    @property
    def last_on(self) -> date:
        """The last day that it pays for: its own, or the day on which it ended before."""
        ended = self.change("ended")
        return min(self.row.to_on, ended.changed_on) if ended else self.row.to_on


@dataclass(frozen=True)
class Asked:
    """Which grants a list shows; what is empty leaves nothing out."""

    agency_id: UUID | None = None
    payer_id: UUID | None = None
    kind: str | None = None
    year: int | None = None


def shelters(session: Session, actor: Actor) -> list[PlaceRow]:
    """All shelters by name."""
    rows = session.execute(
        select(Agency.id, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Shelter, Shelter.agency_id == Agency.id)
        .order_by(Agency.name_en, Agency.id)
    )
    return [PlaceRow(*row) for row in rows]


def payers(session: Session, actor: Actor) -> list[PayerRow]:
    """All payers by name, the state's first."""
    rows = session.execute(
        select(FundingPayer.id, FundingPayer.kind, FundingPayer.name_en, FundingPayer.name_sq, FundingPayer.name_sr)
        .order_by(FundingPayer.kind.desc(), FundingPayer.name_en)
        .limit(MOST_PAYERS)
    )
    return [PayerRow(*row) for row in rows]


def listed(session: Session, actor: Actor, asked: Asked | None = None, page: int = 1) -> list[Grant]:
    """Whole grants, the latest first: one page, and one row more to tell that there are more."""
    statement = _grants(FundingGrant.part_of_id.is_(None), *_conditions(asked or Asked()))
    return _found(session, statement.limit(PAGE + 1).offset((page - 1) * PAGE))


def one(session: Session, actor: Actor, grant_id: UUID) -> Grant | None:
    """A grant, or a part of one."""
    return next(iter(_found(session, _grants(FundingGrant.id == grant_id))), None)


def parts(session: Session, actor: Actor, grant_id: UUID) -> list[Grant]:
    """The parts of a grant that the source tells of."""
    return _found(session, _grants(FundingGrant.part_of_id == grant_id))


def touching(session: Session, actor: Actor, first: date, last: date) -> list[Grant]:
    """Every grant and every part, of which a day lies between two days, both included, and all parts of these."""
    whole = aliased(FundingGrant)
    of_whole = select(whole.id).where(whole.from_on <= last, whole.to_on >= first)
    is_there = and_(FundingGrant.from_on <= last, FundingGrant.to_on >= first)
    return _found(session, _grants(or_(is_there, FundingGrant.part_of_id.in_(of_whole))))


def _conditions(asked: Asked) -> Iterable[ColumnElement[bool]]:
    if asked.agency_id:
        paid = select(FundingPayee.grant_id).where(FundingPayee.agency_id == asked.agency_id)
        yield FundingGrant.id.in_(paid)
    if asked.payer_id:
        yield FundingGrant.payer_id == asked.payer_id
    if asked.kind:
        yield FundingPayer.kind == asked.kind
    if asked.year:
        begins, ends = extract("year", FundingGrant.from_on), extract("year", FundingGrant.to_on)
        yield begins <= asked.year
        yield ends >= asked.year


def _grants(*conditions: ColumnElement[bool]) -> Select[Any]:
    own = [getattr(FundingGrant, name) for name in GrantRow.__dataclass_fields__ if name not in _OF_PAYER]
    payer = [getattr(FundingPayer, name) for name in _OF_PAYER]
    return (
        select(*own, *payer)
        .join(FundingPayer, FundingPayer.id == FundingGrant.payer_id)
        .where(*conditions)
        .order_by(FundingGrant.from_on.desc(), FundingGrant.recorded_at.desc(), FundingGrant.id)
    )


_OF_PAYER = ("kind", "name_en", "name_sq", "name_sr")


def _found(session: Session, statement: Select[Any]) -> list[Grant]:
    rows = [GrantRow(**row._mapping) for row in session.execute(statement)]
    payees: dict[UUID, list[PayeeRow]] = defaultdict(list)
    changes: dict[UUID, list[ChangeRow]] = defaultdict(list)
    for payee in _payees(session, [row.id for row in rows]):
        payees[payee.grant_id].append(payee)
    for change in _changes(session, [row.id for row in rows]):
        changes[change.grant_id].append(change)
    return [Grant(row, tuple(payees[row.id]), tuple(changes[row.id])) for row in rows]


def _payees(session: Session, ids: Sequence[UUID]) -> list[PayeeRow]:
    if not ids:
        return []
    rows = session.execute(
        select(
            FundingPayee.id,
            FundingPayee.grant_id,
            FundingPayee.agency_id,
            FundingPayee.premises_id,
            func.coalesce(FundingPayee.place, Premises.name),
            FundingPayee.is_added,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .outerjoin(Agency, Agency.id == FundingPayee.agency_id)
        .outerjoin(Premises, Premises.id == FundingPayee.premises_id)
        .where(FundingPayee.grant_id.in_(ids))
        .order_by(Agency.name_en, func.coalesce(FundingPayee.place, Premises.name), FundingPayee.id)
    )
    return [PayeeRow(*row) for row in rows]


def _changes(session: Session, ids: Sequence[UUID]) -> list[ChangeRow]:
    if not ids:
        return []
    rows = session.execute(
        select(
            FundingChange.grant_id,
            FundingChange.kind,
            FundingChange.changed_on,
            FundingChange.from_payee_id,
            FundingChange.to_payee_id,
            FundingChange.amount,
            FundingChange.reason,
            FundingChange.recorded_at,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == FundingChange.agency_id)
        .where(FundingChange.grant_id.in_(ids))
        .order_by(FundingChange.changed_on, FundingChange.recorded_at)
    )
    return [ChangeRow(*row) for row in rows]
