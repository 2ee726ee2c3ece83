"""The numbers of whole units from the roll-ups of PostgreSQL (decision 13): cells, and what is not folded up yet.

They say what counts.py counts from the facts, for a calendar month, a calendar year or a year from 1 April, as of now.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, and_, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.models.count import CountCell, CountDelta
from app.queries.count_facts import Asked, Grain
from app.security.actor import Actor
from app.vocabulary.period import Period
from app.vocabulary.role import Role

NATION = UUID(int=0)
PEOPLE, OVERLAP = "people", "overlap"
MONTH, YEAR, APRIL = "month", "year", "april"


@dataclass(frozen=True)
class Cell:
    """A number of a unit: within which grain, of which dimension, metric and value, and when the unit begins."""

    grain: Grain
    dimension: str
    metric: str
    value: str
    start: date
    people: int


def can_tell(session: Session, actor: Actor, asked: Asked, grains: Sequence[Grain] = (Grain.WHOLE,)) -> bool:
    """Whether numbers of everybody in whole units as of now are asked, on PostgreSQL, by a reader who has some."""
    if asked.as_of is not None or asked.only is not None or _whose(actor) is None:
        return False
    if session.get_bind().dialect.name != "postgresql":
        return False
    return all(_unit(asked.period, grain) is not None for grain in grains)


def cells(
    session: Session, actor: Actor, asked: Asked, dimensions: Iterable[str], grains: Sequence[Grain] = (Grain.WHOLE,)
) -> list[Cell]:
    """The cells of these dimensions, in one statement. Call it where `can_tell` says so."""
    wanted = tuple(dimensions)
    parts = [part for grain in grains for part in _parts(actor, asked, grain, wanted)]
    both = union_all(*parts).subquery()
    key = (both.c.grain, both.c.dimension, both.c.metric, both.c.value, both.c.start_on)
    people = func.sum(both.c.people)
    found = session.execute(select(*key, cast(people, Integer)).group_by(*key).having(people != 0))
    return [Cell(Grain(row[0]), *row[1:]) for row in found]


def _whose(actor: Actor) -> UUID | None:
    """Whose numbers the actor reads: the nation's, her agency's own, or (the linker's) nobody's."""
    if actor.system == "statistics" or actor.has(Role.STATISTICS_SUPERVISOR):
        return NATION
    return None if actor.system == "linker" or actor.has(Role.LINK_REVIEWER) else actor.agency_id


def _unit(period: Period, grain: Grain) -> str | None:
    """The unit that a grain of a period is counted in; None where it is none."""
    is_of_months = period.start.day == period.end.day == 1
    is_of_years = is_of_months and period.start.month == period.end.month == 1
    if grain is Grain.MONTH:
        return MONTH if is_of_months else None
    if grain is Grain.YEAR:
        return YEAR if is_of_years else None
    if period.is_year or period.is_month:
        return YEAR if period.is_year else MONTH
    is_from_april = period.start.day == 1 and period.start.month == 4
    return APRIL if is_from_april and period.end == period.start.replace(year=period.start.year + 1) else None


def _parts(actor: Actor, asked: Asked, grain: Grain, dimensions: tuple[str, ...]) -> Iterator[Any]:
    cell, delta = CountCell, CountDelta
    yield (
        select(literal(grain.value).label("grain"), cell.dimension, cell.metric, cell.value, cell.start_on, cell.people)
        .where(*_of_units(cell, actor, asked.period, grain))
        .where(_is_asked(cell.dimension, cell.metric, asked, dimensions))
    )
    change = func.json_each_text(delta.changes).table_valued("key", "value", name="change")
    dimension, metric = func.split_part(change.c.key, "|", 1), func.split_part(change.c.key, "|", 2)
    value = func.substr(change.c.key, func.length(dimension) + func.length(metric) + 3)
    yield (
        select(literal(grain.value), dimension, metric, value, delta.start_on, cast(change.c.value, Integer))
        .select_from(delta)
        .join(change, literal(True))
        .where(*_of_units(delta, actor, asked.period, grain))
        .where(_is_asked(dimension, metric, asked, dimensions))
    )


def _of_units(
    table: type[CountCell | CountDelta], actor: Actor, period: Period, grain: Grain
) -> list[ColumnElement[bool]]:
    return [
        table.unit == _unit(period, grain),
        table.agency_id == _whose(actor),
        table.start_on >= period.start,
        table.start_on < period.end,
    ]


def _is_asked(
    dimension: SQLColumnExpression[str], metric: SQLColumnExpression[str], asked: Asked, dimensions: tuple[str, ...]
) -> ColumnElement[bool]:
    return and_(dimension.in_(dimensions), metric.in_((*asked.metrics, "")))
