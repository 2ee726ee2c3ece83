"""Counts of people: each once in a metric and a period, whatever agencies and records she was counted by.

All of it is added up by the database. What of it a reader may see is decided by the services.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, String, cast, func, literal, select, union, union_all
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.record import LinkPair, RecordPerson
from app.queries import count_rollups
from app.queries.count_facts import Asked, Grain, place_in, ranked, standing, value_of
from app.security.actor import Actor
from app.vocabulary.breakdown import BETWEEN, SEVERAL

TOTAL, AGENCY, PEOPLE = "total", "agency", "people"
"""Besides the breakdowns: a metric's number, each agency's own number, and people over all metrics asked."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a number stands: breakdown, metric, its row, and when (count_facts.Grain): 200703, 200700, or 0."""

    dimension: str
    metric: str = ""
    value: str = ""
    at: int = 0


Cells = Mapping[Place, int]


def cells(
    session: Session,
    actor: Actor,
    asked: Asked,
    dimensions: tuple[str, ...] = (),
    grains: tuple[Grain, ...] = (Grain.WHOLE,),
) -> Cells:
    """All numbers of the period within each grain, in one statement; what is not there is zero.

    Those of whole units come from the roll-ups where there are some, all others from the facts: they are the same.
    """
    if count_rollups.can_tell(session, actor, asked, grains):
        return rolled_up(session, actor, asked, (TOTAL, AGENCY, PEOPLE, *dimensions), grains)
    return from_facts(session, actor, asked, dimensions, grains)


def rolled_up(
    session: Session, actor: Actor, asked: Asked, dimensions: tuple[str, ...], grains: tuple[Grain, ...]
) -> Cells:
    """The numbers of whole units from the roll-ups. Of people over all metrics asked a cell names the metrics."""
    found: Counter[Place] = Counter()
    for cell in count_rollups.cells(session, actor, asked, dimensions, grains):
        at = {Grain.WHOLE: 0, Grain.YEAR: cell.start.year * 100}.get(
            cell.grain, cell.start.year * 100 + cell.start.month
        )
        if cell.dimension == PEOPLE:
            met = not set(asked.metrics).isdisjoint(cell.value.split(","))
            found[Place(PEOPLE, at=at)] += cell.people if met else 0
        else:
            for code in _codes(cell.dimension, cell.value):
                found[Place(cell.dimension, cell.metric, code, at)] += cell.people
    return found


def from_facts(
    session: Session, actor: Actor, asked: Asked, dimensions: tuple[str, ...], grains: tuple[Grain, ...]
) -> Cells:
    """The same from the facts themselves."""
    facts = standing(asked, dimensions, grains=grains)
    placed = ranked(facts, grains) if dimensions else facts
    times = [facts.c[grain] for grain in grains]
    there = select(facts.c.metric, facts.c.agency_id, facts.c.person, *times).distinct().cte("there")
    parts = [_of_firsts(placed, grain) if dimensions else _of_metrics(there, grain) for grain in grains]
    parts += [_of_people(there, grain) for grain in grains]
    parts += [_of_agencies(there, grain, is_distinct=len(grains) == 1) for grain in grains]
    parts += [_of_rows(placed, dimension, grain) for grain in grains for dimension in dimensions]
    found: Counter[Place] = Counter()
    for dimension, metric, value, at, number in session.execute(union_all(*parts)):
        for code in _codes(dimension, value):
            found[Place(dimension, metric, code, at)] += number
    return found


def _of_metrics(there: CTE, grain: Grain) -> Select[Any]:
    """People of each metric."""
    once = select(there.c.metric, there.c[grain].label("at"), there.c.person).distinct().subquery()
    return _counted(TOTAL, once.c.metric, literal(""), once.c.at)


def _of_firsts(placed: CTE, grain: Grain) -> Select[Any]:
    """The same where the first fact of each is known already: there is one for each person."""
    once = select(placed.c.metric, placed.c[grain].label("at")).where(placed.c[place_in(grain)] == 1).subquery()
    return _counted(TOTAL, once.c.metric, literal(""), once.c.at)


