"""Days on which a member read unusually, beside what is usual in her role. Members, days, numbers; no case is named.

All of it is worked out by the database in one statement, over the entries of the days that are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Float,
    Select,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.clock import COUNTRY_ZONE
from app.models.agency import MemberRole
from app.models.audit import AuditEntry
from app.models.base import UtcTime
from app.security.reading_limits import LOOKS
from app.vocabulary.look import READING_VERBS
from app.vocabulary.unusual import (
    ACTS_DAYS,
    ADDRESS,
    AT_NIGHT,
    FROM,
    MANY,
    NIGHT_BEGINS,
    NIGHT_ENDS,
    RECOVERY,
    SOME,
    STOPPED,
    STRANGE,
    TIMES,
)

PAGE = 50
RECOVERIES_AT_MOST = 500
WAS_STOPPED, OPENED_ADDRESS, RECOVERED = "reading:stopped", "address:opened", "factor:recovery_used"
QUESTIONS = ("address:asked", "complaint:asked")
"""Pages that ask before something is done."""
COMPARED = ("cases", "at_night", "strange", "addresses")
"""The figures that are held against what is usual in the role."""


@dataclass(frozen=True)
class Figure:
    """A number of one day, and what is usual in the role."""

    number: int
    usual: float


@dataclass(frozen=True)
class Day:
    """One member's day, and why it is shown."""

    on: date
    member_id: UUID
    cases: Figure
    at_night: Figure
    strange: Figure
    addresses: Figure
    stopped: int
    recovered: int
    reasons: tuple[str, ...]


def begins(on: date) -> datetime:
    """When a day begins on the country's clocks."""
    return datetime.combine(on, time(), COUNTRY_ZONE)


def recoveries(session: Session, since: datetime) -> list[tuple[datetime, str]]:
    """When a recovery code was used, and the detail that says whose: nobody is signed in by then."""
    row = AuditEntry
    used = select(row.at, row.detail).where(row.action == RECOVERED, row.at >= since)
    return [(one.at, one.detail) for one in session.execute(used.order_by(row.at.desc()).limit(RECOVERIES_AT_MOST))]


def unusual_days(
    session: Session, first: date, last: date, used: Sequence[tuple[UUID, date]], page: int, size: int = PAGE
) -> list[Day]:
    """A page of the days from `first` to `last`, the latest first, and one more where there are more.

    `used` says who used a recovery code on which day.
    """
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    daily = _daily(_read(_days(first, last), begins(first), used), _acted(begins(first), is_postgresql))
    usual = _usual_of_members(daily)
    columns = [func.coalesce(usual.c[name], 0.0).label(f"usual_{name}") for name in COMPARED]
    shown = select(daily, *columns).outerjoin(usual, usual.c.member_id == daily.c.member_id)
    reasons = _reasons(daily, usual)
    flags = [case((is_so, 1), else_=0).label(f"is_{name}") for name, is_so in reasons.items()]
    asked = shown.add_columns(*flags).where(or_(*reasons.values()))
    ordered = asked.order_by(daily.c.on_day.desc(), daily.c.cases.desc(), daily.c.member_id)
    return [_day(row, tuple(reasons)) for row in session.execute(ordered.offset((page - 1) * size).limit(size + 1))]


def _day(row: Any, names: tuple[str, ...]) -> Day:
    told = {name: Figure(getattr(row, name), float(getattr(row, f"usual_{name}"))) for name in COMPARED}
    reasons = tuple(name for name in names if getattr(row, f"is_{name}"))
    return Day(row.on_day, row.member_id, **told, stopped=row.stopped, recovered=row.recovered, reasons=reasons)


def _reasons(daily: CTE, usual: CTE) -> dict[str, ColumnElement[bool]]:
    """Why a day is shown, as conditions."""

    def far_above(name: str, least: int) -> ColumnElement[bool]:
        return and_(daily.c[name] >= least, daily.c[name] > TIMES * func.coalesce(usual.c[name], 0.0))

    return {
        MANY: far_above("cases", FROM),
        AT_NIGHT: far_above("at_night", SOME),
        STRANGE: far_above("strange", SOME),
        STOPPED: daily.c.stopped > 0,
        ADDRESS: daily.c.addresses > func.coalesce(usual.c.addresses, 0.0),
        RECOVERY: daily.c.recovered > 0,
    }


