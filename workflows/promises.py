"""The promises of design.md, 'flask sop check', asked of a procedure one by one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from workflows import safeguards
from workflows.definition import CASE_TRACK, SAME, Procedure, Track, Transition
from workflows.guards import GUARDS, Guard
from workflows.questions import Forbidden, Proof, always_a_way, never, told
from workflows.situations import STORY_TOLD, act_of, asks, is_told
from workflows.slices import STAY, Edge, Memory, Node, Slice, effects_at_most, path_to, walk

DECISIONS = frozenset({"identified", "not_identified", "status_declined"})
DEPARTED = "departed"
GUARDED = DECISIONS | {DEPARTED, "statement_given", "testified"}
"""What happens to no child without a guardian: a decision on status, a return, an interview that is written down."""
OPEN_CLASSES = frozenset("APN")
"""What a call may say before there is a basis: region, sex, adult or child, language, urgency, needs (decision 4)."""
BY_DUTY = frozenset({("advocacy", "advocacy"), ("child", "social_work")})
"""Track and kind of agency that the law itself calls in: an advocate, and for a child a social worker (decision 1)."""
HELP = frozenset({"open_stay", "record_service"})
HELP_STAGES = ("advocacy", "shelter", "return_or_reintegration")
CHILD = ("is_child", "age_in_doubt")
GUARDIAN = ("guardian_checked", "guardian_suspect")


def prove(procedure: Procedure) -> Iterator[Proof]:
    """Yield the proof of each promise, or the path that breaks it."""
    for ask in QUESTIONS.values():
        yield from ask(procedure)


def closing(procedure: Procedure) -> Iterator[Proof]:
    """A case can always be closed: each track can be brought to rest by itself, and then the case closed."""
    for track in procedure.tracks:
        if track != CASE_TRACK:
            yield _comes_to_rest(procedure, track)
    part = Slice(procedure, (CASE_TRACK,), fixed={"open_tracks": frozenset(), "has_open_stay": False})
    start = part.start()
    yield always_a_way(
        "closing",
        "a case whose tracks are at rest can be closed",
        part,
        lambda node: node == start or (CASE_TRACK, node.places[0]) in procedure.at_rest,
        lambda edge: True,
    )


def _comes_to_rest(procedure: Procedure, track: str) -> Proof:
    def leaves_others_at_rest(edge: Edge) -> bool:
        others = [step for step in edge.steps if step.track not in (track, CASE_TRACK)]
        at_rest = procedure.at_rest
        return all(
            (step.track, step.to_state) in at_rest or (step.track, step.from_state) not in at_rest for step in others
        )

    return always_a_way(
        "closing",
        f"{track} can always be brought to rest or set aside",
        Slice(procedure, (track,)),
        lambda node: _is_at_rest(procedure, track, node),
        leaves_others_at_rest,
    )


def _is_at_rest(procedure: Procedure, track: str, node: Node) -> bool:
    return (track, node.places[0].partition("<")[0]) in procedure.at_rest and not node.has_stay


def ways_out_of_shelter(procedure: Procedure) -> Iterator[Proof]:
    """Every state of a shelter track has a way out without police or prosecutor."""
    for track in procedure.tracks.values():
        if track.stage == "shelter":
            yield always_a_way(
                "way_out",
                f"every state of {track.name} has a way out without police or prosecutor",
                Slice(procedure, (track.name,)),
                lambda node, name=track.name: _is_at_rest(procedure, name, node),  # type: ignore[misc]
                lambda edge: edge.without_police,
            )


def sharing(procedure: Procedure, moving: tuple[str, ...] = ()) -> Iterator[Proof]:
    """No path shares data without a recorded basis: consent, legal duty for a child, care decision, life at risk.

    Assumed: only the receiver of a live referral answers it; the services and the database see to that.
    """
    answered = _answered_referrals(procedure)
    for track in procedure.tracks.values():
        if any(one.refers or "add_party" in one.effects for one in track.transitions):
            forbidden = Forbidden(
                name="sharing",
                claim=f"{track.name}: no data is shared without a recorded basis",
                watched=(*CHILD, *_consents(procedure, track), "answers.life_at_risk", "answers.legal_duty"),
                about=lambda act: any(one.refers or _adds(one) for one in act.chain),
                concerns=lambda edge: any(one.transition.refers or _adds(one.transition) for one in edge.steps),
                breaks=lambda memory, edge: _shares_without_basis(answered, memory, edge),
                remembers=_referred,
                begins_with=frozenset(),
            )
            yield never(procedure, forbidden, moving or (track.name,))


def _adds(transition: Transition) -> bool:
    return "add_party" in transition.effects


def _answered_referrals(procedure: Procedure) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the kinds of agency that take up a referral by an action, by track and action."""
    every = [one for track in procedure.tracks.values() for one in track.transitions]
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in every:
        if one.refers and one.accepts:
            key = (one.track, one.accepts)
            found[key] = found.get(key, frozenset()) | {one.refers}
    return found


