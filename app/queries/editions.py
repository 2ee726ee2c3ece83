"""Frozen reports: which there are, who stood behind them, and what differs between two of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, func, literal, or_, select, text, union_all
from sqlalchemy.orm import Session, aliased

from app.models.agency import Member
from app.models.case import Case
from app.models.edition import EditionMember, ReportEdition
from app.models.erasure import Erasure
from app.queries.count_facts import Asked, Grain, columns_of, in_row, standing
from app.queries.count_members import CODED, Cell, pseudonym
from app.security.actor import Actor
from app.vocabulary.period import Period

PAGE = 25
MEMBERS = 50
READ_AT_ONCE = 1000
DIMENSIONS = tuple(dict.fromkeys(column for name in CODED for column in columns_of(name)))
"""The columns of a member by which she is broken down."""

ADDED, GONE, CHANGED = "added", "gone", "changed"


@dataclass(frozen=True)
class EditionRow:
    """An edition as the list shows it."""

    id: UUID
    number: int
    period: Period
    as_of: date
    metrics: tuple[str, ...]
    members: int
    reason: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True)
class FrozenMember:
    """A person behind a number of an edition; `is_erased` where her case is no more than numbers."""

    person: str
    metric: str
    month: date
    counted_by_id: UUID
    case_id: UUID
    reference: str = ""
    is_erased: bool = False


@dataclass(frozen=True)
class Difference:
    """A row of people that only one of two editions has, or that says another thing in the later."""

    kind: str
    person: str
    metric: str
    month: date
    counted_by_id: UUID
    case_id: UUID


def listed(session: Session, actor: Actor, page: int = 1) -> list[EditionRow]:
    """The agency's editions, the latest signed first: one page, and one row more to tell that there are more."""
    order = (ReportEdition.signed_at.desc(), ReportEdition.number.desc())
    found = _HEADS.where(_own(actor)).order_by(*order).limit(PAGE + 1).offset((page - 1) * PAGE)
    return [_head(row) for row in session.execute(found)]


def of_period(session: Session, actor: Actor, period: Period, upto: int | None = None) -> list[EditionRow]:
    """The two latest editions of the agency on one period, the later first; or the one of a number and that before."""
    on_it = [ReportEdition.period_start == period.start, ReportEdition.period_end == period.end]
    on_it += [ReportEdition.number <= upto] if upto else []
    found = _HEADS.where(_own(actor), *on_it).order_by(ReportEdition.number.desc()).limit(2)
    return [_head(row) for row in session.execute(found)]


def _own(actor: Actor) -> ColumnElement[bool]:
    return ReportEdition.agency_id == actor.agency_id


_HEADS = select(
    ReportEdition.id,
    ReportEdition.number,
    ReportEdition.period_start,
    ReportEdition.period_end,
    ReportEdition.as_of,
    ReportEdition.metrics,
    ReportEdition.members,
    ReportEdition.reason,
    Member.name,
    ReportEdition.signed_at,
).join(Member, Member.id == ReportEdition.signed_by_id)


def _head(row: Any) -> EditionRow:
    edition_id, number, start, end, as_of, metrics, *rest = row
    return EditionRow(edition_id, number, Period(start, end), as_of, tuple(metrics.split()), *rest)


