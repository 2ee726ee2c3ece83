"""Days and moments in the rows of an erased case: cut to the month on SQLite, by `erase_case` on PostgreSQL.

Every one of them is, but those of which it is written here why they stay. What is counted stays the same: a deadline
that was missed stops on the second of its month, days waited keep their number, and no span meets another.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Table, case, delete, func, insert, select, update

from app.clock import local_day
from app.models.base import Base, UtcTime
from app.models.case import Case, CaseParty
from app.models.help import UnmetNeed
from app.models.workflow import FormerClock
from app.services.unit_of_work import Work

OF_THE_BED = "tells of the bed: who slept in it is taken off the row"
OF_THE_LINK = "a report of a past day counts a person by the links that stood on it; it tells of records and no fact"
OF_THE_ERASURE = "tells of the erasure, and not of her"
STAYS: dict[str, str] = {
    "audit_entry.at": "the record of acts is a chain in which nothing can be changed: it tells who acted, and no fact",
    "bed_void.ended_at": OF_THE_BED,
    "bed_void.from_on": OF_THE_BED,
    "bed_void.recorded_at": OF_THE_BED,
    "bed_void.to_on": OF_THE_BED,
    "count_fact.recorded_at": "a report of a past day counts what was recorded by the end of it, and never changes",
    "edition_member.month": "a month already, in a report that is frozen",
    "erasure.asked_at": OF_THE_ERASURE,
    "erasure.decided_at": OF_THE_ERASURE,
    "former_person.since": OF_THE_LINK,
    "former_person.until": OF_THE_LINK,
    "kept_nights.month": "a month already",
    "record_person.since": OF_THE_LINK,
}
"""What is not cut, and why."""

Ways = dict[str, Callable[[Any], dict[str, Any]]]


def cut(work: Work, case_id: UUID) -> None:
    """Cut all days and moments of the case to the month."""
    connection = work.session.connection()
    # Those whose order tells something are moved row by row, before they are all the same.
    for of_case in (_parties, _needs):
        for statement in of_case(work, case_id):
            connection.execute(statement)
    for table in Base.metadata.sorted_tables:
        values = _values(table)
        if values and "case_id" in table.columns:
            connection.execute(update(table).where(table.c.case_id == case_id).values(values))
    cases: Any = Case.__table__
    connection.execute(update(cases).where(cases.c.id == case_id).values(_values(cases)))
    for statement in _former_clocks(case_id):
        connection.execute(statement)


def _values(table: Table) -> dict[str, Any]:
    if table.name in MOVED:
        return {}
    of = [column for column in table.columns if f"{table.name}.{column.name}" not in STAYS]
    values = {column.name: _month(column) for column in of if isinstance(column.type, Date)}
    values |= {column.name: _moment(column) for column in of if isinstance(column.type, UtcTime)}
    return values | WAYS.get(table.name, lambda _: {})(table.c)


def _month(column: Any, *more: str) -> Any:
    return func.date(column, "start of month", *more)


def _moment(column: Any, day: str = "01") -> Any:
    """The first of its month on the country's clocks, which are two hours ahead as April to October begin, else one."""
    begins = func.strftime("%m", column, "+2 hours").between("04", "10")
    return func.strftime(f"%Y-%m-{day} 00:00:00.000000", column, case((begins, "+2 hours"), else_="+1 hours"))


def _stop(clock: Any) -> Any:
    """A deadline that was missed stops after it is due, also where both lie in one month."""
    due = case((clock.exempt_until > clock.due_at, clock.exempt_until), else_=clock.due_at)
    return case((clock.stopped_at > due, _moment(clock.stopped_at, "02")), else_=_moment(clock.stopped_at))


def _limit(limit: Any) -> dict[str, Any]:
    """A span without days, for two of a kind in one month may not meet: ended by who ordered it, where nobody did."""
    second = _month(limit.from_on, "+1 day")
    ended = {"lifted_on": _month(limit.from_on), "lifted_by_id": func.coalesce(limit.lifted_by_id, limit.ordered_by_id)}
    return {"ends_on": second, "review_on": second, **ended}


