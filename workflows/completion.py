"""What only the procedure tells of a case: which tracks are open, and what kinds of question were answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workflows.definition import Procedure, Transition
from workflows.facts import Facts, is_answered


def completed(procedure: Procedure, facts: Facts, transition: Transition) -> Facts:
    """Return the facts with what only the procedure tells: open tracks, and which kinds of question were answered."""
    return replace(facts, **learnt(procedure, facts.states, facts.answers, transition))


def learnt(
    procedure: Procedure, states: Mapping[str, str], answers: Mapping[str, object], transition: Transition
) -> dict[str, Any]:
    """Return the facts that only the procedure tells, by name, of states and answers: see `completed`."""
    told: dict[str, Any] = {"open_tracks": open_tracks(procedure, states)}
    if transition.form is None:
        return told
    answered = [one for one in procedure.forms[transition.form].fields if is_answered(answers.get(one.name))]
    return told | {
        "answered_phases": frozenset(one.phase for one in answered if one.phase),
        "answered_classes": frozenset(one.sensitivity for one in answered),
    }


def open_tracks(procedure: Procedure, states: Mapping[str, str]) -> frozenset[str]:
    """Return the tracks that are neither at rest nor set aside."""
    return frozenset(place[0] for place in states.items() if place not in procedure.at_rest)
