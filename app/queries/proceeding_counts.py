"""Proceedings counted: the first standing step of a kind in a file or against one accused, and what is under way.

An act belongs to the day of its first standing step, so that the numbers of months add up to those of their year.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.models.proceeding import ProceedingStep
from app.queries.proceedings import standing
from app.vocabulary.proceeding import BEGUN, ENDS, OPENED

OF_FILE = (OPENED, BEGUN)
"""Steps that a file takes once, whatever the number of the accused."""

KINDS = ("law_article", "form", "official")
SENTENCE = ("sentence_months", "fine_euros", "is_suspended")


def first_steps(before: date, as_of: datetime | None, *narrower: ColumnElement[bool]) -> Subquery:
    """Of each file or accused the first standing step of a kind, among those of the days before one."""
    step = ProceedingStep
    whom = case((step.step.in_(OF_FILE), literal_column("0")), else_=func.coalesce(step.accused, literal_column("0")))
    place = func.row_number().over(
        partition_by=(step.agency_id, step.file_code, step.step, whom),
        order_by=(step.occurred_on, step.recorded_at, step.id),
    )
    kept = (step.agency_id, step.step, step.occurred_on, *(getattr(step, name) for name in (*KINDS, *SENTENCE)))
    ranked = (
        select(*kept, place.label("place"))
        .where(*standing(as_of), step.occurred_on < before, *narrower)
        .subquery("ranked")
    )
    return select(ranked).where(ranked.c.place == 1).subquery("first_steps")


def counted(first: Subquery, start: date, steps: Iterable[str]) -> Select[Any]:
    """How many of the first steps fell on a day from one on: by agency, step, month (as 201203), kinds and sentence."""
    month = cast(extract("year", first.c.occurred_on), Integer) * 100
    month += cast(extract("month", first.c.occurred_on), Integer)
    groups = [first.c.agency_id, first.c.step, month.label("at"), *(first.c[name] for name in (*KINDS, *SENTENCE))]
    met = (first.c.occurred_on >= start, first.c.step.in_(list(steps)))
    return select(*groups, func.count().label("number")).where(*met).group_by(*groups)


def under_way(before: date, as_of: datetime | None, *narrower: ColumnElement[bool]) -> Subquery:
    """The files with a prosecution begun before a day and not ended by then, with what the earliest says of them."""
    step, end = ProceedingStep, aliased(ProceedingStep)
    same = or_(end.accused.is_(None), step.accused.is_(None), end.accused == step.accused)
    ended = exists().where(
        *standing(as_of, end),
        and_(end.agency_id == step.agency_id, end.file_code == step.file_code, same),
        end.step.in_(ENDS),
        end.occurred_on >= step.occurred_on,
        end.occurred_on < before,
    )
    place = func.row_number().over(
        partition_by=(step.agency_id, step.file_code), order_by=(step.occurred_on, step.recorded_at, step.id)
    )
    ranked = (
        select(step.agency_id, step.occurred_on, *(getattr(step, name) for name in KINDS), place.label("place"))
        .where(*standing(as_of), step.step == BEGUN, step.occurred_on < before, ~ended, *narrower)
        .subquery("begun")
    )
    return select(ranked).where(ranked.c.place == 1).subquery("under_way")
