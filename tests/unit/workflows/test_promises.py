"""The promises of a definition: each holds where it should, and each planted breach is found with a path in words."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.support.definitions import UNLIKE, changed, step
from workflows import promises, registry
from workflows.definition import Also, ConsentRule, Procedure
from workflows.guards import GUARDS, Guard
from workflows.questions import Proof, always_a_way
from workflows.slices import Edge, Node, Slice, effects_at_most, walk

Change = Callable[[Procedure], Procedure]


def change(track: str, action: str, **changes: Any) -> Change:
    """A planted change of one step."""
    return lambda procedure: changed(procedure, track, action, **changes)


def both(*changes: Change) -> Change:
    """Several planted changes."""

    def apply_all(procedure: Procedure) -> Procedure:
        for one in changes:
            procedure = one(procedure)
        return procedure

    return apply_all


def failing(procedure: Procedure, question: str) -> list[Proof]:
    return [proof for proof in promises.QUESTIONS[question](procedure) if not proof.holds]


def needs(procedure: Procedure, track: str, action: str, guard: str) -> Procedure:
    return changed(procedure, track, action, requires=(*step(procedure, track, action).requires, guard))


def consulting(procedure: Procedure) -> str:
    """The step of the return that may go through the consulate."""
    guard = "consulate_only_with_consent_and_no_claim"
    return next(one.action for one in procedure.tracks["return"].transitions if guard in one.requires)


# Promise, what is planted, and what the path must say.
BREACHES: dict[str, tuple[str, Change, str]] = {
    "a case cannot be closed without a free bed": (
        "closing",
        lambda one: needs(one, "case", "close", "bed_is_free"),
        "no way on from case in open",
    ),
    "she cannot leave unless a bed is free elsewhere": (
        "closing",
        lambda one: needs(one, "shelter", "leave", "bed_is_free"),
        "no way on from shelter in admitted with a stay open",
    ),
    "only the police let her leave": (
        "way_out",
        change("shelter", "leave", by=("investigator",), by_if_child=()),
        "no way on from shelter in admitted with a stay open",
    ),
    "leaving needs the signature of the police": (
        "way_out",
        change("shelter", "leave", signatures=("shelter_coordinator", "investigator")),
        "no way on from shelter in admitted with a stay open",
    ),
    "a shelter is told without consent": (
        "sharing",
        change("shelter", "ask_shelter", consent=None),
        "and nothing allows it",
    ),
    "a shelter that was only called takes part without consent": (
        "sharing",
        change("shelter", "ask_shelter", consent=None, form="call"),
        "a party, and nothing allows it",
    ),
    "an agency becomes a party that nobody called": (
        "sharing",
        change("return", "depart", effects=("add_party",)),
        "depart makes an agency a party that nobody referred the case to",
    ),
    "a bed cannot be had without the police": (
        "without_police",
        change("shelter", "admit", by=("investigator",), by_if_child=()),
        "no path was found",
    ),
    "services cannot be had without the police": (
        "without_police",
        change("advocacy", "open_directly", by=("investigator",), by_if_child=()),
        "no path was found",
    ),
    "a child tells her story without a guardian": (
        "guardian",
        change("identification", "record_account", without=["guardian_before_story_if_child"]),
        "record_account asks for no guardian",
    ),
    "a child is given a decision without a guardian": (
        "guardian",
        change("identification", "identify", without=["checked_guardian_if_child"]),
        "identify asks for no guardian",
    ),
    "a child departs without a guardian": (
        "guardian",
        change("return", "depart", without=["checked_guardian_if_child", "guardian_and_best_interests_if_child"]),
        "depart asks for no guardian",
    ),
    "a wish is recorded that was not hers": (
        "return",
        change("return", "record_wish", without=["voluntary"]),
        "departs without a voluntary declaration",
    ),
    "she departs where danger waits": (
        "return",
        change("return", "assess_return_risk", without=["no_threat"]),
        "departs without a risk assessment",
    ),
    "she departs without anything": (
        "return",
        change("return", "depart", sources=("none",)),
        "departs without a risk assessment and a voluntary declaration",
    ),
    "the consulate is asked in spite of an asylum claim": (
        "consulate",
        lambda one: changed(one, "return", consulting(one), without=["consulate_only_with_consent_and_no_claim"]),
        "goes through the consulate in spite of an asylum claim",
    ),
    "help waits for the decision": (
        "without_status",
        both(
            change("advocacy", "end_assistance", by=(), by_if_child=()),
            change("identification", "identify", also=(Also("advocacy", "end_assistance"),)),
        ),
        "advocacy: end_assistance is only fired by identification",
    ),
    "she is decided upon before an advocate is called": (
        "advocate_first",
        change("identification", "identify", without=["advocate_called", "advocate_present"]),
        "identify before an advocate is called",
    ),
    "she departs while she seeks asylum": (
        "origin",
        change("return", "depart", without=["no_asylum_claim"]),
        "depart in spite of an asylum claim",
    ),
    "a step asks for a stay and for none": (
        "alive",
        lambda one: needs(needs(one, "return", "depart", "has_open_stay"), "return", "depart", "no_open_stay"),
        "never open",
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_planted_breach_is_found_in_the_small_definition(small: Procedure, name: str) -> None:
    question, plant, says = BREACHES[name]

    broken = failing(plant(small), question)

    assert failing(small, question) == []
    assert broken
    assert says in str(broken[0])


# What only the shipped procedures have tracks for.
WIDER_BREACHES: dict[str, tuple[str, Change, str]] = {
    "she is confronted without a waiver": (
        "confrontation",
        change("testimony", "testify", without=["no_confrontation_without_waiver"]),
        "testify confronts her with the accused, and nothing allows it",
    ),
    "a child testifies without a guardian": (
        "guardian",
        change("testimony", "testify", without=["checked_guardian_if_child"]),
        "testify asks for no guardian",
    ),
    "a hold is lifted while she is unscreened": (
        "removal",
        change("removal", "lift_hold", without=["screening_result"]),
        "lift_hold exposes her to removal unscreened",
    ),
    "a hold is lifted in the reflection period": (
        "removal",
        change("removal", "lift_hold", without=["no_open_right_to_stay"]),
        "lift_hold exposes her to removal",
    ),
    "the prosecution is told without a basis": (
        "sharing",
        lambda one: changed(one, "justice", "refer_to_prosecution", consent=None, form="F16"),
        "and nothing allows it",
    ),
    "a shelter waits for the decision to cooperate": (
        "without_cooperation",
        lambda one: needs(one, "shelter", "admit", "reflection_is_due"),
        "shelter: admit looks at legal",
    ),
}


@pytest.mark.parametrize("name", WIDER_BREACHES)
@pytest.mark.line(12)
def test_a_planted_breach_is_found_on_the_tracks_of_the_revised_procedure(name: str) -> None:
    question, plant, says = WIDER_BREACHES[name]
    procedure = registry.get("xk_2013")

    broken = failing(plant(procedure), question)

    assert failing(procedure, question) == []
    assert says in str(broken[0])


ONLY_SMALL = {"services cannot be had without the police", "a shelter that was only called takes part without consent"}
SHIPPED_BREACHES = [name for name in BREACHES if name not in ONLY_SMALL]


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED_BREACHES)
@pytest.mark.parametrize("shipped", UNLIKE, indirect=True)
def test_a_planted_breach_is_found_in_a_shipped_procedure(shipped: Procedure, name: str) -> None:
    question, plant, _ = BREACHES[name]

    assert failing(plant(shipped), question)


def test_referring_to_the_consulate_needs_consent_and_no_asylum_claim(small: Procedure) -> None:
    procedure = changed(small, "return", "record_wish", refers="consulate", accepts="depart")

    assert "record_wish goes through the consulate" in failing(procedure, "consulate")[0].reason


def test_a_promise_that_nothing_concerns_does_not_hold(small: Procedure) -> None:
    procedure = changed(small, "return", "assess_return_risk", form="wish")

    (proof,) = promises.consulate(procedure)

    assert not proof.holds
    assert proof.reason == "nothing in this slice concerns it, so nothing was shown"


def test_a_path_reads_as_who_does_what_and_with_which_facts(small: Procedure) -> None:
    broken = changed(small, "identification", "identify", without=["checked_guardian_if_child"])

    proof = failing(broken, "guardian")[0]

    assert str(proof).splitlines()[2:] == [
        "  identify asks for no guardian",
        "  1. investigator: presume (identification: start -> presumed)",
        "  2. investigator: identify (identification: presumed -> identified)"
        " - with is_child, age_in_doubt, guardian_checked, guardian_suspect; without story",
    ]


def test_a_proof_names_its_slice(small: Procedure) -> None:
    proof = next(promises.guardians(small))

    assert (proof.moving, proof.free) == (("identification",), ("advocacy",))
    assert {"is_child", "guardian_checked", "guardian_suspect"} <= set(proof.facts)
    assert (
        str(proof)
        .splitlines()[1]
        .startswith("  slice: identification move (4 situations reached); any state of advocacy; ")
    )


def test_the_way_without_the_police_is_shown(small: Procedure) -> None:
    adult, child = promises.help_without_police(small)

    assert child.holds
    assert adult.path == (
        "advocate: open directly (advocacy: not_called -> assisting)",
        "advocate: ask shelter (shelter: none -> offered)",
        "shelter_coordinator: admit (shelter: offered -> admitted)",
    )


def test_help_that_looks_at_the_decision_is_found(small: Procedure) -> None:
    is_identified = Guard("is_identified", lambda facts: True, frozenset({"states.identification"}))
    procedure = needs(small, "advocacy", "end_assistance", "is_identified")

    (proof,) = promises.help_without_status(procedure, {**GUARDS, "is_identified": is_identified})

    assert proof.path == ("advocacy: end_assistance looks at identification",)


def test_a_basis_that_no_law_knows_is_found(small: Procedure) -> None:
    rule = ConsentRule("shelter", "shelter", unless=("care_decision", "advocate_called"))

    broken = failing(changed(small, "shelter", "ask_shelter", consent=rule), "sharing")

    assert broken[0].reason == "ask_shelter tells shelter more than a call may, and nothing allows it"


# Slicing against the whole: the same question on the product of all tracks.
WHOLE: dict[str, Callable[[Procedure, tuple[str, ...]], Iterable[Proof]]] = {
    "sharing": promises.sharing,
    "guardian": promises.guardians,
    "return": promises.returns,
    "consulate": promises.consulate,
}


def holds(question: str, procedure: Procedure, moving: tuple[str, ...]) -> bool:
    return all(proof.holds for proof in WHOLE[question](procedure, moving))


@pytest.mark.slow
@pytest.mark.parametrize("question", WHOLE)
def test_a_slice_says_what_the_whole_says_of_a_sound_definition(small: Procedure, question: str) -> None:
    assert holds(question, small, ())
    assert holds(question, small, tuple(small.tracks))


@pytest.mark.parametrize("name", [name for name, (question, _, _) in BREACHES.items() if question in WHOLE])
def test_a_slice_says_what_the_whole_says_of_a_broken_definition(small: Procedure, name: str) -> None:
    question, plant, _ = BREACHES[name]
    broken = plant(small)

    assert not holds(question, broken, ())
    assert not holds(question, broken, tuple(small.tracks))


def closing_on_the_whole(procedure: Procedure) -> Proof:
    at = tuple(procedure.tracks).index("case")
    part = Slice(procedure, tuple(procedure.tracks))
    return always_a_way("closing", "the whole", part, lambda node: node.places[at] != "open", lambda edge: True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "plant",
    [
        lambda one: one,
        lambda one: needs(one, "case", "close", "bed_is_free"),
        lambda one: needs(one, "shelter", "leave", "bed_is_free"),
    ],
    ids=["sound", "closing needs a bed", "leaving needs a bed"],
)
def test_closing_track_by_track_says_what_the_whole_says(small: Procedure, plant: Change) -> None:
    procedure = plant(small)

    assert closing_on_the_whole(procedure).holds == (failing(procedure, "closing") == [])


@pytest.mark.parametrize("track", ["shelter", "advocacy", "return"])
def test_what_could_be_done_at_most_holds_all_that_a_walk_does(track: str) -> None:
    part, done = Slice(registry.get("xk_2013"), (track, "risk")), set[str]()

    def visit(node: Node, edge: Edge) -> Node:
        done.update(edge.effects)
        return part.after(node, edge)

    walk(part, part.start(), visit)

    assert done
    assert done <= effects_at_most(part, part.start(), lambda _: True)
    assert effects_at_most(part, part.start(), lambda _: False) == frozenset()
