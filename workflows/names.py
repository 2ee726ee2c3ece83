"""Whether every name that a definition uses is one that exists: roles, guards, forms, clocks, states, effects."""

from collections.abc import Collection, Iterator

from workflows.definition import (
    ACTORS,
    ALL_CLOCKS,
    BACK,
    EFFECTS,
    FIELD_TYPES,
    SAME,
    SIGNERS,
    STAGES,
    Form,
    FormField,
    Procedure,
    TargetByAnswer,
    Track,
    Transition,
)
from workflows.guards import GUARDS
from workflows.reading import Fault

CLASSES = frozenset("APINTMLVJR")
PHASES = ("before_call", "after_call")
ONE_CODE = ("code", "yes_no_unknown")
"""Field types whose answer is one code, so that a count can depend on it."""


def name_faults(procedure: Procedure) -> Iterator[Fault]:
    """Yield a fault for each name in the procedure that nothing answers to, and for what is there twice."""
    for clock in procedure.clocks.values():
        yield from _unknown("procedure.toml", f"clock.{clock.name}.reminds", clock.reminds, ACTORS, "role")
        yield from _unknown("procedure.toml", f"clock.{clock.name}.tells", clock.tells, ACTORS, "role")
    for form in procedure.forms.values():
        yield from _unknown("forms.toml", f"form.{form.key}.signs", form.signs, SIGNERS, "signer")
        for one in form.fields:
            yield from _field_faults(form, one)
    for name, states in procedure.carries.items():
        known = procedure.tracks[name].states if name in procedure.tracks else ()
        yield from _unknown("procedure.toml", f"carries.{name}", states.values(), known, f"state of {name}")
    for track in procedure.tracks.values():
        yield from _track_faults(track)
        for transition in track.transitions:
            yield from _transition_faults(procedure, track, transition)


def _unknown(file: str, key: str, names: Collection[str], known: Collection[str], noun: str) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault(file, key, f"there is no {noun} {name!r}")


def _given(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


def _field_faults(form: Form, one: FormField) -> Iterator[Fault]:
    key = f"form.{form.key}.{one.name}"
    yield from _unknown("forms.toml", f"{key}.type", [one.type], FIELD_TYPES, "field type")
    yield from _unknown("forms.toml", f"{key}.class", [one.sensitivity], CLASSES, "class")
    yield from _unknown("forms.toml", f"{key}.required_if", _given(one.required_if), GUARDS, "guard")
    yield from _unknown("forms.toml", f"{key}.phase", _given(one.phase), PHASES, "phase")
    if (one.type in ("code", "codes")) != (one.codes is not None):
        yield Fault("forms.toml", f"{key}.codes", "a coded field names its list, and no other field does")


def _track_faults(track: Track) -> Iterator[Fault]:
    file = f"{track.name}.toml"
    yield from _unknown(file, "stage", _given(track.stage), STAGES, "stage")
    yield from _unknown(file, "initial", [track.initial], track.states, "state")
    for state in track.states.values():
        yield from _unknown(file, f"state.{state.name}.responsible", state.responsible, ACTORS, "role")
    leaving: set[tuple[str, str]] = set()
    for transition in track.transitions:
        for source in transition.sources:
            if (source, transition.action) in leaving:
                yield Fault(file, transition.action, f"leaves {source!r} twice: which of the two holds is not said")
            leaving.add((source, transition.action))


def _transition_faults(procedure: Procedure, track: Track, transition: Transition) -> Iterator[Fault]:
    file, key = f"{track.name}.toml", transition.action
    targets = [name for source in transition.sources for name in transition.targets(source) if name != BACK]
    roles = (*transition.by, *transition.by_if_child, *transition.signatures, *transition.signatures_if_child)
    yield from _unknown(file, f"{key}.from", transition.sources, track.states, "state")
    yield from _unknown(file, f"{key}.to", [one for one in targets if one != SAME], track.states, "state")
    yield from _unknown(file, f"{key}.by", roles, ACTORS, "role")
    yield from _unknown(file, f"{key}.requires", transition.requires, GUARDS, "guard")
    yield from _unknown(file, f"{key}.form", _given(transition.form), procedure.forms, "form")
    yield from _unknown(file, f"{key}.starts", transition.starts, procedure.clocks, "clock")
    yield from _unknown(file, f"{key}.stops", transition.stops, {*procedure.clocks, ALL_CLOCKS}, "clock")
    for word in ("pauses", "resumes"):
        yield from _unknown(file, f"{key}.{word}", getattr(transition, word), procedure.clocks, "clock")
    yield from _unknown(file, f"{key}.effects", transition.effects, EFFECTS, "effect")
    yield from _reference_faults(procedure, file, transition)
    yield from _count_faults(procedure, file, transition)
    if isinstance(transition.target, TargetByAnswer):
        form = procedure.forms.get(transition.form or "")
        fields = [one.name for one in form.fields] if form else []
        yield from _unknown(file, f"{key}.to.field", [transition.target.field], fields, "field of its form")


def _count_faults(procedure: Procedure, file: str, transition: Transition) -> Iterator[Fault]:
    form = procedure.forms.get(transition.form or "")
    fields = [one.name for one in form.fields if one.type in ONE_CODE] if form else []
    for rule in transition.counts:
        asked = [name for name, _ in rule.when]
        yield from _unknown(file, f"{transition.action}.counts.when", asked, fields, "coded field of its form")


def _reference_faults(procedure: Procedure, file: str, transition: Transition) -> Iterator[Fault]:
    key = transition.action
    if transition.consent:
        yield from _unknown(file, f"{key}.consent.unless", transition.consent.unless, GUARDS, "guard")
    for also in transition.also:
        target = procedure.tracks.get(also.track)
        actions = {one.action for one in target.transitions} if target else set()
        yield from _unknown(file, f"{key}.also.action", [also.action], actions, f"action on {also.track!r},")
        yield from _unknown(file, f"{key}.also.when", _given(also.when), GUARDS, "guard")
    answers = [name for name in (transition.accepts, transition.declines) if name]
    own = {one.action for one in procedure.tracks[transition.track].transitions}
    yield from _unknown(file, f"{key}.accepts", answers, own, "action of this track")
