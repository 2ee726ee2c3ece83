"""What is missing, late or at odds in what was counted in a period: sums by agency, and nobody behind them.

Facts are counted as they stand now. What tells of links (records of one person that disagree, pairs that wait) is for
the system's `statistics` on behalf of who may know of links, and is never asked for an agency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.count import CountFact
from app.models.hotline import HotlineContact
from app.models.operation import Operation
from app.models.proceeding import ProceedingStep
from app.models.record import LinkPair
from app.models.training import TrainingSession
from app.queries import count_facts, proceedings
from app.queries.count_facts import columns_of, standing
from app.queries.tallies import Asked
from app.security.actor import Actor
from app.vocabulary import age_band
from app.vocabulary.answer import NOT_ASKED, UNKNOWN
from app.vocabulary.breakdown import ADULT_CHILD, BREAKDOWN, COMMUNITY, NO_ANSWER
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period

LATE = 30
"""More days than these between an act and its entry, and the entry is late."""

ASKED_OF = tuple(name for name in BREAKDOWN.keys() if name not in (ADULT_CHILD, COMMUNITY))  # noqa: SIM118 - a code list
"""The breakdowns whose gaps are told. Whether somebody said her community is told of nobody, not even as a gap."""


@dataclass(frozen=True)
class Gaps:
    """How many of an agency's entries say nothing in each breakdown: not known, and not asked."""

    agency_id: UUID
    entries: int
    unknown: tuple[int, ...]
    not_asked: tuple[int, ...]


def gaps(session: Session, actor: Actor, asked: Asked) -> list[Gaps]:
    """The gaps of each agency, in the order of `ASKED_OF`."""
    facts = standing(_facts(asked.period), ASKED_OF)
    columns = [facts.c[columns_of(name)[-1]] for name in ASKED_OF]
    sums = [_sum(column == code) for code in (UNKNOWN.code, NOT_ASKED.code) for column in columns]
    found = select(facts.c.agency_id, func.count(), *sums).where(*_whose(facts.c.agency_id, asked))
    rows = session.execute(found.group_by(facts.c.agency_id))
    half = len(columns)
    return [Gaps(row[0], row[1], tuple(row[2 : 2 + half]), tuple(row[2 + half :])) for row in rows]


def _facts(period: Period) -> count_facts.Asked:
    return count_facts.Asked(period, METRIC.keys())


def _sum(met: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((met, 1), else_=0)), 0)


def _whose(column: Any, asked: Asked) -> list[ColumnElement[bool]]:
    return [] if asked.agency_id is None else [column == asked.agency_id]


@dataclass(frozen=True)
class Disagreements:
    """How many people have records that disagree, and in what; in citizenship, sex, and age by more than one band."""

    people: int
    sex: int
    age_band: int
    citizenship: int


def disagreements(session: Session, actor: Actor, asked: Asked) -> Disagreements:
    """Of the people with two or more linked records among the facts of the period, those whose records disagree."""
    facts = standing(_facts(asked.period), ("sex", "age_band", "citizenship"), with_record=True)
    places = {code.code: place for place, code in enumerate(age_band.LISTS[0]) if code.code != UNKNOWN.code}
    band = case(places, value=facts.c.age_band)
    apart = {
        "sex": _several(facts.c.sex),
        "age_band": func.coalesce(func.max(band) - func.min(band), 0) > 1,
        "citizenship": _several(facts.c.citizenship),
    }
    per_person = (
        select(*(case((met, 1), else_=0).label(name) for name, met in apart.items()))
        .group_by(facts.c.person)
        .having(func.count(facts.c.record_id.distinct()) > 1)
        .subquery()
    )
    any_ = _sum(per_person.c.sex + per_person.c.age_band + per_person.c.citizenship > 0)
    row = session.execute(select(any_, *(_sum(per_person.c[name] == 1) for name in apart))).one()
    return Disagreements(*tuple(row))


def _several(column: Any) -> ColumnElement[bool]:
    told = case((column.not_in(list(NO_ANSWER)), column))
    return func.count(told.distinct()) > 1


