"""What follows from a corrected day or answer: clocks, counts and what the step wrote down elsewhere say so too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Update, exists, insert, select, update
from sqlalchemy.orm import aliased

from app.errors import Invalid
from app.models.case import Case, CaseParty
from app.models.help import Consent, ServiceGiven, UnmetNeed
from app.models.placement import Stay
from app.models.record import Guardian
from app.models.workflow import CaseClock, CaseEvent
from app.queries.standing import Standing
from app.services import coming_along, pausing, recounting, restating, turnaround
from app.services.calendar import calendar_on
from app.services.case_keys import CaseKeys
from app.services.effects import NOT_SUSPECT
from app.services.placing import write_placed
from app.services.snapshot import FIELDS, NOTHING_STATED, community_told, stated
from app.services.undoing import Traces, answers_at, change_record, effects_of, steps_of, steps_with
from app.services.unit_of_work import Work
from app.services.workflow_runner import agreed_due, moment_of
from workflows.clocks import due, remind_at
from workflows.definition import CASE_TRACK, Procedure


@dataclass
class Redoing:
    """A corrected act: the step that was corrected, its other steps, what it says now and said before."""

    work: Work
    known: Standing
    procedure: Procedure
    keys: CaseKeys
    main: CaseEvent
    events: list[CaseEvent]
    traces: Traces
    fresh_id: UUID
    told: Mapping[str, Any]
    before: Mapping[str, Any]
    day: date

    @property
    def ids(self) -> list[UUID]:
        """The ids of its steps, as they were first written and as they were corrected."""
        return self.traces.ids

    @property
    def is_redated(self) -> bool:
        """Whether the day is another one now."""
        return self.day != self.main.occurred_on


def redo(act: Redoing) -> None:
    """Let everything that rests on the act say what it says now."""
    _redo_clocks(act)
    for effect in sorted(effects_of(act.procedure, act.events) & REDONE.keys()):
        REDONE[effect](act)
    changes: dict[str, Any] = {}
    if act.main.position == 1:
        changes |= _redo_opening(act)
    if "record_snapshot" in effects_of(act.procedure, act.events):
        changes |= _redo_snapshot(act)
    _redo_counts(act, changes)


def _redo_clocks(act: Redoing) -> None:
    """Clocks that it started start on the new day, under new rows; those that it stopped stop on it."""
    work, clock = act.work, CaseClock
    moment = moment_of(work, act.day) if act.is_redated else None
    started = (
        work.session.execute(
            select(clock)
            .where(clock.started_by_id.in_(act.ids), clock.voided_at.is_(None))
            .order_by(clock.name, clock.due_at)
        )
        .scalars()
        .all()
    )
    places: dict[str, int] = {}
    rows = []
    for old in started:
        place = places[old.name] = places.get(old.name, -1) + 1
        rows.append(_clock_row(act, old, place))
    changed = [(old, row) for old, row in zip(started, rows, strict=True) if row["due_at"] != first_due(old)]
    if changed:
        work.change(restating.clocks(work, clock.id.in_([old.id for old, _ in changed])).values(voided_at=work.now))
        work.session.execute(insert(clock), [row for _, row in changed])
    for old, row in changed:
        pausing.move(work, act.procedure, old.id, row["id"])
    if moment is not None:
        pausing.restate(work, act.procedure, act.ids, moment)
        work.change(restating.clocks(work, clock.stopped_by_id.in_(act.ids)).values(stopped_at=moment))


def first_due(clock: CaseClock) -> datetime:
    """When a clock was due before it stood still."""
    return clock.first_due_at or clock.due_at


def _clock_row(act: Redoing, old: CaseClock, place: int) -> dict[str, Any]:
    """The same clock from the day that is right; what lapsed then and does not now will be told when it does."""
    work, calendar = act.work, calendar_on(act.day)
    start = moment_of(work, act.day) if act.is_redated else old.started_at
    window = act.procedure.clocks[old.name].windows[place]
    ends = agreed_due(old.name, act.told) or due(window, start, calendar.holidays, calendar.zone)
    return {
        "id": uuid4(),
        "case_id": old.case_id,
        "agency_id": old.agency_id,
        "name": old.name,
        "started_at": start,
        "due_at": ends,
        "remind_at": remind_at(start, ends),
        "calendar": calendar.version,
        "started_by_id": act.fresh_id,
        "known_since": work.now,
        "stopped_at": old.stopped_at,
        "stopped_by_id": old.stopped_by_id,
        "lapse_noticed_at": old.lapse_noticed_at if ends <= work.now else None,
    }


def _redo_opening(act: Redoing) -> dict[str, Any]:
    """The day and the door of the case itself; gives what counts change with it."""
    work, case_id = act.work, act.known.case_id
    door = act.told.get("entry_door") or "unknown"
    work.change(update(Case).where(Case.id == case_id).values(opened_on=act.day, entry_door=door))
    if act.is_redated:
        work.change(update(CaseParty).where(CaseParty.case_id == case_id).values(opened_on=act.day))
    return {"entry_door": door}


def _redo_snapshot(act: Redoing) -> dict[str, Any]:
    """What the step states now, in its counts; and in the record, but for what a later step has stated anew.

    What it stated and leaves open now is as the steps before it told.
    """
    now = stated(act.told) if act.told != act.before else {}
    emptied = stated(act.before).keys() - stated(act.told).keys()
    if emptied:
        earlier = _told_until(act, act.main.position - 1)
        now |= {name: earlier[name] for name in emptied}
    stands = dict(now)
    steps = steps_with(act.work, act.procedure, act.known.case_id, "record_snapshot")
    later = [event for event in steps if event.position > act.main.position]
    for event in later:
        said = stated(answers_at(act.work, act.keys, event))
        stands = {name: value for name, value in stands.items() if name not in said}
    if stands or not later:
        change_record(act.work, act.known, {**stands, **({} if later else {"snapshot_on": act.day})})
    return now


def _redo_counts(act: Redoing, changes: Mapping[str, Any]) -> None:
    """Its facts say what it says now, under the counts that its answers now meet."""
    facts = recounting.facts_of(act.work, act.ids)
    rules = [rule for step in steps_of(act.procedure, act.events) for rule in step.counts]
    by_answer = {rule.count for rule in rules if rule.when}
    holds = {rule.count for rule in rules if rule.holds(act.told)}
    fresh = [fact for fact in facts if fact["metric"] not in by_answer - holds]
    missing = (by_answer & holds) - {fact["metric"] for fact in facts}
    if missing:
        said = facts[0] if facts else _as_it_was_known(act)
        fresh += [{**said, "metric": metric} for metric in sorted(missing)]
    told = {**changes, "event_id": act.fresh_id, "occurred_on": act.day}
    recounting.restate(act.work, facts, [{**fact, **told} for fact in fresh])


def _as_it_was_known(act: Redoing) -> dict[str, Any]:
    """What a fact of the act would have said of her: whoever has come of age since was a child then."""
    known = act.known
    now = {name: getattr(known, name) for name in FIELDS} | _told_until(act, act.main.position)
    grown = select(CaseEvent.id).where(
        CaseEvent.case_id == known.case_id,
        CaseEvent.track == "child",
        CaseEvent.to_state == "aged_out",
        CaseEvent.position > act.main.position,
        CaseEvent.voided_at.is_(None),
        CaseEvent.corrected_by_id.is_(None),
    )
    if act.work.session.execute(grown.limit(1)).first() is not None:
        now["is_child"] = True
    own = {"case_id": known.case_id, "agency_id": act.main.agency_id, "record_id": known.record_id}
    community = community_told(act.work.vault, act.keys, known)
    return {**own, **now, "entry_door": known.entry_door, "community": community}


def _told_until(act: Redoing, position: int) -> dict[str, Any]:
    """The dimensions as the steps up to a position stated them, each as it was stated last."""
    told: dict[str, Any] = dict(NOTHING_STATED)
    for event in steps_with(act.work, act.procedure, act.known.case_id, "record_snapshot"):
        if event.position <= position:
            told |= stated(answers_at(act.work, act.keys, event))
    return told


def _redo_consents(act: Redoing) -> None:
    act.work.change(update(Consent).where(Consent.event_id.in_(act.ids)).values(occurred_on=act.day))


def _redo_withdrawal(act: Redoing) -> None:
    act.work.change(
        update(Consent)
        .where(Consent.case_id == act.known.case_id, Consent.withdrawn_at.in_(act.traces.moments))
        .values(withdrawn_on=act.day)
    )


def _redo_services(act: Redoing) -> None:
    """The services as they are named now, for the same member; the rows of before are voided."""
    work, given = act.work, ServiceGiven
    work.change(
        update(given)
        .where(given.case_id == act.known.case_id, given.agency_id == act.main.agency_id, given.voided_at.is_(None))
        .where(given.recorded_at.in_(act.traces.moments))
        .values(voided_at=work.now)
    )
    own = {"case_id": act.known.case_id, "agency_id": act.main.agency_id, "member_id": act.main.member_id}
    rows = [
        {"id": uuid4(), **own, "service": service, "occurred_on": act.day, "recorded_at": work.now}
        for service in act.told.get("services") or []
    ]
    if rows:
        work.session.execute(insert(given), rows)


def _redo_guardian(act: Redoing) -> None:
    """The guardian as she is described now; what stood there before is kept with the original step."""
    work = act.work
    details = {name: act.told.get(name) for name in ("guardian_name", "guardian_relation", "guardian_contact")}
    rows = work.session.execute(select(Guardian.id).where(Guardian.event_id.in_(act.ids))).scalars().all()
    for guardian_id in rows:
        work.change(
            update(Guardian)
            .where(Guardian.id == guardian_id)
            .values(
                details=work.vault.seal(act.keys.identity, details, "guardian", "details", guardian_id),
                is_checked=act.told.get("safety_checked") is True,
                is_suspect=act.told.get("suspected") != NOT_SUSPECT,
                from_on=act.day,
            )
        )


def _redo_unmet_need(act: Redoing) -> None:
    act.work.change(
        update(UnmetNeed)
        .where(UnmetNeed.case_id == act.known.case_id, UnmetNeed.recorded_at.in_(act.traces.moments))
        .values(asked_on=act.day, reason=act.told.get("unmet_need_reason") or "other")
    )


def _redo_arrival(act: Redoing) -> None:
    """The day that she arrived; the database refuses one on which the bed was somebody else's."""
    left = select(Stay.left_on).where(Stay.event_id.in_(act.ids), Stay.left_on < act.day)
    if act.work.session.execute(left.limit(1)).first() is not None:
        raise Invalid({"occurred_on": "after_departure"})
    until = act.told.get("expected_until")
    values = {"arrived_on": act.day, "expected_until": date.fromisoformat(str(until)) if until else None}
    _change_stay(act, restating.stays(act.work, Stay.event_id.in_(act.ids)).values(**values))


