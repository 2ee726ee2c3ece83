"""Moving a case to another version: what comes over, what is blocked until it is chosen, and what is newly asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.support.definitions import CALENDAR, NOON, changed, edited
from workflows import registry
from workflows.definition import SET_ASIDE, Procedure, Track, Transition, Window
from workflows.load import DefinitionFault, load_folder
from workflows.migrate import LEFT, ClockChange, Duty, Placed, Plan, Position, Running, Unplaced, plan

LATER = NOON + timedelta(days=40)
AT_RATED = {"case": "open", "help": "rated_low"}


def with_track(procedure: Procedure, name: str, track: Track | None) -> Procedure:
    others = {key: one for key, one in procedure.tracks.items() if key != name}
    more = {} if track is None else {name: track}
    return replace(procedure, tracks=MappingProxyType({**others, **more}))


def without_states(procedure: Procedure, name: str, *gone: str) -> Procedure:
    track = procedure.tracks[name]
    states = {key: state for key, state in track.states.items() if key not in gone}
    steps = [one for one in track.transitions if not {*one.sources, *targets_of(one)} & set(gone)]
    return with_track(procedure, name, replace(track, states=MappingProxyType(states), transitions=tuple(steps)))


def targets_of(one: Transition) -> set[str]:
    return {target for source in one.sources for target in one.targets(source)}


def with_window(procedure: Procedure, name: str, **rule: Any) -> Procedure:
    clocks = {**procedure.clocks, name: replace(procedure.clocks[name], **rule)}
    return replace(procedure, clocks=MappingProxyType(clocks))


def without_clock(procedure: Procedure, name: str) -> Procedure:
    clocks = {key: one for key, one in procedure.clocks.items() if key != name}
    return replace(procedure, clocks=MappingProxyType(clocks))


def planned(
    old: Procedure, new: Procedure, states: Mapping[str, str], chosen: Mapping[str, str] | None = None, **more: Any
) -> Plan:
    return plan(old, new, Position(states, **more), LATER, lambda day: CALENDAR, chosen)


def running(name: str, due: datetime, key: str = "a") -> Running:
    return Running(key, name, NOON, due)


def test_a_state_of_the_same_name_comes_over(tiny: Procedure) -> None:
    found = planned(tiny, tiny, AT_RATED)

    assert found.is_ready
    assert found.states == AT_RATED
    assert (found.opened, found.shut, found.signatures, found.conditions, found.clocks) == ((), (), (), (), ())


def test_a_track_that_is_new_begins_where_it_begins(tiny: Procedure) -> None:
    old = with_track(tiny, "help", None)

    found = planned(old, tiny, {"case": "open"})

    assert Placed("help", "", "none", "begun") in found.placed
    assert ("help", "ask") in found.opened


def test_a_state_that_is_not_there_blocks_until_it_is_chosen(tiny: Procedure) -> None:
    new = without_states(tiny, "help", "rated_low")

    blocked = planned(tiny, new, AT_RATED)
    chosen = planned(tiny, new, AT_RATED, {"help": "rated_high"})

    assert blocked.unplaced == (Unplaced("help", "rated_low", ("asked", "rated_high", "given")),)
    assert not blocked.is_ready
    assert (chosen.is_ready, chosen.states["help"]) == (True, "rated_high")


def test_a_choice_that_was_not_offered_is_none(tiny: Procedure) -> None:
    new = without_states(tiny, "help", "rated_low")

    assert not planned(tiny, new, AT_RATED, {"help": "done"}).is_ready


def test_one_that_ended_may_only_end_elsewhere(tiny: Procedure) -> None:
    new = without_states(tiny, "help", "done")

    assert planned(tiny, new, {"case": "open", "help": "done"}).unplaced[0].choices == ("none",)


def test_where_no_state_is_alike_all_are_offered(tiny: Procedure) -> None:
    only = {"given": tiny.tracks["help"].states["given"], "set_aside": tiny.tracks["help"].states[SET_ASIDE]}
    new = with_track(tiny, "help", replace(tiny.tracks["help"], states=MappingProxyType(only), initial="given"))

    assert planned(tiny, new, {"case": "open", "help": "done"}).unplaced[0].choices == ("given",)


def test_a_map_of_the_new_version_proposes_the_nearest_state(tiny: Procedure) -> None:
    carries = MappingProxyType({"help": MappingProxyType({"rated_low": "rated_high"})})
    new = replace(without_states(tiny, "help", "rated_low"), carries=carries)

    found = planned(tiny, new, AT_RATED)

    assert Placed("help", "rated_low", "rated_high", "mapped") in found.placed
    assert found.is_ready


def test_a_track_that_is_gone_and_under_way_is_left_behind_only_by_choice(tiny: Procedure) -> None:
    new = with_track(tiny, "help", None)

    assert planned(tiny, new, AT_RATED).unplaced == (Unplaced("help", "rated_low", (LEFT,)),)
    assert planned(tiny, new, AT_RATED, {"help": LEFT}).states == {"case": "open"}


@pytest.mark.parametrize("state", ["done", "none"])
def test_a_track_that_is_gone_and_leaves_nothing_undone_is_left_behind(tiny: Procedure, state: str) -> None:
    found = planned(tiny, with_track(tiny, "help", None), {"case": "open", "help": state})

    assert Placed("help", state, "", "left") in found.placed
    assert found.is_ready


def test_what_is_set_aside_stays_so_and_is_taken_up_where_it_was(tiny: Procedure) -> None:
    found = planned(tiny, tiny, {"case": "open", "help": SET_ASIDE}, set_aside_from={"help": "given"})

    assert (found.states["help"], found.set_aside_from) == (SET_ASIDE, {"help": "given"})


def test_what_was_set_aside_stands_where_it_was_if_nothing_is_set_aside_there(tiny: Procedure) -> None:
    new = without_states(tiny, "help", SET_ASIDE)

    found = planned(tiny, new, {"case": "open", "help": SET_ASIDE}, set_aside_from={"help": "given"})

    assert (found.states["help"], found.set_aside_from) == ("given", {})


def test_a_clock_of_the_same_window_is_kept(tiny: Procedure) -> None:
    clock = running("answer", NOON + timedelta(minutes=30))

    assert planned(tiny, tiny, AT_RATED, clocks=(clock,)).clocks == (
        ClockChange("answer", "kept", "a", NOON, clock.due_at, clock.due_at),
    )


def test_a_clock_of_another_window_is_due_by_it_from_its_own_start(tiny: Procedure) -> None:
    new = with_window(tiny, "answer", window=Window(2, "hours"))
    clock = running("answer", NOON + timedelta(minutes=30))

    (change,) = planned(tiny, new, AT_RATED, clocks=(clock,)).clocks

    assert (change.how, change.due) == ("recomputed", NOON + timedelta(hours=2))


def test_a_day_that_was_agreed_with_the_person_stands(tiny: Procedure) -> None:
    new = with_window(tiny, "answer", window=Window(2, "hours"))
    clock = running("answer", NOON + timedelta(days=3))

    (change,) = planned(tiny, new, AT_RATED, clocks=(clock,)).clocks

    assert (change.how, change.due) == ("agreed", clock.due_at)


def test_a_clock_that_is_gone_is_dropped(tiny: Procedure) -> None:
    clock = running("answer", NOON + timedelta(minutes=30))

    (change,) = planned(tiny, without_clock(tiny, "answer"), AT_RATED, clocks=(clock,)).clocks

    assert (change.how, change.key, change.due) == ("dropped", "a", None)


def test_what_is_left_of_a_series_follows_the_other_series(tiny: Procedure) -> None:
    second = running("visits", datetime(2013, 8, 6, 10, tzinfo=UTC))
    longer = with_window(tiny, "visits", repeats=(Window(1, "months"), Window(4, "months"), Window(6, "months")))

    changes = planned(tiny, longer, {"case": "open", "help": "given"}, clocks=(second,)).clocks

    assert [(one.how, one.key, one.due) for one in changes] == [
        ("recomputed", "a", datetime(2013, 9, 6, 10, tzinfo=UTC)),
        ("started", "", datetime(2013, 11, 6, 11, tzinfo=UTC)),
    ]


def test_what_goes_beyond_the_other_series_is_dropped(tiny: Procedure) -> None:
    second = running("visits", datetime(2013, 8, 6, 10, tzinfo=UTC))
    shorter = with_window(tiny, "visits", repeats=(Window(1, "months"),))

    (change,) = planned(tiny, shorter, {"case": "open", "help": "given"}, clocks=(second,)).clocks

    assert change.how == "dropped"


def test_a_clock_that_always_runs_in_the_state_begins_with_the_move(tiny: Procedure) -> None:
    old = changed(tiny, "help", "ask", starts=())

    (change,) = planned(old, tiny, {"case": "open", "help": "asked"}).clocks

    assert (change.how, change.started_at, change.due) == ("started", LATER, LATER + timedelta(minutes=30))


def test_one_that_the_case_cannot_have_or_has_already_does_not_begin(tiny: Procedure) -> None:
    old = changed(tiny, "help", "ask", starts=())
    place = {"case": "open", "help": "asked"}
    clock = running("answer", NOON + timedelta(minutes=30))

    assert planned(old, tiny, place, never_starts=frozenset({"answer"})).clocks == ()
    assert [one.how for one in planned(old, tiny, place, clocks=(clock,)).clocks] == ["kept"]


def test_one_that_no_open_step_would_stop_does_not_begin(tiny: Procedure) -> None:
    old = changed(tiny, "help", "ask", starts=())
    new = changed(tiny, "help", "rate", stops=())

    assert planned(old, new, {"case": "open", "help": "asked"}).clocks == ()


def test_a_track_set_aside_begins_no_clock(tiny: Procedure) -> None:
    old = changed(tiny, "help", "ask", starts=())
    aside = {"case": "open", "help": SET_ASIDE}

    assert planned(old, tiny, aside, set_aside_from={"help": "asked"}).clocks == ()


def test_newly_asked_signatures_and_conditions_are_named(tiny: Procedure) -> None:
    old = changed(tiny, "help", "give", consent=None, requires=())
    old = changed(old, "help", "rate", signatures=("investigator",), signatures_if_child=())

    found = planned(old, tiny, AT_RATED)

    assert found.signatures == (Duty("help", "rate", ("advocate", "social_worker")),)
    assert Duty("help", "give", ("case_not_closed", "consent_assistance")) in found.conditions


def test_a_track_that_is_new_brings_its_conditions_and_one_at_its_end_none(tiny: Procedure) -> None:
    old = with_track(tiny, "help", None)
    begins = with_track(tiny, "help", replace(tiny.tracks["help"], initial="asked"))

    assert {duty.action for duty in planned(old, begins, {"case": "open"}).conditions} >= {"rate", "give"}
    assert planned(tiny, begins, {"case": "open", "help": "done"}).conditions == ()


def test_a_step_that_is_gone_is_named(tiny: Procedure) -> None:
    new = changed(tiny, "help", "give", gone=True)

    assert planned(tiny, new, AT_RATED).shut == (("help", "give"),)


def test_a_referral_whose_answer_is_not_known_there_blocks(tiny: Procedure) -> None:
    new = changed(tiny, "help", "rate", gone=True)
    asked = {"case": "open", "help": "asked"}

    blocked = planned(tiny, new, asked, awaited=(("help", "rate"),))

    assert (blocked.unanswerable, blocked.is_ready) == ((("help", "rate"),), False)
    assert planned(tiny, tiny, asked, awaited=(("help", "rate"),)).is_ready
    assert planned(tiny, new, {"case": "open", "help": "given"}, awaited=(("help", "rate"),)).is_ready


def test_a_map_in_a_definition_is_read_inherited_and_digested(tmp_path: Path, tiny: Procedure) -> None:
    head = "in_force_from = 2010-01-01\n"
    folder = edited(
        "tiny", tmp_path, "procedure.toml", "[clock.answer]", '[carries.help]\nold = "asked"\n[clock.answer]'
    )
    other = tmp_path / "next"
    other.mkdir()
    label = 'label = { en = "Next", sq = "Tjetra", sr = "Sledeća" }\n'
    (other / "procedure.toml").write_text(f'name = "next"\nextends = "tiny"\n{head}{label}', "utf-8")

    assert load_folder(folder).carries == {"help": {"old": "asked"}}
    assert load_folder(folder).digest != tiny.digest
    assert load_folder(other).carries == {"help": {"old": "asked"}}


def test_a_map_to_a_state_or_of_a_track_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    carries = '[carries.help]\nold = "nowhere"\n[carries.elsewhere]\nold = "asked"\n[clock.answer]'
    folder = edited("tiny", tmp_path, "procedure.toml", "[clock.answer]", carries)

    with pytest.raises(DefinitionFault) as found:
        load_folder(folder)

    assert [str(fault) for fault in found.value.faults] == [
        "procedure.toml: carries.help: there is no state of help 'nowhere'",
        "procedure.toml: carries.elsewhere: there is no state of elsewhere 'asked'",
    ]


def _shipped(states: Mapping[str, str], **more: Any) -> Plan:
    old, new = registry.get("xk_2005"), registry.get("xk_2013")
    whole = {name: track.initial for name, track in old.tracks.items()} | {"case": "open"} | dict(states)
    return planned(old, new, whole, **more)


def test_the_procedure_of_2013_asks_the_arrival_and_the_joint_signature_of_a_case_of_2005() -> None:
    found = _shipped({"advocacy": "called", "risk": "rated_low", "identification": "presumed"})

    assert found.is_ready
    assert [(one.name, one.how) for one in found.clocks] == [("arrival", "started")]
    assert ("risk", "propose_rating") in found.opened
    assert ("risk", "rate_risk") in found.shut
    assert Duty("risk", "sign_rating", ("investigator", "advocate", "social_worker")) in found.signatures
    assert Duty("identification", "identify", ("advocate_present", "risk_rated")) in found.conditions


def test_every_state_of_2005_comes_over_to_2013_by_its_name() -> None:
    old, new = registry.get("xk_2005"), registry.get("xk_2013")

    missing = {
        (track.name, state)
        for track in old.tracks.values()
        for state in track.states
        if state not in new.tracks[track.name].states
    }

    assert missing == set()


def test_the_answer_to_a_call_of_2005_is_due_sooner_in_2013() -> None:
    clock = running("answer", NOON + timedelta(minutes=30))

    changes = _shipped({"advocacy": "called"}, clocks=(clock,), awaited=(("advocacy", "accept_call"),))

    assert changes.is_ready
    assert {one.name: one.how for one in changes.clocks} == {"answer": "recomputed", "arrival": "started"}
