"""Our interpreter against python-statemachine, fed from the same files, over random walks."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import oracle
from tests.support.definitions import UNLIKE, take
from workflows import registry
from workflows.definition import Procedure, TargetByAnswer, Transition
from workflows.engine import IllegalStep
from workflows.facts import Facts

TRACKS = [(name, track) for name in UNLIKE for track in registry.get(name).tracks]
machine_class = cache(lambda name, track: oracle.machine_of(oracle.tracks_of(name)[track]))


@cache
def unguarded(name: str) -> Procedure:
    """A shipped version without roles, guards, required answers and follow-ups: what is left, the oracle knows."""
    procedure = registry.get(name)
    tracks = {
        track.name: replace(track, transitions=tuple(_bare(one) for one in track.transitions))
        for track in procedure.tracks.values()
    }
    forms = {
        key: replace(form, fields=tuple(replace(one, required=False, required_if=None) for one in form.fields))
        for key, form in procedure.forms.items()
    }
    return replace(procedure, tracks=MappingProxyType(tracks), forms=MappingProxyType(forms))


def _bare(one: Transition) -> Transition:
    nothing: Mapping[str, tuple[()]] = dict.fromkeys(
        ("by_if_child", "requires", "also", "signatures", "signatures_if_child"), ()
    )
    return replace(one, by=("advocate",), consent=None, **nothing)


@cache
def events_of(name: str, track: str) -> list[str]:
    """Every event that may be sent to a track, with the answer that decides where it leads."""
    found: dict[str, None] = {}
    for one in unguarded(name).tracks[track].transitions:
        answers = one.target.states if isinstance(one.target, TargetByAnswer) else [""]
        found |= dict.fromkeys(f"{one.action}__{answer}" if answer else one.action for answer in answers)
    return list(found)


def deciding(procedure: Procedure) -> list[str]:
    """The questions whose answer decides where a step leads."""
    steps = [one.target for track in procedure.tracks.values() for one in track.transitions]
    return [target.field for target in steps if isinstance(target, TargetByAnswer)]


def walk(procedure: Procedure, track: str, events: Iterable[str]) -> list[str]:
    """Take steps one after the other; return the state after each, with a mark where the step was illegal."""
    states = {track: procedure.tracks[track].initial}
    set_aside_from: dict[str, str] = {}
    seen = []
    for event in events:
        action, _, answer = event.partition("__")
        roles = frozenset({"advocate"})
        facts = Facts(
            states=states,
            roles=roles,
            set_aside_from=set_aside_from,
            answers=dict.fromkeys(deciding(procedure), answer),
        )
        try:
            outcome = take(procedure, facts, track, action)
            states, set_aside_from, mark = outcome.states, outcome.set_aside_from, ""
        except IllegalStep:
            mark = "refused at "
        at = states[track]
        seen.append(mark + (oracle.ASIDE + set_aside_from[track] if track in set_aside_from else at))
    return seen


@pytest.mark.parametrize(("name", "track"), TRACKS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_random_walks_go_where_the_oracle_goes(name: str, track: str, data: st.DataObject) -> None:
    events = data.draw(st.lists(st.sampled_from(events_of(name, track)), min_size=1, max_size=120))

    assert walk(unguarded(name), track, events) == oracle.walk(machine_class(name, track)(), events)


def test_the_oracle_disagrees_with_a_step_that_leads_elsewhere() -> None:
    procedure = unguarded("xk_2013")
    track = procedure.tracks["shelter"]
    steps = tuple(replace(one, target="none") if one.action == "propose_place" else one for one in track.transitions)
    broken = replace(procedure, tracks={**procedure.tracks, "shelter": replace(track, transitions=steps)})

    assert walk(broken, "shelter", ["propose_place"]) != oracle.walk(
        machine_class("xk_2013", "shelter")(), ["propose_place"]
    )
