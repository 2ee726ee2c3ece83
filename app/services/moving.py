"""Moving an open case to the version of the procedure that is in force: the lead agency's supervisor's own act.

What the move does is planned by workflows/migrate.py; here the plan is shown in words, and carried out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Invalid, NotFound, Refusal, Stale
from app.models.version import CaseMove
from app.models.workflow import CaseClock, CaseEvent, Referral, Signature
from app.queries.standing import Standing
from app.security.actor import Actor
from app.security.policy import allows
from app.security.row_rules import PENDING
from app.services import procedures, restating, unit_of_work, versions
from app.services.calendar import calendar_on
from app.services.case_keys import unwrap_keys
from app.services.notices import Telling, tell
from app.services.procedures import MOVED
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import REACHING_OUT, find_standing, store_states
from workflows import migrate, registry
from workflows.definition import CASE_TRACK, SET_ASIDE, Label, Procedure
from workflows.migrate import Duty, Plan, Position, Running

KEPT_CLOCKS = frozenset({migrate.KEPT, migrate.AGREED})


@dataclass(frozen=True)
class TrackLine:
    """What becomes of one track; without a state now it is left behind, without one before it begins."""

    label: Label
    was: Label | None
    now: Label | None
    how: str


@dataclass(frozen=True)
class Choice:
    """A track whose state the other version does not know: what may be chosen, with words; None is to leave it."""

    track: str
    label: Label
    was: Label
    states: tuple[tuple[str, Label | None], ...]


@dataclass(frozen=True)
class ClockLine:
    """What becomes of one deadline."""

    label: Label
    how: str
    was_due: datetime | None
    due: datetime | None


@dataclass(frozen=True)
class StepLine:
    """A step, and what it newly needs: roles or conditions."""

    track: Label
    label: Label
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class MovePage:
    """The plan in words; `why_not` is the key of what keeps the case from being moved at all."""

    case_id: UUID
    reference: str
    row_version: int
    old: Label
    new: Label | None = None
    why_not: str = ""
    is_ready: bool = False
    tracks: tuple[TrackLine, ...] = ()
    choices: tuple[Choice, ...] = ()
    clocks: tuple[ClockLine, ...] = ()
    opened: tuple[StepLine, ...] = ()
    shut: tuple[StepLine, ...] = ()
    signatures: tuple[StepLine, ...] = ()
    conditions: tuple[StepLine, ...] = ()
    unanswerable: tuple[StepLine, ...] = ()
    signs_anew: bool = False


def shown(work: Work, case_id: UUID, chosen: Mapping[str, str]) -> Looked[MovePage]:
    """The plan for a case, with what was chosen by hand. Raises NotFound for who does not supervise its lead agency."""
    known = _find(work, case_id)
    old = procedures.procedure_of(known)
    page = MovePage(known.case_id, known.reference, known.row_version, old.label)
    try:
        new = _target(work, known)
    except Refusal as refusal:
        return Looked(replace(page, why_not=refusal.key), case_id)
    plan = _plan(work, known, old, new, chosen)
    return Looked(_in_words(page, old, new, plan, signs_anew=bool(known.signatures)), case_id)


def move(
    actor: Actor, case_id: UUID, reason: str, row_version: int, chosen: Mapping[str, str], once: Once | None = None
) -> dict[str, str]:
    """Move a case to the version in force today; gives the ids of case and event.

    Raises NotFound for anyone but the supervisor of its lead agency, Stale, Invalid (no reason), and Refusal with the
    key of what stands in the way: reopen_first, runs_in_force, no_procedure_that_day, choose_states or referral_waits.
    """
    with unit_of_work.write(actor) as work:
        event_id = uuid4()
        made = {"case_id": str(case_id), "event_id": str(event_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        known = _find(work, case_id)
        if known.row_version != row_version:
            raise Stale(row_version, known.row_version)
        if not reason.strip():
            raise Invalid({"why": "required"})
        old, new = procedures.procedure_of(known), _target(work, known)
        plan = _plan(work, known, old, new, chosen)
        _refuse_unready(plan)
        _store(work, known, old, new, plan, event_id, reason)
        work.audit("case:version_moved", case_id, event=event_id, before=old.name, after=new.name, digest=new.digest)
        work.commit()
        return made


def may_move(work: Work, known: Standing) -> bool:
    """Whether the actor can move the case now: hers to decide, open, and not under the version in force."""
    if not allows(work.actor.roles, "case:move") or known.lead_agency_id != work.actor.agency_id:
        return False
    try:
        _target(work, known)
    except Refusal:
        return False
    return True


def _find(work: Work, case_id: UUID) -> Standing:
    if not allows(work.actor.roles, "case:move"):
        raise NotFound
    known = find_standing(work, case_id)
    if known.lead_agency_id != work.actor.agency_id:
        raise NotFound
    return known


def _target(work: Work, known: Standing) -> Procedure:
    if known.status == "closed":
        raise Refusal("reopen_first")
    try:
        found = versions.in_force_on(work, work.today)
    except registry.UnknownProcedure:
        raise Refusal("no_procedure_that_day") from None
    if (found.name, found.digest) == (known.procedure, known.digest):
        raise Refusal("runs_in_force")
    return found


def _refuse_unready(plan: Plan) -> None:
    if plan.unplaced:
        raise Refusal("choose_states")
    if plan.unanswerable:
        raise Refusal("referral_waits")


def _plan(work: Work, known: Standing, old: Procedure, new: Procedure, chosen: Mapping[str, str]) -> Plan:
    clock = CaseClock
    running = select(clock.id, clock.name, clock.started_at, clock.due_at).where(
        clock.case_id == known.case_id, clock.stopped_at.is_(None), clock.voided_at.is_(None)
    )
    awaited = select(Referral.track, Referral.accepts).where(
        Referral.case_id == known.case_id, Referral.state.in_(PENDING)
    )
    position = Position(
        states=known.states,
        set_aside_from=known.set_aside_from,
        clocks=tuple(
            Running(str(row.id), row.name, row.started_at, row.due_at) for row in work.session.execute(running)
        ),
        awaited=tuple((row.track, row.accepts) for row in work.session.execute(awaited)),
        never_starts=frozenset() if known.has_safe_contact else REACHING_OUT,
    )
    return migrate.plan(old, new, position, work.now, calendar_on, chosen)


def _store(
    work: Work, known: Standing, old: Procedure, new: Procedure, plan: Plan, event_id: UUID, reason: str
) -> None:
    store_states(work, known, old, plan.states, plan.set_aside_from, moved_to=new)
    work.session.execute(insert(CaseEvent), _event_rows(work, known, plan, event_id, reason))
    work.session.execute(
        insert(CaseMove),
        [
            {
                "id": uuid4(),
                "case_id": known.case_id,
                "agency_id": work.actor.agency_id,
                "event_id": event_id,
                "position": known.row_version,
                "from_procedure": old.name,
                "from_digest": old.digest,
                "to_procedure": new.name,
                "to_digest": new.digest,
                "moved_on": work.today,
                "recorded_at": work.now,
                "changes": _changes(plan),
            }
        ],
    )
    _store_clocks(work, known, plan, event_id)
    # Given under rules that the case has left: who signs, signs what holds now.
    unsettled = (Signature.case_id == known.case_id, Signature.voided_at.is_(None))
    work.change(update(Signature).where(*unsettled).values(voided_at=work.now))
    others = {party.agency_id for party in known.parties} - {work.actor.agency_id}
    tell(work, [Telling(agency_id, "case:version", known.case_id) for agency_id in sorted(others)])


def _event_rows(work: Work, known: Standing, plan: Plan, event_id: UUID, reason: str) -> list[dict[str, Any]]:
    """The move as a step of the case as a whole, with its reason; one more for each track that stands elsewhere now."""
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    shared = {
        "case_id": known.case_id,
        "agency_id": work.actor.agency_id,
        "member_id": work.actor.member_id,
        "position": known.row_version,
        "action": MOVED,
        "form": None,
        "occurred_on": work.today,
        "recorded_at": work.now,
    }
    state = known.states[CASE_TRACK]
    sealed = work.vault.seal(keys.content, reason, "case_event", "reason", event_id)
    main = {"id": event_id, "track": CASE_TRACK, "from_state": state, "to_state": plan.states[CASE_TRACK]}
    rows = [shared | main | {"reason": sealed}]
    for track, state in plan.states.items():
        before = known.states.get(track)
        if before not in (None, state) and track != CASE_TRACK:
            own = {"id": uuid4(), "track": track, "from_state": before, "to_state": state, "reason": None}
            rows.append(shared | own)
    return rows


def _store_clocks(work: Work, known: Standing, plan: Plan, event_id: UUID) -> None:
    """A clock that is due otherwise now is ended, and goes on from its own start in a new row."""
    changed = [one for one in plan.clocks if one.how not in KEPT_CLOCKS]
    ended = [UUID(one.key) for one in changed if one.key]
    if ended:
        done = {"stopped_at": work.now, "stopped_by_id": event_id}
        work.change(restating.clocks(work, CaseClock.id.in_(ended)).values(**done))
    rows = [
        {
            "id": uuid4(),
            "case_id": known.case_id,
            "agency_id": work.actor.agency_id,
            "name": one.name,
            "started_at": one.started_at,
            "due_at": one.due,
            "calendar": calendar_on(one.started_at.date()).version,
            "started_by_id": event_id,
            "known_since": work.now,
        }
        for one in changed
        if one.due is not None and one.started_at is not None
    ]
    if rows:
        work.session.execute(insert(CaseClock), rows)


def _changes(plan: Plan) -> dict[str, Any]:
    """What the move did, as it is kept for later readers."""
    tracks = [[one.track, one.was, one.now, one.how] for one in plan.placed if one.how != migrate.KEPT]
    clocks = [
        [one.name, one.how, *(day.isoformat() if day else None for day in (one.was_due, one.due))]
        for one in plan.clocks
        if one.how not in KEPT_CLOCKS
    ]
    return {"tracks": tracks, "clocks": clocks}


def _in_words(page: MovePage, old: Procedure, new: Procedure, plan: Plan, *, signs_anew: bool) -> MovePage:
    return replace(
        page,
        new=new.label,
        is_ready=plan.is_ready,
        tracks=tuple(_track_line(old, new, one) for one in plan.placed),
        choices=tuple(_choices(old, new, plan)),
        clocks=tuple(
            ClockLine((new if one.name in new.clocks else old).clocks[one.name].label, one.how, one.was_due, one.due)
            for one in plan.clocks
        ),
        opened=_steps(new, [Duty(track, action, ()) for track, action in plan.opened]),
        shut=_steps(old, [Duty(track, action, ()) for track, action in plan.shut]),
        signatures=_steps(new, plan.signatures),
        conditions=_steps(new, plan.conditions),
        unanswerable=_steps(old, [Duty(track, action, ()) for track, action in plan.unanswerable]),
        signs_anew=signs_anew,
    )


def _track_line(old: Procedure, new: Procedure, one: migrate.Placed) -> TrackLine:
    now = SET_ASIDE if one.is_aside else one.now
    return TrackLine(
        label=procedures.track_label(new if one.now else old, one.track),
        was=procedures.state_label(old, one.track, SET_ASIDE if one.is_aside else one.was) if one.was else None,
        now=procedures.state_label(new, one.track, now) if one.now else None,
        how=one.how,
    )


def _choices(old: Procedure, new: Procedure, plan: Plan) -> Iterable[Choice]:
    for one in plan.asked:
        states = tuple(
            (name, None if name == migrate.LEFT else procedures.state_label(new, one.track, name))
            for name in one.choices
        )
        yield Choice(
            one.track, procedures.track_label(old, one.track), procedures.state_label(old, one.track, one.state), states
        )


def _steps(procedure: Procedure, duties: Iterable[Duty]) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            procedures.track_label(procedure, one.track),
            procedures.transition_label(procedure, one.track, one.action),
            one.needs,
        )
        for one in duties
    )
