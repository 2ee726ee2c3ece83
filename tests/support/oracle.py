"""Another interpreter of the same files: python-statemachine, fed straight from the TOML, as an independent oracle."""

import tomllib
from collections.abc import Iterable
from typing import Any

from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed

from workflows import registry

CASE = "case"
ASIDE = "aside__"


def tracks_of(name: str) -> dict[str, dict[str, Any]]:
    """Return the tracks of a shipped version as the files have them, extension resolved."""
    folder = registry.FOLDER / name
    extends = tomllib.loads((folder / "procedure.toml").read_text("utf-8")).get("extends")
    tracks = tracks_of(extends) if extends else {}
    for file in folder.glob("*.toml"):
        content = tomllib.loads(file.read_text("utf-8"))
        if "track" in content:
            tracks[content["track"]] = content
    return tracks


def machine_of(track: dict[str, Any]) -> type[StateMachine]:
    """Return a state machine class of one track; an event is an action, or `action__answer` where that decides.

    To be set aside is one state for each state that a track was set aside from: the library keeps no history here.
    """
    states = {name: State(name, value=name, initial=name == track["initial"]) for name in track["state"]}
    running = [name for name, one in track["state"].items() if not one.get("ends") and track["track"] != CASE]
    states |= {f"{ASIDE}{name}": State(f"{ASIDE}{name}", value=f"{ASIDE}{name}") for name in running}
    moves: dict[str, list[tuple[str, str]]] = {"set_aside": [], "take_up": []}
    for one in track["transition"]:
        for event, source, target in _moves(one, running):
            moves.setdefault(event, []).append((source, target))
    moves["set_aside"] += [(name, f"{ASIDE}{name}") for name in running]
    moves["take_up"] += [(f"{ASIDE}{name}", name) for name in running]
    events = {event: _joined(states, pairs) for event, pairs in moves.items() if pairs}
    switches = {
        "allow_event_without_transition": False,
        "catch_errors_as_events": False,
        # These are questions of the definition's own checks, which know what an end is here.
        "validate_disconnected_states": False,
        "validate_trap_states": False,
        "validate_final_reachability": False,
    }
    prefixed = {f"at_{name}": state for name, state in states.items()}
    return type(f"Track_{track['track']}", (StateMachine,), {**switches, **prefixed, **events})


def walk(machine: StateMachine, events: Iterable[str]) -> list[str]:
    """Send events one after the other; return the state after each, with a mark where the event was refused."""
    seen = []
    for event in events:
        try:
            machine.send(event)
            mark = ""
        except TransitionNotAllowed:
            mark = "refused at "
        (state,) = machine.configuration_values
        seen.append(mark + str(state))
    return seen


def _moves(one: dict[str, Any], running: list[str]) -> Iterable[tuple[str, str, str]]:
    sources = [name for source in one["from"] for name in _places(source, running)]
    for source in sources:
        if isinstance(one["to"], dict):
            branches = {answer: target for answer, target in one["to"].items() if answer != "field"}
            yield from ((f"{one['action']}__{answer}", source, target) for answer, target in branches.items())
        else:
            yield one["action"], source, source if one["to"] == "=" else one["to"]


def _places(source: str, running: list[str]) -> list[str]:
    return [f"{ASIDE}{name}" for name in running] if source == "set_aside" else [source]


def _joined(states: dict[str, State], pairs: list[tuple[str, str]]) -> Any:
    joined = None
    for source, target in pairs:
        one = states[source].to(states[target])
        joined = one if joined is None else joined | one
    return joined
