"""Facts that were counted and turn out otherwise: each is followed by its twin of weight -1, and stays (decision 13).

Today's figure changes with it, and an as-of of yesterday does not. What is counted first is written by counting.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, select

from app.models.case import CaseParty
from app.models.count import DIMENSIONS, CountFact
from app.services.unit_of_work import Work

FACT = ("case_id", "agency_id", "record_id", "event_id", "metric", "occurred_on")
COLUMNS = (*FACT, *DIMENSIONS)


def take_out(work: Work, event_ids: Iterable[UUID]) -> None:
    """Take the facts of an act out of today's figures."""
    restate(work, facts_of(work, event_ids), [])


def facts_of(work: Work, event_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """The facts of an act that stand, each with all that it says."""
    return _standing(work, CountFact.event_id.in_(list(event_ids)))


def restate(work: Work, facts: Iterable[dict[str, Any]], fresh: Iterable[dict[str, Any]]) -> None:
    """Let fresh facts stand in place of those that stood; either may be fewer than the other."""
    _write(work, [{**fact, "weight": -1} for fact in facts] + [{**fact, "weight": 1} for fact in fresh])


def restate_case(work: Work, case_id: UUID, changes: Mapping[str, Any]) -> None:
    """Let every fact of a case say what is now known of the person, whichever agency it counts for.

    Each agency's facts are written through its own standing, for nobody else reads or writes them.
    """
    if not changes:
        return
    agencies = work.session.execute(select(CaseParty.agency_id).where(CaseParty.case_id == case_id).distinct())
    for agency_id in sorted(set(agencies.scalars())):
        with work.answering_for(agency_id):
            facts = _standing(work, CountFact.case_id == case_id, CountFact.agency_id == agency_id)
            other = [fact for fact in facts if any(fact[name] != value for name, value in changes.items())]
            rows = [{**fact, "weight": -1} for fact in other]
            _write(work, rows + [{**fact, **changes, "weight": 1} for fact in other])


def _standing(work: Work, *which: ColumnElement[bool]) -> list[dict[str, Any]]:
    """The facts whose weights add up to more than nothing: a fact that was restated before stands once."""
    net: Counter[tuple[Any, ...]] = Counter()
    columns = [getattr(CountFact, name) for name in COLUMNS]
    for row in work.session.execute(select(*columns, CountFact.weight).where(*which)):
        net[tuple(row[:-1])] += row.weight
    return [dict(zip(COLUMNS, fact, strict=True)) for fact, weight in net.items() if weight > 0]


def _write(work: Work, rows: list[dict[str, Any]]) -> None:
    if rows:
        own = {"recorded_at": work.now}
        work.session.execute(insert(CountFact), [{"id": uuid4(), **row, **own} for row in rows])
