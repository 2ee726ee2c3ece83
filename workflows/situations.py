"""The situations in which a step can find a case: every choice of the facts and answers that its guards look at.

For the explorer of the checks and for tests. A situation is a Facts as the engine takes it; nothing is decided here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import product
from typing import Any

from workflows.completion import learnt
from workflows.definition import FormField, Procedure, TargetByAnswer, Transition
from workflows.engine import consent_holds
from workflows.facts import Facts, is_answered
from workflows.guards import GUARDS, IDENTITY, IDENTITY_CLASSES, STORY

STORY_TOLD = "story"
IDENTITY_TOLD = "identity"
"""Questions that guards only ask about together: all of them are answered, or as few as the form allows."""
ACTOR = "me"
CHOSEN = ("acts_for_lead_agency", "actor_id", STORY_TOLD, IDENTITY_TOLD)
"""What whoever acts can see to, beside the answers; all else is how the case happens to be."""

STATES = "states."
"""Before the name of a track: its state, as something that a condition looks at."""

Values = Mapping[str, object]

BY_NAME: Mapping[str, tuple[object, ...]] = {
    "second_reader": ("someone_else", ACTOR),
    "age_group": ("adult", "child"),
    "safe_contact": ("phone", "do_not_contact", "not_yet_known"),
    "purposes": (("assistance",), ("shelter",)),
}
BY_TYPE: Mapping[str, tuple[object, ...]] = {"yes_no": (True, False), "yes_no_unknown": ("no", "yes", "unknown")}
OTHER_FACTS: Mapping[str, tuple[object, ...]] = {
    "origin": ("police", "advocacy"),
    "actor_id": (ACTOR,),
    "open_tracks": (frozenset(), frozenset({"another"})),
}


@dataclass(frozen=True)
class Condition:
    """Something that must hold, with the facts, answers and states (`states.TRACK`) that it looks at."""

    reads: frozenset[str]
    holds: Callable[[Facts], bool]


@dataclass(frozen=True)
class Act:
    """A step with all that it may fire on other tracks, the fields that can be answered, and what it depends on."""

    transition: Transition
    chain: tuple[Transition, ...]
    fields: Mapping[str, FormField]
    conditions: tuple[Condition, ...]
    """Those of the step itself, the simplest first."""
    followers: tuple[Condition, ...]
    """Those of the steps that it may fire."""
    lent: frozenset[str]
    """Fields that only the form of another act asks, one that fires this step: nobody can answer them here."""
    branches: Mapping[str, tuple[object, ...]]
    """Answers that decide where a track goes, with the values that lead somewhere."""

    @cached_property
    def reads(self) -> frozenset[str]:
        """All that decides whether it is open and where it leads, states of tracks aside."""
        read = {atom for one in (*self.conditions, *self.followers) for atom in one.reads}
        return frozenset(atom for atom in read if not atom.startswith(STATES)) | {
            f"answers.{field}" for field in self.branches
        }

    @cached_property
    def required(self) -> Mapping[str, object]:
        """An answer to each question that must be answered."""
        return {name: _sample(self, one) for name, one in self.fields.items() if one.required}

    @cached_property
    def touches(self) -> frozenset[str]:
        """Tracks whose state matters: looked at, or moved."""
        read = {atom for one in (*self.conditions, *self.followers) for atom in one.reads}
        looked_at = {atom.removeprefix(STATES) for atom in read if atom.startswith(STATES)}
        return frozenset(looked_at | {one.track for one in self.chain})


def is_chosen(atom: str) -> bool:
    """Whether the actor can see to it, as opposed to how the case happens to be."""
    return atom.startswith("answers.") or atom in CHOSEN


def act_of(procedure: Procedure, transition: Transition) -> Act:
    """Return a step as an act: with what it fires, asks and reads."""
    chain = _chain(procedure, transition)
    whens = [_condition(also.when) for one in chain for also in one.also if also.when is not None]
    own = {one.name: one for one in procedure.forms[transition.form].fields} if transition.form else {}
    lent = _lent_fields(procedure, transition)
    targets = [one.target for one in chain if isinstance(one.target, TargetByAnswer)]
    return Act(
        transition=transition,
        chain=chain,
        fields={**lent, **own},
        lent=frozenset(lent.keys() - own.keys()),
        conditions=tuple(sorted(_conditions(transition), key=lambda one: len(one.reads))),
        followers=tuple(each for one in chain[1:] for each in _conditions(one)) + tuple(whens),
        branches={target.field: tuple(target.states) for target in targets},
    )


def domain(act: Act, atom: str) -> tuple[object, ...]:
    """Return the values that a fact or an answer can take in an act; the first is the one that helps most."""
    if atom in (STORY_TOLD, IDENTITY_TOLD):
        return (False, True) if _told(act, atom) else (False,)
    if not atom.startswith("answers."):
        return OTHER_FACTS.get(atom, (True, False))
    name = atom.removeprefix("answers.")
    if name in act.branches:
        return act.branches[name]
    field = act.fields.get(name)
    if field is None:
        return (None,)
    given = BY_NAME.get(field.name) or BY_TYPE.get(field.type, ("given",))
    if name in act.lent:
        return (None, *given)
    return given if field.required else (*given, None)


def situations(
    procedure: Procedure, act: Act, known: Values, domains: Mapping[str, tuple[object, ...]]
) -> Iterator[tuple[Values, Facts]]:
    """Yield each situation in which the step's own conditions hold: the values chosen, and the facts they make.

    `known` is taken as it is; what is in `domains` takes each of its values.
    """
    found: list[dict[str, object]] = [dict(known)]
    assigned = set(known)
    for condition in act.conditions:
        # Value by value, condition by condition: what fails early is never combined with the rest.
        new = sorted(condition.reads - assigned)
        assigned |= set(new)
        grown = ({**values, **more} for values in found for more in _choices(new, domains))
        found = [values for values in grown if condition.holds(_facts(procedure, act, values))]
    rest = sorted(set(domains) - assigned)
    for values in found:
        for more in _choices(rest, domains):
            chosen = {**values, **more}
            yield chosen, _facts(procedure, act, chosen)


def _choices(atoms: Sequence[str], domains: Mapping[str, tuple[object, ...]]) -> Iterator[dict[str, object]]:
    for values in product(*(domains[atom] for atom in atoms)):
        yield dict(zip(atoms, values, strict=True))


def asks(act: Act, group: str) -> bool:
    """Whether the act asks a question of a group."""
    return any(_is_in(one, group) for one in act.fields.values())


def is_told(act: Act, facts: Facts, group: str) -> bool:
    """Whether a question of a group is answered."""
    return any(_is_in(one, group) and is_answered(facts.answers.get(one.name)) for one in act.fields.values())


def _chain(procedure: Procedure, first: Transition) -> tuple[Transition, ...]:
    chain = [first]
    for one in chain:
        for also in one.also:
            fired = [each for each in procedure.tracks[also.track].transitions if each.action == also.action]
            chain.extend(each for each in fired if each not in chain)
    return tuple(chain)


def _conditions(transition: Transition) -> Iterator[Condition]:
    yield from (_condition(name) for name in transition.requires)
    rule = transition.consent
    if rule is not None:
        reads = {atom for name in rule.unless for atom in _atoms(GUARDS[name].reads)}
        reads.add(f"consents.{rule.purpose}.{rule.recipient}")
        yield Condition(frozenset(reads), lambda facts: consent_holds(rule, facts))


def _condition(name: str) -> Condition:
    return Condition(frozenset(_atoms(GUARDS[name].reads)), GUARDS[name].holds)


def _atoms(reads: frozenset[str]) -> Iterator[str]:
    together = {name for name in STORY if "answered_phases" in reads} | {
        name for name in IDENTITY if "answered_classes" in reads
    }
    for read in reads:
        if read == "answered_phases":
            yield STORY_TOLD
        elif read == "answered_classes":
            yield IDENTITY_TOLD
        elif read.removeprefix("answers.") not in together:
            yield read


def _lent_fields(procedure: Procedure, transition: Transition) -> dict[str, FormField]:
    """Return the fields of acts that fire the step in the same breath, whose answers its guards then see."""
    fired_by = [
        one.form
        for track in procedure.tracks.values()
        for one in track.transitions
        for also in one.also
        if one.form and (also.track, also.action) == (transition.track, transition.action)
    ]
    return {one.name: replace(one, required=False) for form in fired_by for one in procedure.forms[form].fields}


def _told(act: Act, group: str) -> dict[str, object]:
    """Return answers to all questions of a group that the act's form asks."""
    wanted = [one for one in act.fields.values() if _is_in(one, group)]
    return {one.name: _sample(act, one) for one in wanted}


