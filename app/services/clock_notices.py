"""Who hears of a clock: those who can act with a quarter of the time left, they and their supervisor when it lapses.

Each is told once. Nobody is told of a clock that stands still, is exempt, or of which the reminders are turned off.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update

from app.models.agency import Member, MemberRole
from app.models.case import CaseParty, CaseStaff
from app.models.workflow import CaseClock, ClockSilence, WorkflowRun
from app.queries import clocks
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work
from app.services.workflow_runner import ROLE_KIND
from app.vocabulary.role import Role
from workflows import registry
from workflows.clocks import next_warning
from workflows.definition import ClockRule

BATCH = 500


@dataclass(frozen=True)
class Told:
    """A clock of which somebody is told, and the roles that are."""

    case_id: UUID
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Hearers:
    """Who could hear of a case: the agencies that are parties to it, by kind, and the agency's own assigned staff."""

    parties: dict[UUID, list[tuple[UUID, str]]]
    staff: dict[tuple[UUID, str], list[UUID]]


def write_reminders(work: Work, agency_id: UUID) -> int:
    """Tell those who can act of the agency's clocks of which a quarter of the time is left; gives how many clocks."""
    exempt = or_(CaseClock.exempt_until.is_(None), CaseClock.exempt_until <= work.now)
    near = (*clocks.runs(CaseClock), CaseClock.remind_at <= work.now, CaseClock.due_at > work.now, exempt)
    rows = _claimed(work, agency_id, CaseClock.reminded_at, near)
    _await_next_warning(work, rows)
    return _tell(work, agency_id, "clock:due_soon", rows, lambda rule: rule.reminds)


def _await_next_warning(work: Work, rows: list[Any]) -> None:
    for row in rows:
        later = next_warning(row.due_at, _rule(row).warns, work.now)
        if later is not None:
            again = {"remind_at": later, "reminded_at": None}
            work.change(update(CaseClock).where(CaseClock.id == row.id).values(**again))


def _rule(row: Any) -> ClockRule:
    return registry.get(row.procedure, row.digest).clocks[row.name]


def write_lapsed(work: Work, agency_id: UUID) -> int:
    """The lapse notice of a clock is an event written once: who is told comes from the definition (decision 12)."""
    rows = _claimed(work, agency_id, CaseClock.lapse_noticed_at, clocks.lapsed(CaseClock, work.now))
    return _tell(work, agency_id, "clock:lapsed", rows, lambda rule: (*rule.reminds, *rule.tells))


def _claimed(work: Work, agency_id: UUID, stamp: Any, due: Iterable[ColumnElement[bool]]) -> list[Any]:
    """The clocks of which nobody has been told yet, stamped: of two jobs at once only one tells of each."""
    is_silent = select(ClockSilence.id).where(
        ClockSilence.case_id == CaseClock.case_id,
        ClockSilence.agency_id == CaseClock.agency_id,
        ClockSilence.name == CaseClock.name,
        ClockSilence.lifted_at.is_(None),
    )
    rows = work.session.execute(
        select(
            CaseClock.id, CaseClock.case_id, CaseClock.name, CaseClock.due_at, WorkflowRun.procedure, WorkflowRun.digest
        )
        .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
        .where(CaseClock.agency_id == agency_id, stamp.is_(None), *due, ~is_silent.exists())
        .order_by(CaseClock.due_at, CaseClock.id)
        .limit(BATCH)
    ).all()
    if not rows:
        return []
    claim = update(CaseClock).where(CaseClock.id.in_([row.id for row in rows]), stamp.is_(None))
    claim = claim.values({stamp.key: work.now}).returning(CaseClock.id)
    claimed = set(work.session.execute(claim, execution_options={"synchronize_session": False}).scalars())
    return [row for row in rows if row.id in claimed]


def _tell(work: Work, agency_id: UUID, kind: str, rows: list[Any], roles_of: Any) -> int:
    roles: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for row in rows:
        roles[(row.case_id, row.name)] |= set(roles_of(_rule(row)))
    told = [Told(case_id, name, frozenset(found)) for (case_id, name), found in roles.items()]
    if told:
        hearers = _hearers(work, agency_id, {one.case_id for one in told})
        tell(work, [telling for one in told for telling in _tellings(agency_id, kind, one, hearers)])
    return len(rows)


def _hearers(work: Work, agency_id: UUID, case_ids: Collection[UUID]) -> Hearers:
    live = select(CaseParty.case_id, CaseParty.agency_id, CaseParty.agency_kind).where(
        CaseParty.case_id.in_(sorted(case_ids)), CaseParty.ended_at.is_(None)
    )
    parties: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for row in work.session.execute(live):
        parties[row.case_id].append((row.agency_id, row.agency_kind))
    at_work = (
        select(CaseStaff.case_id, CaseStaff.member_id, MemberRole.role)
        .join(Member, Member.id == CaseStaff.member_id)
        .join(MemberRole, MemberRole.member_id == Member.id)
        .where(CaseStaff.case_id.in_(sorted(case_ids)), CaseStaff.agency_id == agency_id)
        .where(CaseStaff.ended_at.is_(None), Member.is_active.is_(True))
        .order_by(CaseStaff.since, CaseStaff.id)
    )
    staff: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for row in work.session.execute(at_work):
        staff[(row.case_id, row.role)].append(row.member_id)
    return Hearers(parties, staff)


def _tellings(agency_id: UUID, kind: str, told: Told, hearers: Hearers) -> Iterator[Telling]:
    """Of the clock's own agency first who is assigned, else the role; of other roles the parties of their kind."""
    values, assigned = {"clock": told.name}, set()
    for role in sorted(told.roles):
        staff = hearers.staff.get((told.case_id, role), [])
        for party, agency_kind in hearers.parties.get(told.case_id, []):
            is_own = party == agency_id
            hears = is_own if role == Role.AGENCY_SUPERVISOR else ROLE_KIND.get(role) == agency_kind
            if hears and is_own and staff and role != Role.AGENCY_SUPERVISOR:
                assigned |= set(staff)
            elif hears:
                yield Telling(party, kind, told.case_id, role, values=values)
    for member_id in sorted(assigned):
        yield Telling(agency_id, kind, told.case_id, member_id=member_id, values=values)
