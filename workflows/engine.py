"""The interpreter: states, action and facts in; a new set of states with its consequences, or a refusal, out.

Pure: it reads no clock, no file and no database, and keeps nothing between two calls.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.clocks import Calendar, due
from workflows.definition import BACK, SAME, SET_ASIDE, Also, Form, Procedure, TargetByAnswer, Transition
from workflows.facts import Facts, is_answered
from workflows.guards import GUARDS

SIGNS_ONCE = "signs_once"
"""Listed among the unmet when the same person would sign a joint act a second time."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that does not hold; of a neutral one the actor may not be told."""

    guard: str
    neutral: bool = False


class StepRefused(Exception):
    """A step that the procedure does not allow now; each kind says why."""


class IllegalStep(StepRefused):
    """The track has no such way out of the state that it is in."""

    def __init__(self, track: str, state: str, action: str) -> None:
        super().__init__(f"{track}: no {action!r} from {state!r}")
        self.track, self.state, self.action = track, state, action


class WrongRole(StepRefused):
    """The procedure gives the step to other roles."""

    def __init__(self, transition: Transition, roles: frozenset[str]) -> None:
        super().__init__(f"{transition.track}.{transition.action} is not a step of {sorted(roles)}")
        self.transition, self.roles = transition, roles


class Refused(StepRefused):
    """Conditions that do not hold: all of them, not only the first."""

    def __init__(self, unmet: tuple[Unmet, ...]) -> None:
        super().__init__(", ".join(one.guard for one in unmet))
        self.unmet = unmet


class NeedsAnswers(StepRefused):
    """Fields of the form that must be answered and are not."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Option:
    """A way out of a present state: whether the actor's role may take it, and what does not hold yet."""

    transition: Transition
    role_fits: bool
    unmet: tuple[Unmet, ...]

    @property
    def is_open(self) -> bool:
        """Whether this actor may take it now, once the form is filled in."""
        return self.role_fits and not self.unmet


@dataclass(frozen=True, slots=True)
class Step:
    """One track's move; an act may make several."""

    track: str
    action: str
    from_state: str
    to_state: str
    transition: Transition


