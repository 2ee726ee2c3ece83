"""Takes steps of the procedure: facts, engine, and everything that follows, in the caller's transaction.

The only writer of a run's states. Every step of every case goes through `advance`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.clock import COUNTRY_ZONE
from app.errors import Forbidden, Invalid, NotFound, Refusal, Stale, Unmet
from app.models.case import CaseParty
from app.models.workflow import CaseClock, CaseEvent, Signature, WorkflowRun
from app.queries.standing import Standing, standing
from app.security.actor import Actor
from app.services import counting, joint_acts, pausing, personal_facts, placement_facts, restating, unit_of_work
from app.services.act import Act, StepRequest
from app.services.calendar import calendar_on
from app.services.call_attempts import store_attempts
from app.services.case_keys import unwrap_keys
from app.services.effects import EFFECTS, settle_age
from app.services.notices import Telling, tell
from app.services.referrals_out import refuse_answer_from_aside, send_referrals, withdraw_overtaken
from app.services.unit_of_work import Once, Work
from workflows import engine, registry
from workflows.clocks import remind_at
from workflows.definition import CASE_TRACK, STAGES, Procedure
from workflows.engine import Outcome, Step
from workflows.facts import Facts

__all__ = ["StepRequest", "advance", "facts_of", "find_standing", "stage_of", "store_states", "take_step"]

ROLE_KIND = {
    "investigator": "police",
    "advocate": "advocacy",
    "social_worker": "social_work",
    "shelter_coordinator": "shelter",
    "return_coordinator": "return_partner",
    "prosecutor": "prosecution",
}


AGREED_DAYS = {
    "status_offer": "next_offer_on",
    "assistance_offer": "next_offer_on",
    "shelter_offer": "next_offer_on",
    "support_plan": "review_on",
    "review": "review_on",
    "testimony_offer": "next_offer_on",
    "permit": "permit_until",
}
"""Clocks whose day the form may name, by clock."""

REACHING_OUT = frozenset({"status_offer", "assistance_offer", "shelter_offer", "testimony_offer", "later_contact"})
"""Clocks that remind of turning to the person again: without a safe contact none starts (decision 26)."""


def take_step(actor: Actor, request: StepRequest, once: Once | None = None) -> dict[str, str]:
    """Take one step of a case that is open to the actor; gives the ids of what it made.

    Raises NotFound, Stale, Forbidden (another role's step), Unmet (all guards that fail), Invalid (by field) and
    Refusal("illegal_step"). The same `once` acts once.
    """
    with unit_of_work.write(actor) as work:
        event_id = uuid4()
        made = {"case_id": str(request.case_id), "event_id": str(event_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        known = find_standing(work, request.case_id)
        outcome = advance(work, known, request, event_id)
        work.audit("case:step", request.case_id, track=request.track, step=request.action, event=event_id)
        work.commit()
        return made | ({"awaiting": ",".join(sorted(outcome.awaiting))} if outcome.awaiting else {})


def find_standing(work: Work, case_id: UUID) -> Standing:
    """Where a case stands, for one whose agency is a party now; raises NotFound for anyone else."""
    known = standing(work.session, work.actor, case_id)
    if known is None or not known.is_party(work.actor.agency_id):
        raise NotFound
    return known


def facts_of(
    work: Work,
    known: Standing,
    answers: Mapping[str, Any],
    occurred_on: date,
    track: str = "",
    newcomer: UUID | None = None,
) -> Facts:
    """The frozen snapshot that guards look at; signatures count on the track that they were given on.

    `newcomer` is the agency that becomes a party by this very act: the guards look at the parties before it.
    """
    signed = [row for row in known.signatures if row.track == track]
    return Facts(
        states=known.states,
        answers=answers,
        roles=frozenset(work.actor.roles),
        actor_id=str(work.actor.member_id),
        origin=known.origin,
        is_child=known.is_child,
        age_in_doubt=known.age_in_doubt,
        is_foreign=known.citizenship not in ("XK", "unknown"),
        has_safe_contact=known.has_safe_contact,
        consents=known.consents,
        parties=frozenset(party.agency_kind for party in known.parties if party.agency_id != newcomer),
        acts_for_lead_agency=known.lead_agency_id == work.actor.agency_id,
        guardian_checked=bool(known.guardian_checked),
        guardian_suspect=bool(known.guardian_suspect),
        has_open_stay=known.open_stay_id is not None,
        asylum_claim=personal_facts.claims_asylum(known),
        has_come_of_age=personal_facts.has_come_of_age(work, known, occurred_on),
        reflection_has_lapsed=personal_facts.has_lapsed(work, known, "reflection"),
        signed=frozenset(row.role for row in signed),
        signers=frozenset(str(UUID(row.member_id)) for row in signed),
        set_aside_from=known.set_aside_from,
        today=occurred_on,
    )


def advance(work: Work, known: Standing, request: StepRequest, event_id: UUID) -> Outcome:
    """Take the step within the caller's transaction and store all that follows from it."""
    seen = request.row_version
    if work.parts.row_version_is_checked and seen is not None and seen != known.row_version:
        raise Stale(seen, known.row_version)
    occurred_on = request.occurred_on or work.today
    if occurred_on > work.today:
        raise Invalid({"occurred_on": "date_in_future"})
    procedure = registry.get(known.procedure, known.digest)
    refuse_answer_from_aside(work, known, procedure, request)
    request = joint_acts.with_draft(work, known, procedure, request)
    newcomer = work.actor.agency_id if request.referral_id else None
    facts = facts_of(work, known, request.answers, occurred_on, request.track, newcomer)
    transition = procedure.transition(request.track, known.states.get(request.track, ""), request.action)
    facts = placement_facts.with_place(work, known, facts, transition)
    moment = moment_of(work, occurred_on)
    outcome = _apply(procedure, facts, request, moment)
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    answers = _asked_for(procedure, outcome, request)
    act = Act(work, known, procedure, keys, outcome, answers, occurred_on, event_id, request.referral_id)
    if outcome.awaiting:
        _store_draft(act, request)
    else:
        _store(act, request, moment)
    return outcome


def _store(act: Act, request: StepRequest, moment: datetime) -> None:
    """Everything that follows from a step that holds; who leaves the case by it leaves last."""
    _store_states(act)
    _store_events(act)
    if act.outcome.signs_as:
        _sign(act, request.track, request.action)
    elif any(row.track == request.track for row in act.standing.signatures):
        _void_signatures(act, request.track)
    _store_clocks(act, moment)
    pausing.store_pauses(act, moment)
    for effect in act.outcome.effects:
        EFFECTS[effect](act)
    store_attempts(act)
    settle_age(act)
    counting.store_facts(act)
    withdraw_overtaken(act)
    send_referrals(act)
    _tell_responsible(act)
    tell(act.work, act.tellings)
    for last in act.after:
        last()


def _asked_for(procedure: Procedure, outcome: Outcome, request: StepRequest) -> dict[str, Any]:
    """The answers that the forms of the act ask for: nothing else that was sent has any effect."""
    transitions = [step.transition for step in outcome.steps]
    forms = {one.form for one in transitions if one.form} or {_draft_form(procedure, request)}
    known = {one.name for form in forms if form in procedure.forms for one in procedure.forms[form].fields}
    return {name: value for name, value in request.answers.items() if name in known}


def _draft_form(procedure: Procedure, request: StepRequest) -> str:
    forms = (one.form for one in procedure.tracks[request.track].transitions if one.action == request.action)
    return next(forms, None) or ""


def moment_of(work: Work, occurred_on: date) -> datetime:
    """When it happened, as far as it is known: now for today, noon of an earlier day."""
    if occurred_on == work.today:
        return work.now
    return datetime(occurred_on.year, occurred_on.month, occurred_on.day, 12, tzinfo=COUNTRY_ZONE)


def _apply(procedure: Procedure, facts: Facts, request: StepRequest, moment: datetime) -> Outcome:
    calendar = calendar_on(facts.today)
    try:
        return engine.apply(procedure, facts, request.track, request.action, moment, calendar)
    except engine.IllegalStep as fault:
        raise Refusal("illegal_step", track=fault.track, action=fault.action) from None
    except engine.WrongRole:
        raise Forbidden("wrong_role") from None
    except engine.Refused as fault:
        raise Unmet([(unmet.guard, unmet.neutral) for unmet in fault.unmet]) from None
    except engine.NeedsAnswers as fault:
        raise Invalid(dict.fromkeys(fault.fields, "required")) from None


def stage_of(procedure: Procedure, states: Mapping[str, str]) -> str:
    """The furthest stage of the line that has been entered, for lists."""
    reached = [track.stage for name, track in procedure.tracks.items() if track.stage and states[name] != track.initial]
    return max(reached, key=STAGES.index, default="")


def _store_states(act: Act) -> None:
    store_states(act.work, act.standing, act.procedure, act.outcome.states, act.outcome.set_aside_from)


def store_states(
    work: Work,
    known: Standing,
    procedure: Procedure,
    states: Mapping[str, str],
    set_aside_from: Mapping[str, str],
    moved_to: Procedure | None = None,
) -> None:
    """Write a run's states under its row version, with the copies that lists start from; raises Stale.

    Besides the steps of `advance`, for corrections, where a step taken back restores what stood before it, and for a
    move to another version, which pins the run anew.
    """
    pinned = {"procedure": moved_to.name, "digest": moved_to.digest} if moved_to else {}
    change = update(WorkflowRun).where(WorkflowRun.case_id == known.case_id)
    if work.parts.row_version_is_checked:
        change = change.where(WorkflowRun.row_version == known.row_version)
    changed = work.change(
        change.values(
            states=dict(states), set_aside_from=dict(set_aside_from), row_version=known.row_version + 1, **pinned
        )
    )
    if changed != 1:
        raise Stale(known.row_version, known.row_version + 1)
    before = (known.states.get(CASE_TRACK), stage_of(procedure, known.states))
    after = (states[CASE_TRACK], stage_of(moved_to or procedure, states))
    if before != after:
        work.change(
            update(CaseParty).where(CaseParty.case_id == known.case_id).values(case_state=after[0], stage=after[1])
        )


def _event_rows(act: Act) -> Iterator[dict[str, Any]]:
    for number, step in enumerate(act.outcome.steps):
        yield _event_row(act, step, act.event_id if number == 0 else uuid4(), first=number == 0)


def _event_row(act: Act, step: Step, event_id: UUID, *, first: bool) -> dict[str, Any]:
    form = step.transition.form
    answers, identity = split_answers(act.procedure, form, act.answers) if first else ({}, {})
    return {
        "id": event_id,
        "case_id": act.case_id,
        "agency_id": act.work.actor.agency_id,
        "member_id": act.work.actor.member_id,
        "position": act.standing.row_version,
        "track": step.track,
        "action": step.action,
        "from_state": step.from_state,
        "to_state": step.to_state,
        "form": form,
        "occurred_on": act.occurred_on,
        "recorded_at": act.work.now,
        "answers": act.vault.seal(act.keys.content, answers, "case_event", "answers", event_id) if answers else None,
        "identity": act.vault.seal(act.keys.identity, identity, "case_event", "identity", event_id)
        if identity
        else None,
    }


def split_answers(
    procedure: Procedure, form: str | None, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The form's answers in two parts: those under the content key, and those of class I under the identity key."""
    if form is None:
        return {}, {}
    fields = [one for one in procedure.forms[form].fields if answers.get(one.name) not in (None, "", [])]
    plain = {one.name: answers[one.name] for one in fields if one.sensitivity != "I"}
    return plain, {one.name: answers[one.name] for one in fields if one.sensitivity == "I"}


def _store_events(act: Act) -> None:
    act.work.session.execute(insert(CaseEvent), list(_event_rows(act)))


def _store_draft(act: Act, request: StepRequest) -> None:
    """Keep one signature of a joint act: the step itself has not been taken yet."""
    state = act.standing.states[request.track]
    transition = act.procedure.transition(request.track, state, request.action)
    assert transition is not None  # noqa: S101 - the engine has just applied it
    draft = replace(act.outcome, steps=(Step(request.track, request.action, state, state, transition),))
    act.outcome = replace(draft, states=dict(act.standing.states))
    _store_states(act)
    _store_events(act)
    _sign(act, request.track, request.action)
    for role in sorted(draft.awaiting):
        act.tellings += [Telling(party, "sign:waits", act.case_id, role) for party in _parties_of(act, role)]
    tell(act.work, act.tellings)


def _sign(act: Act, track: str, action: str) -> None:
    act.work.session.execute(
        insert(Signature),
        [
            {
                "id": uuid4(),
                "case_id": act.case_id,
                "agency_id": act.work.actor.agency_id,
                "event_id": act.event_id,
                "track": track,
                "action": action,
                "role": act.outcome.signs_as,
                "member_id": act.work.actor.member_id,
                "signed_at": act.work.now,
            }
        ],
    )
    if not act.outcome.awaiting:
        _void_signatures(act, track)


def _void_signatures(act: Act, track: str) -> None:
    """The next draft starts with none; those given stand in the line of events."""
    act.work.change(
        update(Signature)
        .where(Signature.case_id == act.case_id, Signature.track == track, Signature.voided_at.is_(None))
        .values(voided_at=act.work.now)
    )


def _store_clocks(act: Act, moment: datetime) -> None:
    outcome, running = act.outcome, act.standing.clocks
    ended = set(outcome.clocks_stopped) | {start.name for start in outcome.clocks_started}
    stopped = [clock.id for clock in running if clock.name in ended]
    for name in outcome.clocks_advanced:
        stopped += [clock.id for clock in sorted(running, key=lambda one: one.due) if clock.name == name][:1]
    if stopped:
        found = restating.clocks(act.work, CaseClock.id.in_(stopped))
        act.work.change(found.values(stopped_at=moment, stopped_by_id=act.event_id))
    rows = [
        {
            "id": uuid4(),
            "case_id": act.case_id,
            "agency_id": act.work.actor.agency_id,
            "name": start.name,
            "started_at": moment,
            "due_at": (ends := agreed_due(start.name, act.answers) or start.due),
            "remind_at": remind_at(moment, ends, act.procedure.clocks[start.name].warns),
            "calendar": calendar_on(act.occurred_on).version,
            "started_by_id": act.event_id,
            "known_since": act.work.now,
        }
        for start in outcome.clocks_started
        if act.standing.has_safe_contact or start.name not in REACHING_OUT
    ]
    if rows:
        act.work.session.execute(insert(CaseClock), rows)


def agreed_due(name: str, answers: Mapping[str, Any]) -> datetime | None:
    """The moment that was agreed with the person for a clock, where the form names a day; None where it does not."""
    agreed = answers.get(AGREED_DAYS.get(name, ""))
    if not agreed:
        return None
    day = date.fromisoformat(str(agreed))
    return datetime(day.year, day.month, day.day, 12, tzinfo=COUNTRY_ZONE)


def _parties_of(act: Act, role: str) -> list[UUID]:
    kind = ROLE_KIND.get(role)
    return [party.agency_id for party in act.standing.parties if party.agency_kind == kind]


def _tell_responsible(act: Act) -> None:
    """Tell those who can act next in another agency (Notify the person who can act, not the one who updates)."""
    for step in act.outcome.steps:
        state = act.procedure.tracks[step.track].states[step.to_state]
        for role in state.responsible:
            for agency_id in _parties_of(act, role):
                if agency_id != act.work.actor.agency_id:
                    values = {"track": step.track, "state": step.to_state}
                    act.tellings.append(Telling(agency_id, "case:moved", act.case_id, role, values=values))
