"""Two thousand steps of the engine against an independent model of the same files; planted faults are found.

In the long form twenty thousand.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.definitions import CALENDAR, UNLIKE, changed
from tests.support.model import Expected, Given, Model
from tests.support.promises import scaled, tell
from workflows import registry
from workflows.definition import ROLES, Procedure
from workflows.engine import IllegalStep, NeedsAnswers, Refused, WrongRole, apply
from workflows.facts import Facts

STEPS = 2_000
MANY = scaled(STEPS, 10 * STEPS)
IN_A_ROW = 5
AT = datetime(2014, 3, 3, 10, tzinfo=UTC)
MOSTLY_SO = ("has_safe_contact", "guardian_checked", "place_fits", "bed_is_free", "acts_for_lead_agency")
SELDOM_SO = (
    *("is_child", "age_in_doubt", "is_foreign", "asylum_claim", "guardian_suspect", "kept_apart", "has_open_stay"),
    *("reflection_has_lapsed", "has_come_of_age"),
)
AGREEMENTS = (
    *(("assistance", "advocacy"), ("interview", "police"), ("police_contact", "police"), ("consulate", "consulate")),
    *(("shelter", "shelter"), ("return", "return_partner"), ("follow_up", "return_partner")),
    *(("reintegration", "social_work"), ("testimony", "prosecution")),
)
GIVEN_BY_NAME: dict[str, list[Any]] = {
    "age_group": ["adult", "adult", "child", "in_doubt"],
    "safe_contact": ["phone", "phone", "do_not_contact", "not_yet_known"],
    "purposes": [["assistance"], ["assistance", "shelter"], ["shelter"]],
    "second_reader": ["you", "you", "me"],
}
GIVEN_BY_TYPE: dict[str, list[Any]] = {
    "yes_no": [True, True, True, True, True, False],
    "yes_no_unknown": ["no", "no", "yes", "unknown"],
    "date": ["2014-03-05"],
    "number": [0, 3],
    "codes": [["one"], ["one", "two"]],
}


class Dice:
    """Everything that is left to chance, from a seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same walk each time

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def one(self, of: Any) -> Any:
        return self.random.choice(list(of))

    def places(self, model: Model) -> tuple[dict[str, str], dict[str, str]]:
        """A state of each track to begin from, and where those come from that are set aside."""
        at = {name: self.one(track["state"]) for name, track in model.tracks.items()}
        at["case"] = "open" if self.often(0.9) else at["case"]
        can = [name for name, track in model.tracks.items() if model.step(name, "set_aside", "take_up")]
        away = {name for name in can if self.often(0.05)}
        running = {
            name: [state for state, one in model.tracks[name]["state"].items() if not one.get("ends")] for name in away
        }
        return at | dict.fromkeys(away, "set_aside"), {name: self.one(running[name]) for name in sorted(away)}

    def step(self, model: Model, at: dict[str, str]) -> tuple[str, str]:
        track = self.one(model.tracks)
        listed = [one["action"] for one in model.tracks[track]["transition"] if at[track] in one["from"]]
        every = [one["action"] for one in model.tracks[track]["transition"]]
        return track, self.one(listed if listed and self.often(0.95) else every)

    def given(self, model: Model, at: dict[str, str], track: str, action: str) -> Given:
        found = model.step(track, at[track], action)
        questions = model.questions(found) if found else []
        to = found["to"] if found else ""
        fits = [*found.get("by", ()), *found.get("signatures", ())] if found else []
        return Given(
            role=self.one(fits if fits and self.often(0.9) else sorted(ROLES)),
            at=dict(at),
            says={one["name"]: self.answer(one, to) for one in questions if self.is_given(one)},
            is_so={name: self.often(0.9) for name in MOSTLY_SO} | {name: self.often(0.15) for name in SELDOM_SO},
            agreed={one for one in AGREEMENTS if self.often(0.5)},
            parties={one for one in ("police", "advocacy", "social_work", "shelter") if self.often(0.6)},
            origin=self.one(("police", "advocacy")),
            signed={one for one in ("investigator", "advocate", "social_worker") if self.often(0.5)},
        )

    def is_given(self, question: dict[str, Any]) -> bool:
        return self.often(0.97 if question.get("required") or question.get("required_if") else 0.35)

    def answer(self, question: dict[str, Any], to: Any) -> Any:
        if isinstance(to, dict) and to["field"] == question["name"] and self.often(0.97):
            return self.one([name for name in to if name != "field"])
        chances = GIVEN_BY_NAME.get(question["name"]) or GIVEN_BY_TYPE.get(question["type"], ["given"])
        return self.one(chances)