def _days(first: date, last: date) -> CTE:
    """The days with their moments, worked out here: their nights and their length follow the country's clocks."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return union_all(*(_moments(on) for on in days)).cte("days")


def _moments(on: date) -> Select[*tuple[Any, ...]]:
    def clock(hour: int) -> datetime:
        return datetime.combine(on, time(hour), COUNTRY_ZONE)

    told = (begins(on), clock(NIGHT_ENDS), clock(NIGHT_BEGINS), begins(on + timedelta(days=1)))
    names = ("begins", "morning", "night", "ends")
    moments = [literal(moment, UtcTime()).label(name) for name, moment in zip(names, told, strict=True)]
    return select(literal(on, Date()).label("on_day"), *moments)


def _read(days: CTE, since: datetime, used: Sequence[tuple[UUID, date]]) -> CTE:
    """What was opened, refused and used: by whom, on which day, whether at night."""
    row = AuditEntry.__table__.c
    at_night = case((or_(row.at < days.c.morning, row.at >= days.c.night), 1), else_=0)
    entries = (
        select(row.member_id, days.c.on_day, row.action, row.case_id, at_night.label("is_night"))
        .join(days, and_(row.at >= days.c.begins, row.at < days.c.ends))
        .where(row.member_id.is_not(None), row.at >= since, row.action.in_((*LOOKS, WAS_STOPPED, OPENED_ADDRESS)))
    )
    others = [
        select(literal(member, Uuid()), literal(on, Date()), literal(RECOVERED), cast(null(), Uuid()), literal(0))
        for member, on in used
    ]
    return union_all(entries, *others).cte("read")


def _acted(since: datetime, is_postgresql: bool) -> CTE:
    """Who did something in which case lately: more than to look, to list, to print."""
    row = AuditEntry.__table__.c
    verb = func.split_part(row.action, ":", 2) if is_postgresql else func.substr(row.action, _after_colon(row.action))
    is_more = and_(verb.not_in(sorted(READING_VERBS)), row.action.not_in((*LOOKS, *QUESTIONS)))
    acts = or_(row.action == "case:opened", is_more)
    lately = row.at >= since - timedelta(days=ACTS_DAYS)
    asked = select(row.member_id, row.case_id).distinct()
    return asked.where(lately, row.case_id.is_not(None), row.member_id.is_not(None), acts).cte("acted")


def _after_colon(action: ColumnElement[str]) -> ColumnElement[int]:
    return func.instr(action, ":") + 1


def _daily(read: CTE, acted: CTE) -> CTE:
    """The figures of each member's day."""
    looked = read.c.action.in_(LOOKS)
    different = func.count(read.c.case_id.distinct())
    is_hers = and_(acted.c.member_id == read.c.member_id, acted.c.case_id == read.c.case_id)

    def number(action: str) -> ColumnElement[int]:
        return func.count().filter(read.c.action == action)

    return (
        select(
            read.c.member_id,
            read.c.on_day,
            different.filter(looked).label("cases"),
            different.filter(looked, read.c.is_night == 1).label("at_night"),
            different.filter(looked, acted.c.case_id.is_(None)).label("strange"),
            number(OPENED_ADDRESS).label("addresses"),
            number(WAS_STOPPED).label("stopped"),
            number(RECOVERED).label("recovered"),
        )
        .outerjoin(acted, is_hers)
        .group_by(read.c.member_id, read.c.on_day)
        .cte("daily")
    )


def _usual_of_members(daily: CTE) -> CTE:
    """What is usual for a member: the median over all days of all who have her role; of several roles the highest."""
    here = MemberRole.member_id == daily.c.member_id
    ranks = [_rank(daily.c[name]).label(f"rank_{name}") for name in COMPARED]
    many = func.count().over(partition_by=MemberRole.role).label("many")
    ranked = (
        select(MemberRole.role, many, *(daily.c[name] for name in COMPARED), *ranks).join(daily, here).cte("ranked")
    )
    medians = [_median(ranked, name).label(name) for name in COMPARED]
    usual = select(ranked.c.role, *medians).group_by(ranked.c.role).cte("usual")
    highest = [func.max(usual.c[name]).label(name) for name in COMPARED]
    hers = select(MemberRole.member_id, *highest).join(usual, usual.c.role == MemberRole.role)
    return hers.group_by(MemberRole.member_id).cte("usual_of_member")


def _rank(figure: ColumnElement[Any]) -> ColumnElement[int]:
    return func.row_number().over(partition_by=MemberRole.role, order_by=figure)


def _median(ranked: CTE, name: str) -> ColumnElement[float]:
    """The middle one, or the mean of the two in the middle."""
    twice = 2 * ranked.c[f"rank_{name}"]
    middle = and_(twice >= ranked.c.many, twice <= ranked.c.many + 2)
    return func.avg(cast(ranked.c[name], Float)).filter(middle)
