"""Pairs of records that are one person or may be: the reviewer's lists. Agreement in keys, never a value."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.record import LinkPair, RecordPerson
from app.security.actor import Actor

PAGE = 25
STATES = {"waiting": ("doubtful",), "standing": ("sure", "confirmed"), "apart": ("refused", "undone")}
"""What a list shows, by its name. A pair that lapsed is in none: nothing speaks for it any more."""

OLDER = "older"
"""The list of pairs that were answered before one of their records was put right; they stand in another one too."""

LISTS = (*STATES, OLDER)


@dataclass(frozen=True)
class PairRow:
    """One pair: how its two records agree, how much that weighs, where it stands and why."""

    id: UUID
    score: float
    reasons: tuple[str, ...]
    state: str
    found_at: datetime
    decided_at: datetime | None
    reason: str | None
    changed_at: datetime | None
    answered: tuple[str, ...] | None

    @property
    def code(self) -> str:
        """What reviewers call it by: it tells nothing of the records."""
        return self.id.hex[:6].upper()


@dataclass(frozen=True)
class Figures:
    """How many records there are, how many people by the standing links, and how many if all that wait were one."""

    records: int
    people: int
    people_at_least: int
    pairs: dict[str, int]


_ROW = select(
    LinkPair.id,
    LinkPair.score,
    LinkPair.agreement,
    LinkPair.state,
    LinkPair.found_at,
    LinkPair.decided_at,
    LinkPair.reason,
    LinkPair.changed_at,
    LinkPair.answered_agreement,
)


def page(session: Session, actor: Actor, shown: str, number: int = 1) -> list[PairRow]:
    """One page of a list, and one row more to tell that there are more; what waits comes in the order of its weight."""
    order = (
        LinkPair.score.desc() if shown == "waiting" else func.coalesce(LinkPair.decided_at, LinkPair.found_at).desc()
    )
    found = (
        _ROW.where(LinkPair.changed_at.is_not(None) if shown == OLDER else LinkPair.state.in_(STATES[shown]))
        .order_by(order, LinkPair.id)
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    )
    return [_pair(row) for row in session.execute(found)]


def one(session: Session, actor: Actor, pair_id: UUID) -> PairRow | None:
    """A pair; None where there is none."""
    row = session.execute(_ROW.where(LinkPair.id == pair_id)).first()
    return _pair(row) if row else None


def _pair(row: Any) -> PairRow:
    return PairRow(
        id=row.id,
        score=row.score,
        reasons=tuple(json.loads(row.agreement)),
        state=row.state,
        found_at=row.found_at,
        decided_at=row.decided_at,
        reason=row.reason,
        changed_at=row.changed_at,
        answered=tuple(json.loads(row.answered_agreement)) if row.answered_agreement else None,
    )


def figures(session: Session, actor: Actor) -> Figures:
    """The figures over all records."""
    people = func.count(RecordPerson.person_id.distinct())
    records, known = session.execute(select(func.count(RecordPerson.record_id), people)).one()
    counted = session.execute(select(LinkPair.state, func.count().label("number")).group_by(LinkPair.state))
    by_state = {row.state: row.number for row in counted}
    pairs = {shown: sum(by_state.get(state, 0) for state in states) for shown, states in STATES.items()}
    older = select(func.count()).where(LinkPair.changed_at.is_not(None))
    pairs[OLDER] = session.execute(older).scalar_one()
    return Figures(records, known, known - _would_join(session), pairs)


def _would_join(session: Session) -> int:
    """By how many people fewer there were if each pair that waits were confirmed."""
    one_side, other = RecordPerson.__table__.alias("one_side"), RecordPerson.__table__.alias("other")
    waiting = (
        select(one_side.c.person_id, other.c.person_id)
        .select_from(LinkPair)
        .join(one_side, one_side.c.record_id == LinkPair.record_a_id)
        .join(other, other.c.record_id == LinkPair.record_b_id)
        .where(LinkPair.state == "doubtful")
    )
    group: dict[UUID, UUID] = {}

    def root(person: UUID) -> UUID:
        while group.get(person, person) != person:
            person = group[person]
        return person

    joined = 0
    for left, right in session.execute(waiting):
        first, second = root(left), root(right)
        if first != second:
            group[second] = first
            joined += 1
    return joined
