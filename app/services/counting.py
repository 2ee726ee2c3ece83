"""Writes the facts that are counted: one signed row a metric, with the snapshot of the moment (decision 13).

What they change in the numbers the database rolls up by itself, on PostgreSQL; here it is folded up.
"""

from typing import Any
from uuid import uuid4

from sqlalchemy import insert, text

from app.models.count import CountFact
from app.security.actor import system_actor
from app.services import unit_of_work
from app.services.act import Act
from app.services.snapshot import dimensions


def store_facts(act: Act) -> None:
    """One fact of weight 1 for each metric that the act counts under."""
    rows = [fact_row(act, metric) for metric in act.outcome.counts]
    if rows:
        act.work.session.execute(insert(CountFact), rows)


def fact_row(act: Act, metric: str) -> dict[str, Any]:
    """The fact of one metric for the acting agency."""
    return {
        "id": uuid4(),
        "case_id": act.case_id,
        "agency_id": act.work.actor.agency_id,
        "record_id": act.standing.record_id,
        "event_id": act.event_id,
        "metric": metric,
        "occurred_on": act.occurred_on,
        "recorded_at": act.work.now,
        "weight": 1,
        "entry_door": act.standing.entry_door,
        **dimensions(act),
    }


def fold_up() -> int:
    """Fold what facts and links have changed into the cells of their units; gives how many changes there were."""
    with unit_of_work.write(system_actor("statistics")) as work:
        if not work.is_postgresql:
            return 0
        folded: int = work.session.connection().execute(text("SELECT compact_counts()")).scalar_one()
        work.commit_unaudited()
        return folded
