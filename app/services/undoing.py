"""What an act led to, voided when the act is taken back: clocks, signatures, referrals, holds, help, counts, status.

Nothing is deleted (decision 40). Whether the act may be taken back at all is judged in corrections.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, update

from app.models.case import Case
from app.models.help import Consent, ServiceGiven, UnmetNeed
from app.models.placement import BedHold, Stay
from app.models.record import ClientRecord, Guardian
from app.models.workflow import CaseClock, CaseEvent, Referral, Signature
from app.queries.standing import Standing
from app.security.row_rules import PENDING
from app.services import pausing, recounting, restating
from app.services.case_keys import CaseKeys
from app.services.notices import Telling
from app.services.snapshot import NOTHING_STATED, stated
from app.services.unit_of_work import Work
from workflows.definition import CASE_TRACK, Procedure, Transition


@dataclass(frozen=True)
class Traces:
    """By what the rows of an act are found: the ids of its steps, corrected ones too, and their stamps."""

    ids: list[UUID]
    moments: list[datetime]


def traces_of(work: Work, event: CaseEvent) -> Traces:
    """The traces of the act that a step belongs to: steps of one act share their position."""
    found = work.session.execute(
        select(CaseEvent.id, CaseEvent.recorded_at).where(
            CaseEvent.case_id == event.case_id, CaseEvent.position == event.position
        )
    ).all()
    return Traces([row.id for row in found], sorted({row.recorded_at for row in found}))


@dataclass
class Undoing:
    """An act under way back: the case as it stands, the steps that stood, the ids that its traces bear."""

    work: Work
    known: Standing
    procedure: Procedure
    keys: CaseKeys
    events: list[CaseEvent]
    traces: Traces
    tellings: list[Telling]

    @property
    def ids(self) -> list[UUID]:
        """The ids of its steps, as they were first written and as they were corrected."""
        return self.traces.ids

    @property
    def moments(self) -> list[datetime]:
        """When they were recorded: what the act changed elsewhere bears one of these stamps."""
        return self.traces.moments

    @property
    def effects(self) -> frozenset[str]:
        """What the act did beyond the run."""
        return effects_of(self.procedure, self.events)


def effects_of(procedure: Procedure, events: list[CaseEvent]) -> frozenset[str]:
    """The effects of the steps of an act."""
    return frozenset(effect for step in steps_of(procedure, events) for effect in step.effects)


def steps_of(procedure: Procedure, events: list[CaseEvent]) -> list[Transition]:
    """The steps of an act as the procedure lists them."""
    taken = (procedure.transition(event.track, event.from_state, event.action) for event in events)
    return [step for step in taken if step is not None]


def undo(act: Undoing) -> None:
    """Void everything that the act led to; its tellings are for the caller to send."""
    _undo_clocks(act)
    _undo_signatures(act)
    _undo_referrals(act)
    act.work.change(
        update(BedHold).where(BedHold.event_id.in_(act.ids), BedHold.state == "held").values(state="released")
    )
    for effect in sorted(act.effects & UNDONE.keys()):
        UNDONE[effect](act)
    _undo_age(act)
    _reopen_or_close(act)
    recounting.take_out(act.work, act.ids)


def _undo_clocks(act: Undoing) -> None:
    work, clock = act.work, CaseClock
    started = restating.clocks(work, clock.started_by_id.in_(act.ids), clock.voided_at.is_(None))
    work.change(started.values(voided_at=work.now))
    stopped = restating.clocks(work, clock.stopped_by_id.in_(act.ids))
    work.change(stopped.values(stopped_at=None, stopped_by_id=None))
    pausing.take_back(work, act.procedure, act.ids)


def _undo_signatures(act: Undoing) -> None:
    """Its own signature falls; those that it settled or overtook stand again under the draft."""
    work = act.work
    work.change(
        update(Signature)
        .where(
            Signature.case_id == act.known.case_id,
            Signature.track.in_([event.track for event in act.events]),
            Signature.voided_at.in_(act.moments),
            Signature.event_id.not_in(act.ids),
        )
        .values(voided_at=None)
    )
    work.change(
        update(Signature)
        .where(Signature.event_id.in_(act.ids), Signature.voided_at.is_(None))
        .values(voided_at=work.now)
    )


def _undo_referrals(act: Undoing) -> None:
    """What it sent stops waiting; what it withdrew waits again, and the receiver is told once more."""
    work, sent = act.work, Referral
    work.change(
        update(sent)
        .where(sent.event_id.in_(act.ids), sent.state.in_(PENDING))
        .values(state="withdrawn", withdrawn_at=work.now)
    )
    withdrawn = and_(
        sent.case_id == act.known.case_id,
        sent.event_id.not_in(act.ids),
        sent.state == "withdrawn",
        sent.withdrawn_at.in_(act.moments),
    )
    rows = work.session.execute(select(sent.id, sent.to_agency_id, sent.track, sent.urgency).where(withdrawn)).all()
    work.change(
        update(sent)
        .where(sent.id.in_([row.id for row in rows]))
        .values(state="sent", withdrawn_at=None, seen_at=None, claimed_at=None, claimed_by_id=None)
    )
    act.tellings += [
        Telling(
            row.to_agency_id, "referral:sent", act.known.case_id, values={"track": row.track, "urgency": row.urgency}
        )
        for row in rows
    ]


def _undo_consents(act: Undoing) -> None:
    """No longer live from now on; pages leave out what rests on a step taken back (queries/case_file)."""
    day, work = act.events[0].occurred_on, act.work
    work.change(
        update(Consent)
        .where(Consent.event_id.in_(act.ids), Consent.withdrawn_at.is_(None))
        .values(withdrawn_on=day, withdrawn_at=work.now)
    )


def _undo_withdrawal(act: Undoing) -> None:
    act.work.change(
        update(Consent)
        .where(Consent.case_id == act.known.case_id, Consent.withdrawn_at.in_(act.moments))
        .values(withdrawn_on=None, withdrawn_at=None)
    )


def _undo_guardian(act: Undoing) -> None:
    """The guardian whom the act named decides nothing; the one before does again."""
    work, day = act.work, act.events[0].occurred_on
    work.change(
        update(Guardian).where(Guardian.event_id.in_(act.ids)).values(is_checked=False, is_suspect=True, to_on=day)
    )
    before = (
        select(Guardian.id)
        .join(CaseEvent, CaseEvent.id == Guardian.event_id)
        .where(
            Guardian.case_id == act.known.case_id,
            Guardian.to_on == day,
            Guardian.event_id.not_in(act.ids),
            CaseEvent.voided_at.is_(None),
        )
        .order_by(Guardian.from_on.desc(), CaseEvent.position.desc())
        .limit(1)
    )
    guardian_id = work.session.execute(before).scalar_one_or_none()
    if guardian_id is not None:
        work.change(update(Guardian).where(Guardian.id == guardian_id).values(to_on=None))


def _undo_services(act: Undoing) -> None:
    given = ServiceGiven
    act.work.change(
        update(given)
        .where(given.case_id == act.known.case_id, given.recorded_at.in_(act.moments), given.voided_at.is_(None))
        .where(given.agency_id == act.events[0].agency_id)
        .values(voided_at=act.work.now)
    )


def _undo_unmet_need(act: Undoing) -> None:
    act.work.change(
        update(UnmetNeed)
        .where(UnmetNeed.case_id == act.known.case_id, UnmetNeed.recorded_at.in_(act.moments))
        .values(voided_at=act.work.now)
    )


def _undo_snapshot(act: Undoing) -> None:
    """What the act stated of the dimensions goes; what the steps that stand said is back."""
    back: dict[str, Any] = dict(NOTHING_STATED)
    snapshot_on = act.known.opened_on
    for event in standing_events(act, "record_snapshot"):
        said = stated(answers_of_act(act, event))
        back |= said
        snapshot_on = event.occurred_on if said else snapshot_on
    change_record(act.work, act.known, {**back, "snapshot_on": snapshot_on})


def _undo_extension(act: Undoing) -> None:
    """The end that was expected before: as the latest standing step that named one says."""
    until = None
    for event in standing_events(act, "extend_stay", "open_stay"):
        until = answers_of_act(act, event).get("expected_until") or until
    act.work.change(
        update(Stay)
        .where(Stay.case_id == act.known.case_id, Stay.left_on.is_(None))
        .values(expected_until=datetime.fromisoformat(str(until)).date() if until else None)
    )


def _undo_end_of_lead(act: Undoing) -> None:
    """Where the decision passed the lead on, it goes back to the last that took the case over, or to its opener."""
    work, case_id = act.work, act.known.case_id
    lead = work.session.execute(select(Case.opened_by_agency_id).where(Case.id == case_id)).scalar_one()
    for event in standing_events(act, "hand_over"):
        lead = event.agency_id
    if lead == act.events[0].agency_id:
        work.change(update(Case).where(Case.id == case_id).values(lead_agency_id=lead))


def _reopen_or_close(act: Undoing) -> None:
    """The case's own status follows the track of the case back."""
    step = next((event for event in act.events if event.track == CASE_TRACK), None)
    if step is None or step.from_state == step.to_state:
        return
    closed_on = None
    if step.from_state == "closed":
        closings = [event for event in standing_events(act, "close_case") if event.track == CASE_TRACK]
        closed_on = closings[-1].occurred_on
    status = "closed" if closed_on else "open"
    act.work.change(update(Case).where(Case.id == act.known.case_id).values(status=status, closed_on=closed_on))


