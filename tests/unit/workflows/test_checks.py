"""The structure of a definition: each planted fault is found, and a sound one has none."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from tests.support.definitions import changed, step
from workflows.checks import Finding, check, lint
from workflows.definition import Also, ClockRule, Form, Procedure, State, Window


def found(procedure: Procedure) -> list[str]:
    return [str(one) for one in lint(procedure)]


def with_state(procedure: Procedure, track: str, name: str, **more: Any) -> Procedure:
    """The procedure with a state that was not there, or that reads differently."""
    old = procedure.tracks[track]
    state = replace(old.states.get(name) or State(name, procedure.label, ("advocate",)), **more)
    tracks = {**procedure.tracks, track: replace(old, states=MappingProxyType({**old.states, name: state}))}
    return replace(procedure, tracks=MappingProxyType(tracks))


def test_a_sound_definition_has_no_findings(small: Procedure) -> None:
    report = check(small)

    assert report.findings == ()
    assert report.is_sound
    assert str(report).startswith("small: sound\nholds: ")


def test_promises_are_not_asked_of_a_broken_structure(small: Procedure) -> None:
    report = check(with_state(small, "shelter", "attic"))

    assert (report.proofs, report.is_sound) == ((), False)
    assert str(report).startswith("small: NOT SOUND\nshelter.attic: cannot be reached\n")


@pytest.mark.parametrize(
    ("track", "action", "change", "finding"),
    [
        ("identification", "presume", {"requires": ()}, "can be taken in a closed case: it needs case_not_closed"),
        ("shelter", "ask_shelter", {"accepts": None}, "refers to shelter, but nothing accepts it"),
        (
            "shelter",
            "ask_shelter",
            {"declines": "leave"},
            "is answered by leave, which leaves none of the states that it leads to",
        ),
        ("advocacy", "call_advocate", {"form": "wish"}, "refers to advocacy, but its form does not ask to which"),
        ("return", "depart", {"accepts": "revoke_wish"}, "has answers to a referral but makes none"),
        ("child", "come_of_age", {"form": "wish"}, "is a step of the clock, which cannot fill in its form"),
        (
            "identification",
            "identify",
            {"signatures": ("advocate",)},
            "may be taken by investigator, who does not sign it",
        ),
        ("identification", "identify", {"by": ()}, "is a step of nobody: no role takes it and no act fires it"),
        (
            "identification",
            "presume",
            {"also": (Also("return", "record_wish"),)},
            "fires return.record_wish, but its form does not ask for voluntary",
        ),
    ],
)
def test_a_fault_of_a_step_is_found(
    small: Procedure, track: str, action: str, change: dict[str, Any], finding: str
) -> None:
    assert f"{track}.{action}: {finding}" in found(changed(small, track, action, **change))


def test_firing_a_joint_act_is_found(tiny: Procedure) -> None:
    procedure = changed(tiny, "case", "close", also=(Also("help", "rate"),))

    assert "case.close: fires help.rate, which needs signatures of its own" in found(procedure)


def test_acts_that_fire_each_other_are_found(small: Procedure) -> None:
    there = changed(small, "identification", "presume", also=(Also("child", "presume_child"),))
    and_back = changed(there, "child", "presume_child", also=(Also("identification", "presume"),))

    assert "identification.presume: fires itself through child.presume_child" in found(and_back)


def test_a_state_that_cannot_be_reached_is_found(small: Procedure) -> None:
    assert found(with_state(small, "shelter", "attic", ends=True)) == ["shelter.attic: cannot be reached"]


def test_a_trap_is_found_though_the_track_can_be_set_aside(small: Procedure) -> None:
    assert found(changed(small, "shelter", "leave", gone=True)) == [
        "shelter.admitted: is a trap: no state that ends the track can be reached from it"
    ]


@pytest.mark.parametrize("responsible", [(), ("tick",)], ids=["nobody", "only the clock"])
def test_a_state_that_nobody_answers_for_is_found(small: Procedure, responsible: tuple[str, ...]) -> None:
    procedure = with_state(small, "return", "wish_recorded", responsible=responsible)

    assert found(procedure) == ["return.wish_recorded: nobody is responsible for it"]


def test_a_state_in_which_consent_cannot_be_taken_back_is_found(small: Procedure) -> None:
    procedure = changed(small, "advocacy", "withdraw_consent", sources=("not_called", "called", "assisting", "ended"))

    assert found(procedure) == ["advocacy.set_aside: consent cannot be taken back in it"]


def test_consent_that_can_never_be_taken_back_is_found(small: Procedure) -> None:
    assert len(found(changed(small, "advocacy", "withdraw_consent", gone=True))) == len(small.tracks["advocacy"].states)


def test_a_clock_and_a_form_that_nothing_uses_are_found(small: Procedure) -> None:
    clock = ClockRule("waiting", Window(1, "days"), small.label, step(small, "case", "close").cites)
    form = Form("spare", small.label, ())
    procedure = replace(
        small,
        clocks=MappingProxyType({"waiting": clock}),
        forms=MappingProxyType({**small.forms, "spare": form}),
    )

    assert found(procedure) == [
        "clock waiting: nothing starts it",
        "clock waiting: nothing stops it",
        "form spare: no step uses it",
    ]


def test_setting_aside_alone_is_not_enough_to_stop_a_clock(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "rate", stops=())

    assert Finding("clock answer", "nothing stops it") in list(lint(procedure))
