"""Promises about testimony, removal and the country of origin: what may happen to nobody, whatever is clicked."""

from collections.abc import Iterable, Iterator, Mapping

from workflows.definition import Procedure, Transition
from workflows.guards import GUARDS, SCREENING_KNOWN, Guard
from workflows.questions import Forbidden, Proof, never
from workflows.situations import STORY_TOLD, Act, asks, is_told
from workflows.slices import Edge, Memory

ADVOCACY = "advocacy"
STATUS_DECISIONS = frozenset({"identified", "not_identified"})
TOWARDS_HOME = frozenset({"partner_confirmed", "departed"})
CLEARED = "cleared"
COOPERATION = ("testimony", "justice", "legal")
"""Tracks on which the person decides whether she cooperates, and what follows for the proceedings."""


def reached(edge: Edge) -> set[str]:
    """Return the states that an act enters."""
    return {step.to_state for step in edge.steps if step.to_state != step.from_state}


def targets(act: Act) -> set[str]:
    """Return the states that an act can lead to."""
    return {state for one in act.chain for source in one.sources for state in one.targets(source)}


def advocate_first(procedure: Procedure) -> Iterator[Proof]:
    """No decision on status and no question about her story before a victim advocate is called (decision 25)."""

    def breaks(memory: Memory, edge: Edge) -> str:
        called = edge.facts.states.get(ADVOCACY, "not_called") not in ("not_called", "set_aside")
        return "" if called else f"{edge.act.transition.action} before an advocate is called"

    forbidden = Forbidden(
        name="advocate_first",
        claim="no decision on status and no question about her story before an advocate is called",
        watched=(STORY_TOLD,),
        about=lambda act: bool(targets(act) & STATUS_DECISIONS) or asks(act, STORY_TOLD),
        concerns=lambda edge: bool(reached(edge) & STATUS_DECISIONS) or is_told(edge.act, edge.facts, STORY_TOLD),
        breaks=breaks,
    )
    for track in procedure.tracks.values():
        if STATUS_DECISIONS & set(track.states):
            yield never(procedure, forbidden, (track.name, ADVOCACY))


def confrontation(procedure: Procedure) -> Iterator[Proof]:
    """Nobody testifies face to face with the accused without a written waiver, and a child never (field.md 9.4 J)."""

    def breaks(memory: Memory, edge: Edge) -> str:
        facts = edge.facts
        waived = facts.answers.get("written_waiver") is True and not facts.counts_as_child
        return "" if waived else f"{edge.act.transition.action} confronts her with the accused, and nothing allows it"

    forbidden = Forbidden(
        name="confrontation",
        claim="nobody is confronted with the accused without a written waiver, a child never",
        watched=("answers.face_to_face", "answers.written_waiver", "is_child", "age_in_doubt"),
        about=lambda act: "face_to_face" in act.fields,
        concerns=lambda edge: edge.facts.answers.get("face_to_face") is True,
        breaks=breaks,
    )
    for name in _asking(procedure, "face_to_face"):
        yield never(procedure, forbidden, (name,))


def _asking(procedure: Procedure, field: str) -> list[str]:
    """Return the tracks on which some form asks a question."""
    return [
        name
        for name, track in procedure.tracks.items()
        if any(_asks(procedure, one, field) for one in track.transitions)
    ]


def _asks(procedure: Procedure, transition: Transition, field: str) -> bool:
    return transition.form is not None and field in procedure.forms[transition.form].names


def removal(procedure: Procedure) -> Iterator[Proof]:
    """A hold on removal is lifted for nobody unscreened, nor while reflection, a permit or a claim is open."""

    def breaks(memory: Memory, edge: Edge) -> str:
        states = edge.facts.states
        wrongs = {
            "unscreened": states.get("identification") not in SCREENING_KNOWN,
            "in the reflection period": states.get("legal") == "reflection",
            "with an asylum claim": edge.facts.asylum_claim,
        }
        found = [wrong for wrong, is_so in wrongs.items() if is_so]
        return f"{edge.act.transition.action} exposes her to removal {' and '.join(found)}" if found else ""

    forbidden = Forbidden(
        name="removal",
        claim="no hold on removal is lifted while she is unscreened, reflecting or seeking asylum",
        watched=("asylum_claim",),
        about=lambda act: CLEARED in targets(act),
        concerns=lambda edge: CLEARED in reached(edge),
        breaks=breaks,
    )
    for track in procedure.tracks.values():
        if CLEARED in track.states:
            yield never(procedure, forbidden, (track.name, "identification", "legal"))


def origin(procedure: Procedure) -> Iterator[Proof]:
    """While an asylum claim stands, nobody in the country of origin is turned to and nobody is sent there."""

    def breaks(memory: Memory, edge: Edge) -> str:
        return f"{edge.act.transition.action} in spite of an asylum claim" if edge.facts.asylum_claim else ""

    forbidden = Forbidden(
        name="origin",
        claim="an asylum claim shuts every way to the country of origin",
        watched=("asylum_claim",),
        about=lambda act: bool(targets(act) & TOWARDS_HOME),
        concerns=lambda edge: bool(reached(edge) & TOWARDS_HOME),
        breaks=breaks,
    )
    for track in procedure.tracks.values():
        if TOWARDS_HOME & set(track.states):
            yield never(procedure, forbidden, (track.name,))


def looks_at(procedure: Procedure, helping: Iterable[str], shut: set[str], guards: Mapping[str, Guard]) -> list[str]:
    """Return the steps of help that look at one of some tracks, in words."""
    return [
        f"{one.track}: {one.action} looks at {track}"
        for name in helping
        for one in procedure.tracks[name].transitions
        for guard in one.requires
        for track in sorted(guards[guard].tracks & shut)
    ]


def help_without_cooperation(procedure: Procedure, guards: Mapping[str, Guard] = GUARDS) -> Iterator[Proof]:
    """Help is never tied to cooperation: no step of it looks at statement, proceedings or the decision to cooperate."""
    shut = set(COOPERATION) & set(procedure.tracks)
    helping = tuple(name for name, track in procedure.tracks.items() if track.stage not in ("", "identification"))
    looks = looks_at(procedure, helping, shut, guards)
    yield Proof(
        question="without_cooperation",
        claim="no step of help waits for a statement or for cooperation",
        holds=not looks,
        moving=helping,
        path=tuple(looks),
    )
