"""What has to be known of a report's numbers besides them: what came late, and which pairs of records are in doubt."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.record import LinkPair
from app.queries.count_facts import Asked, standing
from app.security.actor import Actor
from app.vocabulary.period import end_of_day


def late(session: Session, actor: Actor, asked: Asked) -> Mapping[str, int]:
    """How many of the facts that stand were recorded after the period had ended, by metric."""
    facts = standing(asked)
    ended = end_of_day(asked.period.last)
    found = session.execute(
        select(facts.c.metric, func.count()).where(facts.c.recorded_at >= ended).group_by(facts.c.metric)
    )
    return {row[0]: row[1] for row in found}


def waiting_pairs(session: Session, actor: Actor) -> int:
    """How many pairs of records wait today for the answer whether they are one person."""
    return session.scalar(select(func.count()).select_from(LinkPair).where(LinkPair.state == "doubtful")) or 0
