"""The list of cases: starts from the parties' rows, one statement whatever its length, paged by its last row."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, LargeBinary, Uuid, case, cast, exists, func, literal, null, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import ScalarSelect

from app.models.case import Case, CaseKey, CaseParty, CaseStaff
from app.models.record import ClientRecord
from app.models.workflow import CaseClock
from app.security.actor import Actor

PAGE = 25
CLOSED = "closed"

_party, _staff = CaseParty.__table__, CaseStaff.__table__
_clock, _key = CaseClock.__table__, CaseKey.__table__


@dataclass(frozen=True)
class Asked:
    """Which cases: by state and stage, only one's own, only those with an overdue clock; after the last row seen."""

    state: str | None = None
    stage: str | None = None
    is_mine: bool = False
    is_overdue: bool = False
    after: tuple[date, UUID] | None = None


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
    rows = session.execute(
        select(
            CaseParty.case_id,
            Case.reference,
            CaseParty.opened_on,
            CaseParty.case_state,
            CaseParty.stage,
            CaseParty.ended_at.is_not(None),
            ClientRecord.id,
            case((CaseParty.ended_at.is_(None), _next_due()), else_=null()),
            ClientRecord.identity if with_names else cast(null(), LargeBinary).label("identity"),
            cast(_identity_key(actor) if with_names else null(), LargeBinary).label("identity_key"),
        )
        .join(Case, Case.id == CaseParty.case_id)
        .outerjoin(ClientRecord, ClientRecord.case_id == CaseParty.case_id)
        .where(CaseParty.agency_id == actor.agency_id, _is_latest(), *_conditions(actor, asked, now))
        .order_by(CaseParty.opened_on.desc(), CaseParty.case_id.desc())
        .limit(PAGE + 1)
    )
    return [CaseRow(*row) for row in rows]


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


def _next_due() -> ScalarSelect[Any]:
    running = (_clock.c.case_id == CaseParty.case_id, _clock.c.stopped_at.is_(None), _clock.c.voided_at.is_(None))
    return select(func.min(_clock.c.due_at)).where(*running).correlate(CaseParty).scalar_subquery()


def _identity_key(actor: Actor) -> ScalarSelect[Any]:
    own = (_key.c.case_id == CaseParty.case_id, _key.c.holder_id == actor.agency_id, _key.c.kind == "identity")
    return select(_key.c.wrapped).where(*own).correlate(CaseParty).scalar_subquery()


def _conditions(actor: Actor, asked: Asked, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state == "open":
        found.append(CaseParty.case_state != CLOSED)
    elif asked.state:
        found.append(CaseParty.case_state == asked.state)
    if asked.stage:
        found.append(CaseParty.stage == asked.stage)
    if asked.is_mine:
        found.append(
            exists().where(
                _staff.c.case_id == CaseParty.case_id,
                _staff.c.member_id == actor.member_id,
                _staff.c.ended_at.is_(None),
            )
        )
    if asked.is_overdue:
        found += [CaseParty.ended_at.is_(None), _next_due() < now]
    if asked.after:
        day, case_id = asked.after
        here = tuple_(CaseParty.opened_on, CaseParty.case_id)
        found.append(here < tuple_(literal(day, Date), literal(case_id, Uuid)))
    return found
