"""By which agencies people were counted: by which together, and by which first and which next. Whom it concerns is not
told: only how many.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import String, Uuid, cast, func, select
from sqlalchemy.orm import Session

from app.queries.count_facts import Asked, standing
from app.security.actor import Actor


@dataclass(frozen=True)
class Together:
    """How many people exactly these agencies counted, and no other."""

    agencies: frozenset[UUID]
    people: int


@dataclass(frozen=True)
class Next:
    """How many people an agency counted after another one had been the last to count them first."""

    before: UUID
    after: UUID
    people: int


def together(session: Session, actor: Actor, asked: Asked) -> list[Together]:
    """People by the agencies that counted them under any of the metrics, the most first.

    The database makes one list a person and counts the lists: there are few, however many people there are.
    """
    facts = standing(asked)
    once = select(facts.c.person, cast(facts.c.agency_id, String).label("agency")).distinct().subquery()
    lists = select(func.aggregate_strings(once.c.agency, ";").label("agencies")).group_by(once.c.person).subquery()
    found: Counter[frozenset[UUID]] = Counter()
    for agencies, people in session.execute(select(lists.c.agencies, func.count()).group_by(lists.c.agencies)):
        found[frozenset(UUID(agency) for agency in agencies.split(";"))] += people
    return [Together(*one) for one in sorted(found.items(), key=lambda one: (-one[1], sorted(one[0])))]


def after_each_other(session: Session, actor: Actor, asked: Asked) -> list[Next]:
    """People by which agency first counted them and which one next, step by step, the most first.

    An agency's place is that of its first fact of the person: by the day, then by when it was recorded.
    """
    facts = standing(asked)
    arrival = (func.min(facts.c.occurred_on).label("on"), func.min(facts.c.recorded_at).label("at"))
    firsts = select(facts.c.person, facts.c.agency_id, *arrival).group_by(facts.c.person, facts.c.agency_id).subquery()
    order = (firsts.c.on, firsts.c.at, firsts.c.agency_id)
    before = (
        func.lag(firsts.c.agency_id, type_=Uuid()).over(partition_by=firsts.c.person, order_by=order).label("before")
    )
    steps = select(before, firsts.c.agency_id.label("after")).subquery()
    found = session.execute(
        select(steps.c.before, steps.c.after, func.count().label("people"))
        .where(steps.c.before.is_not(None))
        .group_by(steps.c.before, steps.c.after)
    )
    return sorted((Next(*row) for row in found), key=lambda one: (-one.people, one.before, one.after))
