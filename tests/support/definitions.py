"""Definitions for the tests of the procedure: edited copies, changed steps, facts that suit a step."""

import shutil
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from workflows import registry
from workflows.clocks import Calendar
from workflows.definition import CASE_TRACK, SET_ASIDE, TAKE_UP, Procedure, Transition
from workflows.engine import IllegalStep, NeedsAnswers, Outcome, StepRefused, apply, roles, start
from workflows.facts import Facts
from workflows.slices import Edge, Node, Slice

FOLDER = Path(__file__).parents[1] / "unit" / "workflows" / "definitions"
SHIPPED = ("xk_2005", "xk_2013", "xk_2023")
UNLIKE = ("xk_2005", "xk_2013")
"""Those whose tracks differ: the third has the tracks of the second."""
ZONE = ZoneInfo("Europe/Belgrade")
CALENDAR = Calendar(ZONE, frozenset({date(2013, 5, 9)}), "test")
NOON = datetime(2013, 5, 6, 10, 0, tzinfo=UTC)


def edited(source: str, into: Path, file: str, old: str, new: str) -> Path:
    """Return a copy of a test definition in which one file reads differently; a text that is not there fails."""
    folder = into / source
    shutil.copytree(FOLDER / source, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return folder


def changed(procedure: Procedure, track: str, action: str, **changes: Any) -> Procedure:
    """Return the procedure with one step changed, or gone with `gone=True`; `without` takes guards off it."""
    gone, without = changes.pop("gone", False), set(changes.pop("without", ()))
    old = procedure.tracks[track]
    steps: list[Transition] = []
    for one in old.transitions:
        if one.action != action:
            steps.append(one)
        elif not gone:
            kept = tuple(guard for guard in one.requires if guard not in without)
            steps.append(replace(one, **{"requires": kept, **changes}))
    assert tuple(steps) != old.transitions
    tracks = {**procedure.tracks, track: replace(old, transitions=tuple(steps))}
    return replace(procedure, tracks=MappingProxyType(tracks))


def step(procedure: Procedure, track: str, action: str) -> Transition:
    """Return the first step of a track with that action."""
    return next(one for one in procedure.tracks[track].transitions if one.action == action)


def facts(role: str = "investigator", help_at: str = "none", **more: Any) -> Facts:
    """Facts of an open case of the tiny procedure, for an actor of one role."""
    return Facts(states={CASE_TRACK: "open", "help": help_at}, roles=frozenset({role}), actor_id="me", **more)


def take(procedure: Procedure, facts: Facts, track: str, action: str) -> Outcome:
    """Return what a step leads to at noon of a day in May 2013."""
    return apply(procedure, facts, track, action, NOON, CALENDAR)


def written_pairs(name: str, track: str) -> set[tuple[str, str]]:
    """Return the (state, action) pairs of a shipped track read straight from its file, standing steps by their rule."""
    content = tomllib.loads(_file_of(name, track).read_text("utf-8"))
    pairs = {(source, one["action"]) for one in content["transition"] for source in one["from"]}
    running = {state for state, one in content["state"].items() if not one.get("ends", False)}
    if track != CASE_TRACK and running:
        pairs |= {(state, "set_aside") for state in running} | {(SET_ASIDE, "take_up")}
    return pairs


def _file_of(name: str, track: str) -> Path:
    folder = registry.FOLDER / name
    own = folder / f"{track}.toml"
    if own.is_file():
        return own
    return _file_of(tomllib.loads((folder / "procedure.toml").read_text("utf-8"))["extends"], track)


def legal_pairs(procedure: Procedure, track: str) -> set[tuple[str, str]]:
    """Try every action of the procedure in every state of a track; return the pairs that are not illegal steps."""
    actions = {one.action for each in procedure.tracks.values() for one in each.transitions}
    states = procedure.tracks[track].states
    return {(state, action) for state in states for action in actions if _is_legal(procedure, track, state, action)}


def outcomes(procedure: Procedure, track: str) -> dict[tuple[str, str], Outcome | None]:
    """Take every listed step of a track that an actor may take, each under facts that suit it; None: nothing suits."""
    part = Slice(procedure, (track,))
    return {
        (state, action): _outcome(part, state, action)
        for (_, state, action), act in part.acts.items()
        if not act.transition.only_also
    }


def _is_legal(procedure: Procedure, track: str, state: str, action: str) -> bool:
    everybody = frozenset({"investigator", "advocate", "social_worker", "shelter_coordinator", "return_coordinator"})
    states = {**start(procedure), CASE_TRACK: "open", track: state}
    facts = Facts(states=states, roles=everybody | {"agency_supervisor", "tick"}, set_aside_from={track: state})
    try:
        take(procedure, facts, track, action)
    except IllegalStep as refusal:
        # A follow-up on another track that does not fit is not this track's affair.
        return refusal.track != track
    except StepRefused:
        return True
    return True


def _outcome(part: Slice, state: str, action: str) -> Outcome | None:
    track = part.moving[0]
    origin = next(iter(part.procedure.tracks[track].states))
    place = f"{SET_ASIDE}<{origin}" if action == TAKE_UP else state
    act = part.acts[track, state, action]
    for has_stay in (False, True):
        for edge in part.open_ways(act, Node((place,), has_stay)):
            if edge.by_itself:
                return _take_completed(part.procedure, edge)
    return None


def _take_completed(procedure: Procedure, edge: Edge) -> Outcome:
    transition = edge.act.transition
    signers = transition.signers(edge.facts.counts_as_child)
    facts = replace(
        edge.facts,
        states={**start(procedure), CASE_TRACK: "open", **edge.facts.states},
        roles=frozenset(signers[-1:]) or frozenset(sorted(roles(transition, edge.facts))[:1]),
        signed=frozenset(signers[:-1]),
    )
    try:
        return take(procedure, facts, transition.track, transition.action)
    except NeedsAnswers as missing:
        given = {**dict.fromkeys(missing.fields, "given"), **facts.answers}
        return take(procedure, replace(facts, answers=given), transition.track, transition.action)
