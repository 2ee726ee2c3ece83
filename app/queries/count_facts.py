"""The facts that are counted, as common table expressions: those that stand, and the first of each person.

What is counted of them belongs to counts.py, who they are to count_members.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import aliased

from app.models.count import DIMENSIONS, CountFact
from app.models.record import FormerPerson, RecordPerson
from app.vocabulary.breakdown import ADULT, ADULT_CHILD, AGE_BAND, BETWEEN, BREAKDOWN, CHILD, SEVERAL
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period


class Grain(StrEnum):
    """Within what a person counts once: the whole period, or each calendar month or year of it."""

    WHOLE = "whole"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Only:
    """People of one row of a breakdown alone."""

    dimension: str
    value: str


@dataclass(frozen=True)
class Asked:
    """What is counted: which days, which metrics, as it was known at which moment (None: now), and of whom."""

    period: Period
    metrics: tuple[str, ...] = METRIC.keys()
    as_of: datetime | None = None
    only: Only | None = None


def standing(
    asked: Asked, dimensions: Sequence[str] = (), *, grains: Sequence[Grain] = (), with_record: bool = False
) -> CTE:
    """The facts of the period that stand, with what the breakdowns asked need.

    The person of a record is who it is linked to (as of a moment: who it was linked to then), else the record itself.
    `with_record` names the case as well. Facts that were never taken back, nearly all, are taken as they are; the
    others only if the weights of the same fact, in all that it says, add up to more than nothing.
    """
    fact = CountFact
    kept = [fact.metric, fact.agency_id, fact.occurred_on, fact.record_id]
    wanted = [*dimensions, *([asked.only.dimension] if asked.only else [])]
    kept += [getattr(fact, name) for name in dict.fromkeys(name for each in wanted for name in columns_of(each))]
    kept += [fact.case_id] if with_record else []
    person = person_of(fact.record_id, asked.as_of).label("person")
    twin = aliased(CountFact)
    taken_back = exists().where(
        twin.record_id == fact.record_id,
        twin.metric == fact.metric,
        twin.agency_id == fact.agency_id,
        twin.weight == literal_column("-1"),  # not a bound value: the partial index is found by it
        *([twin.recorded_at < asked.as_of] if asked.as_of else []),
    )
    plain = _in_period(select(*kept, person, fact.recorded_at), asked).where(fact.weight == 1, ~taken_back)
    moved = _in_period(select(*kept, person, func.min(fact.recorded_at).label("recorded_at")), asked).where(taken_back)
    whole = [getattr(fact, name) for name in DIMENSIONS]
    moved = moved.group_by(*dict.fromkeys([*kept, *whole]), person).having(func.sum(fact.weight) > 0)
    net = plain.union_all(moved).cte("net")
    net = _of_row(net, asked.only) if asked.only else net
    return select(net, *(_at(net, grain).label(grain) for grain in grains)).cte("standing")


def _of_row(net: CTE, only: Only) -> CTE:
    """The facts of the people whose earliest fact in the metric falls into a row, as a breakdown places them."""
    placed = select(net, literal(0, Integer).label(Grain.WHOLE)).cte("all_rows")
    once = first(placed)
    found = select(once.c.person, once.c.metric).where(in_row(once, only.dimension, only.value)).subquery()
    hers = (found.c.person == net.c.person) & (found.c.metric == net.c.metric)
    return select(net).join(found, hers).cte("of_row")


def in_row(facts: CTE, dimension: str, value: str) -> ColumnElement[bool]:
    """Whether a fact falls into a row of a breakdown; it may fall into several of some."""
    if dimension not in SEVERAL:
        return value_of(facts, dimension) == value
    listed = literal(BETWEEN).concat(value_of(facts, dimension)).concat(BETWEEN)
    return listed.contains(f"{BETWEEN}{value}{BETWEEN}", autoescape=True)


def _in_period(statement: Any, asked: Asked) -> Any:
    fact = CountFact
    found = statement.outerjoin(RecordPerson, RecordPerson.record_id == fact.record_id).where(
        fact.occurred_on >= asked.period.start, fact.occurred_on < asked.period.end
    )
    if not set(METRIC.keys()) <= set(asked.metrics):  # said of all, it would only lead the planner astray
        found = found.where(fact.metric.in_(asked.metrics))
    if asked.as_of is None:
        return found
    was = was_person(fact.record_id, asked.as_of)
    return found.outerjoin(FormerPerson, was).where(fact.recorded_at < asked.as_of)


def was_person(record_id: Any, as_of: datetime) -> ColumnElement[bool]:
    """Who a record was at a moment and is no more."""
    return and_(FormerPerson.record_id == record_id, FormerPerson.since < as_of, FormerPerson.until >= as_of)


def person_of(record_id: Any, as_of: datetime | None) -> ColumnElement[UUID]:
    """The person of a record, where `RecordPerson` is joined, and as of a moment `FormerPerson` too."""
    if as_of is None:
        return func.coalesce(RecordPerson.person_id, record_id)
    now = case((RecordPerson.since < as_of, RecordPerson.person_id))
    return func.coalesce(FormerPerson.person_id, now, record_id)


def ranked(facts: CTE, grains: Sequence[Grain]) -> CTE:
    """Each fact with its place among those of its person in the metric, within each grain: 1 is the earliest."""
    places = (
        func.row_number()
        .over(
            partition_by=(facts.c.person, facts.c.metric, facts.c[grain]),
            order_by=(facts.c.occurred_on, facts.c.recorded_at, facts.c.agency_id, facts.c.record_id),
        )
        .label(place_in(grain))
        for grain in grains
    )
    return select(facts, *places).cte(f"ranked_{facts.name}")


def place_in(grain: Grain) -> str:
    """The column of a fact's place within a grain."""
    return f"place_in_{grain}"


def first(facts: CTE) -> CTE:
    """Of each person in a metric the earliest fact of the whole period (design decision 37)."""
    placed = ranked(facts, [Grain.WHOLE])
    return select(placed).where(placed.c[place_in(Grain.WHOLE)] == 1).cte(f"first_of_{facts.name}")


def columns_of(dimension: str) -> tuple[str, ...]:
    """The columns of a fact that a breakdown is made of."""
    return {AGE_BAND: ("is_child", "age_band"), ADULT_CHILD: ("is_child",)}.get(dimension, (dimension,))


def value_of(facts: CTE, dimension: str) -> ColumnElement[str]:
    """The row of a breakdown that a fact falls into. KeyError for a breakdown that there is not."""
    name = BREAKDOWN.get(dimension).code
    if name not in (AGE_BAND, ADULT_CHILD):
        value: ColumnElement[str] = facts.c[name]
        return value
    group = case((facts.c.is_child, CHILD), else_=ADULT)
    return group.concat(":").concat(facts.c.age_band) if name == AGE_BAND else group


def _at(facts: CTE, grain: Grain) -> ColumnElement[int]:
    """A month as 200703, a year as 200700, the whole period as 0."""
    if grain is Grain.WHOLE:
        return literal(0, Integer)
    day = facts.c.occurred_on
    of_year = cast(extract("year", day), Integer) * 100
    return of_year if grain is Grain.YEAR else of_year + cast(extract("month", day), Integer)