def _redo_extension(act: Redoing) -> None:
    until = act.told.get("expected_until")
    if until:
        open_stay = update(Stay).where(Stay.case_id == act.known.case_id, Stay.left_on.is_(None))
        act.work.change(open_stay.values(expected_until=date.fromisoformat(str(until))))


def _redo_departure(act: Redoing) -> None:
    stay = _stay_that_ended(act)
    if stay is None:
        return
    if stay.arrived_on > act.day:
        raise Invalid({"occurred_on": "before_arrival"})
    destination = str(act.told.get("destination") or "unknown")
    turnaround.follow(act.work, stay.id, stay.agency_id, act.day)
    coming_along.follow(act.work, stay.id, act.main.occurred_on, act.day)
    changed = restating.stays(act.work, Stay.id == stay.id)
    _change_stay(act, changed.values(left_on=act.day, destination=destination))


def _stay_that_ended(act: Redoing) -> Stay | None:
    """The stay that she left by the act: the last that had begun, and none that went on in another bed or house."""
    after = aliased(Stay)
    ended = select(Stay).where(
        Stay.case_id == act.known.case_id,
        Stay.left_on == act.main.occurred_on,
        Stay.recorded_at <= act.traces.moments[0],
        ~exists().where(after.previous_stay_id == Stay.id),
    )
    return act.work.session.execute(ended.order_by(Stay.recorded_at.desc()).limit(1)).scalar_one_or_none()


def _change_stay(act: Redoing, change: Update) -> None:
    write_placed(act.work, change.execution_options(synchronize_session=False))


def _redo_closing(act: Redoing) -> None:
    is_closed = act.known.states[CASE_TRACK] == "closed"
    if is_closed:
        act.work.change(update(Case).where(Case.id == act.known.case_id).values(closed_on=act.day))


REDONE: dict[str, Callable[[Redoing], None]] = {
    "record_consents": _redo_consents,
    "withdraw_consent": _redo_withdrawal,
    "record_service": _redo_services,
    "record_guardian": _redo_guardian,
    "record_unmet_need": _redo_unmet_need,
    "open_stay": _redo_arrival,
    "extend_stay": _redo_extension,
    "close_stay": _redo_departure,
    "close_case": _redo_closing,
}
"""What follows an effect's correction."""