def _consents(procedure: Procedure, track: Track) -> tuple[str, ...]:
    """Return the consents, in rules and in guards, to sharing with those that the track's acts call in."""
    every = [one for each in procedure.tracks.values() for one in each.transitions]
    rules = {f"consents.{one.consent.purpose}.{one.consent.recipient}" for one in every if one.consent}
    read = {read for one in every for name in one.requires for read in GUARDS[name].reads}
    acts = [act_of(procedure, one) for one in track.transitions]
    kinds = {one.refers for act in acts for one in act.chain if one.refers}
    return tuple(
        sorted(atom for atom in rules | read if atom.startswith("consents.") and atom.rpartition(".")[2] in kinds)
    )


def _has_basis(edge: Edge, track: str, kind: str) -> bool:
    facts = edge.facts
    return (
        (track, kind) in BY_DUTY
        or any(recipient == kind for _, recipient in facts.consents)
        or any(GUARDS[name].holds(facts) for name in ("life_at_risk", "legal_duty", "care_decision"))
    )


def _shares_without_basis(answered: Mapping[tuple[str, str], frozenset[str]], memory: Memory, edge: Edge) -> str:
    referred = dict(memory)  # type: ignore[call-overload]
    for step in edge.steps:
        one = step.transition
        if one.refers and not _has_basis(edge, one.track, one.refers) and _says_more_than_a_call(edge):
            return f"{one.action} tells {one.refers} more than a call may, and nothing allows it"
        if not _adds(one):
            continue
        kinds = answered.get((one.track, one.action), frozenset())
        if not kinds:
            return f"{one.action} makes an agency a party that nobody referred the case to"
        bases = [referred[kind] or _has_basis(edge, one.track, kind) for kind in kinds if kind in referred]
        if bases and not any(bases):
            return f"{one.action} makes {' or '.join(sorted(kinds))} a party, and nothing allows it"
    return ""


def _says_more_than_a_call(edge: Edge) -> bool:
    return not {field.sensitivity for field in edge.act.fields.values()} <= OPEN_CLASSES


def _referred(memory: Memory, edge: Edge) -> Memory:
    referred = dict(memory)  # type: ignore[call-overload]
    for step in edge.steps:
        kind = step.transition.refers
        if kind:
            referred[kind] = _has_basis(edge, step.track, kind)
    return frozenset(referred.items())


def guardians(procedure: Procedure, moving: tuple[str, ...] = ()) -> Iterator[Proof]:
    """No child without a checked guardian is interviewed, given a decision on status, or returned."""

    def is_meant(edge: Edge) -> bool:
        return bool(safeguards.reached(edge) & GUARDED) or is_told(edge.act, edge.facts, STORY_TOLD)

    def breaks(memory: Memory, edge: Edge) -> str:
        facts = edge.facts
        guarded = facts.guardian_checked and not facts.guardian_suspect
        return "" if guarded or not facts.counts_as_child else f"{edge.act.transition.action} asks for no guardian"

    for track in procedure.tracks.values():
        if GUARDED & set(track.states):
            forbidden = Forbidden(
                name="guardian",
                claim=f"{track.name}: no child without a guardian is interviewed, given a status decision or returned",
                watched=(*CHILD, *GUARDIAN, STORY_TOLD),
                about=lambda act: bool(safeguards.targets(act) & GUARDED) or asks(act, STORY_TOLD),
                concerns=is_meant,
                breaks=breaks,
            )
            yield never(procedure, forbidden, moving or (track.name,))