def _is_in(field: FormField, group: str) -> bool:
    if group == STORY_TOLD:
        return field.phase == "after_call" or field.name in STORY
    return field.sensitivity in IDENTITY_CLASSES or field.name in IDENTITY


def _sample(act: Act, field: FormField) -> object:
    value = next(one for one in domain(act, f"answers.{field.name}") if one is not None)
    return [value] if field.type == "codes" and not isinstance(value, tuple) else value


def _facts(procedure: Procedure, act: Act, values: Values) -> Facts:
    answers = dict(act.required)
    states: dict[str, str] = {}
    facts: dict[str, Any] = {}
    consents: set[tuple[str, ...]] = set()
    parties: set[str] = set()
    for atom, value in values.items():
        kind, name = _parts(atom)
        if kind == "states":
            states[name] = str(value)
        elif kind == "answers":
            answers[name] = value
        elif kind == "consents" and value:
            consents.add(tuple(name.split(".")))
        elif kind == "parties" and value:
            parties.add(name)
        elif kind in (STORY_TOLD, IDENTITY_TOLD):
            answers.update(_told(act, kind) if value else {})
        elif not name:
            facts[atom] = value
    given = {name: answer for name, answer in answers.items() if answer is not None}
    made: Any = {"states": states, "answers": given, "consents": frozenset(consents), "parties": frozenset(parties)}
    # What is open follows from all states; where only some tracks are looked at, it is a fact like any other.
    return Facts(**made, **(learnt(procedure, states, given, act.transition) | facts))


@cache
def _parts(atom: str) -> tuple[str, str]:
    kind, _, name = atom.partition(".")
    return kind, name
