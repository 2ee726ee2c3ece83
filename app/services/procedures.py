"""The procedure as pages need it, for the web imports no workflows: its line, what may be done now, forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from app.queries.standing import Standing
from app.queries.timeline import EventRow
from app.security.actor import Actor
from app.services import unit_of_work, versions
from app.services.unit_of_work import Work
from app.services.workflow_runner import facts_of
from workflows import engine, registry
from workflows.definition import (
    CASE_TRACK,
    SAME,
    SET_ASIDE,
    STAGES,
    Form,
    FormField,
    Label,
    Procedure,
    Track,
    Transition,
)
from workflows.facts import Facts
from workflows.guards import GUARDS

ALWAYS_NEAR = frozenset({"risk", CASE_TRACK})
"""Tracks without a stage whose steps belong to every case."""
SET_ASIDE_LABEL = Label(en="Set aside", sq="Lënë mënjanë", sr="Ostavljeno po strani")

MOVED = "move_version"
"""The action of the event by which a case goes over to another version: no step of any procedure."""
MOVED_LABEL = Label(
    en="Moved to another version of the procedure",
    sq="Kaluar në një version tjetër të procedurës",
    sr="Prebačeno na drugu verziju procedure",
)


@dataclass(frozen=True)
class Offer:
    """A step that leaves a present state and that the actor's role may take; `unmet` says what stands in its way."""

    track: str
    action: str
    label: Label
    track_label: Label
    unmet: tuple[tuple[str, bool], ...]
    is_standard: bool
    stays: bool
    asks: bool


@dataclass(frozen=True)
class Answer:
    """One answered question of a step; `value` is None where the reader's role does not see it."""

    question: FormField
    value: Any


@dataclass(frozen=True)
class TrackRow:
    """Where one track stands."""

    name: str
    label: Label
    state: str
    state_label: Label
    responsible: tuple[str, ...]
    is_at_rest: bool
    has_begun: bool
    since: date | None
    stands_aside: bool
    """Beside the line of the stages and not begun: most people never need it."""


@dataclass(frozen=True)
class StageRow:
    """One of the four stages of the line: done, current, ahead or not_needed."""

    name: str
    standing: str
    on: date | None
    state_labels: tuple[Label, ...]


def procedure_of(known: Any) -> Procedure:
    """The version that a case is pinned to: anything with `procedure` and `digest`."""
    return registry.get(known.procedure, known.digest)


def page_facts(work: Work, known: Standing, track: str = "") -> Facts:
    """The facts before a form is filled in; whether a place fits is judged once one is chosen."""
    return replace(facts_of(work, known, {}, work.today, track), place_fits=True, bed_is_free=True)


def offers(work: Work, known: Standing, answered_elsewhere: Iterable[tuple[str, str]] = ()) -> tuple[Offer, ...]:
    """What the actor's role may do from the present states, open or shut.

    `answered_elsewhere`: pairs of track and action by which another agency answers a referral that waits for it.
    """
    procedure, facts = procedure_of(known), page_facts(work, known)
    hidden = set(answered_elsewhere)
    return tuple(
        _offer(procedure, option)
        for option in engine.options(procedure, facts)
        if option.role_fits and (option.transition.track, option.transition.action) not in hidden
    )


def _offer(procedure: Procedure, option: engine.Option) -> Offer:
    transition = option.transition
    return Offer(
        track=transition.track,
        action=transition.action,
        label=transition.label,
        track_label=procedure.tracks[transition.track].label,
        unmet=tuple((one.guard, one.neutral) for one in option.unmet),
        is_standard=transition.is_standard,
        stays=transition.target == SAME,
        asks=transition.form is not None,
    )


@cache
def _answers(name: str, digest: str) -> frozenset[tuple[str, str, bool]]:
    procedure = registry.get(name, digest)
    found = set()
    for track in procedure.tracks.values():
        answers = {action for one in track.transitions for action in (one.accepts, one.declines) if action}
        found |= {(track.name, one.action, one.target != SAME) for one in track.transitions if one.action in answers}
    return frozenset(found)


def answers_to_referrals(procedure: Procedure) -> frozenset[tuple[str, str, bool]]:
    """Track and action by which a receiver answers a referral, and whether the answer moves the track."""
    return _answers(procedure.name, procedure.digest)


def tracks_of(procedure: Procedure, states: Mapping[str, str], events: Iterable[EventRow]) -> tuple[TrackRow, ...]:
    """Each track with its state, along the line; the newest change of state gives its day."""
    since: dict[str, date] = {}
    for event in events:
        if event.from_state != event.to_state and event.voided_at is None:
            since.setdefault(event.track, event.occurred_on)
    ordered = sorted(procedure.tracks.items(), key=lambda item: _place(item[1]))
    return tuple(_track(procedure, track, states[name], since.get(name)) for name, track in ordered)


def ordered_tracks(procedure: Procedure) -> list[Track]:
    """The tracks of a version along its line."""
    return sorted(procedure.tracks.values(), key=_place)


def _place(track: Track) -> float:
    """Along the line of the stages; risk and child stand beside the advocate, the case as a whole comes last."""
    if track.name == CASE_TRACK:
        return len(STAGES)
    return STAGES.index(track.stage) if track.stage else 1.5


