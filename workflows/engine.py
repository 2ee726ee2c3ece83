"""The interpreter: states, action and facts in; a new set of states with its consequences, or a refusal, out.

Pure: it reads no clock, no file and no database, and keeps nothing between two calls.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from workflows.clocks import Calendar, due
from workflows.completion import completed, open_tracks
from workflows.definition import (
    ALL_CLOCKS,
    BACK,
    SAME,
    SET_ASIDE,
    Also,
    ClockRule,
    ConsentRule,
    Form,
    Procedure,
    TargetByAnswer,
    Transition,
)
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
class Verdict:
    """What a step would do and what fails; `stuck` is an unconditional follow-up that does not fit its track."""

    steps: tuple[Step, ...]
    unmet: tuple[Unmet, ...]
    stuck: IllegalStep | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act leads to; nothing has happened until the services store it.

    While `awaiting` names roles, a joint act is a draft: `signs_as` signed it just now, nothing else changes.
    Of a clock in `clocks_stopped` everything that runs stops; of a series in `clocks_advanced` only the earliest.
    A clock that the same act starts, stops or advances is in neither `clocks_paused` nor `clocks_resumed`.
    """

    states: dict[str, str]
    set_aside_from: dict[str, str]
    steps: tuple[Step, ...] = ()
    clocks_started: tuple[ClockStart, ...] = ()
    clocks_stopped: tuple[str, ...] = ()
    clocks_advanced: tuple[str, ...] = ()
    clocks_paused: tuple[str, ...] = ()
    clocks_resumed: tuple[str, ...] = ()
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
    known = replace(facts, open_tracks=open_tracks(procedure, facts.states))
    leaving = procedure.leaving
    return tuple(
        _option(procedure, known, transition)
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
    known = completed(procedure, _as_asked(procedure, facts, transition), transition)
    if not facts.roles & roles(transition, known):
        raise WrongRole(transition, facts.roles)
    verdict = judge(procedure, known, transition)
    signs_as, awaiting = _signing(transition, known)
    _check(procedure, known, verdict, signs_twice=_signs_twice(transition, known))
    if awaiting:
        return Outcome(dict(facts.states), dict(facts.set_aside_from), awaiting=awaiting, signs_as=signs_as)
    return _outcome(procedure, known, verdict.steps, at, calendar, signs_as)


def _as_asked(procedure: Procedure, facts: Facts, transition: Transition) -> Facts:
    """Return the facts with no answer that the form does not ask for.

    Otherwise an answer slipped in beside the form, that a life is at risk say, would stand in for consent.
    """
    asked = procedure.forms[transition.form].names if transition.form else frozenset()
    if facts.answers.keys() <= asked:
        return facts
    return replace(facts, answers={name: answer for name, answer in facts.answers.items() if name in asked})


def roles(transition: Transition, facts: Facts) -> frozenset[str]:
    """Return the roles that may take the step in this case."""
    return transition.roles_for_child if facts.counts_as_child else transition.roles_for_adult


def judge(procedure: Procedure, facts: Facts, transition: Transition) -> Verdict:
    """Return the moves of a step and the conditions that fail; role, form and signatures are not looked at.

    The explorer of the checks asks this very function, so that what is proven is what runs. Facts must be completed.
    """
    steps, stuck = _steps(procedure, facts, transition)
    unmet = dict.fromkeys(one for step in steps for one in unmet_guards(step.transition, facts))
    return Verdict(tuple(steps), tuple(unmet), stuck)


def missing_answers(form: Form, facts: Facts) -> tuple[str, ...]:
    """Return the fields of a form that must be answered under these facts and are not, in their order on the form."""
    wanted = set(form.always)
    wanted.update(name for name, guard in form.sometimes if GUARDS[guard].holds(facts))
    return tuple(one.name for one in form.fields if one.name in wanted and not is_answered(facts.answers.get(one.name)))


def unmet_guards(
    transition: Transition, facts: Facts, with_answers: bool = True, asked: frozenset[str] | None = None
) -> Iterator[Unmet]:
    """Yield each condition of a step that does not hold; without answers, those that do not depend on the form.

    Given the names that its form asks, also those that would depend on answers but for which there is no question.
    """
    for name in transition.requires:
        guard = GUARDS[name]
        is_left_open = not with_answers and guard.on_answers and (asked is None or guard.asks(asked))
        if not is_left_open and not guard.holds(facts):
            yield Unmet(name, guard.neutral)
    consent = transition.consent
    if consent is not None and not consent_holds(consent, facts, with_answers):
        yield Unmet(consent.guard)


def consent_holds(rule: ConsentRule, facts: Facts, with_answers: bool = True) -> bool:
    """Whether the consent is live or another basis holds; without answers, one that the form may give is let pass."""
    if (rule.purpose, rule.recipient) in facts.consents:
        return True
    bases = (GUARDS[name] for name in rule.unless)
    return any(guard.holds(facts) or (guard.on_answers and not with_answers) for guard in bases)


def _option(procedure: Procedure, facts: Facts, transition: Transition) -> Option:
    fits = bool(facts.roles & roles(transition, facts))
    asked = procedure.forms[transition.form].names if transition.form else frozenset()
    return Option(transition, fits, tuple(unmet_guards(transition, facts, with_answers=False, asked=asked)))


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
        source = states.get(one.track, "")
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
        if transition.track not in facts.set_aside_from:
            raise IllegalStep(transition.track, source, transition.action)
        return facts.set_aside_from[transition.track]
    return source if target == SAME else target


def _check(procedure: Procedure, facts: Facts, verdict: Verdict, signs_twice: bool) -> None:
    """Raise what refuses the act; what no answer can change comes first, to spare people the form."""
    unmet = (*verdict.unmet, Unmet(SIGNS_ONCE)) if signs_twice else verdict.unmet
    transitions = [step.transition for step in verdict.steps]
    missing = tuple(dict.fromkeys(name for one in transitions for name in _missing(procedure, one, facts)))
    is_firm = signs_twice or any(True for one in transitions for _ in unmet_guards(one, facts, with_answers=False))
    if unmet and (is_firm or not missing):
        raise Refused(unmet)
    if missing:
        raise NeedsAnswers(missing)
    if verdict.stuck is not None:
        raise verdict.stuck


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


def _signs_twice(transition: Transition, facts: Facts) -> bool:
    if not transition.signatures:
        return False
    signs_as, awaiting = _signing(transition, facts)
    return facts.actor_id in facts.signers or (signs_as is None and bool(awaiting))


def _outcome(
    procedure: Procedure, facts: Facts, steps: Sequence[Step], at: datetime, calendar: Calendar, signs_as: str | None
) -> Outcome:
    states, set_aside_from = dict(facts.states), dict(facts.set_aside_from)
    for step in steps:
        states[step.track] = step.to_state
        if step.to_state != SET_ASIDE:
            set_aside_from.pop(step.track, None)
        elif step.from_state != SET_ASIDE:
            set_aside_from[step.track] = step.from_state
    when = (calendar.holidays, calendar.zone)
    stopped = [(name, _advances(procedure, step, name)) for step in steps for name in _stopped_by(procedure, step)]
    return Outcome(
        states=states,
        set_aside_from=set_aside_from,
        steps=tuple(steps),
        clocks_started=tuple(
            ClockStart(name, due(window, _runs_from(procedure.clocks[name], facts, at, calendar), *when), occurrence)
            for step in steps
            for name in step.transition.starts
            for occurrence, window in enumerate(procedure.clocks[name].windows, 1)
        ),
        clocks_stopped=tuple(dict.fromkeys(name for name, advances in stopped if not advances)),
        clocks_advanced=tuple(dict.fromkeys(name for name, advances in stopped if advances)),
        clocks_paused=_still_running(steps, "pauses"),
        clocks_resumed=_still_running(steps, "resumes"),
        referrals=tuple((step.transition.refers, step.transition) for step in steps if step.transition.refers),
        effects=tuple(dict.fromkeys(effect for step in steps for effect in step.transition.effects)),
        counts=_counted(steps, facts),
        signs_as=signs_as,
    )


def _counted(steps: Sequence[Step], facts: Facts) -> tuple[str, ...]:
    rules = (rule for step in steps for rule in step.transition.counts)
    return tuple(dict.fromkeys(rule.count for rule in rules if rule.holds(facts.answers)))


def _stopped_by(procedure: Procedure, step: Step) -> tuple[str, ...]:
    named = step.transition.stops
    if ALL_CLOCKS not in named:
        return named
    return tuple(name for name in procedure.clocks if name not in step.transition.starts)


def _runs_from(clock: ClockRule, facts: Facts, at: datetime, calendar: Calendar) -> datetime:
    """Return when a clock begins to run: at the act, or on the day that the form names for it."""
    try:
        day = date.fromisoformat(str(facts.answers.get(clock.runs_from or "")))
    except ValueError:
        return at
    return datetime.combine(day, time(12), tzinfo=calendar.zone)


def _still_running(steps: Sequence[Step], word: str) -> tuple[str, ...]:
    """The clocks that the act pauses or resumes: of one that it starts or stops as well, nothing is left to pause."""
    over = {name for step in steps for name in (*step.transition.starts, *step.transition.stops)}
    named = (name for step in steps for name in getattr(step.transition, word))
    return tuple(dict.fromkeys(name for name in named if name not in over))


def _advances(procedure: Procedure, step: Step, clock: str) -> bool:
    """Whether a stop meets one due time of a series; when its track comes to rest, the whole series is over."""
    return bool(procedure.clocks[clock].repeats) and (step.track, step.to_state) not in procedure.at_rest
