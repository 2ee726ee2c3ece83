"""Forms on paper: their numbers, who signs them, which codes are ticked, and which steps they belong to."""

from dataclasses import replace

import pytest

from app.services.sheets import Signer, blank_of, forms_in, number_of, ticked
from tests.support.definitions import FOLDER, changed
from workflows import registry
from workflows.definition import Citation, FormField, Label, Procedure
from workflows.load import load_folder

WORDS = Label(sq="a", sr="b", en="c")


@pytest.fixture(scope="module")
def tiny() -> Procedure:
    return load_folder(FOLDER / "tiny")


def _signed(procedure: Procedure, key: str, *signs: str) -> tuple[Signer, ...]:
    return blank_of(procedure, replace(procedure.forms[key], signs=signs)).signers


def test_of_a_joint_act_each_role_signs_for_itself_and_the_social_worker_for_a_child(tiny: Procedure) -> None:
    assert _signed(tiny, "F1") == (
        Signer("worker", ("investigator",)),
        Signer("worker", ("advocate",)),
        Signer("worker", ("social_worker",), is_for_child=True),
    )


def test_a_form_of_one_actor_is_signed_by_one_of_those_who_may_take_its_step(tiny: Procedure) -> None:
    assert _signed(tiny, "F2") == (Signer("worker", ("advocate",)),)


def test_a_form_says_itself_that_the_person_and_the_guardian_of_a_child_sign(tiny: Procedure) -> None:
    assert _signed(tiny, "F2", "person", "guardian", "worker") == (
        Signer("person"),
        Signer("guardian", is_for_child=True),
        Signer("worker", ("advocate",)),
    )


def test_what_records_her_consent_is_signed_by_her_without_saying_so(tiny: Procedure) -> None:
    consenting = changed(tiny, "help", "give", effects=("record_consents",))

    kinds = [one.kind for one in blank_of(consenting, consenting.forms["F2"]).signers]

    assert kinds == ["person", "guardian", "worker"]


def test_a_form_carries_its_steps_with_their_citations_and_the_start_of_the_digest(tiny: Procedure) -> None:
    found = blank_of(tiny, tiny.forms["F1"])

    assert [use.label.en for use in found.uses] == ["Ask", "Rate"]
    assert found.sources == (Citation("invented", False),)
    assert tiny.digest.startswith(found.digest)
    assert len(found.digest) == 12


@pytest.mark.parametrize(
    ("key", "said", "number"),
    [("F14", None, "F14"), ("F09_refusal", None, "F09"), ("departure", None, ""), ("departure", "F16", "F16")],
)
def test_a_forms_number_is_said_or_read_from_its_key(tiny: Procedure, key: str, said: str | None, number: str) -> None:
    assert number_of(replace(tiny.forms["F1"], key=key, number=said)) == number


@pytest.mark.parametrize(("codes", "is_ticked"), [("sex", True), ("language", True), ("country", False), (None, False)])
def test_codes_are_ticked_unless_there_are_too_many(codes: str | None, is_ticked: bool) -> None:
    assert ticked(FormField("asked", "code" if codes else "line", "P", WORDS, codes=codes)) is is_ticked


def test_numbered_forms_come_first_in_their_order_and_no_form_that_no_step_asks_for() -> None:
    found = forms_in(registry.get("xk_2005"))

    numbers = [one.number for one in found if one.number]
    assert numbers == sorted(numbers)
    assert [one.number for one in found][: len(numbers)] == numbers
    assert all(one.uses for one in found)