def _track(procedure: Procedure, track: Track, state: str, since: date | None) -> TrackRow:
    known = track.states.get(state)
    return TrackRow(
        name=track.name,
        label=track.label,
        state=state,
        state_label=known.label if known else SET_ASIDE_LABEL,
        responsible=known.responsible if known else (),
        is_at_rest=(track.name, state) in procedure.at_rest,
        has_begun=state != track.initial,
        since=since,
        stands_aside=state == track.initial and not track.stage and track.name not in ALWAYS_NEAR,
    )


def line_of(procedure: Procedure, rows: Iterable[TrackRow], *, is_closed: bool) -> tuple[StageRow, ...]:
    """The four stages: done when all that began in them is at rest, not needed when nothing began in a closed case."""
    by_stage: dict[str, list[TrackRow]] = {stage: [] for stage in STAGES}
    for row in rows:
        stage = procedure.tracks[row.name].stage
        if stage:
            by_stage[stage].append(row)
    return tuple(_stage(name, found, is_closed=is_closed) for name, found in by_stage.items())


def _stage(name: str, rows: list[TrackRow], *, is_closed: bool) -> StageRow:
    begun = [row for row in rows if row.has_begun and row.state != SET_ASIDE]
    labels = tuple(row.state_label for row in begun)
    days = [row.since for row in begun if row.since]
    if not begun:
        aside = all(row.state == SET_ASIDE for row in rows)
        return StageRow(name, "not_needed" if is_closed or aside else "ahead", None, labels)
    standing = "done" if is_closed or all(row.is_at_rest for row in begun) else "current"
    return StageRow(name, standing, max(days, default=None), labels)


def transition_label(procedure: Procedure, track: str, action: str, state: str = "") -> Label:
    """The words for an action of a track, for a timeline."""
    known = procedure.tracks.get(track)
    for transition in known.transitions if known else ():
        if transition.action == action and (not state or state in transition.sources):
            return transition.label
    return MOVED_LABEL if action == MOVED else Label(sq=action, sr=action, en=action)


def track_label(procedure: Procedure, track: str) -> Label:
    """The words for a track; its own name where the version has no such track."""
    known = procedure.tracks.get(track)
    return known.label if known else Label(sq=track, sr=track, en=track)


def state_label(procedure: Procedure, track: str, state: str) -> Label:
    """The words for a state of a track."""
    known = procedure.tracks[track].states.get(state) if track in procedure.tracks else None
    return known.label if known else SET_ASIDE_LABEL


def clock_label(procedure: Procedure, name: str) -> Label:
    """The words for a clock."""
    return procedure.clocks[name].label


def form_of(procedure: Procedure, transition: Transition) -> Form | None:
    """The form of a step, None where it asks nothing."""
    return procedure.forms[transition.form] if transition.form else None


def not_asked_now(form: Form | None, facts: Facts) -> frozenset[str]:
    """Questions that may not be asked yet: her story, before an advocate is called (decision 25)."""
    if form is None or GUARDS["advocate_called"].holds(facts):
        return frozenset()
    return frozenset(one.name for one in form.fields if one.phase == "after_call")


def required_now(form: Form | None, facts: Facts) -> frozenset[str]:
    """Questions whose condition holds already, before any answer."""
    if form is None:
        return frozenset()
    return frozenset(name for name, guard in form.sometimes if GUARDS[guard].holds(facts))


@dataclass(frozen=True)
class OpeningOffer:
    """A first act by which the actor may open a case on a day."""

    track: str
    action: str
    label: Label
    track_label: Label
    form: Form


def first_acts(actor: Actor, day: date) -> tuple[OpeningOffer, ...]:
    """The same as `openings`, asked outside a unit of work."""
    with unit_of_work.read(actor) as work:
        return openings(work, day)


def openings(work: Work, day: date) -> tuple[OpeningOffer, ...]:
    """The acts by which the actor's roles may open a case under the procedure in force on a day."""
    actor = work.actor
    try:
        procedure = versions.in_force_on(work, day)
    except registry.UnknownProcedure:
        return ()
    start = engine.start(procedure)
    return tuple(
        OpeningOffer(one.track, one.action, one.label, procedure.tracks[one.track].label, procedure.forms[one.form])
        for one in sorted(_leaving(procedure, start), key=lambda one: one.track)
        if one.form and any(also.track == CASE_TRACK and also.action == "open" for also in one.also)
        if actor.roles & one.roles_for_child
    )


def _leaving(procedure: Procedure, states: Mapping[str, str]) -> list[Transition]:
    return [one for place in states.items() for one in procedure.leaving.get(place, {}).values()]


def signing_places(work: Work) -> frozenset[tuple[str, str, str]]:
    """Track, state and action of every joint act that one of the actor's roles signs, in any version."""
    return frozenset(
        (track.name, source, one.action)
        for procedure in versions.every(work)
        for track in procedure.tracks.values()
        for one in track.transitions
        if work.actor.roles & set(one.signers(True))
        for source in one.sources
    )