@dataclass(frozen=True, slots=True)
class ClockStart:
    """A clock that begins to run; `occurrence` counts the due times of a series from 1."""

    name: str
    due: datetime
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act leads to; nothing has happened until the services store it.

    While `awaiting` names roles, a joint act is a draft: `signs_as` signed it just now, nothing else changes.
    Of a clock in `clocks_stopped` everything that runs stops; of a series in `clocks_advanced` only the earliest.
    """

    states: dict[str, str]
    set_aside_from: dict[str, str]
    steps: tuple[Step, ...] = ()
    clocks_started: tuple[ClockStart, ...] = ()
    clocks_stopped: tuple[str, ...] = ()
    clocks_advanced: tuple[str, ...] = ()
    referrals: tuple[tuple[str, Transition], ...] = ()
    effects: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    awaiting: frozenset[str] = frozenset()
    signs_as: str | None = None


def start(procedure: Procedure) -> dict[str, str]:
    """Return the states of a case in which nothing has happened yet."""
    return {name: track.initial for name, track in procedure.tracks.items()}


def options(procedure: Procedure, facts: Facts) -> tuple[Option, ...]:
    """Return every step that leaves a present state, with what stands in its way as far as it is known before the form.

    Steps that only another act fires are left out.
    """
    known = replace(facts, open_tracks=_open_tracks(procedure, facts.states))
    leaving = procedure.leaving
    return tuple(
        _option(known, transition)
        for place in known.states.items()
        for transition in leaving.get(place, {}).values()
        if not transition.only_also
    )


def apply(procedure: Procedure, facts: Facts, track: str, action: str, at: datetime, calendar: Calendar) -> Outcome:
    """Return what the action leads to from the present states.

    Raises IllegalStep where the procedure lists no such step, WrongRole where it is another's, then Refused with every
    condition that fails, or NeedsAnswers with every missing field when all that is known without the form holds.
    """
    state = facts.states.get(track, "")
    transition = procedure.transition(track, state, action)
    if transition is None:
        raise IllegalStep(track, state, action)
    known = _completed(procedure, facts, transition)
    if not facts.roles & _allowed(transition, known.counts_as_child):
        raise WrongRole(transition, facts.roles)
    steps, stuck = _steps(procedure, known, transition)
    _check(procedure, known, transition, steps)
    if stuck is not None:
        raise stuck
    signs_as, awaiting = _signing(transition, known)
    if awaiting:
        return Outcome(dict(facts.states), dict(facts.set_aside_from), awaiting=awaiting, signs_as=signs_as)
    return _outcome(procedure, known, steps, at, calendar, signs_as)


def missing_answers(form: Form, facts: Facts) -> tuple[str, ...]:
    """Return the fields of a form that must be answered under these facts and are not, in their order on the form."""
    wanted = set(form.always)
    wanted.update(name for name, guard in form.sometimes if GUARDS[guard].holds(facts))
    return tuple(one.name for one in form.fields if one.name in wanted and not is_answered(facts.answers.get(one.name)))


def unmet_guards(transition: Transition, facts: Facts, with_answers: bool = True) -> Iterator[Unmet]:
    """Yield each condition of a step that does not hold; without answers, those that do not depend on the form."""
    for name in transition.requires:
        guard = GUARDS[name]
        if (with_answers or not guard.on_answers) and not guard.holds(facts):
            yield Unmet(name, guard.neutral)
    consent = transition.consent
    if consent is None or (consent.purpose, consent.recipient) in facts.consents:
        return
    bases = [GUARDS[name] for name in consent.unless]
    if any(guard.holds(facts) or (guard.on_answers and not with_answers) for guard in bases):
        return
    yield Unmet(consent.guard)


def _open_tracks(procedure: Procedure, states: Mapping[str, str]) -> frozenset[str]:
    return frozenset(place[0] for place in states.items() if place not in procedure.at_rest)


def _completed(procedure: Procedure, facts: Facts, transition: Transition) -> Facts:
    open_tracks = _open_tracks(procedure, facts.states)
    if transition.form is None:
        return replace(facts, open_tracks=open_tracks)
    answered = [one for one in procedure.forms[transition.form].fields if is_answered(facts.answers.get(one.name))]
    return replace(
        facts,
        open_tracks=open_tracks,
        answered_phases=frozenset(one.phase for one in answered if one.phase),
        answered_classes=frozenset(one.sensitivity for one in answered),
    )


def _allowed(transition: Transition, is_child: bool) -> frozenset[str]:
    return transition.roles_for_child if is_child else transition.roles_for_adult


def _option(facts: Facts, transition: Transition) -> Option:
    fits = bool(facts.roles & _allowed(transition, facts.counts_as_child))
    return Option(transition, fits, tuple(unmet_guards(transition, facts, with_answers=False)))


def _steps(procedure: Procedure, facts: Facts, first: Transition) -> tuple[list[Step], IllegalStep | None]:
    """Return the act's own step and those it fires on other tracks, each from the state that the ones before left.

    A conditional one that does not leave the present state is left out; an unconditional one that does not is returned.
    """
    states = dict(facts.states)
    steps: list[Step] = []
    stuck = None
    waiting = [Also(first.track, first.action)]
    while waiting:
        one = waiting.pop(0)
        source = states[one.track]
        transition = procedure.transition(one.track, source, one.action)
        if transition is not None:
            states[one.track] = _target(transition, source, facts)
            steps.append(Step(one.track, one.action, source, states[one.track], transition))
            waiting.extend(also for also in transition.also if also.when is None or GUARDS[also.when].holds(facts))
        elif one.when is None:
            stuck = IllegalStep(one.track, source, one.action)
    return steps, stuck


def _target(transition: Transition, source: str, facts: Facts) -> str:
    target = transition.target
    if isinstance(target, TargetByAnswer):
        # An answer that leads nowhere is reported as missing, by _check.
        return target.states.get(str(facts.answers.get(target.field)), source)
    if target == BACK:
        return facts.set_aside_from[transition.track]
    return source if target == SAME else target


def _check(procedure: Procedure, facts: Facts, transition: Transition, steps: Sequence[Step]) -> None:
    """Raise Refused or NeedsAnswers; what no answer can change comes first, to spare people the form."""
    unmet = dict.fromkeys(one for step in steps for one in unmet_guards(step.transition, facts))
    signs_as, awaiting = _signing(transition, facts)
    if (awaiting and signs_as is None) or (transition.signatures and facts.actor_id in facts.signers):
        unmet[Unmet(SIGNS_ONCE)] = None
    missing = tuple(dict.fromkeys(name for step in steps for name in _missing(procedure, step.transition, facts)))
    beyond_form = any(one.guard not in GUARDS or not GUARDS[one.guard].on_answers for one in unmet)
    if unmet and (beyond_form or not missing):
        raise Refused(tuple(unmet))
    if missing:
        raise NeedsAnswers(missing)


def _missing(procedure: Procedure, transition: Transition, facts: Facts) -> tuple[str, ...]:
    form = transition.form
    missing = missing_answers(procedure.forms[form], facts) if form is not None else ()
    target = transition.target
    if isinstance(target, TargetByAnswer) and str(facts.answers.get(target.field)) not in target.states:
        return tuple(dict.fromkeys((*missing, target.field)))
    return missing


def _signing(transition: Transition, facts: Facts) -> tuple[str | None, frozenset[str]]:
    """Return the role that the actor signs as, and the roles still awaited; each act gives one signature."""
    waited_for = [role for role in transition.signers(facts.counts_as_child) if role not in facts.signed]
    signs_as = next((role for role in waited_for if role in facts.roles), None)
    return signs_as, frozenset(waited_for) - {signs_as}


def _outcome(
    procedure: Procedure, facts: Facts, steps: Sequence[Step], at: datetime, calendar: Calendar, signs_as: str | None
) -> Outcome:
    states, set_aside_from = dict(facts.states), dict(facts.set_aside_from)
    for step in steps:
        states[step.track] = step.to_state
        set_aside_from.pop(step.track, None)
        if step.to_state == SET_ASIDE:
            set_aside_from[step.track] = step.from_state
    stopped = [(name, _advances(procedure, step, name)) for step in steps for name in step.transition.stops]
    return Outcome(
        states=states,
        set_aside_from=set_aside_from,
        steps=tuple(steps),
        clocks_started=tuple(
            ClockStart(name, due(window, at, calendar.holidays, calendar.zone), occurrence)
            for step in steps
            for name in step.transition.starts
            for occurrence, window in enumerate(procedure.clocks[name].windows, 1)
        ),
        clocks_stopped=tuple(dict.fromkeys(name for name, advances in stopped if not advances)),
        clocks_advanced=tuple(dict.fromkeys(name for name, advances in stopped if advances)),
        referrals=tuple((step.transition.refers, step.transition) for step in steps if step.transition.refers),
        effects=tuple(dict.fromkeys(effect for step in steps for effect in step.transition.effects)),
        counts=tuple(dict.fromkeys(step.transition.counts for step in steps if step.transition.counts)),
        signs_as=signs_as,
    )


def _advances(procedure: Procedure, step: Step, clock: str) -> bool:
    """Whether a stop meets one due time of a series; when its track comes to rest, the whole series is over."""
    return bool(procedure.clocks[clock].repeats) and (step.track, step.to_state) not in procedure.at_rest
