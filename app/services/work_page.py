"""The page of one's own work: what waits for an answer, what is due, what is to be signed, and the own cases."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.queries import meetings, my_work, notices, referrals
from app.queries.cases import Asked, listed, sealed_names
from app.queries.meetings import DueRow
from app.queries.my_work import ClockRow, WaitingRow
from app.queries.notices import NoticeRow
from app.queries.referrals import QueueRow
from app.security.fields import IDENTITY
from app.security.policy import allows, classes_of
from app.services import passkeys, procedures, unsent
from app.services.case_list import NamedRow, named
from app.services.procedures import OpeningOffer
from app.services.unit_of_work import Work
from app.services.unsent import Waiting
from app.services.viewing import Looked, full_name, open_identity
from workflows import registry
from workflows.definition import Label

CASES_SHOWN = 10
CLOCKS_SHOWN = 15
NOTICES_SHOWN = 5


@dataclass(frozen=True)
class DueClock:
    """A clock of one of her cases, with its words."""

    label: Label
    row: ClockRow
    name: str = ""


@dataclass(frozen=True)
class JointAct:
    """A joint act that waits for her signature: the step to open."""

    label: Label
    action: str
    row: WaitingRow
    name: str = ""


@dataclass(frozen=True)
class WorkPage:
    """What waits for one member today."""

    now: datetime
    has_cases: bool
    openings: tuple[OpeningOffer, ...] = ()
    answers: tuple[QueueRow, ...] = ()
    clocks: tuple[DueClock, ...] = ()
    signatures: tuple[JointAct, ...] = ()
    cases: tuple[NamedRow, ...] = ()
    follow_ups: tuple[DueRow, ...] = ()
    today: date = date.min
    notices: tuple[NoticeRow, ...] = ()
    unsent: tuple[Waiting, ...] = ()
    lacks_passkey: bool = False
    """Whether her role asks for a passkey that she has yet to make: she is reminded, a device cannot be forced."""


def page(work: Work) -> Looked[WorkPage]:
    """Her work; of roles without cases the notices alone."""
    told = tuple(notices.unread(work.session, work.actor)[:NOTICES_SHOWN])
    lacking = passkeys.is_lacking(work)
    if not allows(work.actor.roles, "case:list"):
        return Looked(WorkPage(work.now, has_cases=False, notices=told, lacks_passkey=lacking))
    rows, clocks, signatures = _cases(work), _clocks(work), _signatures(work)
    listed: tuple[Any, ...] = (*rows, *clocks, *signatures)
    follow_ups = meetings.due(work.session, work.actor)
    about = {one.row.case_id for one in listed}
    names = _names(work, about - {one.row.case_id for one in rows}) | {one.row.case_id: one.name for one in rows}
    may_answer = allows(work.actor.roles, "referral:answer")
    return Looked(
        WorkPage(
            now=work.now,
            has_cases=True,
            openings=procedures.openings(work, work.today),
            answers=tuple(referrals.waiting(work.session, work.actor)) if may_answer else (),
            clocks=tuple(replace(one, name=names.get(one.row.case_id, "")) for one in clocks),
            signatures=tuple(replace(one, name=names.get(one.row.case_id, "")) for one in signatures),
            cases=rows,
            follow_ups=tuple(follow_ups),
            today=work.today,
            notices=told,
            unsent=tuple(unsent.waiting(work)),
            lacks_passkey=lacking,
        ),
        shown=sorted(about | {one.case_id for one in follow_ups}),
    )


def _cases(work: Work) -> tuple[NamedRow, ...]:
    sees_names = IDENTITY in classes_of(work.actor.roles)
    asked = Asked(state="open", is_mine=True, is_live=True)
    found = listed(work.session, work.actor, asked, work.now, with_names=sees_names)
    return tuple(named(work, row) for row in found[:CASES_SHOWN])


def _names(work: Work, case_ids: set[UUID]) -> dict[UUID, str]:
    if IDENTITY not in classes_of(work.actor.roles):
        return {}
    found = sealed_names(work.session, work.actor, case_ids)
    return {
        one.case_id: full_name(open_identity(work, one.case_id, one.record_id, one.identity, one.identity_key))
        for one in found
    }


def _clocks(work: Work) -> tuple[DueClock, ...]:
    """Those of which her roles are reminded; all of them where she has none of these roles."""
    found = []
    for row in my_work.clocks(work.session, work.actor, work.now):
        rule = registry.get(row.procedure, row.digest).clocks[row.name]
        if work.actor.roles & set(rule.reminds):
            found.append(DueClock(rule.label, row))
    return tuple(found[:CLOCKS_SHOWN])


def _signatures(work: Work) -> tuple[JointAct, ...]:
    places = procedures.signing_places(work)
    found = []
    for row in my_work.signatures(work.session, work.actor, {(track, state) for track, state, _ in places}):
        procedure = registry.get(row.procedure, row.digest)
        action = next((action for track, state, action in places if (track, state) == (row.track, row.state)), "")
        step = procedure.transition(row.track, row.state, action)
        if step is not None:
            found.append(JointAct(step.label, action, row))
    return tuple(found)
