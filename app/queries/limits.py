"""Movement limits as a house has ordered them, with their reviews; what is sealed stays sealed here."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency, Member
from app.models.house_life import LimitReview, MovementLimit
from app.models.placement import Stay
from app.security.actor import Actor

AT_MOST = 50
_lifter = aliased(Member)


@dataclass(frozen=True)
class LimitRow:
    """One order, with who ordered and who lifted it."""

    id: UUID
    case_id: UUID
    agency_id: UUID
    stay_id: UUID
    number: int
    kind: str
    ground: str
    reason: bytes | None = field(repr=False)
    sealed_under: str
    ordered_by: str
    recorded_at: datetime
    from_on: date
    ends_on: date
    review_on: date
    days: int
    own_word: str
    own_words: bytes | None = field(repr=False)
    told_in: str
    told_way: str
    social_worker_told_on: date | None
    lifted_on: date | None
    lifted_by: str | None
    lift_reason: bytes | None = field(repr=False)
    lift_sealed_under: str | None
    name_en: str
    name_sq: str
    name_sr: str

    def stands(self, day: date) -> bool:
        """Whether it holds on a day: after its last it ends by itself."""
        return self.from_on <= day < (self.lifted_on or self.ends_on)


@dataclass(frozen=True)
class ReviewRow:
    """One review, with who made it."""

    id: UUID
    case_id: UUID
    limit_id: UUID
    reviewed_on: date
    recorded_at: datetime
    member: str
    outcome: str
    note: bytes | None = field(repr=False)
    sealed_under: str


@dataclass(frozen=True)
class Before:
    """What a resident was ordered in a house before: how many orders, how many days, when the last began."""

    orders: int
    days: int


def _orders() -> Select[Any]:
    own = ("id", "case_id", "agency_id", "stay_id", "number", "kind", "ground", "reason", "sealed_under")
    times = ("recorded_at", "from_on", "ends_on", "review_on", "days", "own_word", "own_words", "told_in", "told_way")
    rest = ("social_worker_told_on", "lifted_on", "lift_reason", "lift_sealed_under")
    columns = [getattr(MovementLimit, name) for name in (*own, *times, *rest)]
    return (
        select(*columns, Member.name.label("ordered_by"), _lifter.name.label("lifted_by"))
        .add_columns(Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Member, Member.id == MovementLimit.ordered_by_id)
        .outerjoin(_lifter, _lifter.id == MovementLimit.lifted_by_id)
        .join(Agency, Agency.id == MovementLimit.agency_id)
        .order_by(MovementLimit.from_on.desc(), MovementLimit.number.desc(), MovementLimit.id)
        .limit(AT_MOST)
    )


def of_resident(session: Session, actor: Actor, case_id: UUID) -> list[LimitRow]:
    """The orders that the actor's own house gave a resident, newest first."""
    asked = (MovementLimit.case_id == case_id, MovementLimit.agency_id == actor.agency_id)
    return [LimitRow(**row._mapping) for row in session.execute(_orders().where(*asked))]


def of_case(session: Session, actor: Actor, case_id: UUID) -> list[LimitRow]:
    """The orders of every house on a case that is open to the actor, newest first."""
    found = session.execute(_orders().where(MovementLimit.case_id == case_id))
    return [LimitRow(**row._mapping) for row in found]


def one(session: Session, actor: Actor, limit_id: UUID) -> LimitRow | None:
    """One order of the actor's own house."""
    asked = (MovementLimit.id == limit_id, MovementLimit.agency_id == actor.agency_id)
    row = session.execute(_orders().where(*asked)).first()
    return None if row is None else LimitRow(**row._mapping)


def reviews(session: Session, actor: Actor, limit_ids: Collection[UUID]) -> list[ReviewRow]:
    """The reviews of some orders, oldest first."""
    review = LimitReview
    rows = session.execute(
        select(
            review.id,
            review.case_id,
            review.limit_id,
            review.reviewed_on,
            review.recorded_at,
            Member.name,
            review.outcome,
            review.note,
            review.sealed_under,
        )
        .join(Member, Member.id == review.member_id)
        .where(review.limit_id.in_(sorted(limit_ids)))
        .order_by(review.reviewed_on, review.recorded_at, review.id)
    )
    return [ReviewRow(*row) for row in rows]


def before(session: Session, actor: Actor, case_id: UUID) -> Before:
    """What a resident was ordered in the actor's own house before."""
    asked = (MovementLimit.case_id == case_id, MovementLimit.agency_id == actor.agency_id)
    found = select(func.count(), func.coalesce(func.sum(MovementLimit.days), 0)).where(*asked)
    row = session.execute(found.select_from(MovementLimit)).one()
    return Before(int(row[0]), int(row[1]))


def open_stay(session: Session, actor: Actor, case_id: UUID) -> UUID | None:
    """Where a resident lives in the actor's own house now; None after she has left."""
    asked = (Stay.case_id == case_id, Stay.agency_id == actor.agency_id, Stay.left_on.is_(None))
    return session.execute(select(Stay.id).where(*asked)).scalars().first()


def standing_now(session: Session, actor: Actor, case_ids: Collection[UUID], today: date) -> list[LimitRow]:
    """What holds today of the actor's own house's orders, on some of its residents."""
    table = MovementLimit
    asked = (table.agency_id == actor.agency_id, table.case_id.in_(sorted(case_ids)))
    holds = (table.from_on <= today, func.coalesce(table.lifted_on, table.ends_on) > today)
    return [LimitRow(**row._mapping) for row in session.execute(_orders().where(*asked, *holds))]
