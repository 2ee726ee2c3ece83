"""The procedures that are shipped: every pair of state and action, soundness, and the lock on their digests."""

from datetime import date
from time import process_time

import pytest

from tests.support.definitions import SHIPPED, legal_pairs, outcomes, written_pairs
from workflows import registry
from workflows.checks import check
from workflows.definition import Procedure

TRACKS_2005 = (
    *("identification", "advocacy", "risk", "child", "shelter", "return", "reintegration", "case"),
    *("testimony", "justice", "asylum"),
)
TRACKS_2013 = (*TRACKS_2005, "legal", "removal", "non_punishment", "compensation")
TRACKS = {"xk_2005": TRACKS_2005, "xk_2013": TRACKS_2013, "xk_2023": TRACKS_2013}
SECONDS_OF_PROOF = 60
ALL = [(name, track) for name in SHIPPED for track in TRACKS[name]]


@pytest.mark.parametrize(("name", "track"), ALL)
def test_every_pair_of_state_and_action_that_the_file_does_not_list_is_illegal(name: str, track: str) -> None:
    assert legal_pairs(registry.get(name), track) == written_pairs(name, track)


@pytest.mark.parametrize(("shipped", "track"), ALL, indirect=["shipped"])
def test_every_listed_step_has_an_outcome_under_facts_that_suit_it(shipped: Procedure, track: str) -> None:
    found = outcomes(shipped, track)

    assert {pair for pair, outcome in found.items() if outcome is None or not outcome.steps} == set()
    assert {pair for pair, outcome in found.items() if outcome and outcome.steps[0].action != pair[1]} == set()


@pytest.mark.slow  # timed: nothing may count its branches meanwhile
@pytest.mark.parametrize("shipped", SHIPPED, indirect=True)
def test_a_shipped_procedure_is_sound_and_proven_so_in_a_minute(shipped: Procedure) -> None:
    began = process_time()  # of the processor: how busy the machine is does not count

    report = check(shipped)

    assert report.is_sound, str(report)
    assert process_time() - began < SECONDS_OF_PROOF


def test_each_procedure_has_its_tracks() -> None:
    assert {name: set(registry.get(name).tracks) for name in SHIPPED} == {name: set(TRACKS[name]) for name in SHIPPED}


def test_the_amendment_of_2023_changes_the_length_of_reflection_and_nothing_else() -> None:
    before, after = registry.get("xk_2013"), registry.get("xk_2023")

    changed = {name for name in after.clocks if after.clocks[name].window != before.clocks[name].window}

    assert (dict(after.tracks), dict(after.forms)) == (dict(before.tracks), dict(before.forms))
    assert changed == {"reflection"}
    assert (before.clocks["reflection"].window.amount, after.clocks["reflection"].window.amount) == (30, 90)


def test_released_versions_say_what_they_said_when_released() -> None:
    assert registry.changed_since_release() == ()
    assert set(registry.released()) == set(SHIPPED)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2004, 12, 6), "xk_2005"),
        (date(2012, 12, 31), "xk_2005"),
        (date(2013, 1, 1), "xk_2013"),
        (date(2022, 12, 31), "xk_2013"),
        (date(2023, 1, 1), "xk_2023"),
        (date(2026, 1, 1), "xk_2023"),
    ],
    ids=str,
)
def test_a_case_gets_the_version_in_force_on_its_opening_day(day: date, name: str) -> None:
    assert registry.in_force_on(day).name == name
