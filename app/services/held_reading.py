"""Slow exfiltration: who opens far more cases than work asks for is stopped, reported, and let on by a supervisor.

What was opened stands in the audit, and nowhere else; so does that somebody was stopped, and was let on.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from app.errors import Stopped
from app.models.agency import Agency, Member
from app.models.audit import AuditEntry
from app.security.actor import Actor
from app.security.reading_limits import DAY, HOUR, LISTS, LOOKS, WEEK, WITHOUT_CASE, most_listed_of, most_of
from app.services import unit_of_work
from app.services.audit import canonical
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work, answering_for_the_record
from app.vocabulary.role import Role

STOPPED, LET_ON = "reading:stopped", "reading:let_on"
OF_CASES: dict[str, object] = {}
OF_ADDRESSES: dict[str, object] = {"of": "addresses"}
"""What somebody was stopped from, as the entry says."""


@dataclass(frozen=True)
class Held:
    """A member of one's own agency who was stopped, and when."""

    member_id: UUID
    name: str
    at: datetime


def _is(action: str) -> ColumnElement[bool]:
    """In the statement's text, so that the database finds the few such entries by their own index."""
    return AuditEntry.action == literal_column(f"'{action}'")


def _let_on(member_id: UUID) -> ColumnElement[bool]:
    """By anybody but herself."""
    return and_(_is(LET_ON), AuditEntry.detail == canonical({"member": member_id}), AuditEntry.member_id != member_id)


def last_let_on(member_id: UUID) -> Any:
    """When somebody last let her on: what she opened before counts no more."""
    return select(func.max(AuditEntry.at)).where(_let_on(member_id)).scalar_subquery()


def refuse_too_much(work: Work, case_id: UUID) -> None:
    """Raises Stopped where the actor has opened as many other cases as she may; one that she has open stays open."""
    case = AuditEntry.case_id
    _refuse_beyond(work, case, case_id, case.is_not(None), AuditEntry.action.in_(LOOKS))


def refuse_too_much_without_case(work: Work, detail: Mapping[str, object]) -> None:
    """As `refuse_too_much`, of signals, contacts and what else tells of somebody without a case; as many again.

    `detail` is what the entry will say: it tells one from another.
    """
    opened = AuditEntry.action.in_(WITHOUT_CASE)
    _refuse_beyond(work, AuditEntry.detail, canonical(detail), AuditEntry.case_id.is_(None), opened)


def _refuse_beyond(work: Work, column: Any, this: object, *which: ColumnElement[bool]) -> None:
    member_id = work.actor.member_id
    if member_id is None or not work.parts.reading_is_limited:
        return
    most = most_of(work.actor.roles)
    entry, released = AuditEntry, last_let_on(member_id)
    number = func.count(column.distinct())
    others = select(number.filter(entry.at > work.now - HOUR, column != this), number.filter(column != this)).where(
        entry.member_id == member_id,
        entry.at > work.now - DAY,
        *which,
        or_(released.is_(None), entry.at > released),
    )
    with answering_for_the_record(), work.as_system("auditor"):
        in_hour, in_day = work.session.execute(others).one()
    if in_hour >= most.hour or in_day >= most.day:
        raise Stopped("reading_stopped")


def refuse_too_long(work: Work, shown: Collection[UUID]) -> None:
    """Raises Stopped where lists, searches and files have shown the actor as many different cases as they may."""
    member_id = work.actor.member_id
    if member_id is None or not shown or not work.parts.reading_is_limited:
        return
    most, new = most_listed_of(work.actor.roles), len(set(shown))
    with answering_for_the_record(), work.as_system("auditor"):
        in_hour, in_day = work.session.execute(_listed(work, member_id, shown)).one()
    if in_hour + new > most.hour or in_day + new > most.day:
        raise Stopped("listing_stopped")


