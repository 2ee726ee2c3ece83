"""The facts that are counted, as common table expressions: those that stand, and the first of each person.

What is counted of them belongs to counts.py, who they are to count_members.py. A statement made of these has nothing
scoped at its top level: run it through `rows`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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


class Grain(StrEnum):
    """Within what a person counts once: the whole period, or each calendar month or year of it."""

    WHOLE = "whole"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Asked:
    """What is counted: which days, which metrics, and as it was known at which moment (None: now)."""

    period: Period
    metrics: tuple[str, ...] = METRIC.keys()
    as_of: datetime | None = None


def rows(session: Session, statement: Any) -> Sequence[Any]:
    """Run a statement over facts within the actor's scope."""
    found: Sequence[Any] = session.execute(scoped(session, statement)).all()
    return found


def scoped(session: Session, statement: Any) -> Any:
    """The statement within the actor's scope, also for facts that stand deep in it."""
    return with_scope(session, statement, CountFact, RecordPerson, LinkPair, Case)


def standing(asked: Asked, *, grain: Grain = Grain.WHOLE, with_record: bool = False) -> CTE:
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
    return select(net, _at(net, grain).label("at")).cte("standing")


def first(facts: CTE) -> CTE:
    """Of each person in a metric, and in a month or year by the grain, the earliest fact (design decision 37)."""
    place = func.row_number().over(
        partition_by=(facts.c.metric, facts.c.at, facts.c.person),
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


def _at(facts: CTE, grain: Grain) -> ColumnElement[int]:
    """A month as 200703, a year as 200700, the whole period as 0."""
    if grain is Grain.WHOLE:
        return literal(0, Integer)
    day = facts.c.occurred_on
    of_year = cast(extract("year", day), Integer) * 100
    return of_year if grain is Grain.YEAR else of_year + cast(extract("month", day), Integer)