def returns(procedure: Procedure, moving: tuple[str, ...] = ()) -> Iterator[Proof]:
    """No return without a voluntary declaration and a risk assessment, both made since the last revocation."""

    def breaks(memory: Memory, edge: Edge) -> str:
        missing = {"voluntary declaration", "risk assessment"} - set(memory)  # type: ignore[call-overload]
        return f"departs without a {' and a '.join(sorted(missing))}" if missing else ""

    def remembers(memory: Memory, edge: Edge, name: str) -> Memory:
        done = set(memory)  # type: ignore[call-overload]
        done |= {"voluntary declaration"} if edge.facts.answers.get("voluntary") is True else set()
        done |= {"risk assessment"} if edge.facts.answers.get("no_threat") is True else set()
        own = procedure.tracks[name].states
        ended = any(step.track == name and own[step.to_state].ends for step in edge.steps)
        return frozenset() if ended else frozenset(done)

    for track in procedure.tracks.values():
        if DEPARTED in track.states:
            forbidden = Forbidden(
                name="return",
                claim="no return without a risk assessment and a voluntary declaration",
                watched=("answers.voluntary", "answers.no_threat"),
                about=lambda act: True,
                concerns=lambda edge: any(step.to_state == DEPARTED for step in edge.steps),
                breaks=breaks,
                remembers=partial(remembers, name=track.name),
                begins_with=frozenset(),
            )
            yield never(procedure, forbidden, moving or (track.name,))


def consulate(procedure: Procedure, moving: tuple[str, ...] = ()) -> Iterator[Proof]:
    """An asylum claim shuts the consulate's path; without one it needs her consent."""

    def breaks(memory: Memory, edge: Edge) -> str:
        wrongs = {
            "in spite of an asylum claim": edge.facts.asylum_claim,
            "without consent": ("consulate", "consulate") not in edge.facts.consents,
        }
        found = [wrong for wrong, is_so in wrongs.items() if is_so]
        return f"{edge.act.transition.action} goes through the consulate {' and '.join(found)}" if found else ""

    forbidden = Forbidden(
        name="consulate",
        claim="an asylum claim shuts the consulate's path",
        watched=("answers.through_consulate", "asylum_claim", "consents.consulate.consulate"),
        about=lambda act: "through_consulate" in act.fields or act.transition.refers == "consulate",
        concerns=lambda edge: edge.facts.answers.get("through_consulate") is True or _refers(edge, "consulate"),
        breaks=breaks,
    )
    asking = tuple(
        track.name
        for track in procedure.tracks.values()
        if any(_asks(procedure, one, "through_consulate") or one.refers == "consulate" for one in track.transitions)
    )
    yield never(procedure, forbidden, moving or asking or (CASE_TRACK,))


def _refers(edge: Edge, kind: str) -> bool:
    return any(step.transition.refers == kind for step in edge.steps)


def _asks(procedure: Procedure, transition: Transition, name: str) -> bool:
    form = procedure.forms.get(transition.form or "")
    return form is not None and any(one.name == name for one in form.fields)


def help_without_police(procedure: Procedure) -> Iterator[Proof]:
    """A bed and services can be reached with no act of the police, and without their being a party."""
    moving = _reaching_help(procedure)
    yield _help_without_police(procedure, moving, "an adult", is_child=False)
    yield _help_without_police(procedure, moving, "a child", is_child=True)


