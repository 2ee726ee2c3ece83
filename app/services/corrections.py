"""A wrong step, date or field is corrected with a reason; the original stays visible (decisions 18 and 40).

Whether it may be done, and by whom. What a step taken back leaves behind is in undoing.py, what a corrected day or
answer carries along in redoing.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Forbidden, Invalid, NotFound, Refusal, Stale, Unmet
from app.models.case import Case, CaseParty
from app.models.placement import Stay
from app.models.workflow import CaseEvent, Referral, Signature
from app.queries.moves import moves
from app.queries.standing import Standing
from app.security.actor import Actor
from app.security.fields import is_open
from app.security.policy import classes_of
from app.services import unit_of_work, versions
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.intake import CONTACT_FIELDS, IDENTITY_FIELDS
from app.services.notices import Telling, tell
from app.services.procedures import answers_to_referrals
from app.services.redoing import Redoing, redo
from app.services.undoing import Traces, Undoing, effects_of, traces_of, undo
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import facts_of, find_standing, split_answers, store_states
from workflows import registry
from workflows.completion import completed
from workflows.definition import CASE_TRACK, SET_ASIDE, Procedure, TargetByAnswer, Transition
from workflows.engine import missing_answers
from workflows.guards import GUARDS

ROW_TYPES = frozenset({"agency", "user", "shelter", "bed", "guardian"})
OF_THE_PERSON = frozenset(
    {*IDENTITY_FIELDS, *CONTACT_FIELDS, "citizenship", "sex", "region", "language", "age_group", "form", "scope"}
)
"""What the first step told of the person is corrected in the record itself (services/records), for all to follow."""

BY_STEPS_OF_THEIR_OWN = ("record_consents", "withdraw_consent")


@dataclass
class Found:
    """An act that may be corrected: the step that was asked for, the act's own step, and all steps of it that stand."""

    known: Standing
    keys: CaseKeys
    procedure: Procedure
    main: CaseEvent
    events: list[CaseEvent]
    traces: Traces


