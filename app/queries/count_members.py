"""Who stands behind a number, by pseudonym only: rows of people for a page, a sheet, or a stream of all facts.

Communities are never among them: they are shown in aggregates alone (design decision 36).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, String, bindparam, cast, func, literal, select, text
from sqlalchemy.orm import Session

from app.models.case import Case
from app.queries.count_facts import Asked, Grain, first, in_row, standing, value_of
from app.security.actor import Actor
from app.vocabulary.breakdown import ADULT_CHILD, BREAKDOWN, COMMUNITY
from app.vocabulary.period import Period


@dataclass(frozen=True)
class Cell:
    """A number of a report: a metric's, one row of a breakdown, or one agency's own."""

    metric: str
    dimension: str = ""
    value: str = ""
    agency_id: UUID | None = None


@dataclass(frozen=True)
class MemberRow:
    """A fact behind a number; `reference` is empty where the reader has no longer a part in the case."""

    person: str
    metric: str
    occurred_on: date
    agency_id: UUID
    case_id: UUID
    reference: str = ""


def behind(session: Session, actor: Actor, asked: Asked, cell: Cell, limit: int, offset: int = 0) -> list[MemberRow]:
    """The facts of the people behind a number, person by person, with what references the actor's scope opens."""
    dimensions = (cell.dimension,) if cell.dimension else ()
    facts = standing(asked, dimensions, grains=[Grain.WHOLE], with_record=True)
    people = select(facts.c.person).where(facts.c.agency_id == cell.agency_id)
    if cell.agency_id is None:
        once = first(facts)
        people = select(once.c.person).where(_value(once, cell))
    found = (
        _rows(facts)
        .where(facts.c.metric == cell.metric, facts.c.person.in_(people))
        .order_by(facts.c.person, facts.c.occurred_on, facts.c.case_id)
        .limit(limit)
        .offset(offset)
    )
    return [MemberRow(*row) for row in session.execute(found)]


def _value(once: Any, cell: Cell) -> ColumnElement[bool]:
    return in_row(once, cell.dimension, cell.value) if cell.dimension else literal(True)


def everyone(session: Session, actor: Actor, asked: Asked, limit: int) -> list[MemberRow]:
    """The first fact of every person in every metric asked, person by person."""
    once = first(standing(asked, grains=[Grain.WHOLE], with_record=True))
    found = _rows(once).order_by(once.c.person, once.c.metric).limit(limit)
    return [MemberRow(*row) for row in session.execute(found)]


def _rows(facts: Any) -> Select[Any]:
    """One row a fact; the case is joined within the actor's scope, so that it may be missing."""
    reference = func.coalesce(Case.reference, "").label("reference")
    wanted = (facts.c.metric, facts.c.occurred_on, facts.c.agency_id, facts.c.case_id, reference)
    joined = select(pseudonym(facts.c.person).label("pseudonym"), *wanted).select_from(facts)
    return joined.outerjoin(Case, Case.id == facts.c.case_id)


PSEUDONYM, PSEUDONYM_DIGITS = "P-", 8


def pseudonym(person: Any) -> ColumnElement[str]:
    """A person's pseudonym in reports: the beginning of her random id, the same in every report."""
    digits = func.upper(func.substr(func.replace(cast(person, String), "-", ""), 1, PSEUDONYM_DIGITS))
    return literal(PSEUDONYM).concat(digits)


def references(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The references of cases, for the statistics supervisor, who has a part in none of them; others get nothing."""
    if session.get_bind().dialect.name == "postgresql":
        found = session.execute(text("SELECT id, reference FROM case_references(:cases)"), {"cases": list(case_ids)})
    else:
        table = Case.__table__
        found = session.execute(select(table.c.id, table.c.reference).where(table.c.id.in_(list(case_ids))))
    return {row[0]: row[1] for row in found}


def people(session: Session, asked: Asked, parts: Sequence[Period], most: int) -> int:
    """Of how many people the standing facts of some days are, counted no further than `most`."""
    facts = standing(asked, with_record=True)
    day = facts.c.occurred_on
    within = (day >= bindparam("since", type_=Date()), day < bindparam("until", type_=Date()))
    asked_for = select(facts.c.person).distinct().where(*within).limit(most)
    found: set[UUID] = set()
    for part in parts:
        found |= set(session.execute(asked_for, {"since": part.start, "until": part.end}).scalars())
        if len(found) >= most:
            return most
    return len(found)


CODED = tuple(name for name in BREAKDOWN.keys() if name not in (ADULT_CHILD, COMMUNITY))  # noqa: SIM118 - a code list
"""The columns of a row of the stream, besides who, what, when and which agency."""


def stream(asked: Asked, *, by_person: bool) -> Select[Any]:
    """Every standing fact as a row of codes, by day: who, day, agency, metric, and what is coded of it.

    `by_person` names people by the id of their links, of which a pseudonym is made; otherwise each row has the
    reference of its case, or nothing where the actor has no longer a part in it. It is asked for the days from the
    parameter `since` until before `until`, so that one statement serves for all parts of a long period.
    """
    facts = standing(asked, CODED, with_record=True)
    who = facts.c.person if by_person else func.coalesce(Case.reference, "")
    coded = [value_of(facts, name).label(f"c_{name}") for name in CODED]
    joined = facts if by_person else facts.outerjoin(Case, Case.id == facts.c.case_id)
    told = select(who.label("who"), facts.c.occurred_on, facts.c.agency_id, facts.c.metric, *coded)
    day = facts.c.occurred_on
    within = (day >= bindparam("since", asked.period.start, Date()), day < bindparam("until", asked.period.end, Date()))
    return told.select_from(joined).where(*within).order_by(day, facts.c.metric, facts.c.person)


FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def guarded(words: str) -> str:
    """Words that a spreadsheet might take for a formula get an apostrophe before them."""
    return f"'{words}" if words.startswith(FORMULA_BEGINS) else words