def _help_without_police(procedure: Procedure, moving: tuple[str, ...], who: str, is_child: bool) -> Proof:
    fixed = {
        "is_child": is_child,
        "age_in_doubt": False,
        "answers.age_group": "child" if is_child else "adult",
        "parties.police": False,
        "origin": "advocacy",
    }
    part = Slice(procedure, moving, fixed=fixed, closed=True)

    def visit(node: Node, edge: Edge) -> Node | None:
        if not edge.without_police:
            return node
        target = part.after(node, edge, node.memory or "record_service" in edge.effects)
        return None if target.has_stay and target.memory else target

    start = part.start(memory=False)
    is_thinkable = effects_at_most(part, start, lambda edge: edge.without_police) >= HELP
    # Where no mixture of places gives both, no path does; a walk through all situations would take half an hour.
    came, found = walk(part, start, visit) if is_thinkable else ({}, None)
    return Proof(
        question="without_police",
        claim=f"{who} can reach a bed and services with no act of the police",
        holds=found is not None,
        moving=part.moving,
        facts=part.facts,
        nodes=len(came),
        path=told(part, [*path_to(came, found[0]), found[1]]) if found else (),
        reason="for example" if found else "no path was found",
    )


def _reaching_help(procedure: Procedure) -> tuple[str, ...]:
    """Return the tracks that give beds and services, and all that those look at or move."""
    wanted = {*STAY, "record_service"}
    reached = [
        name for name, track in procedure.tracks.items() if any(wanted & set(one.effects) for one in track.transitions)
    ]
    for name in reached:
        touched = {track for act in Slice(procedure, (name,)).acts.values() for track in act.touches}
        reached.extend(sorted(touched - set(reached) - {CASE_TRACK}))
    return tuple(reached)


def help_without_status(procedure: Procedure, guards: Mapping[str, Guard] = GUARDS) -> Iterator[Proof]:
    """Help never waits for status: no step of help looks at the identification track, nor is fired by it alone."""
    deciding = {name for name, track in procedure.tracks.items() if track.stage == "identification"}
    helping = tuple(name for name, track in procedure.tracks.items() if track.stage in HELP_STAGES)
    steps = [one for name in helping for one in procedure.tracks[name].transitions]
    looks = safeguards.looks_at(procedure, helping, deciding, guards)
    fired = [
        f"{one.track}: {one.action} is only fired by {' and '.join(sorted(deciding))}"
        for one in steps
        if one.only_also and one.target != SAME and _fired_by(procedure, one) <= deciding
    ]
    yield Proof(
        question="without_status",
        claim="no step of help waits for a decision on status",
        holds=not looks and not fired,
        moving=helping,
        path=(*looks, *fired),
    )


def _fired_by(procedure: Procedure, fired: Transition) -> set[str]:
    """Return the tracks whose acts fire a step."""
    return {
        track.name
        for track in procedure.tracks.values()
        for one in track.transitions
        for also in one.also
        if (also.track, also.action) == (fired.track, fired.action)
    }


def steps_can_be_taken(procedure: Procedure) -> Iterator[Proof]:
    """No step is dead: for each there are facts and answers under which it is open."""
    for track in procedure.tracks:
        part = Slice(procedure, (track,))
        came, _ = walk(part, part.start(), part.after)
        taken = {(edge.act.transition.action, edge.steps[0].from_state) for node in came for edge in part.edges(node)}
        dead = [
            f"{action} from {state}"
            for (_, state, action), act in part.acts.items()
            if (action, state) not in taken
            and not act.transition.is_standard
            and (not act.transition.only_also or part.can_be_fired(act))
        ]
        yield Proof(
            question="alive",
            claim=f"{track}: every step can be taken",
            holds=not dead,
            moving=part.moving,
            free=part.free,
            facts=part.facts,
            nodes=len(came),
            path=tuple(dead),
            reason="never open" if dead else "",
        )


QUESTIONS: Mapping[str, Callable[[Procedure], Iterable[Proof]]] = {
    "closing": closing,
    "sharing": sharing,
    "without_police": help_without_police,
    "guardian": guardians,
    "return": returns,
    "way_out": ways_out_of_shelter,
    "consulate": consulate,
    "without_status": help_without_status,
    "without_cooperation": safeguards.help_without_cooperation,
    "advocate_first": safeguards.advocate_first,
    "confrontation": safeguards.confrontation,
    "removal": safeguards.removal,
    "origin": safeguards.origin,
    "alive": steps_can_be_taken,
}