def to_freeze(session: Session, actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """The people behind a report: each once under a count and an agency, with the month of that agency's first fact."""
    facts = standing(asked, CODED, grains=[Grain.WHOLE], with_record=True)
    hers = (facts.c.person, facts.c.metric)
    order = (facts.c.occurred_on, facts.c.recorded_at, facts.c.agency_id, facts.c.record_id)
    placed = select(
        facts,
        func.row_number().over(partition_by=hers, order_by=order).label("place"),
        func.row_number().over(partition_by=(*hers, facts.c.agency_id), order_by=order).label("place_with_agency"),
    ).cte("placed")
    wanted = (placed.c.metric, placed.c.person, placed.c.record_id, placed.c.case_id, placed.c.place)
    dimensions = (placed.c[name] for name in DIMENSIONS)
    found = select(placed.c.agency_id.label("counted_by_id"), placed.c.occurred_on, *wanted, *dimensions)
    rows = session.execute(found.where(placed.c.place_with_agency == 1))
    return [_with_month(dict(row._mapping)) for row in rows]


def _with_month(row: dict[str, Any]) -> dict[str, Any]:
    day = row.pop("occurred_on")
    return {**row, "month": day.replace(day=1)}


def members(
    session: Session, actor: Actor, edition_id: UUID, cell: Cell, limit: int = MEMBERS + 1, offset: int = 0
) -> list[FrozenMember]:
    """Who stood behind a number of an edition, person by person."""
    table: Any = EditionMember.__table__
    behind = [EditionMember.edition_id == edition_id, EditionMember.metric == cell.metric]
    if cell.agency_id is not None:
        behind.append(EditionMember.counted_by_id == cell.agency_id)
    elif cell.dimension:
        behind += [EditionMember.place == 1, in_row(table, cell.dimension, cell.value)]
    wanted = (EditionMember.metric, EditionMember.month, EditionMember.counted_by_id, EditionMember.case_id)
    reference = func.coalesce(Case.reference, "")
    found = (
        select(pseudonym(EditionMember.person), *wanted, reference)
        .outerjoin(Case, Case.id == EditionMember.case_id)
        .where(*behind)
        .order_by(EditionMember.person, EditionMember.month, EditionMember.counted_by_id)
        .limit(limit)
        .offset(offset)
    )
    rows = list(session.execute(found))
    gone = erased(session, [row.case_id for row in rows])
    return [FrozenMember(*row, is_erased=row.case_id in gone) for row in rows]


def erased(session: Session, case_ids: Sequence[UUID]) -> set[UUID]:
    """Which of the cases of a frozen report have been erased since: their references are told no more."""
    if session.get_bind().dialect.name == "postgresql":
        return set(session.execute(text("SELECT erased_members(:cases)"), {"cases": list(case_ids)}).scalars())
    table = Erasure.__table__
    done = select(table.c.case_id).where(table.c.case_id.in_(list(case_ids)), table.c.state == "done")
    return set(session.execute(done).scalars())


SIGNED = sorted(("counted_by_id", "metric", "person", "record_id", "case_id", "month", "place", *DIMENSIONS))
"""The columns of a member that the digest of her edition covers, in the order in which it takes them."""


def all_members(session: Session, actor: Actor, edition_id: UUID) -> Iterator[Mapping[str, Any]]:
    """All rows of people of an edition as they were frozen, in the order of the digest, read as they are taken."""
    found = select(*(getattr(EditionMember, name) for name in SIGNED)).where(EditionMember.edition_id == edition_id)
    order = signed_order(session.get_bind().dialect.name)
    for row in session.execute(found.order_by(*order).execution_options(yield_per=READ_AT_ONCE)):
        yield dict(zip(SIGNED, row, strict=True))


def signed_order(dialect: str) -> list[ColumnElement[Any]]:
    """Rows as their columns written one after the other would be sorted: letters by their codes and by no language.

    No two rows of an edition agree in count, person and agency, so that what comes after these decides nothing.
    """
    collation = "C" if dialect == "postgresql" else "BINARY"
    columns = [getattr(EditionMember, name) for name in SIGNED[: SIGNED.index("person") + 1]]
    return [column.collate(collation) if isinstance(column.type, String) else column for column in columns]


def differences(session: Session, actor: Actor, later: UUID, earlier: UUID, page: int = 1) -> list[Difference]:
    """What differs between two editions, row by row of their people: one page, and one row more."""
    parts = [
        _missing(ADDED, later, earlier),
        _missing(GONE, earlier, later),
        _changed(later, earlier),
    ]
    told = union_all(*parts).subquery()
    order = (told.c.metric, told.c.month, told.c.person, told.c.kind)
    found = select(told).order_by(*order).limit(MEMBERS + 1).offset((page - 1) * MEMBERS)
    return [Difference(*row) for row in session.execute(found)]


def _missing(kind: str, here: UUID, there: UUID) -> Select[Any]:
    one, other = aliased(EditionMember), _other()
    apart = _told(kind, one).outerjoin(other, _same(one, other, there))
    return apart.where(one.edition_id == here, other.c.id.is_(None))


def _changed(later: UUID, earlier: UUID) -> Select[Any]:
    one, other = aliased(EditionMember), _other()
    names = ("person", "month", "place", *DIMENSIONS)
    differs = or_(*(getattr(one, name) != other.c[name] for name in names))
    return _told(CHANGED, one).join(other, _same(one, other, earlier)).where(one.edition_id == later, differs)


def _other() -> Any:
    """The rows of the other edition, which is known to be the reader's own: its row was read in her scope."""
    return EditionMember.__table__.alias("other")


def _same(one: Any, other: Any, edition_id: UUID) -> ColumnElement[bool]:
    keys = ("metric", "record_id", "counted_by_id")
    return and_(other.c.edition_id == edition_id, *(other.c[key] == getattr(one, key) for key in keys))


def _told(kind: str, row: Any) -> Select[Any]:
    who = pseudonym(row.person).label("person")
    return select(literal(kind).label("kind"), who, row.metric, row.month, row.counted_by_id, row.case_id)