def _of_agencies(there: CTE, grain: Grain, *, is_distinct: bool) -> Select[Any]:
    """People of each agency under each metric; within one grain alone nobody is there twice."""
    found = select(there.c.metric, there.c.agency_id, there.c[grain].label("at"), there.c.person)
    once = (found if is_distinct else found.distinct()).subquery()
    return _counted(AGENCY, once.c.metric, cast(once.c.agency_id, String), once.c.at)


def _of_people(there: CTE, grain: Grain) -> Select[Any]:
    """People over all metrics."""
    once = select(there.c[grain].label("at"), there.c.person).distinct().subquery()
    return _counted(PEOPLE, literal(""), literal(""), once.c.at)


def _of_rows(placed: CTE, dimension: str, grain: Grain) -> Select[Any]:
    """People of each row of a breakdown, by the first fact of each."""
    value = value_of(placed, dimension).label("value")
    once = select(placed.c.metric, placed.c[grain].label("at"), value).where(placed.c[place_in(grain)] == 1).subquery()
    return _counted(dimension, once.c.metric, once.c.value, once.c.at)


def _codes(dimension: str, value: str) -> list[str]:
    """The rows that a value stands in: of some breakdowns several."""
    if dimension in SEVERAL:
        return value.split(BETWEEN)
    return [str(UUID(value)) if dimension == AGENCY else value]


def _counted(dimension: str, metric: Any, value: Any, at: Any) -> Select[Any]:
    """How many rows there are for each metric, value and time."""
    return select(literal(dimension), metric, value, at, func.count()).group_by(metric, value, at)


def totals(session: Session, actor: Actor, asked: Asked, grains: tuple[Grain, ...] = (Grain.MONTH,)) -> Cells:
    """People of each metric within each grain, and nothing else: for a chart."""
    if count_rollups.can_tell(session, actor, asked, grains):
        return rolled_up(session, actor, asked, (TOTAL,), grains)
    facts = standing(asked, grains=grains)
    parts = [_of_metrics(facts, grain) for grain in grains]
    return {Place(row[0], row[1], "", row[3]): row[4] for row in session.execute(union_all(*parts))}


@dataclass(frozen=True)
class Overlap:
    """People whom two agencies counted, each under a metric of its own."""

    first_agency: UUID
    first_metric: str
    second_agency: UUID
    second_metric: str
    people: int


def overlaps(session: Session, actor: Actor, asked: Asked, agency_id: UUID | None = None) -> list[Overlap]:
    """People counted by both of two agencies, the most first; with an agency, only its own overlaps, it being first.

    The database says by whom and under what each person was counted and how often that comes: there are few such lists,
    and pairs are made of these. Joined to itself, the table of people would cost the square of their number.
    """
    is_rolled_up = count_rollups.can_tell(session, actor, asked)
    lists = (_rolled_up_lists if is_rolled_up else _counted_lists)(session, actor, asked)
    return _paired(lists, agency_id)


def overlaps_from_facts(session: Session, actor: Actor, asked: Asked) -> list[Overlap]:
    """The same from the facts themselves."""
    return _paired(_counted_lists(session, actor, asked), None)


def _paired(lists: "Lists", agency_id: UUID | None) -> list[Overlap]:
    pairs: Counter[tuple[UUID, str, UUID, str]] = Counter()
    for places, people in lists:
        pairs.update(dict.fromkeys(_pairs(places, agency_id), people))
    return [Overlap(*pair, people) for pair, people in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]


Lists = Iterable[tuple[list[tuple[UUID, str]], int]]
"""By which agencies and under which metrics somebody was counted, and how many people were so."""


def _rolled_up_lists(session: Session, actor: Actor, asked: Asked) -> Lists:
    for cell in count_rollups.cells(session, actor, asked, (count_rollups.OVERLAP,)):
        listed = (one.split(":") for one in cell.value.split(";"))
        places = [(UUID(agency), metric) for agency, metrics in listed for metric in metrics.split(",")]
        yield [place for place in places if place[1] in asked.metrics], cell.people


