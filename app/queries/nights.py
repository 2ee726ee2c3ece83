"""Bed-nights, defined once: how many nights were slept where, beside how many beds there were, and who came and went.

A night is named by the day on which it begins. A stay has the nights of [arrived, left); one that is open has them up
to today, and tonight is not slept yet: no number here tells of the future. A person has one bed-night a night, whatever
her records say: two that are linked to one person and overlap count once, for a reader who may read links (the system's
`statistics`, the statistics supervisor through it); a shelter counts its own records, for it never learns of a link.
Cots are counted apart. Each function takes the session and its actor, the period, today, and one shelter or None for
all; it sends one statement, whatever the rows, and sees what the actor's scope shows of `stay`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from app.models.companion import CompanionStay
from app.models.erasure import KeptNights
from app.models.placement import Bed, FormerStay, Stay
from app.models.record import FormerPerson, RecordPerson
from app.models.void import BedVoid
from app.queries import kept_nights
from app.queries.count_facts import person_of, was_person
from app.queries.kept_nights import MonthRow
from app.queries.periods import shut_bed_on
from app.security.actor import Actor
from app.vocabulary.period import Period
from app.vocabulary.shelter import OTHER_BED


@dataclass(frozen=True)
class Nights:
    """Bed-nights, and how many there could have been. `cots` are nights in cots, in neither of the two."""

    capacity: int = 0
    slept: int = 0
    cots: int = 0


@dataclass(frozen=True)
class NightRow(Nights):
    """One night of one shelter."""

    agency_id: UUID = UUID(int=0)
    night: date = date.min


@dataclass(frozen=True)
class EndedStay:
    """A stay in a house that ended: from the arrival there until she left, whatever beds she had meanwhile."""

    agency_id: UUID
    arrived_on: date
    left_on: date

    @property
    def nights(self) -> int:
        """How long it was."""
        return (self.left_on - self.arrived_on).days


@dataclass(frozen=True)
class Movement:
    """How many arrived at a shelter on a day, and how many left it; who moves within the house does neither."""

    agency_id: UUID
    day: date
    arrivals: int
    departures: int


def by_night(
    session: Session,
    actor: Actor,
    period: Period,
    today: date,
    agency_id: UUID | None = None,
    *,
    as_of: datetime | None = None,
) -> list[NightRow]:
    """Each night of the period before today, of each shelter that has beds: those that could be slept in, and who did.

    A bed could be slept in where it is in use, not void that night, in a house that takes people, and no cot, or where
    somebody did sleep in it. Who did is told as it was known at the moment `as_of`; which beds there were, as it is
    known now.
    """
    end = min(period.end, today)
    if period.start >= end:
        return []
    nights = _nights(session, period.start, end)
    there = _there(nights, _slept(period.start, end, agency_id, as_of))
    taken, capacity = _taken(there), _capacity(nights, there, agency_id)
    found = session.execute(
        select(
            capacity.c.capacity,
            func.coalesce(taken.c.slept, 0),
            func.coalesce(taken.c.cots, 0),
            capacity.c.agency_id,
            capacity.c.night,
        )
        .outerjoin(taken, and_(taken.c.agency_id == capacity.c.agency_id, taken.c.night == capacity.c.night))
        .order_by(capacity.c.agency_id, capacity.c.night)
    )
    return [NightRow(*row) for row in found]


def people_by_night(
    session: Session, actor: Actor, period: Period, today: date, *, as_of: datetime | None = None
) -> dict[date, int]:
    """Each night of the period before today on which anybody slept in a bed anywhere: how many people, each once.

    As it was known at the moment `as_of`, where one is given: the stays, and who was one person.
    """
    end = min(period.end, today)
    if period.start >= end:
        return {}
    there = _there(_nights(session, period.start, end), _slept(period.start, end, None, as_of))
    found = select(there.c.night, _people(there, is_cot=False)).where(~there.c.is_cot).group_by(there.c.night)
    return {row[0]: row[1] for row in session.execute(found)}


def people_by_month(session: Session, actor: Actor, period: Period, today: date) -> dict[int, int]:
    """How many people, each once, slept in a bed anywhere: in each month, as 201403, and in the whole period, as 0.

    Those whose stays were erased are among them, in the months in which they slept.
    """
    end = min(period.end, today)
    if period.start >= end:
        return {}
    there = _there(_nights(session, period.start, end), _slept(period.start, end, None))
    slept = select(_at(there.c.night).label("at"), there.c.person).where(~there.c.is_cot)
    erased = (
        select(_at(KeptNights.month), person_of(KeptNights.record_id, None))
        .outerjoin(RecordPerson, RecordPerson.record_id == KeptNights.record_id)
        .where(KeptNights.month >= period.start, KeptNights.month < end, KeptNights.nights > 0, ~KeptNights.is_cot)
    )
    months = slept.union(erased).subquery()
    by_month = select(months.c.at, func.count()).group_by(months.c.at)
    found = session.execute(by_month.union_all(select(literal(0, Integer), func.count(months.c.person.distinct()))))
    return {row[0]: row[1] for row in found}


def _at(day: Any) -> ColumnElement[int]:
    """The month of a day, as 201403."""
    return cast(extract("year", day), Integer) * 100 + cast(extract("month", day), Integer)


def total(session: Session, actor: Actor, period: Period, today: date, agency_id: UUID) -> Nights:
    """The nights of a shelter over the whole period, added up: `slept` are its bed-nights, to divide its money by.

    Those of erased stays are among them, of the months that lie whole in the period.
    """
    found = kept_nights.by_month(session, actor, period, agency_id)
    kept = [_as_nights(one, actor) for one in found if one.is_whole_in(period)]
    whole = added([*by_night(session, actor, period, today, agency_id), *kept])
    return replace(whole, capacity=max(whole.capacity, whole.slept))


def _as_nights(kept: MonthRow, actor: Actor) -> Nights:
    """A shelter counts its own records, the statistics a person once."""
    number = kept.once_here if actor.system == "statistics" else kept.nights
    return Nights(cots=number) if kept.is_cot else Nights(kept.out_of_use, slept=number)


def added(rows: Iterable[Nights]) -> Nights:
    """Nights added up."""
    found = list(rows)
    return Nights(sum(one.capacity for one in found), sum(one.slept for one in found), sum(one.cots for one in found))


def ended(
    session: Session, actor: Actor, period: Period, today: date, agency_id: UUID | None = None
) -> list[EndedStay]:
    """The stays that ended in the period, up to today, each as long as she was in the house; beds and cots."""
    course = (
        select(Stay.id.label("last_id"), Stay.agency_id, Stay.left_on, Stay.arrived_on, Stay.previous_stay_id)
        .where(*_left(period, today), *_of(Stay.agency_id, agency_id), ~_is_erased(Stay))
        .cte("course", recursive=True)
    )
    before = aliased(Stay)
    course = course.union_all(
        select(course.c.last_id, before.agency_id, course.c.left_on, before.arrived_on, before.previous_stay_id).where(
            before.id == course.c.previous_stay_id,
            before.agency_id == course.c.agency_id,
            before.destination == OTHER_BED,
        )
    )
    found = select(course.c.agency_id, func.min(course.c.arrived_on, type_=Date), course.c.left_on)
    found = found.group_by(course.c.last_id, course.c.agency_id, course.c.left_on)
    return [EndedStay(*row) for row in session.execute(found.order_by(course.c.left_on, course.c.last_id))]


def movements(
    session: Session, actor: Actor, period: Period, today: date, agency_id: UUID | None = None
) -> list[Movement]:
    """The arrivals and departures of each day of the period, up to today, of each shelter that has any."""
    before = aliased(Stay)
    moved = exists().where(
        before.id == Stay.previous_stay_id, before.agency_id == Stay.agency_id, before.destination == OTHER_BED
    )
    came = select(Stay.agency_id, Stay.arrived_on.label("day"), literal(1).label("came"), literal(0).label("went"))
    came = came.where(Stay.arrived_on >= period.start, Stay.arrived_on < period.end, Stay.arrived_on <= today, ~moved)
    came = came.where(~_is_erased(Stay))
    went = select(Stay.agency_id, Stay.left_on.label("day"), literal(0).label("came"), literal(1).label("went"))
    went = went.where(*_left(period, today), ~_is_erased(Stay))
    both = union_all(*(one.where(*_of(Stay.agency_id, agency_id)) for one in (came, went))).subquery()
    found = select(both.c.agency_id, both.c.day, func.sum(both.c.came), func.sum(both.c.went))
    found = found.group_by(both.c.agency_id, both.c.day).order_by(both.c.day, both.c.agency_id)
    return [Movement(*row) for row in session.execute(found)]


def _is_erased(stay: Any) -> ColumnElement[bool]:
    """Its days were cut to the month: when she came and left, and how long she was there, is told no more."""
    return exists().where(KeptNights.stay_id == stay.id)


def _left(period: Period, today: date) -> list[ColumnElement[bool]]:
    return [
        Stay.left_on >= period.start,
        Stay.left_on < period.end,
        Stay.left_on <= today,
        Stay.destination != OTHER_BED,
    ]


def _of(column: Any, agency_id: UUID | None) -> list[ColumnElement[bool]]:
    return [] if agency_id is None else [column == agency_id]


def _nights(session: Session, first: date, end: date) -> CTE:
    """The days from the first on, before the end, a row each."""
    days = select(literal(first, Date).label("night")).cte("nights", recursive=True)
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    after: Any = func.date(days.c.night, "+1 day", type_=Date) if is_sqlite else days.c.night + 1
    return days.union_all(select(after).where(after < literal(end, Date)))


def _slept(first: date, end: date, agency_id: UUID | None, as_of: datetime | None = None) -> CTE:
    """The stays that have a night from the first on, before the end, with whose they are; and of children in cots."""
    known: Any = Stay if as_of is None else _known(as_of)
    stay: Any = Stay if as_of is None else known.c
    stays = (
        select(
            stay.agency_id,
            stay.bed_id,
            Bed.is_cot,
            person_of(stay.record_id, as_of).label("person"),
            stay.arrived_on,
            func.coalesce(stay.left_on, literal(end, Date), type_=Date).label("until"),
        )
        .select_from(known)
        .join(Bed, Bed.id == stay.bed_id)
        .outerjoin(RecordPerson, RecordPerson.record_id == stay.record_id)
        .where(stay.arrived_on < end, or_(stay.left_on.is_(None), stay.left_on > first))
        .where(*_of(stay.agency_id, agency_id))
    )
    if as_of is not None:
        stays = stays.outerjoin(FormerPerson, was_person(stay.record_id, as_of))
    child = CompanionStay
    children = (
        select(
            child.agency_id,
            child.bed_id,
            literal(True).label("is_cot"),
            child.id.label("person"),
            child.arrived_on,
            func.coalesce(child.left_on, literal(end, Date), type_=Date).label("until"),
        )
        .where(child.bed_id.is_not(None), child.arrived_on < end, or_(child.left_on.is_(None), child.left_on > first))
        .where(*_of(child.agency_id, agency_id))
    )
    return stays.union_all(children).cte("slept")


def _known(as_of: datetime) -> Any:
    """The stays as they were known at a moment."""
    stay, before = Stay, FormerStay
    whose = (stay.agency_id, stay.bed_id, stay.record_id)
    now = select(*whose, stay.arrived_on, stay.left_on).where(stay.known_since < as_of)
    then = select(*whose, before.arrived_on, before.left_on).join(before, before.stay_id == stay.id)
    return now.union_all(then.where(before.since < as_of, before.until >= as_of)).subquery("known_stay")


def _there(nights: CTE, slept: CTE) -> CTE:
    """A row for each night of each stay."""
    covers = and_(slept.c.arrived_on <= nights.c.night, slept.c.until > nights.c.night)
    return (
        select(slept.c.agency_id, slept.c.bed_id, slept.c.is_cot, slept.c.person, nights.c.night)
        .join(nights, covers)
        .cte("there")
    )


def _taken(there: CTE) -> Any:
    """How many people slept in beds and in cots of each shelter, night by night."""
    beds, cots = _people(there, is_cot=False).label("slept"), _people(there, is_cot=True).label("cots")
    where = (there.c.agency_id, there.c.night)
    return select(*where, beds, cots).group_by(*where).subquery()


def _people(there: CTE, *, is_cot: bool) -> ColumnElement[int]:
    """How many people slept there, each once."""
    kind = there.c.is_cot if is_cot else ~there.c.is_cot
    return func.count(case((kind, there.c.person)).distinct())


def _capacity(nights: CTE, there: CTE, agency_id: UUID | None) -> Any:
    """How many beds of each shelter could be slept in, night by night."""
    used = select(there.c.bed_id, there.c.night).distinct().subquery()
    is_void = exists().where(
        BedVoid.bed_id == Bed.id,
        BedVoid.from_on <= nights.c.night,
        or_(BedVoid.to_on.is_(None), BedVoid.to_on > nights.c.night),
    )
    could = and_(Bed.is_active, ~is_void, ~shut_bed_on(Bed.room_id, nights.c.night))
    counts = and_(~Bed.is_cot, or_(could, used.c.bed_id.is_not(None)))
    return (
        select(Bed.agency_id, nights.c.night, func.sum(case((counts, 1), else_=0)).label("capacity"))
        .select_from(Bed)
        .join(nights, literal(1) == literal(1))
        .outerjoin(used, and_(used.c.bed_id == Bed.id, used.c.night == nights.c.night))
        .where(*_of(Bed.agency_id, agency_id))
        .group_by(Bed.agency_id, nights.c.night)
        .subquery()
    )
