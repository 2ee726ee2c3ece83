"""Who stands behind a number, by pseudonym only: rows of people for a page, a sheet, or a stream of all facts.

Communities are never among them: they are shown in aggregates alone (design decision 36).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Text, case, cast, func, literal, literal_column, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.case import Case
from app.queries.count_facts import Asked, Grain, first, in_row, standing, value_of
from app.security.actor import Actor
from app.vocabulary import breakdown, metric
from app.vocabulary.breakdown import ADULT_CHILD, BREAKDOWN, COMMUNITY


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


def pseudonym(person: Any) -> ColumnElement[str]:
    """A person's pseudonym in reports: the beginning of her random id, the same in every report."""
    digits = func.upper(func.substr(func.replace(cast(person, String), "-", ""), 1, 8))
    return literal("P-").concat(digits)


def references(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The references of cases, for the statistics supervisor, who has a part in none of them; others get nothing."""
    if session.get_bind().dialect.name == "postgresql":
        found = session.execute(text("SELECT id, reference FROM case_references(:cases)"), {"cases": list(case_ids)})
    else:
        table = Case.__table__
        found = session.execute(select(table.c.id, table.c.reference).where(table.c.id.in_(list(case_ids))))
    return {row[0]: row[1] for row in found}


CODED = tuple(name for name in BREAKDOWN.keys() if name not in (ADULT_CHILD, COMMUNITY))  # noqa: SIM118 - a code list
"""The columns of a row of the stream, besides who, what, when and which agency."""


def stream(asked: Asked, language: str, *, by_person: bool, is_postgresql: bool) -> Select[Any]:
    """Every standing fact as a row of words, to be streamed: labels and the guard against formulas are made in SQL.

    `by_person` names people by the pseudonym of their links; otherwise each row has the reference of its case.
    """
    facts = standing(asked, CODED, with_record=True)
    who = pseudonym(facts.c.person) if by_person else func.coalesce(Case.reference, "")
    of_agency = _guarded(getattr(Agency, f"name_{language}"))
    agencies = select(Agency.id, of_agency.label("name")).offset(literal_column("0")).subquery()
    words: list[Any] = [agencies.c.name]
    joined: Any = facts.join(agencies, agencies.c.id == facts.c.agency_id)
    pairs, given = (func.json_each_text, postgresql.JSON) if is_postgresql else (func.json_each, Text)
    for name, labels in (("metric", _metric_labels(language)), *_labels(language)):
        code = facts.c.metric if name == "metric" else value_of(facts, name)
        safe = {key: guarded(label) for key, label in labels.items()}
        listed = pairs(cast(json.dumps(safe), given)).table_valued("key", "value", name=f"l_{name}")
        joined = joined.outerjoin(listed, listed.c.key == code)
        words.append(func.coalesce(listed.c.value, _guarded(code)))
    if not by_person:
        joined = joined.outerjoin(Case, Case.id == facts.c.case_id)
    named = [each.label(f"c{place}") for place, each in enumerate(words)]
    order = (facts.c.metric, facts.c.person)
    told = select(who.label("who"), facts.c.occurred_on, *order, *named).select_from(joined).cte("told")
    shown = [told.c[each.name] for each in named]
    return select(told.c.who, told.c.occurred_on, *shown).order_by(told.c.occurred_on, told.c.metric, told.c.person)


def _metric_labels(language: str) -> Mapping[str, str]:
    return {code.code: code.label.text(language) for code in metric.METRIC}


def _labels(language: str) -> list[tuple[str, Mapping[str, str]]]:
    return [
        (name, {code: breakdown.value_label(name, code, language) for code in breakdown.codes_of(name)})
        for name in CODED
    ]


FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def guarded(words: str) -> str:
    """Words that a spreadsheet might take for a formula get an apostrophe before them."""
    return f"'{words}" if words.startswith(FORMULA_BEGINS) else words


def _guarded(words: Any) -> ColumnElement[str]:
    """The same of what is in the database: it is asked of what has no label alone."""
    begins = func.substr(words, 1, 1)
    return case((begins.in_(FORMULA_BEGINS), literal("'").concat(words)), else_=words)
