"""Every condition of the procedures, and every reason about a shelter, has its sentence."""

from collections.abc import Callable

import pytest

from app.queries.shelter_intake import PlaceRow
from app.services import matching_places
from app.web.conditions import AGAINST, GUARDS, IN_FAVOUR, WHEN, unmet_sentence
from workflows import registry
from workflows.engine import SIGNS_ONCE
from workflows.guards import GUARDS as DECLARED

TRANSITIONS = [
    transition
    for name in registry.names()
    for track in registry.get(name).tracks.values()
    for transition in track.transitions
]
FIELDS = [field for name in registry.names() for form in registry.get(name).forms.values() for field in form.fields]


def test_every_guard_has_its_sentence() -> None:
    assert set(DECLARED) - set(GUARDS) == set()


def test_every_consent_that_a_step_needs_has_its_sentence() -> None:
    needed = {transition.consent.guard for transition in TRANSITIONS if transition.consent}

    assert needed - set(GUARDS) == set()
    assert "consent_shelter" in needed


def test_a_second_signature_of_one_person_has_its_sentence() -> None:
    assert SIGNS_ONCE in GUARDS


def test_no_sentence_is_left_of_a_guard_that_is_gone() -> None:
    consents = {transition.consent.guard for transition in TRANSITIONS if transition.consent}

    assert set(GUARDS) - set(DECLARED) - consents - {SIGNS_ONCE} == set()


def test_every_question_that_is_asked_of_some_says_of_whom() -> None:
    conditions = {field.required_if for field in FIELDS if field.required_if}

    assert conditions - set(WHEN) == set()
    assert "child_or_in_doubt" in conditions


def test_of_a_neutral_condition_nothing_is_said(request_context: None) -> None:
    assert unmet_sentence("not_kept_apart", True) == "Not possible here."
    assert unmet_sentence("risk_rated", False) == "The joint risk rating has not been signed yet."


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        pytest.param(matching_places._against, AGAINST, id="against"),
        pytest.param(matching_places.reasons_for, IN_FAVOUR, id="for"),
    ],
)
def test_every_reason_about_a_shelter_has_its_words(
    reasons: Callable[[PlaceRow, object], list[str]], words: dict[str, str]
) -> None:
    keys = {text for text in reasons.__code__.co_consts if isinstance(text, str) and text.startswith(("no_", "for_"))}
    nested = {
        text
        for constant in reasons.__code__.co_consts
        if isinstance(constant, tuple)
        for text in constant
        if isinstance(text, str)
    }

    assert {key for key in keys | nested if key.startswith(("no_", "for_"))} - set(words) == set()
    assert keys
