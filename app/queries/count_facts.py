"""The facts that are counted, as common table expressions: those that stand, and the first of each person.

What is counted of them belongs to counts.py, who they are to count_members.py. A statement made of these has nothing
scoped at its top level: run it through `rows`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, case, cast, extract, func, literal, select
from sqlalchemy.orm import Session

from app.models.case import Case
from app.models.count import CountFact
from app.models.record import LinkPair, RecordPerson
from app.security.scope import with_scope
from app.vocabulary.breakdown import ADULT, ADULT_CHILD, AGE_BAND, BREAKDOWN, CHILD
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period

COLUMNS = ("sex", "age_band", "is_child", "citizenship", "community", "region", "form", "scope", "entry_door")
WHOLE = 0
"""In place of a month: the whole period."""


@dataclass(frozen=True)
class Asked:
    """What is counted: which days, which metrics, and as it was known at which moment (None: now)."""

    period: Period
    metrics: tuple[str, ...] = METRIC.keys()
    as_of: datetime | None = None


def rows(session: Session, statement: Any) -> Sequence[Any]:
    """Run a statement over facts within the actor's scope."""
    scoped = with_scope(session, statement, CountFact, RecordPerson, LinkPair, Case)
    found: Sequence[Any] = session.execute(scoped).all()
    return found


def standing(asked: Asked, *, by_month: bool = False, with_record: bool = False) -> CTE:
    """The facts of the period that were not taken back: weights of the same fact add up to more than nothing.

    The person of a record is who it is linked to, else the record itself. `with_record` keeps records and cases apart.
    """
    fact = CountFact
    kept = [fact.metric, fact.agency_id, fact.occurred_on, *(getattr(fact, name) for name in COLUMNS)]
    kept += [fact.record_id, fact.case_id] if with_record else []
    person = func.coalesce(RecordPerson.person_id, fact.record_id).label("person")
    found = (
        select(*kept, person, func.min(fact.recorded_at).label("recorded_at"))
        .outerjoin(RecordPerson, RecordPerson.record_id == fact.record_id)
        .where(fact.metric.in_(asked.metrics))
        .where(fact.occurred_on >= asked.period.start, fact.occurred_on < asked.period.end)
        .group_by(*kept, person)
        .having(func.sum(fact.weight) > 0)
    )
    if asked.as_of is not None:
        found = found.where(fact.recorded_at < asked.as_of)
    net = found.cte("net")
    return select(net, _month(net) if by_month else literal(WHOLE, Integer).label("month")).cte("standing")


def first(facts: CTE) -> CTE:
    """Of each person in a metric (and month, where they are kept apart) the earliest fact (design decision 37)."""
    place = func.row_number().over(
        partition_by=(facts.c.metric, facts.c.month, facts.c.person),
        order_by=(facts.c.occurred_on, facts.c.recorded_at, facts.c.agency_id),
    )
    ranked = select(facts, place.label("place")).cte("ranked")
    return select(ranked).where(ranked.c.place == 1).cte("first")


def value_of(facts: CTE, dimension: str) -> ColumnElement[str]:
    """The row of a breakdown that a fact falls into. KeyError for a breakdown that there is not."""
    name = BREAKDOWN.get(dimension).code
    group = case((facts.c.is_child, CHILD), else_=ADULT)
    if name == ADULT_CHILD:
        return group
    if name == AGE_BAND:
        return group.concat(":").concat(facts.c.age_band)
    value: ColumnElement[str] = facts.c[name]
    return value


def _month(facts: CTE) -> ColumnElement[int]:
    """Year and month as one number: 200703."""
    day = facts.c.occurred_on
    return (cast(extract("year", day), Integer) * 100 + cast(extract("month", day), Integer)).label("month")
