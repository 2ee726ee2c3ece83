"""What every definition must satisfy beyond being readable: its structure here, its promises by the explorer."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from workflows.definition import CASE_TRACK, SET_ASIDE, TICK, Procedure, Track, Transition
from workflows.promises import prove
from workflows.questions import Proof
from workflows.situations import act_of

STILL_POSSIBLE = frozenset({"withdraw_consent", "close_stay"})
"""Effects that a closed case must not shut: consent is taken back and a bed is left whatever the case's state."""
RECEIVER_TYPES = {"shelter": ("shelter", "bed")}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a definition that must be changed, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Report:
    """All that was found: the structure's findings, and a proof or a path for each promise."""

    procedure: str
    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the definition may be used."""
        return not self.findings and all(proof.holds for proof in self.proofs)

    def __str__(self) -> str:
        verdict = "sound" if self.is_sound else "NOT SOUND"
        return "\n".join([f"{self.procedure}: {verdict}", *map(str, self.findings), *map(str, self.proofs)])


def check(procedure: Procedure) -> Report:
    """Return the report on a definition; promises are only asked of one whose structure is in order."""
    findings = tuple(lint(procedure))
    return Report(procedure.name, findings, () if findings else tuple(prove(procedure)))


def lint(procedure: Procedure) -> Iterator[Finding]:
    """Yield every fault of structure."""
    for track in procedure.tracks.values():
        yield from _unreachable(track)
        yield from _traps(track)
        yield from _nobody_responsible(track)
        for transition in track.transitions:
            where = f"{track.name}.{transition.action}"
            for rule in TRANSITION_RULES:
                yield from (Finding(where, what) for what in rule(procedure, transition))
    yield from _unused(procedure)
    yield from _half_paused(procedure)
    yield from _consent_stuck(procedure)
    yield from _circles(procedure)


def _unreachable(track: Track) -> Iterator[Finding]:
    reached = _closure({track.initial}, track, forwards=True)
    for state in track.states:
        if state not in reached:
            yield Finding(f"{track.name}.{state}", "cannot be reached")


def _traps(track: Track) -> Iterator[Finding]:
    ends = {state.name for state in track.states.values() if state.ends}
    freed = _closure(ends, track, forwards=False)
    for state in track.states:
        if state not in freed and state != SET_ASIDE:
            yield Finding(f"{track.name}.{state}", "is a trap: no state that ends the track can be reached from it")


def _closure(begin: set[str], track: Track, forwards: bool) -> set[str]:
    """Return the states connected with some, forwards or backwards; backwards setting aside does not count."""
    pairs = {
        (source, target)
        for one in track.transitions
        if forwards or not one.is_standard
        for source in one.sources
        for target in one.targets(source)
    }
    reached, grown = set(begin), True
    while grown:
        more = {new for old, new in (pairs if forwards else {(b, a) for a, b in pairs}) if old in reached} - reached
        reached |= more
        grown = bool(more)
    return reached


def _nobody_responsible(track: Track) -> Iterator[Finding]:
    for state in track.states.values():
        if not set(state.responsible) - {TICK}:
            yield Finding(f"{track.name}.{state.name}", "nobody is responsible for it")


def _outlives_case(procedure: Procedure, one: Transition) -> Iterator[str]:
    if one.track != CASE_TRACK and "case_not_closed" not in one.requires and not STILL_POSSIBLE & set(one.effects):
        yield "can be taken in a closed case: it needs case_not_closed"


def _fires_badly(procedure: Procedure, one: Transition) -> Iterator[str]:
    asked = {field.name for field in procedure.forms[one.form].fields} if one.form else set()
    for fired in act_of(procedure, one).chain[1:]:
        if fired.signatures:
            yield f"fires {fired.track}.{fired.action}, which needs signatures of its own"
        form = procedure.forms.get(fired.form or "")
        missing = [field.name for field in form.fields if field.required and field.name not in asked] if form else []
        if missing:
            yield f"fires {fired.track}.{fired.action}, but its form does not ask for {', '.join(missing)}"


def _never_fired(procedure: Procedure, one: Transition) -> Iterator[str]:
    fired = {(also.track, also.action) for each in _every(procedure) for also in each.also}
    if one.only_also and (one.track, one.action) not in fired:
        yield "is a step of nobody: no role takes it and no act fires it"


def _refers_badly(procedure: Procedure, one: Transition) -> Iterator[str]:
    if one.refers is None:
        if one.accepts or one.declines or one.expires:
            yield "has answers to a referral but makes none"
        return
    if one.accepts is None:
        yield f"refers to {one.refers}, but nothing accepts it"
    landings = {target for source in one.sources for target in one.targets(source)}
    for answer in filter(None, (one.accepts, one.declines)):
        if not any((one.track, target) in _places(procedure, one.track, answer) for target in landings):
            yield f"is answered by {answer}, which leaves none of the states that it leads to"
    types = RECEIVER_TYPES.get(one.refers, ())
    fields = act_of(procedure, one).fields.values()
    if not any((field.type == "agency" and field.kind == one.refers) or field.type in types for field in fields):
        yield f"refers to {one.refers}, but its form does not ask to which"


def _places(procedure: Procedure, track: str, action: str) -> Collection[tuple[str, str]]:
    return [place for place, leaving in procedure.leaving.items() if place[0] == track and action in leaving]


def _signs_badly(procedure: Procedure, one: Transition) -> Iterator[str]:
    signers = {*one.signatures, *one.signatures_if_child}
    idle = {*one.by, *one.by_if_child} - signers
    if signers and idle:
        yield f"may be taken by {', '.join(sorted(idle))}, who does not sign it"


def _ticks_badly(procedure: Procedure, one: Transition) -> Iterator[str]:
    if TICK in one.by and one.form and procedure.forms[one.form].always:
        yield "is a step of the clock, which cannot fill in its form"


def _unused(procedure: Procedure) -> Iterator[Finding]:
    started = {clock for one in _every(procedure) for clock in one.starts}
    stopped = {clock for one in _every(procedure) for clock in one.stops if not one.is_standard}
    forms = {one.form for one in _every(procedure)}
    for clock in procedure.clocks:
        if clock not in started:
            yield Finding(f"clock {clock}", "nothing starts it")
        if clock not in stopped:
            yield Finding(f"clock {clock}", "nothing stops it")
    for form in procedure.forms:
        # The form of the standing steps is there even where every track is always at rest.
        if form not in forms and form != "reason":
            yield Finding(f"form {form}", "no step uses it")


def _half_paused(procedure: Procedure) -> Iterator[Finding]:
    """Yield the clocks of which one half of a pause is missing: it would stand for ever, or end what never began."""
    paused = {clock for one in _every(procedure) for clock in one.pauses}
    resumed = {clock for one in _every(procedure) for clock in one.resumes}
    for clock in sorted(paused - resumed):
        yield Finding(f"clock {clock}", "is paused, but nothing resumes it")
    for clock in sorted(resumed - paused):
        yield Finding(f"clock {clock}", "is resumed, but nothing pauses it")


def _consent_stuck(procedure: Procedure) -> Iterator[Finding]:
    """Yield the states in which consent cannot be taken back: it ends at once, whatever the state (decision 1)."""
    for track in procedure.tracks.values():
        taken_back = [one for one in track.transitions if "withdraw_consent" in one.effects and not one.only_also]
        if any("record_consents" in one.effects for one in track.transitions) or taken_back:
            possible = {source for one in taken_back for source in one.sources}
            for state in track.states:
                if state not in possible:
                    yield Finding(f"{track.name}.{state}", "consent cannot be taken back in it")


def _circles(procedure: Procedure) -> Iterator[Finding]:
    for one in _every(procedure):
        chain = act_of(procedure, one).chain
        back = [each for each in chain for also in each.also if (also.track, also.action) == (one.track, one.action)]
        if back:
            yield Finding(f"{one.track}.{one.action}", f"fires itself through {back[0].track}.{back[0].action}")


def _every(procedure: Procedure) -> Iterator[Transition]:
    for track in procedure.tracks.values():
        yield from track.transitions


TRANSITION_RULES: tuple[Callable[[Procedure, Transition], Iterator[str]], ...] = (
    _outlives_case,
    _fires_badly,
    _never_fired,
    _refers_badly,
    _signs_badly,
    _ticks_badly,
)
