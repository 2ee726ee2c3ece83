"""The supervisor's pages: her agency's open cases by member, what is overdue, who works on one case and who may not."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.errors import NotFound
from app.queries import caseload
from app.queries.caseload import PAGE, BarRow, CaseRow, CoverRow, OverdueRow, StaffRow, TeamMember
from app.services import staffing
from app.services.case_keys import open_keys
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.services.workflow_runner import ROLE_KIND
from workflows import registry
from workflows.definition import Label


@dataclass(frozen=True)
class MemberLoad:
    """One member: how many open cases are hers, how many clocks of these have lapsed."""

    member: TeamMember
    cases: int
    overdue: int


@dataclass(frozen=True)
class Overview:
    """The caseload at a glance."""

    members: tuple[MemberLoad, ...]
    cases: int
    unassigned: int
    overdue: int
    covers: tuple[CoverRow, ...]
    today: date


@dataclass(frozen=True)
class ListedCase:
    """An open case with those who work on it."""

    row: CaseRow
    staff: tuple[StaffRow, ...]


@dataclass(frozen=True)
class CaseList:
    """A page of open cases; `next_page` is where the next one begins."""

    rows: tuple[ListedCase, ...]
    next_page: str
    now: datetime
    member: TeamMember | None = None
    team: tuple[TeamMember, ...] = ()


@dataclass(frozen=True)
class LapsedClock:
    """A lapsed clock in words, with those who work on the case."""

    row: OverdueRow
    label: Label
    staff: tuple[StaffRow, ...]


@dataclass(frozen=True)
class OverdueList:
    """The lapsed clocks of the agency; `is_whole` is False where there are more than are shown."""

    rows: tuple[LapsedClock, ...]
    now: datetime
    is_whole: bool


@dataclass(frozen=True)
class OpenBar:
    """A bar with its reason opened."""

    row: BarRow
    reason: str


@dataclass(frozen=True)
class TeamPage:
    """Who works on a case, and who may not see it."""

    case: CaseRow
    staff: tuple[StaffRow, ...]
    bars: tuple[OpenBar, ...]
    team: tuple[TeamMember, ...]


def overview(work: Work) -> Looked[Overview]:
    """The caseload at a glance."""
    session, actor = work.session, work.actor
    lapsed, _ = _lapsed(work)
    by_case = Counter(row.case_id for row in lapsed)
    overdue = Counter[UUID]()
    for row in caseload.staff(session, actor, set(by_case)):
        overdue[row.member_id] += by_case[row.case_id]
    numbers = caseload.numbers(session, actor)
    members = tuple(
        MemberLoad(one, numbers.get(one.id, 0), overdue[one.id])
        for one in caseload.team(session, actor)
        if one.is_active or numbers.get(one.id)
    )
    found = Overview(
        members=members,
        cases=caseload.count(session, actor),
        unassigned=caseload.count(session, actor, without_staff=True),
        overdue=len(lapsed),
        covers=tuple(caseload.covers(session, actor, work.today)),
        today=work.today,
    )
    return Looked(found)


def of_member(work: Work, member_id: UUID, after: tuple[date, UUID] | None) -> Looked[CaseList]:
    """The open cases of one member; raises NotFound for one of another agency."""
    team = caseload.team(work.session, work.actor)
    member = next((one for one in team if one.id == member_id), None)
    if member is None:
        raise NotFound
    rows = caseload.open_cases(work.session, work.actor, member_id=member_id, after=after)
    return _listed(work, rows, member, team)


def unassigned(work: Work, after: tuple[date, UUID] | None) -> Looked[CaseList]:
    """The open cases that nobody works on."""
    rows = caseload.open_cases(work.session, work.actor, without_staff=True, after=after)
    return _listed(work, rows, None, ())


def _listed(
    work: Work, rows: list[CaseRow], member: TeamMember | None, team: Collection[TeamMember]
) -> Looked[CaseList]:
    shown = rows[:PAGE]
    staff = caseload.staff(work.session, work.actor, {row.case_id for row in shown})
    listed = tuple(ListedCase(row, _of_case(staff, row.case_id)) for row in shown)
    last = shown[-1] if len(rows) > PAGE else None
    following = f"{last.opened_on.isoformat()}~{last.case_id}" if last else ""
    found = CaseList(listed, following, work.now, member, tuple(team))
    return Looked(found, shown=[row.case_id for row in shown])


def _of_case(staff: Iterable[StaffRow], case_id: UUID) -> tuple[StaffRow, ...]:
    return tuple(row for row in staff if row.case_id == case_id)


def overdue(work: Work) -> Looked[OverdueList]:
    """The lapsed clocks that are the agency's to answer for."""
    lapsed, is_whole = _lapsed(work)
    staff = caseload.staff(work.session, work.actor, {row.case_id for row in lapsed})
    rows = tuple(
        LapsedClock(row, registry.get(row.procedure, row.digest).clocks[row.name].label, _of_case(staff, row.case_id))
        for row in lapsed
    )
    return Looked(OverdueList(rows, work.now, is_whole), shown=sorted({row.case_id for row in lapsed}))


def _lapsed(work: Work) -> tuple[list[OverdueRow], bool]:
    """Of the lapsed clocks in the agency's cases those that it started, or of which its roles are reminded."""
    rows = caseload.overdue(work.session, work.actor, work.now)
    own_roles = {role for role, kind in ROLE_KIND.items() if kind == work.actor.agency_kind}
    own = [row for row in rows if row.agency_id == work.actor.agency_id or own_roles & _reminded(row)]
    return own, len(rows) < caseload.OVERDUE_AT_MOST


def _reminded(row: OverdueRow) -> set[str]:
    return set(registry.get(row.procedure, row.digest).clocks[row.name].reminds)


def one_case(work: Work, case_id: UUID) -> Looked[TeamPage]:
    """Who works on a case and who is barred from it, with the reasons; raises NotFound."""
    found = staffing.find(work, case_id)
    bars = caseload.bars(work.session, work.actor, case_id)
    opened: tuple[OpenBar, ...] = ()
    if bars:
        keys = open_keys(work, case_id)
        opened = tuple(
            OpenBar(row, work.vault.open(keys.content, row.reason, "case_bar", "reason", row.id) if row.reason else "")
            for row in bars
        )
    team = tuple(one for one in caseload.team(work.session, work.actor) if one.is_active)
    page = TeamPage(found, tuple(caseload.staff(work.session, work.actor, [case_id])), opened, team)
    return Looked(page, case_id)
