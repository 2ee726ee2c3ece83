"""What was overdue at the end of a past day, told by nothing but what had been recorded by then."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.clock import local_day
from app.errors import Invalid
from app.queries import caseload, overdue_on
from app.queries.caseload import StaffRow
from app.queries.overdue_on import PAGE, CandidateRow
from app.services.calendar import calendar_on, end_of
from app.services.settled_days import refuse_unsettled
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.services.workflow_runner import ROLE_KIND
from workflows import registry
from workflows.clocks import Calendar, ClockHistory, Exemption, RecordedPause, due_after, was_overdue
from workflows.definition import Label


@dataclass(frozen=True)
class PastLapse:
    """A clock that was overdue then, when it had been due, and who works on the case now."""

    row: CandidateRow
    label: Label
    due_at: datetime
    staff: tuple[StaffRow, ...]


@dataclass(frozen=True)
class PastList:
    """A page of what was overdue on a day; `next_page` is where the next one begins."""

    rows: tuple[PastLapse, ...]
    day: date
    next_page: str


def on_day(work: Work, day: date, after: UUID | None) -> Looked[PastList]:
    """What was overdue at the end of a day in the country.

    Raises Invalid for a day that is not over, Conflict while an act of it is still being written down.
    """
    if day >= work.today:
        raise Invalid({"as_of": "as_of_not_past"})
    at = end_of(day)
    refuse_unsettled(work, at)
    found = overdue_on.candidates(work.session, work.actor, day, at, _answered_for(work), after)
    shown = found[:PAGE]
    lapsed = [(row, told) for row, told in _histories(work, shown) if was_overdue(told, _calendar(row), at)]
    cases = {row.case_id for row, _ in lapsed}
    staff = caseload.staff(work.session, work.actor, cases)
    rows = tuple(
        PastLapse(
            row,
            registry.get(row.procedure, row.digest).clocks[row.name].label,
            _due(row, history, at),
            tuple(one for one in staff if one.case_id == row.case_id),
        )
        for row, history in lapsed
    )
    following = str(shown[-1].id) if len(found) > PAGE else ""
    return Looked(PastList(rows, day, following), shown=sorted(cases))


def _answered_for(work: Work) -> dict[str, set[str]]:
    """By procedure the clocks of which roles of the agency's kind are reminded."""
    own = {role for role, kind in ROLE_KIND.items() if kind == work.actor.agency_kind}
    return {
        name: {clock.name for clock in registry.get(name).clocks.values() if own & set(clock.reminds)}
        for name in registry.names()
    }


def _histories(work: Work, rows: list[CandidateRow]) -> list[tuple[CandidateRow, ClockHistory]]:
    if not rows:
        return []
    pauses: dict[UUID, list[RecordedPause]] = defaultdict(list)
    for one in overdue_on.pauses(work.session, work.actor, [row.id for row in rows]):
        told = RecordedPause(one.began_at, one.recorded_at, one.ended_at, one.end_recorded_at, one.voided_at)
        pauses[one.clock_id].append(told)
    granted: dict[UUID, list[Exemption]] = defaultdict(list)
    for exempt in overdue_on.exemptions(work.session, work.actor, [row.id for row in rows]):
        granted[exempt.clock_id].append(Exemption(exempt.granted_at, end_of(exempt.until_on), exempt.revoked_at))
    return [(row, _history(row, tuple(pauses[row.id]), tuple(granted[row.id]))) for row in rows]


def _history(row: CandidateRow, pauses: tuple[RecordedPause, ...], exemptions: tuple[Exemption, ...]) -> ClockHistory:
    return ClockHistory(
        windows=registry.get(row.procedure, row.digest).clocks[row.name].windows,
        started=row.started_at,
        started_recorded=row.started_recorded_at,
        first_due=row.first_due_at,
        stopped_recorded=row.stopped_recorded_at or row.stopped_at,
        voided=row.voided_at,
        pauses=pauses,
        exemptions=exemptions,
    )


def _calendar(row: CandidateRow) -> Calendar:
    return calendar_on(local_day(row.started_at))


def _due(row: CandidateRow, history: ClockHistory, at: datetime) -> datetime:
    """When it had been due, as it was known then; the first due time where that cannot be."""
    known = [pause for one in history.pauses if (pause := one.as_known(at)) is not None]
    ends = due_after(history.windows, row.started_at, row.first_due_at, _calendar(row), known)
    return ends or row.first_due_at
