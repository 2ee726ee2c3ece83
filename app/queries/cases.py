"""The list of cases: starts from the parties' rows, one statement whatever its length, paged by its last row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Executable,
    LargeBinary,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    func,
    null,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.selectable import ScalarSelect, Subquery

from app.models.base import UtcTime
from app.models.case import Case, CaseKey, CaseParty, CaseStaff
from app.models.record import ClientRecord
from app.models.workflow import CaseClock
from app.queries import clocks
from app.security.actor import Actor
from app.security.scoped_session import KEPT

PAGE = 25
OPEN, CLOSED = "open", "closed"

_party, _staff = CaseParty.__table__, CaseStaff.__table__
_clock, _key = CaseClock.__table__, CaseKey.__table__


@dataclass(frozen=True)
class Asked:
    """Which cases: by state and stage, only one's own, only those with an overdue clock, or not handed over;
    after the last row seen.
    """

    state: str | None = None
    stage: str | None = None
    is_mine: bool = False
    is_overdue: bool = False
    is_live: bool = False
    after: tuple[date, UUID] | None = None


@dataclass(frozen=True)
class SealedName:
    """Who a case is about, still sealed, with the wrapped key."""

    case_id: UUID
    record_id: UUID
    identity: bytes | None
    identity_key: bytes | None


@dataclass(frozen=True)
class Shape:
    """The statement that a question needs, whatever its values: each is made once."""

    with_names: bool
    state: str | None
    by_stage: bool
    is_mine: bool
    is_overdue: bool
    is_live: bool
    is_of_team: bool
    goes_on: bool


@dataclass(frozen=True)
class CaseRow:
    """One case of the agency; `identity` and its wrapped key only where they were asked for."""

    case_id: UUID
    reference: str
    opened_on: date
    state: str
    stage: str
    is_pointer: bool
    record_id: UUID | None
    due_at: datetime | None
    identity: bytes | None
    identity_key: bytes | None


def listed(session: Session, actor: Actor, asked: Asked, now: datetime, *, with_names: bool) -> list[CaseRow]:
    """The cases of the actor's agency that are open to her, newest first, a page and one row more."""
    shape = Shape(
        with_names=with_names,
        state=asked.state if asked.state in (None, OPEN) else "named",
        by_stage=asked.stage is not None,
        is_mine=asked.is_mine,
        is_overdue=asked.is_overdue,
        is_live=asked.is_live,
        is_of_team=not actor.oversees,
        goes_on=asked.after is not None,
    )
    day, case_id = asked.after or (None, None)
    told = {
        "this_agency": actor.agency_id,
        "this_member": actor.member_id,
        "this_team": sorted(actor.stands_for),
        "this_state": asked.state,
        "this_stage": asked.stage,
        "this_moment": now,
        "after_day": day,
        "after_case": case_id,
    }
    return [CaseRow(*row) for row in session.execute(_statement(shape), told)]


def sealed_names(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[SealedName]:
    """The sealed identities of some cases that are open to the actor, for lists of something else."""
    asked = {"these_cases": sorted(case_ids), "this_agency": actor.agency_id}
    return [SealedName(*row) for row in session.execute(_SEALED_NAMES, asked)]


@cache
def _statement(shape: Shape) -> Executable:
    page = _page(shape)
    return (
        select(
            page.c.case_id,
            Case.reference,
            page.c.opened_on,
            page.c.case_state,
            page.c.stage,
            page.c.is_pointer,
            ClientRecord.id,
            case((page.c.is_pointer, null()), else_=_next_due(page.c.case_id)),
            ClientRecord.identity if shape.with_names else cast(null(), LargeBinary).label("identity"),
            cast(_identity_key(page.c.case_id) if shape.with_names else null(), LargeBinary).label("identity_key"),
        )
        .join(Case, Case.id == page.c.case_id)
        .outerjoin(ClientRecord, ClientRecord.case_id == page.c.case_id)
        .order_by(page.c.opened_on.desc(), page.c.case_id.desc())
        .execution_options(**KEPT)
    )


def _page(shape: Shape) -> Subquery:
    """The rows of the page alone, first: what else is shown is looked up for these, not for every case of a life."""
    return (
        select(
            CaseParty.case_id,
            CaseParty.opened_on,
            CaseParty.case_state,
            CaseParty.stage,
            CaseParty.ended_at.is_not(None).label("is_pointer"),
        )
        .where(CaseParty.agency_id == bindparam("this_agency"), _is_latest(), *_conditions(shape))
        .order_by(CaseParty.opened_on.desc(), CaseParty.case_id.desc())
        .limit(PAGE + 1)
        .subquery("page")
    )


def _is_latest() -> ColumnElement[bool]:
    """An agency that handed a case over and got it back has several rows: only the last one is listed."""
    later = _party.alias("later")
    follows = (later.c.ended_at.is_(None) & CaseParty.ended_at.is_not(None)) | (later.c.since > CaseParty.since)
    return ~exists().where(
        later.c.case_id == CaseParty.case_id,
        later.c.agency_id == CaseParty.agency_id,
        later.c.id != CaseParty.id,
        follows,
    )


def _next_due(case_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ScalarSelect[Any]:
    running = (_clock.c.case_id == case_id, *clocks.runs(_clock.c))
    return select(func.min(clocks.counts_from(_clock.c))).where(*running).scalar_subquery()


def _identity_key(case_id: ColumnElement[UUID]) -> ScalarSelect[Any]:
    own = (_key.c.case_id == case_id, _key.c.holder_id == bindparam("this_agency"), _key.c.kind == "identity")
    return select(_key.c.wrapped).where(*own).scalar_subquery()


def _works_on_it(whoever: ColumnElement[bool]) -> ColumnElement[bool]:
    at_work = (_staff.c.agency_id == CaseParty.agency_id, _staff.c.ended_at.is_(None))
    return exists().where(_staff.c.case_id == CaseParty.case_id, whoever, *at_work)


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if shape.state == OPEN:
        found.append(CaseParty.case_state != CLOSED)
    elif shape.state:
        found.append(CaseParty.case_state == bindparam("this_state"))
    if shape.by_stage:
        found.append(CaseParty.stage == bindparam("this_stage"))
    if shape.is_mine:
        found.append(_works_on_it(_staff.c.member_id == bindparam("this_member")))
    elif shape.is_of_team:  # what the scope would leave of all cases, but begun at hers
        found.append(_works_on_it(_staff.c.member_id.in_(bindparam("this_team", expanding=True))))
    if shape.is_overdue:
        due = _next_due(CaseParty.case_id)
        found += [CaseParty.ended_at.is_(None), due < bindparam("this_moment", type_=UtcTime())]
    if shape.is_live:
        found.append(CaseParty.ended_at.is_(None))
    if shape.goes_on:
        here = tuple_(CaseParty.opened_on, CaseParty.case_id)
        found.append(here < tuple_(bindparam("after_day", type_=Date), bindparam("after_case", type_=Uuid)))
    return found


_SEALED_NAMES = (
    select(
        ClientRecord.case_id,
        ClientRecord.id,
        ClientRecord.identity,
        cast(
            select(_key.c.wrapped)
            .where(
                _key.c.case_id == ClientRecord.case_id,
                _key.c.holder_id == bindparam("this_agency"),
                _key.c.kind == "identity",
            )
            .correlate(ClientRecord)
            .scalar_subquery(),
            LargeBinary,
        ).label("identity_key"),
    )
    .where(ClientRecord.case_id.in_(bindparam("these_cases", expanding=True)))
    .execution_options(**KEPT)
)