def _hold(hold: Any) -> dict[str, Any]:
    state = case((hold.state == "held", "expired"), else_=hold.state)
    return {"state": state, "to_on": _month(hold.from_on, "+1 day")}


WAYS: Ways = {
    "appointment": lambda _: {"begins_at": None},
    "bed_hold": _hold,
    "case_clock": lambda clock: {"stopped_at": _stop(clock)},
    "case_move": lambda _: {"changes": {}},
    "companion_stay": lambda child: {"left_on": _month(child.arrived_on)},
    "emergency_opening": lambda opening: {"ends_at": _moment(opening.opened_at, "02")},
    "incident": lambda _: {"begins_at": None},
    "movement_limit": _limit,
    "stay": lambda stay: {"left_on": _month(stay.arrived_on), "expected_until": None},
}
"""What else a table's rows become: a stay has no nights of its own any more, and a booking no day that tells when."""

MOVED = ("case_party", "former_clock", "unmet_need")


def _parties(work: Work, case_id: UUID) -> list[Any]:
    """Who became a party after whom stays as it was, a second apart: the last time of an agency is the one listed."""
    party: Any = CaseParty.__table__
    rows = work.session.connection().execute(
        select(party.c.id, party.c.since).where(party.c.case_id == case_id).order_by(party.c.since, party.c.id)
    )
    ended = {"ended_at": _moment(party.c.ended_at), "opened_on": _month(party.c.opened_on)}
    return [
        update(party).where(party.c.id == row.id).values(since=_first(row.since) + timedelta(seconds=place), **ended)
        for place, row in enumerate(rows)
    ]


def _first(moment: datetime) -> datetime:
    day = local_day(moment)
    return datetime(day.year, day.month, 1, tzinfo=UTC)


def _needs(work: Work, case_id: UUID) -> list[Any]:
    """What was asked for until one day is one need: it is moved as a whole, so that the days waited are as many."""
    need: Any = UnmetNeed.__table__
    end = func.coalesce(need.c.met_on, need.c.ended_on, type_=Date())
    rows = work.session.connection().execute(
        select(need.c.id, need.c.asked_on, need.c.met_on, need.c.ended_on, end.label("end"), need.c.voided_at)
        .where(need.c.case_id == case_id)
        .order_by(need.c.voided_at.is_(None), end, need.c.asked_on)
    )
    done: list[Any] = []
    for _, group in groupby(rows, lambda row: (row.voided_at is None, row.end)):
        found = list(group)
        back = timedelta(days=found[0].asked_on.day - 1)
        for row in found:
            days = {name: getattr(row, name) for name in ("asked_on", "met_on", "ended_on")}
            moved = {name: day - back if day else None for name, day in days.items()}
            moments = {name: _moment(need.c[name]) for name in ("recorded_at", "voided_at")}
            done.append(update(need).where(need.c.id == row.id).values(moved | moments))
    return done


def _former_clocks(case_id: UUID) -> list[Any]:
    """What a deadline said at the end of a month is what it is known to have said in it; the rows are never changed."""
    former: Any = FormerClock.__table__
    own, first = former.c.case_id == case_id, _moment(former.c.since)
    whose = ("clock_id", "case_id", "agency_id")
    cut_ = {name: _moment(former.c[name]) for name in ("since", "until", "due_at", "voided_at", "paused_at")}
    cut_ |= {"exempt_until": _moment(former.c.exempt_until), "stopped_at": _stop(former.c)}
    anew = select(*(former.c[name] for name in whose), *cut_.values()).where(own, former.c.since != first)
    return [
        delete(former).where(own, first == _moment(former.c.until)),
        insert(former).from_select([*whose, *cut_], anew),
        delete(former).where(own, former.c.since != first),
    ]