def take_back(
    actor: Actor, case_id: UUID, event_id: UUID, reason: str, row_version: int, once: Once | None = None
) -> dict[str, str]:
    """Take back the latest act of its tracks: states as before, what it started voided, what it stopped running again.

    For its author or her supervisor. Raises Refusal with the key of what stands in the way, Forbidden, NotFound,
    Stale, Invalid.
    """
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id), "event_id": str(event_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        found = _open(work, case_id, event_id, row_version, reason)
        refuse_standing(work, found)
        _restore_states(work, found)
        act = Undoing(work, found.known, found.procedure, found.keys, found.events, found.traces, [])
        for event in found.events:
            _mark(work, found, event, reason, voided_at=work.now, voided_by_id=actor.member_id)
        undo(act)
        tell(work, [*act.tellings, *_to_others(work, found, "step:taken_back")])
        work.audit("case:taken_back", case_id, event=event_id)
        work.commit()
        return made


def correct(
    actor: Actor,
    case_id: UUID,
    event_id: UUID,
    answers: Mapping[str, Any],
    occurred_on: date,
    reason: str,
    row_version: int,
    once: Once | None = None,
) -> dict[str, str]:
    """Put right the day or the answers of a step that was rightly taken; the original row is kept, marked corrected.

    For its author or her supervisor. Clocks, counts and what the step wrote elsewhere follow. What cannot be changed
    without taking the step back keeps its first answer. Raises Forbidden, NotFound, Stale, Invalid, Unmet and
    Refusal("signed_jointly").
    """
    with unit_of_work.write(actor) as work:
        fresh_id = uuid4()
        made = {"case_id": str(case_id), "event_id": str(fresh_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        found = _open(work, case_id, event_id, row_version, reason)
        before = opened_answers(work, found.keys, found.main)
        told = _told(actor, found, before, answers)
        _refuse_unfit(work, found, told, occurred_on)
        store_states(work, found.known, found.procedure, found.known.states, found.known.set_aside_from)
        _replace(work, found, fresh_id, told, occurred_on, reason)
        redo(_redoing(work, found, fresh_id, told, before, occurred_on))
        tell(work, _to_others(work, found, "step:corrected"))
        work.audit("case:corrected", case_id, event=event_id, by=fresh_id)
        work.commit()
        return made


def _redoing(
    work: Work, found: Found, fresh_id: UUID, told: dict[str, Any], before: dict[str, Any], day: date
) -> Redoing:
    return Redoing(
        work=work,
        known=found.known,
        procedure=found.procedure,
        keys=found.keys,
        main=found.main,
        events=found.events,
        traces=found.traces,
        fresh_id=fresh_id,
        told=told,
        before=before,
        day=day,
    )


def _open(work: Work, case_id: UUID, event_id: UUID, row_version: int, reason: str) -> Found:
    if not reason.strip():
        raise Invalid({"reason": "required"})
    known = find_standing(work, case_id)
    if known.row_version != row_version:
        raise Stale(row_version, known.row_version)
    return find_act(work, known, event_id)


def find_act(work: Work, known: Standing, event_id: UUID) -> Found:
    """The act that a step of the case belongs to; refuses anyone but its author and her supervisor.

    Refuses what was taken before the case was moved to another version: clocks and states follow other rules since.
    """
    event = work.session.get(CaseEvent, event_id)
    if event is None or event.case_id != known.case_id or event.agency_id != work.actor.agency_id:
        raise NotFound
    if event.voided_at is not None or event.corrected_by_id is not None:
        raise NotFound
    if event.member_id not in work.actor.stands_for and not work.actor.oversees:
        raise Forbidden("not_the_author")
    if any(event.position <= move.position for move in moves(work.session, work.actor, known.case_id)):
        raise Refusal("moved_since")
    events = list(
        work.session.execute(
            select(CaseEvent)
            .where(CaseEvent.case_id == event.case_id, CaseEvent.position == event.position)
            .where(CaseEvent.voided_at.is_(None), CaseEvent.corrected_by_id.is_(None))
        ).scalars()
    )
    procedure = registry.get(known.procedure, known.digest)
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    return Found(known, keys, procedure, _main_of(procedure, events), events, traces_of(work, event))


def _main_of(procedure: Procedure, events: list[CaseEvent]) -> CaseEvent:
    """The act's own step, which fired the others and holds the answers."""
    fired = {(also.track, also.action) for event in events for also in _step(procedure, event).also}
    return next((event for event in events if (event.track, event.action) not in fired), events[0])


def _step(procedure: Procedure, event: CaseEvent) -> Transition:
    step = procedure.transition(event.track, event.from_state, event.action)
    if step is None:
        raise NotFound
    return step


def refuse_standing(work: Work, found: Found) -> None:
    """Raise Refusal with the key of what stands on the act, or was ended by it, and cannot be had back."""
    first, ids, case_id = found.main, found.traces.ids, found.known.case_id
    later = select(CaseEvent.id).where(
        CaseEvent.case_id == case_id,
        CaseEvent.track.in_([event.track for event in found.events]),
        CaseEvent.position > first.position,
        CaseEvent.voided_at.is_(None),
        CaseEvent.corrected_by_id.is_(None),
    )
    taken = (Referral.event_id.in_(ids), Referral.state.in_(("accepted", "done")))
    ended = (CaseParty.case_id == case_id, CaseParty.ended_at.in_(found.traces.moments))
    is_closed = found.known.states[CASE_TRACK] == "closed" and all(one.track != CASE_TRACK for one in found.events)
    effects = effects_of(found.procedure, found.events)
    answers = {(track, action) for track, action, _ in answers_to_referrals(found.procedure)}
    standing_in_the_way = {
        "first_step_stays": first.position == 1,
        "reopen_first": is_closed,
        "not_the_latest": _any(work, later),
        "answer_stays": bool({(one.track, one.action) for one in found.events} & answers),
        "stay_follows": "close_stay" in effects or _any(work, select(Stay.id).where(Stay.event_id.in_(ids))),
        "referral_was_accepted": _any(work, select(Referral.id).where(*taken)),
        "party_has_left": _any(work, select(CaseParty.id).where(*ended)),
        "linked_case_stays": "open_linked_case" in effects
        and _any(work, select(Case.id).where(Case.previous_case_id == case_id)),
    }
    for key, stands in standing_in_the_way.items():
        if stands:
            raise Refusal(key)


def _any(work: Work, query: Any) -> bool:
    return work.session.execute(query.limit(1)).first() is not None


def _restore_states(work: Work, found: Found) -> None:
    known = found.known
    before = {event.track: event.from_state for event in found.events}
    aside = {track: state for track, state in known.set_aside_from.items() if track not in before}
    aside |= {event.track: event.to_state for event in found.events if event.from_state == SET_ASIDE}
    store_states(work, known, found.procedure, {**known.states, **before}, aside)


def kept_fields(actor: Actor, procedure: Procedure, event: CaseEvent) -> frozenset[str]:
    """The questions of a step whose first answer stands whatever is corrected.

    Rows that something rests on (a receiver, a bed), the answer that led to the state, what the person's own record
    holds, consents, which are given and withdrawn by steps of their own, and classes that the actor does not see.
    """
    form = procedure.forms.get(event.form or "")
    step = _step(procedure, event)
    classes, is_own = classes_of(actor.roles), event.member_id in actor.stands_for
    kept = {step.target.field} if isinstance(step.target, TargetByAnswer) else set()
    if set(step.effects) & set(BY_STEPS_OF_THEIR_OWN):
        kept.add("purposes")
    for one in form.fields if form else ():
        of_her = event.position == 1 and one.name in OF_THE_PERSON
        if of_her or one.type in ROW_TYPES or not is_open(one.sensitivity, classes, is_own=is_own):
            kept.add(one.name)
    return frozenset(kept)


def _told(actor: Actor, found: Found, before: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the step says now: the answers given, and the first ones where these stand."""
    kept = kept_fields(actor, found.procedure, found.main)
    given = {name: value for name, value in answers.items() if name not in kept and value not in (None, "", [])}
    return given | {name: value for name, value in before.items() if name in kept}


def opened_answers(work: Work, keys: CaseKeys, event: CaseEvent) -> dict[str, Any]:
    """All answers of a step, opened."""
    told: dict[str, Any] = {}
    if event.answers is not None:
        told |= work.vault.open(keys.content, event.answers, "case_event", "answers", event.id)
    if event.identity is not None:
        told |= work.vault.open(keys.identity, event.identity, "case_event", "identity", event.id)
    return told


def _refuse_unfit(work: Work, found: Found, told: Mapping[str, Any], day: date) -> None:
    """Raise what the step itself would have raised for these answers on that day."""
    if day > work.today:
        raise Invalid({"occurred_on": "date_in_future"})
    if _is_signed(work, found):
        raise Refusal("signed_jointly")
    if found.main.position == 1 and not _is_in_force(work, found.procedure, day):
        raise Invalid({"occurred_on": "other_procedure_that_day"})
    step, form = _step(found.procedure, found.main), found.procedure.forms.get(found.main.form or "")
    facts = completed(found.procedure, facts_of(work, found.known, told, day), step)
    missing = missing_answers(form, facts) if form else ()
    if missing:
        raise Invalid(dict.fromkeys(missing, "required"))
    unmet = [GUARDS[name] for name in step.requires if GUARDS[name].on_answers and not GUARDS[name].holds(facts)]
    if unmet:
        raise Unmet([(guard.name, guard.neutral) for guard in unmet])


def _is_in_force(work: Work, procedure: Procedure, day: date) -> bool:
    try:
        return versions.in_force_on(work, day).name == procedure.name
    except registry.UnknownProcedure:
        return False


def _is_signed(work: Work, found: Found) -> bool:
    """Whether somebody has put her signature under what the step says: nobody changes that alone."""
    signed = select(Signature.id).where(
        Signature.case_id == found.known.case_id,
        Signature.track == found.main.track,
        Signature.signed_at >= found.traces.moments[0],
    )
    is_joint = bool(_step(found.procedure, found.main).signatures)
    has_form = found.main.form is not None
    return has_form and (is_joint or _any(work, signed))


def _replace(work: Work, found: Found, fresh_id: UUID, told: Mapping[str, Any], day: date, reason: str) -> None:
    """Write the steps anew, the main one with its answers; the others only where the day is another one."""
    seal, keys = work.vault.seal, found.keys
    plain, identity = split_answers(found.procedure, found.main.form, told)
    own = {
        "answers": seal(keys.content, plain, "case_event", "answers", fresh_id) if plain else None,
        "identity": seal(keys.identity, identity, "case_event", "identity", fresh_id) if identity else None,
    }
    rows = [_row(work, found.main, fresh_id, day) | own]
    replaced = [(found.main, fresh_id)]
    if day != found.main.occurred_on:
        for event in found.events:
            if event is not found.main:
                replaced.append((event, uuid4()))
                rows.append(_row(work, event, replaced[-1][1], day) | {"answers": None, "identity": None})
    work.session.execute(insert(CaseEvent), rows)
    for event, by in replaced:
        _mark(work, found, event, reason, corrected_by_id=by)


def _row(work: Work, event: CaseEvent, fresh_id: UUID, day: date) -> dict[str, Any]:
    kept = ("case_id", "agency_id", "position", "track", "action", "from_state", "to_state", "form")
    row = {name: getattr(event, name) for name in kept}
    own = {"id": fresh_id, "member_id": work.actor.member_id, "occurred_on": day, "recorded_at": work.now}
    return row | own


def _mark(work: Work, found: Found, event: CaseEvent, reason: str, **values: Any) -> None:
    sealed = work.vault.seal(found.keys.content, reason, "case_event", "reason", event.id)
    work.change(update(CaseEvent).where(CaseEvent.id == event.id).values(reason=sealed, **values))


def _to_others(work: Work, found: Found, kind: str) -> list[Telling]:
    """The other parties are told that the line of the case reads otherwise now."""
    values = {"track": found.main.track}
    return [
        Telling(party.agency_id, kind, found.known.case_id, values=values)
        for party in found.known.parties
        if party.agency_id != work.actor.agency_id
    ]