def facts_of(given: Given, aside: dict[str, str]) -> Facts:
    return Facts(
        states=given.at,
        answers=given.says,
        roles=frozenset({given.role}),
        actor_id="me",
        origin=given.origin,
        consents=frozenset(given.agreed),
        parties=frozenset(given.parties),
        signed=frozenset(given.signed),
        set_aside_from=aside,
        **given.is_so,
    )


def comes_to(procedure: Procedure, facts: Facts, track: str, action: str) -> Expected:
    """What the engine makes of a step, in the words of the model."""
    try:
        outcome = apply(procedure, facts, track, action, AT, CALENDAR)
    except IllegalStep:
        return Expected("illegal")
    except WrongRole:
        return Expected("role")
    except Refused as refusal:
        return Expected("blocked", unmet=frozenset(one.guard for one in refusal.unmet))
    except NeedsAnswers as refusal:
        return Expected("blocked", missing=frozenset(refusal.fields))
    if outcome.awaiting:
        return Expected("waits")
    started = frozenset(one.name for one in outcome.clocks_started)
    stopped = frozenset((*outcome.clocks_stopped, *outcome.clocks_advanced))
    return Expected("moved", tuple(sorted(outcome.states.items())), started=started, stopped=stopped)


def agrees(expected: Expected, found: Expected) -> bool:
    """Where both conditions and answers are wanting, either may be said first, but all of it."""
    if expected.kind == found.kind == "blocked":
        return found.unmet == expected.unmet if found.unmet else found.missing == expected.missing
    return expected == found


def walked(name: str, procedure: Procedure, steps: int = STEPS) -> tuple[list[str], dict[str, int]]:
    """Go so many steps from places drawn by lot; gives where the two disagree, and how often what came out."""
    model, dice = Model(name), Dice(name)
    disagreements, kinds = [], dict.fromkeys(("illegal", "role", "blocked", "waits", "moved"), 0)
    for number in range(steps):
        if number % IN_A_ROW == 0:
            at, aside = dice.places(model)
        track, action = dice.step(model, at)
        given = dice.given(model, at, track, action)
        found = comes_to(procedure, facts_of(deepcopy(given), dict(aside)), track, action)
        expected = model.expects(given, track, action, aside)
        kinds[expected.kind] += 1
        if not agrees(expected, found):
            disagreements.append(f"{number}: {track}.{action} from {at[track]}: {expected} but {found}")
        if expected.kind == "moved":
            before, at = at, dict(expected.states)
            aside = {
                one: before[one] if before[one] != "set_aside" else aside[one] for one in at if at[one] == "set_aside"
            }
    return disagreements, kinds


@pytest.mark.promise("T3.8")
@pytest.mark.parametrize("name", UNLIKE)
def test_the_engine_does_what_the_model_says_for_two_thousand_steps(name: str) -> None:
    disagreements, kinds = walked(name, registry.get(name), MANY)

    moved = f"{MANY:,} steps, of which {kinds['moved']:,} could be taken"
    tell("T3.8", "SQLite", f"{name}: {moved}: {len(disagreements)} otherwise than the model (no database plays a part)")
    assert disagreements == []
    assert sum(kinds.values()) == MANY
    assert min(kinds[one] for one in ("illegal", "role", "blocked", "moved")) > MANY / 20
    assert kinds["moved"] > MANY / 5


FAULTS: dict[str, Callable[[Procedure], Procedure]] = {
    "a condition is forgotten": lambda one: changed(one, "child", "appoint_guardian", without=["not_suspect"]),
    "a step is given to another role": lambda one: changed(one, "advocacy", "record_arrival", by=("social_worker",)),
    "a step leads elsewhere": lambda one: changed(one, "testimony", "refuse_testimony", target="none"),
    "a clock runs on": lambda one: changed(one, "removal", "answer_notice", stops=()),
    "a step on another track is not taken": lambda one: changed(one, "removal", "report_notice", also=()),
    "consent is not asked for": lambda one: changed(one, "justice", "refer_to_prosecution", consent=None),
}


@pytest.mark.promise("T3.8")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_within_two_thousand_steps(fault: str) -> None:
    disagreements, _ = walked("xk_2013", FAULTS[fault](registry.get("xk_2013")))

    assert disagreements
    tell("T3.8", "SQLite", f"{fault}: found")