def _listed(work: Work, member_id: UUID, shown: Collection[UUID]) -> Select[int, int]:
    """How many different cases but these lists have shown her lately, in the hour and in the day."""
    entry, released = AuditEntry, last_let_on(member_id)
    if work.is_postgresql:
        named: Any = func.jsonb_array_elements_text(cast(entry.detail, JSONB)["cases"]).column_valued(
            "named", joins_implicitly=True
        )
    else:
        named = (
            func.json_each(entry.detail, "$.cases").table_valued("value", name="named", joins_implicitly=True).c.value
        )
    others = named.not_in([str(one) for one in shown])
    return select(
        func.count(named.distinct()).filter(others, entry.at > work.now - HOUR),
        func.count(named.distinct()).filter(others),
    ).where(
        entry.member_id == member_id,
        entry.at > work.now - DAY,
        entry.action.in_([literal_column(f"'{action}'") for action in LISTS]),
        or_(released.is_(None), entry.at > released),
    )


@contextmanager
def reporting(actor: Actor) -> Iterator[None]:
    """Report, outside of the transaction that found it, whom the block stops."""
    try:
        yield
    except Stopped:
        report(actor)
        raise


def report(actor: Actor) -> None:
    """Write down that she was stopped; the first time her supervisors and the administrators are told."""
    with unit_of_work.write(actor) as work:
        if not stands(work, actor, OF_CASES):
            tell(work, tellings(work, actor, STOPPED))
        work.audit(STOPPED)
        work.commit()


def stands(work: Work, actor: Actor, what: dict[str, object]) -> bool:
    """Whether she was stopped from something already, lately, and not let on since."""
    return any(one.member_id == actor.member_id for one in _held(work, actor.agency_id, (what,)))


def tellings(work: Work, actor: Actor, kind: str) -> list[Telling]:
    """What the administrators and her supervisors are told of somebody who is stopped."""
    offices = work.session.execute(select(Agency.id).where(Agency.kind == "administration")).scalars().all()
    told = [Telling(agency_id, kind, role=Role.ADMINISTRATOR.value) for agency_id in offices]
    if actor.agency_id is not None:
        told.append(Telling(actor.agency_id, kind, role=Role.AGENCY_SUPERVISOR.value))
    return told


def _held(
    work: Work, agency_id: UUID | None, what: tuple[dict[str, object], ...] = (OF_CASES, OF_ADDRESSES)
) -> list[Held]:
    """Members of an agency who were stopped from something for as long as that counts, and not let on since."""
    entry, since = AuditEntry, {canonical(one): work.now - (WEEK if one == OF_ADDRESSES else DAY) for one in what}
    with work.as_system("auditor"):
        rows = work.session.execute(
            select(entry.member_id, entry.action, entry.detail, entry.at)
            .where(or_(_is(STOPPED), _is(LET_ON)), entry.agency_id == agency_id, entry.at > work.now - WEEK)
            .order_by(entry.at)
        ).all()
    held: dict[UUID, datetime] = {}
    for row in rows:
        if row.action == STOPPED and row.detail in since and row.at > since[row.detail]:
            held[row.member_id] = row.at
        elif row.action == LET_ON:
            held = {one: at for one, at in held.items() if row.detail != canonical({"member": one})}
    names = select(Member.id, Member.name).where(Member.id.in_(list(held))).order_by(Member.name)
    return [Held(row.id, row.name, held[row.id]) for row in work.session.execute(names).all()] if held else []


def held(actor: Actor) -> list[Held]:
    """Who of the actor's agency is stopped now."""
    with unit_of_work.read(actor) as work:
        return _held(work, actor.agency_id)


def let_on(actor: Actor, member_id: UUID) -> bool:
    """Let a member of one's own agency read on: what she opened so far counts no more. Nobody does so for herself.

    False where nobody of the agency is stopped under that id.
    """
    with unit_of_work.write(actor) as work:
        if member_id == actor.member_id or member_id not in {one.member_id for one in _held(work, actor.agency_id)}:
            return False
        assert actor.agency_id is not None  # noqa: S101 - members have an agency
        tell(work, [Telling(actor.agency_id, LET_ON, member_id=member_id)])
        work.audit(LET_ON, member=member_id)
        work.commit()
        return True
