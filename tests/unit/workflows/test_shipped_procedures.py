"""The two procedures that are shipped: every pair of state and action, soundness, and the lock on their digests."""

from datetime import date

import pytest

from tests.support.definitions import SHIPPED, legal_pairs, outcomes, written_pairs
from workflows import registry
from workflows.checks import check
from workflows.definition import Procedure

TRACKS = ("identification", "advocacy", "risk", "child", "shelter", "return", "reintegration", "case")


@pytest.mark.parametrize("track", TRACKS)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_pair_of_state_and_action_that_the_file_does_not_list_is_illegal(name: str, track: str) -> None:
    assert legal_pairs(registry.get(name), track) == written_pairs(name, track)


@pytest.mark.parametrize("track", TRACKS)
@pytest.mark.parametrize("shipped", SHIPPED, indirect=True)
def test_every_listed_step_has_an_outcome_under_facts_that_suit_it(shipped: Procedure, track: str) -> None:
    found = outcomes(shipped, track)

    assert {pair for pair, outcome in found.items() if outcome is None or not outcome.steps} == set()
    assert {pair for pair, outcome in found.items() if outcome and outcome.steps[0].action != pair[1]} == set()


@pytest.mark.parametrize("shipped", SHIPPED, indirect=True)
def test_a_shipped_procedure_is_sound(shipped: Procedure) -> None:
    report = check(shipped)

    assert report.is_sound, str(report)


def test_both_procedures_have_the_same_tracks() -> None:
    assert {name: set(registry.get(name).tracks) for name in SHIPPED} == dict.fromkeys(SHIPPED, set(TRACKS))


def test_released_versions_say_what_they_said_when_released() -> None:
    assert registry.changed_since_release() == ()
    assert set(registry.released()) == set(SHIPPED)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2004, 12, 6), "xk_2005"),
        (date(2012, 12, 31), "xk_2005"),
        (date(2013, 1, 1), "xk_2013"),
        (date(2026, 1, 1), "xk_2013"),
    ],
    ids=str,
)
def test_a_case_gets_the_version_in_force_on_its_opening_day(day: date, name: str) -> None:
    assert registry.in_force_on(day).name == name