def _counted_lists(session: Session, actor: Actor, asked: Asked) -> Lists:
    facts = standing(asked)
    mark = cast(facts.c.agency_id, String) + literal("|") + facts.c.metric
    once = select(facts.c.person, facts.c.agency_id, mark.label("mark")).distinct().subquery()
    lists = (
        select(func.aggregate_strings(once.c.mark, ";").label("marks"))
        .group_by(once.c.person)
        .having(func.count(once.c.agency_id.distinct()) > 1)
        .subquery()
    )
    for marks, people in session.execute(select(lists.c.marks, func.count()).group_by(lists.c.marks)):
        yield [(UUID(agency), metric) for agency, metric in (mark.split("|") for mark in marks.split(";"))], people


def _pairs(found: list[tuple[UUID, str]], agency_id: UUID | None) -> list[tuple[UUID, str, UUID, str]]:
    places = sorted(found)
    return [
        (*one, *other)
        for one in places
        for other in places
        if (one[0] < other[0] if agency_id is None else one[0] == agency_id != other[0])
    ]


def merges(session: Session, actor: Actor, asked: Asked) -> dict[str, int]:
    """By how many people each metric would fall if every doubtful pair of links were confirmed ("": over all)."""
    group = _groups(_doubtful(session))
    if not group:
        return {}
    facts = standing(asked)
    doubted = union(*_sides()).subquery()
    present = select(facts.c.metric, facts.c.person).distinct().where(facts.c.person.in_(select(doubted.c[0])))
    found = {(row.metric, row.person) for row in session.execute(present)}
    found |= {("", person) for _, person in found}
    people = Counter(metric for metric, _ in found)
    grouped = Counter(metric for metric, _ in {(metric, group[person]) for metric, person in found})
    return {metric: people[metric] - grouped[metric] for metric in people if people[metric] > grouped[metric]}


def _sides() -> list[Select[UUID]]:
    """The persons on either side of the pairs that wait for a decision."""
    waiting = LinkPair.state == "doubtful"
    sides = []
    for side in (LinkPair.record_a_id, LinkPair.record_b_id):
        person = func.coalesce(RecordPerson.person_id, side)
        joined = select(person.label("person")).select_from(LinkPair)
        sides.append(joined.outerjoin(RecordPerson, RecordPerson.record_id == side).where(waiting))
    return sides


def _doubtful(session: Session) -> list[tuple[UUID, UUID]]:
    """The pairs themselves, as persons."""
    one, other = RecordPerson.__table__.alias("one"), RecordPerson.__table__.alias("other")
    found = (
        select(
            func.coalesce(one.c.person_id, LinkPair.record_a_id), func.coalesce(other.c.person_id, LinkPair.record_b_id)
        )
        .select_from(LinkPair)
        .outerjoin(one, one.c.record_id == LinkPair.record_a_id)
        .outerjoin(other, other.c.record_id == LinkPair.record_b_id)
        .where(LinkPair.state == "doubtful")
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def _groups(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """For each person in a pair the one that stands for all whom she is paired with, directly or through others."""
    parent: dict[UUID, UUID] = {}

    def root(person: UUID) -> UUID:
        while parent.setdefault(person, person) != person:
            parent[person] = parent[parent[person]]
            person = parent[person]
        return person

    for one, other in pairs:
        parent[root(one)] = root(other)
    return {person: root(person) for person in list(parent)}


@dataclass(frozen=True)
class AgencyName:
    """An agency as it stands beside its number."""

    id: UUID
    kind: str
    name_en: str
    name_sq: str
    name_sr: str


def agency_names(session: Session, actor: Actor) -> list[AgencyName]:
    """All agencies, whether active or not: their old numbers stay theirs."""
    found = select(Agency.id, Agency.kind, Agency.name_en, Agency.name_sq, Agency.name_sr).order_by(Agency.name_en)
    return [AgencyName(*row) for row in session.execute(found)]