def _undo_age(act: Undoing) -> None:
    """Shown to be an adult, by the act that is taken back: presumed a child again."""
    if any(event.track == "child" and event.to_state in ("adult", "aged_out") for event in act.events):
        change_record(act.work, act.known, {"is_child": True})


UNDONE: dict[str, Callable[[Undoing], None]] = {
    "record_consents": _undo_consents,
    "withdraw_consent": _undo_withdrawal,
    "record_guardian": _undo_guardian,
    "record_service": _undo_services,
    "record_unmet_need": _undo_unmet_need,
    "record_snapshot": _undo_snapshot,
    "extend_stay": _undo_extension,
    "end_police_duty": _undo_end_of_lead,
}
"""What goes back with each effect; the rest leave traces that bear the event's id."""


def standing_events(act: Undoing, *effects: str) -> list[CaseEvent]:
    """The steps of the case that stand and had one of the effects, oldest first; none of the act's own."""
    found = steps_with(act.work, act.procedure, act.known.case_id, *effects)
    return [event for event in found if event.id not in act.ids]


def steps_with(work: Work, procedure: Procedure, case_id: UUID, *effects: str) -> list[CaseEvent]:
    """The steps of a case that stand and had one of the effects, oldest first."""
    found = work.session.execute(
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id, CaseEvent.voided_at.is_(None), CaseEvent.corrected_by_id.is_(None))
        .order_by(CaseEvent.position)
    ).scalars()
    return [event for event in found if effects_of(procedure, [event]) & set(effects)]


def answers_of_act(act: Undoing, event: CaseEvent) -> dict[str, Any]:
    """All that was told in the act that a step belongs to."""
    return answers_at(act.work, act.keys, event)


def answers_at(work: Work, keys: CaseKeys, event: CaseEvent) -> dict[str, Any]:
    """The same by its event: a step that was fired by another holds no answers of its own."""
    told: dict[str, Any] = {}
    found = work.session.execute(
        select(CaseEvent.id, CaseEvent.answers).where(
            CaseEvent.case_id == event.case_id,
            CaseEvent.position == event.position,
            CaseEvent.corrected_by_id.is_(None),
        )
    )
    for row in found:
        if row.answers is not None:
            told |= work.vault.open(keys.content, row.answers, "case_event", "answers", row.id)
    return told


def change_record(work: Work, known: Standing, values: dict[str, Any]) -> None:
    """Change the client record under a new version of it."""
    work.change(
        update(ClientRecord)
        .where(ClientRecord.case_id == known.case_id)
        .values(**values, row_version=ClientRecord.row_version + 1)
    )
