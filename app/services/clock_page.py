"""The clocks of one case as the agency's supervisor sees them: what runs, what was missed, what was done by hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.clock import local_day
from app.errors import NotFound
from app.queries import caseload, clocks
from app.queries.caseload import CaseRow, TeamMember
from app.queries.clocks import ClockRow, ExemptionRow, PauseRow
from app.services import clock_acts, procedures, staffing
from app.services.case_keys import CaseKeys, open_keys
from app.services.hidden_places import hidden
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary.role import Role
from workflows.definition import Label, Procedure


@dataclass(frozen=True)
class OpenPause:
    """A pause with its reason opened, or the words of the step that began it."""

    row: PauseRow
    reason: str
    step: Label | None


@dataclass(frozen=True)
class OpenExemption:
    """An exemption with its reason opened."""

    row: ExemptionRow
    reason: str


@dataclass(frozen=True)
class Clock:
    """A clock with its words and its history; `late` says by how much it was missed."""

    row: ClockRow
    label: Label
    is_ours: bool
    is_silent: bool
    is_exempt: bool
    late: timedelta | None
    pauses: tuple[OpenPause, ...]
    exemptions: tuple[OpenExemption, ...]

    @property
    def runs(self) -> bool:
        """Whether something can still be done with it."""
        return self.row.stopped_at is None

    @property
    def exempt_until_on(self) -> date | None:
        """The last day of its exemption."""
        return local_day(self.row.exempt_until - timedelta(seconds=1)) if self.row.exempt_until else None

    @property
    def counts_from(self) -> datetime:
        """From when on it counts as overdue."""
        return max(self.row.due_at, self.row.exempt_until or self.row.due_at)


@dataclass(frozen=True)
class ClocksPage:
    """The clocks of a case: those that run, and those that were missed."""

    case: CaseRow
    running: tuple[Clock, ...]
    missed: tuple[Clock, ...]
    now: datetime


@dataclass(frozen=True)
class ClockPage:
    """One clock, and who can approve of an exemption."""

    case: CaseRow
    clock: Clock
    supervisors: tuple[TeamMember, ...]
    now: datetime


def of_case(work: Work, case_id: UUID) -> Looked[ClocksPage]:
    """The clocks of a case that is open to the supervisor; raises NotFound, Forbidden."""
    found = _of_case(work, case_id)
    case = staffing.find(work, case_id)
    running = tuple(one for one in found if one.runs)
    missed = tuple(one for one in found if one.late is not None and not one.runs)
    return Looked(ClocksPage(case, running, missed, work.now), case_id)


def one(work: Work, clock_id: UUID) -> Looked[ClockPage]:
    """One clock of such a case; raises NotFound, and Forbidden where another agency answers for it."""
    known = clock_acts.find(work, clock_id).clock
    case = staffing.find(work, known.case_id)
    clock = next((one for one in _of_case(work, known.case_id) if one.row.id == clock_id), None)
    if clock is None:
        raise NotFound
    team = caseload.team(work.session, work.actor)
    supervisors = tuple(one for one in team if one.is_active and Role.AGENCY_SUPERVISOR in one.roles)
    return Looked(ClockPage(case, clock, supervisors, work.now), known.case_id, detail={"clock": clock_id})


def _of_case(work: Work, case_id: UUID) -> list[Clock]:
    procedure = procedures.procedure_of(find_standing(work, case_id))
    keys = open_keys(work, case_id)
    silent, kept_back = clocks.silences(work.session, work.actor, case_id), hidden(work, case_id)
    paused = kept_back.without(clocks.pauses(work.session, work.actor, case_id))
    exempt = kept_back.without(clocks.exemptions(work.session, work.actor, case_id))
    pauses = [_pause(work, keys, procedure, row) for row in paused]
    granted = [_exemption(work, keys, row) for row in exempt]
    return [
        Clock(
            row=row,
            label=procedures.clock_label(procedure, row.name),
            is_ours=clock_acts.is_answered_for(procedure, row.name, row.agency_id, work.actor),
            is_silent=row.name in silent,
            is_exempt=row.exempt_until is not None and row.exempt_until > work.now,
            late=_late(row, work.now),
            pauses=tuple(one for one in pauses if one.row.clock_id == row.id),
            exemptions=tuple(one for one in granted if one.row.clock_id == row.id),
        )
        for row in clocks.of_case(work.session, work.actor, case_id)
    ]


def _late(row: ClockRow, now: datetime) -> timedelta | None:
    """By how much it ran past its time, an exemption not counted; None where it did not, or stands still."""
    counts_from = max(row.due_at, row.exempt_until or row.due_at)
    ended = row.stopped_at or now
    return ended - counts_from if row.paused_at is None and ended > counts_from else None


def _pause(work: Work, keys: CaseKeys, procedure: Procedure, row: PauseRow) -> OpenPause:
    reason = work.vault.open(keys.content, row.reason, "clock_pause", "reason", row.id) if row.reason else ""
    step = None
    if row.track and row.action and row.from_state:
        step = procedures.transition_label(procedure, row.track, row.action, row.from_state)
    return OpenPause(row, reason, step)


def _exemption(work: Work, keys: CaseKeys, row: ExemptionRow) -> OpenExemption:
    reason = work.vault.open(keys.content, row.reason, "clock_exemption", "reason", row.id) if row.reason else ""
    return OpenExemption(row, reason)