@dataclass(frozen=True)
class Delay:
    """How many of an agency's entries were made so many days after what they tell; 0 stands for all made in time."""

    agency_id: UUID
    days: int
    entries: int


def delays(session: Session, actor: Actor, asked: Asked) -> list[Delay]:
    """The entries of the period by agency and delay: facts of people, operations, contacts, trainings, proceedings."""
    facts = standing(_facts(asked.period))
    of_facts = select(facts.c.agency_id, facts.c.occurred_on.label("happened_on"), facts.c.recorded_at)
    parts: list[Any] = [of_facts.where(*_whose(facts.c.agency_id, asked))]
    for entity, day in (
        (Operation, Operation.held_on),
        (HotlineContact, HotlineContact.occurred_on),
        (TrainingSession, TrainingSession.held_on),
    ):
        parts.append(select(entity.agency_id, day, entity.recorded_at).where(*asked.of(entity, day)))
    step = ProceedingStep
    stands = (*proceedings.standing(), *asked.of(step, step.occurred_on))
    parts.append(select(step.agency_id, step.occurred_on, step.recorded_at).where(*stands))
    every = union_all(*parts).subquery()
    days = _days_between(session, every.c.happened_on, every.c.recorded_at)
    late = case((days > LATE, days), else_=literal(0, Integer)).label("days")
    told = select(every.c.agency_id, late).subquery()
    found = select(told.c.agency_id, told.c.days, func.count()).group_by(told.c.agency_id, told.c.days)
    return [Delay(*row) for row in session.execute(found)]


def _days_between(session: Session, day: Any, moment: Any) -> ColumnElement[int]:
    """Whole days from a day to the day of a moment, both as the clocks of the database's zone (UTC) have them."""
    if session.get_bind().dialect.name == "sqlite":
        return cast(func.julianday(func.date(moment)) - func.julianday(day), Integer)
    days: ColumnElement[int] = cast(func.timezone("UTC", moment), Date) - day
    return days


def waiting_pairs(session: Session, actor: Actor, asked: Asked) -> dict[UUID | None, int]:
    """The pairs of records that wait for a reviewer, all of them under None, and by agency that has one of the two."""
    known = select(CountFact.record_id, CountFact.agency_id).distinct().subquery()
    sides = or_(known.c.record_id == LinkPair.record_a_id, known.c.record_id == LinkPair.record_b_id)
    waiting = LinkPair.state == "doubtful"
    by_agency = select(known.c.agency_id, func.count(LinkPair.id.distinct())).join(LinkPair, sides).where(waiting)
    found: dict[UUID | None, int] = {row[0]: row[1] for row in session.execute(by_agency.group_by(known.c.agency_id))}
    every = session.execute(select(func.count()).select_from(LinkPair).where(waiting)).scalar_one()
    return {**found, None: every}


def by_kind(session: Session, actor: Actor, asked: Asked, kinds: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Of each metric how many people agencies of one kind counted, as (metric, kind of agency)."""
    facts = standing(_facts(asked.period))
    met = or_(*((facts.c.metric == metric) & (Agency.kind == kind) for metric, kind in kinds))
    joined = select(facts.c.metric, func.count(facts.c.person.distinct())).join(Agency, Agency.id == facts.c.agency_id)
    found = {row[0]: row[1] for row in session.execute(joined.where(met).group_by(facts.c.metric))}
    return {metric: found.get(metric, 0) for metric, _ in kinds}


def in_periods(
    session: Session, actor: Actor, periods: Sequence[Period], metrics: Sequence[str]
) -> dict[Period, dict[str, int]]:
    """How many people each of some counts has in each of some periods, in one statement over all their days."""
    hull = Period(min(one.start for one in periods), max(one.end for one in periods))
    facts = standing(count_facts.Asked(hull, tuple(metrics)))
    day = facts.c.occurred_on
    numbers = [func.count(case(((day >= one.start) & (day < one.end), facts.c.person)).distinct()) for one in periods]
    found = {row[0]: row[1:] for row in session.execute(select(facts.c.metric, *numbers).group_by(facts.c.metric))}
    return {
        one: {metric: found[metric][place] for metric in metrics if metric in found}
        for place, one in enumerate(periods)
    }
