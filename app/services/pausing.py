"""How a clock stands still and runs on: rows of its pauses, and when it is due after them. By steps and by hand."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select, update

from app.clock import local_day
from app.models.workflow import CaseClock, ClockPause
from app.services import restating
from app.services.act import Act
from app.services.calendar import calendar_on
from app.services.unit_of_work import Work
from workflows.clocks import Pause, due_after, remind_at
from workflows.definition import Procedure


def store_pauses(act: Act, moment: datetime) -> None:
    """Keep what a step did to the clocks that were running before it: which stand still now, which run on."""
    paused = _named(act, act.outcome.clocks_paused)
    resumed = _named(act, act.outcome.clocks_resumed)
    if paused:
        begin(act.work, _running(act.work, paused), moment, begun_by_event_id=act.event_id)
    if resumed:
        end(act.work, resumed, moment, ended_by_event_id=act.event_id)
    if paused or resumed:
        settle(act.work, act.procedure, {*paused, *resumed})


def _named(act: Act, names: Collection[str]) -> list[UUID]:
    return [clock.id for clock in act.standing.clocks if clock.name in names]


def _running(work: Work, clock_ids: Sequence[UUID]) -> list[CaseClock]:
    """Those of the clocks without a pause that stands."""
    stands = select(ClockPause.id).where(
        ClockPause.clock_id == CaseClock.id, ClockPause.ended_at.is_(None), ClockPause.voided_at.is_(None)
    )
    found = select(CaseClock).where(CaseClock.id.in_(clock_ids), ~stands.exists())
    return list(work.session.execute(found).scalars())


def begin(work: Work, clocks: Iterable[CaseClock], at: datetime, **by: Any) -> list[UUID]:
    """Let clocks that run stand still from a moment; gives the ids of the pauses. `settle` follows."""
    rows = [
        {
            "id": uuid4(),
            "case_id": clock.case_id,
            "agency_id": work.actor.agency_id,
            "clock_id": clock.id,
            "began_at": max(at, clock.started_at),
            "recorded_at": work.now,
            **by,
        }
        for clock in clocks
    ]
    if rows:
        work.session.execute(insert(ClockPause), rows)
    return [row["id"] for row in rows]


def end(work: Work, clock_ids: Collection[UUID], at: datetime, **by: Any) -> int:
    """End the pauses that stand; gives how many. `settle` follows."""
    stands = (ClockPause.clock_id.in_(clock_ids), ClockPause.ended_at.is_(None), ClockPause.voided_at.is_(None))
    return work.change(update(ClockPause).where(*stands).values(ended_at=at, end_recorded_at=work.now, **by))


def settle(work: Work, procedure: Procedure, clock_ids: Collection[UUID]) -> None:
    """Work out anew when clocks are due after all their pauses. What becomes due later is told of anew."""
    found = select(CaseClock).where(CaseClock.id.in_(clock_ids), CaseClock.voided_at.is_(None))
    clocks = list(work.session.execute(found.execution_options(populate_existing=True)).scalars())
    rows = select(ClockPause.clock_id, ClockPause.began_at, ClockPause.ended_at).where(
        ClockPause.clock_id.in_(clock_ids), ClockPause.voided_at.is_(None)
    )
    pauses: dict[UUID, list[Pause]] = {}
    for row in work.session.execute(rows):
        pauses.setdefault(row.clock_id, []).append(Pause(row.began_at, row.ended_at))
    for clock in clocks:
        values = _times(procedure, clock, pauses.get(clock.id, []), work.now)
        work.change(restating.clocks(work, CaseClock.id == clock.id).values(**values))


def _times(procedure: Procedure, clock: CaseClock, pauses: Sequence[Pause], now: datetime) -> dict[str, Any]:
    first = clock.first_due_at or clock.due_at
    calendar = calendar_on(local_day(clock.started_at))
    ends = due_after(procedure.clocks[clock.name].windows, clock.started_at, first, calendar, pauses)
    stands = next((pause.begin for pause in pauses if pause.end is None), None)
    # A pause that was begun when the time was over already takes nothing of the lapse away.
    times: dict[str, Any] = {
        "first_due_at": first if pauses else None,
        "paused_at": stands if ends is None else None,
        "due_at": ends or clock.due_at,
        "remind_at": remind_at(clock.started_at, ends or clock.due_at),
    }
    if ends is not None and ends > now:
        times |= {"lapse_noticed_at": None, "reminded_at": None}
    return times


def take_back(work: Work, procedure: Procedure, event_ids: Collection[UUID]) -> None:
    """Void the pauses that steps began and reopen those that they ended, as if the steps had not been taken."""
    touched = select(ClockPause.clock_id).where(
        or_(ClockPause.begun_by_event_id.in_(event_ids), ClockPause.ended_by_event_id.in_(event_ids))
    )
    clock_ids = set(work.session.execute(touched).scalars())
    if not clock_ids:
        return
    begun = (ClockPause.begun_by_event_id.in_(event_ids), ClockPause.voided_at.is_(None))
    work.change(update(ClockPause).where(*begun).values(voided_at=work.now))
    ended = {"ended_at": None, "end_recorded_at": None, "ended_by_event_id": None}
    work.change(update(ClockPause).where(ClockPause.ended_by_event_id.in_(event_ids)).values(**ended))
    settle(work, procedure, clock_ids)


def restate(work: Work, procedure: Procedure, event_ids: Collection[UUID], at: datetime) -> None:
    """Let pauses begin and end at the moment at which corrected steps were taken in truth."""
    touched: set[UUID] = set()
    for by, column in ((ClockPause.begun_by_event_id, "began_at"), (ClockPause.ended_by_event_id, "ended_at")):
        rows = select(ClockPause.clock_id).where(by.in_(event_ids), ClockPause.voided_at.is_(None))
        touched |= set(work.session.execute(rows).scalars())
        work.change(update(ClockPause).where(by.in_(event_ids)).values(**{column: at}))
    if touched:
        settle(work, procedure, touched)


def move(work: Work, procedure: Procedure, from_id: UUID, to_id: UUID) -> None:
    """What was paused of a clock that a correction replaced is paused of the one in its place."""
    if work.change(update(ClockPause).where(ClockPause.clock_id == from_id).values(clock_id=to_id)):
        settle(work, procedure, {to_id})
