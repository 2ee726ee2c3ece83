"""A wrong step, date or field is corrected with a reason; the original stays visible (decisions 18 and 40)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Forbidden, Invalid, NotFound, Refusal, Stale
from app.models.case import Case
from app.models.count import CountFact
from app.models.help import Consent, ServiceGiven, UnmetNeed
from app.models.placement import BedHold, Stay
from app.models.record import Guardian
from app.models.workflow import CaseClock, CaseEvent, Referral, Signature, WorkflowRun
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import find_standing, split_answers
from workflows import registry
from workflows.definition import SET_ASIDE

COPIED = ("case_id", "agency_id", "record_id", "metric", "entry_door", "sex", "age_band", "is_child", "citizenship")
DIMENSIONS = ("region", "form", "scope", "community")


def take_back(
    actor: Actor, case_id: UUID, event_id: UUID, reason: str, row_version: int, once: Once | None = None
) -> dict[str, str]:
    """Take back the latest act of its tracks: states as before, what it started voided, what it stopped running again.

    For its author or her supervisor. Raises Refusal("not_the_latest"), Refusal("stay_follows") where a person lives in
    a bed because of it, Forbidden, NotFound, Stale, Invalid.
    """
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id), "event_id": str(event_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        known, keys = _open(work, case_id, row_version, reason)
        events = _act_of(work, actor, event_id)
        _refuse_older(work, events)
        _restore_states(work, known, events)
        _void(work, known, keys, events, reason)
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

    For its author or her supervisor. Counts follow the new day. Raises Forbidden, NotFound, Stale, Invalid.
    """
    with unit_of_work.write(actor) as work:
        fresh_id = uuid4()
        made = {"case_id": str(case_id), "event_id": str(fresh_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if occurred_on > work.today:
            raise Invalid({"occurred_on": "date_in_future"})
        known, keys = _open(work, case_id, row_version, reason)
        original = next(event for event in _act_of(work, actor, event_id) if event.id == event_id)
        _touch_run(work, known, known.states, known.set_aside_from)
        _replace_event(work, known, keys, original, fresh_id, answers, occurred_on, reason)
        _move_counts(work, original, fresh_id, occurred_on)
        work.audit("case:corrected", case_id, event=event_id, by=fresh_id)
        work.commit()
        return made


def _open(work: Work, case_id: UUID, row_version: int, reason: str) -> tuple[Standing, CaseKeys]:
    if not reason.strip():
        raise Invalid({"reason": "required"})
    known = find_standing(work, case_id)
    if known.row_version != row_version:
        raise Stale(row_version, known.row_version)
    return known, unwrap_keys(work, case_id, known.identity_key, known.content_key)


def _act_of(work: Work, actor: Actor, event_id: UUID) -> list[CaseEvent]:
    """All steps of the act that the event belongs to; refuses anyone but its author and her supervisor."""
    event = work.session.get(CaseEvent, event_id)
    if event is None or event.agency_id != actor.agency_id or event.voided_at is not None or event.corrected_by_id:
        raise NotFound
    if event.member_id not in actor.stands_for and not actor.oversees:
        raise Forbidden("not_the_author")
    return list(
        work.session.execute(
            select(CaseEvent)
            .where(CaseEvent.case_id == event.case_id, CaseEvent.position == event.position)
            .where(CaseEvent.voided_at.is_(None), CaseEvent.corrected_by_id.is_(None))
        ).scalars()
    )


def _refuse_older(work: Work, events: list[CaseEvent]) -> None:
    first = events[0]
    later = select(CaseEvent.id).where(
        CaseEvent.case_id == first.case_id,
        CaseEvent.track.in_([event.track for event in events]),
        CaseEvent.position > first.position,
        CaseEvent.voided_at.is_(None),
        CaseEvent.corrected_by_id.is_(None),
    )
    if work.session.execute(later.limit(1)).first():
        raise Refusal("not_the_latest")
    ids = [event.id for event in events]
    if first.from_state == "start" and first.position == 1:
        raise Refusal("first_step_stays")
    if work.session.execute(select(Stay.id).where(Stay.event_id.in_(ids))).first():
        raise Refusal("stay_follows")
    answered = select(Referral.id).where(Referral.event_id.in_(ids), Referral.state.in_(("accepted", "done")))
    if work.session.execute(answered).first():
        raise Refusal("referral_was_accepted")


def _restore_states(work: Work, known: Standing, events: list[CaseEvent]) -> None:
    before = {event.track: event.from_state for event in events}
    aside = {track: state for track, state in known.set_aside_from.items() if track not in before}
    aside |= {event.track: event.to_state for event in events if event.from_state == SET_ASIDE}
    _touch_run(work, known, {**known.states, **before}, aside)


def _touch_run(work: Work, known: Standing, states: dict[str, str], aside: dict[str, str]) -> None:
    changed = work.change(
        update(WorkflowRun)
        .where(WorkflowRun.case_id == known.case_id, WorkflowRun.row_version == known.row_version)
        .values(states=states, set_aside_from=aside, row_version=known.row_version + 1)
    )
    if changed != 1:
        raise Stale(known.row_version, known.row_version + 1)


def _void(work: Work, known: Standing, keys: CaseKeys, events: list[CaseEvent], reason: str) -> None:
    ids = [event.id for event in events]
    for event in events:
        sealed = work.vault.seal(keys.content, reason, "case_event", "reason", event.id)
        work.change(
            update(CaseEvent)
            .where(CaseEvent.id == event.id)
            .values(voided_at=work.now, voided_by_id=work.actor.member_id, reason=sealed)
        )
    work.change(update(CaseClock).where(CaseClock.started_by_id.in_(ids)).values(voided_at=work.now))
    work.change(update(CaseClock).where(CaseClock.stopped_by_id.in_(ids)).values(stopped_at=None, stopped_by_id=None))
    work.change(update(Signature).where(Signature.event_id.in_(ids)).values(voided_at=work.now))
    waiting = Referral.state.in_(("sent", "seen", "claimed"))
    work.change(
        update(Referral).where(Referral.event_id.in_(ids), waiting).values(state="withdrawn", withdrawn_at=work.now)
    )
    work.change(update(BedHold).where(BedHold.event_id.in_(ids), BedHold.state == "held").values(state="released"))
    _void_help(work, known, events, ids)
    _count_out(work, ids)


def _void_help(work: Work, known: Standing, events: list[CaseEvent], ids: list[UUID]) -> None:
    day = events[0].occurred_on
    work.change(
        update(Consent)
        .where(Consent.event_id.in_(ids), Consent.withdrawn_at.is_(None))
        .values(withdrawn_on=day, withdrawn_at=work.now)
    )
    work.change(update(Guardian).where(Guardian.event_id.in_(ids)).values(is_checked=False, to_on=day))
    for table in (ServiceGiven,):
        work.change(
            update(table)
            .where(table.case_id == known.case_id, table.recorded_at == events[0].recorded_at)
            .where(table.agency_id == work.actor.agency_id)
            .values(voided_at=work.now)
        )
    if any(event.track == "case" and event.to_state == "closed" for event in events):
        work.change(update(Case).where(Case.id == known.case_id).values(status="open", closed_on=None))
    if any(event.action == "no_capacity" for event in events):
        work.change(
            update(UnmetNeed)
            .where(UnmetNeed.case_id == known.case_id, UnmetNeed.recorded_at == events[0].recorded_at)
            .values(met_on=day)
        )


def _count_out(work: Work, ids: list[UUID]) -> None:
    """Each fact of the act gets its twin of weight -1: today's figure changes, yesterday's as-of does not."""
    facts = work.session.execute(select(CountFact).where(CountFact.event_id.in_(ids))).scalars().all()
    rows = [_twin(work, fact, fact.event_id, fact.occurred_on, -fact.weight) for fact in facts]
    if rows:
        work.session.execute(insert(CountFact), rows)


def _twin(work: Work, fact: CountFact, event_id: UUID | None, on: date, weight: int) -> dict[str, Any]:
    copied = {name: getattr(fact, name) for name in (*COPIED, *DIMENSIONS)}
    own = {"id": uuid4(), "event_id": event_id, "occurred_on": on, "recorded_at": work.now, "weight": weight}
    return copied | own


def _replace_event(
    work: Work,
    known: Standing,
    keys: CaseKeys,
    original: CaseEvent,
    fresh_id: UUID,
    answers: Mapping[str, Any],
    occurred_on: date,
    reason: str,
) -> None:
    procedure = registry.get(known.procedure, known.digest)
    plain, identity = split_answers(procedure, original.form, answers)
    kept = ("case_id", "agency_id", "position", "track", "action", "from_state", "to_state", "form")
    row = {name: getattr(original, name) for name in kept}
    seal = work.vault.seal
    row |= {
        "id": fresh_id,
        "member_id": work.actor.member_id,
        "occurred_on": occurred_on,
        "recorded_at": work.now,
        "answers": seal(keys.content, plain, "case_event", "answers", fresh_id) if plain else None,
        "identity": seal(keys.identity, identity, "case_event", "identity", fresh_id) if identity else None,
    }
    work.session.execute(insert(CaseEvent), [row])
    sealed = seal(keys.content, reason, "case_event", "reason", original.id)
    work.change(update(CaseEvent).where(CaseEvent.id == original.id).values(corrected_by_id=fresh_id, reason=sealed))


def _move_counts(work: Work, original: CaseEvent, fresh_id: UUID, occurred_on: date) -> None:
    facts = work.session.execute(select(CountFact).where(CountFact.event_id == original.id)).scalars().all()
    rows = [_twin(work, fact, original.id, fact.occurred_on, -1) for fact in facts if fact.weight == 1]
    rows += [_twin(work, fact, fresh_id, occurred_on, 1) for fact in facts if fact.weight == 1]
    if rows:
        work.session.execute(insert(CountFact), rows)
