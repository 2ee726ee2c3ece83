"""What the interpreter does with a step: where it leads, who may take it, what refuses it, what follows from it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.definitions import changed, facts, step, take
from workflows.definition import Also, Procedure
from workflows.engine import (
    ClockStart,
    IllegalStep,
    NeedsAnswers,
    Refused,
    Unmet,
    WrongRole,
    start,
)
from workflows.facts import Facts

OPEN = {"case": "open", "help": "none"}


def ready_to_rate(role: str, **more: Any) -> Facts:
    given = {"answers": {"private": True, "level": "high"}, "has_safe_contact": True, "place_fits": True}
    return facts(role, "asked", **(given | more))


def test_a_new_case_is_in_the_initial_state_of_each_track(tiny: Procedure) -> None:
    assert start(tiny) == {"case": "start", "help": "none"}


def test_a_step_moves_its_track_and_those_it_fires(tiny: Procedure) -> None:
    given = Facts(states=start(tiny), roles=frozenset({"investigator"}), answers={"private": True})

    outcome = take(tiny, given, "help", "ask")

    assert outcome.states == {"case": "open", "help": "asked"}
    assert [(one.track, one.action, one.from_state, one.to_state) for one in outcome.steps] == [
        ("help", "ask", "none", "asked"),
        ("case", "open", "start", "open"),
    ]


def test_a_step_leaves_the_facts_as_they_were(tiny: Procedure) -> None:
    given = facts(answers={"private": True})

    take(tiny, given, "help", "ask")

    assert given.states == OPEN


def test_a_conditional_follow_up_is_left_out_when_its_condition_fails(tiny: Procedure) -> None:
    outcome = take(tiny, facts(answers={"private": True}), "help", "ask")

    assert [one.track for one in outcome.steps] == ["help"]


def test_a_conditional_follow_up_that_does_not_leave_the_present_state_is_left_out(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "ask", also=(Also("case", "open", when="case_not_closed"),))

    outcome = take(procedure, facts(answers={"private": True}), "help", "ask")

    assert [one.track for one in outcome.steps] == ["help"]


def test_an_unconditional_follow_up_that_does_not_fit_makes_the_step_illegal(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "ask", also=(Also("case", "open"),))

    with pytest.raises(IllegalStep, match="case: no 'open' from 'open'"):
        take(procedure, facts(answers={"private": True}), "help", "ask")


def test_what_is_unmet_is_told_before_a_follow_up_that_does_not_fit(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "ask", also=(Also("case", "open"),))
    closed = replace(facts(answers={"private": True}), states={"case": "closed", "help": "none"})

    with pytest.raises(Refused) as refusal:
        take(procedure, closed, "help", "ask")

    assert refusal.value.unmet == (Unmet("case_not_closed"),)


def test_the_guards_of_a_follow_up_refuse_the_act(tiny: Procedure) -> None:
    procedure = changed(tiny, "case", "open", requires=("bed_is_free",))
    given = Facts(states=start(tiny), roles=frozenset({"investigator"}), answers={"private": True})

    with pytest.raises(Refused) as refusal:
        take(procedure, given, "help", "ask")

    assert refusal.value.unmet == (Unmet("bed_is_free"),)


@pytest.mark.parametrize(
    ("track", "action"),
    [("help", "give"), ("help", "no_such_action"), ("no_such_track", "ask")],
    ids=["not from this state", "no such action", "no such track"],
)
def test_a_step_that_the_procedure_does_not_list_is_illegal(tiny: Procedure, track: str, action: str) -> None:
    with pytest.raises(IllegalStep):
        take(tiny, facts(answers={"private": True}), track, action)


def test_a_step_of_another_role_is_refused_before_anything_else_is_told(tiny: Procedure) -> None:
    with pytest.raises(WrongRole, match=r"help\.ask is not a step of \['shelter_coordinator'\]"):
        take(tiny, facts("shelter_coordinator"), "help", "ask")


def test_a_step_that_only_another_act_fires_is_nobodys(tiny: Procedure) -> None:
    given = Facts(states=start(tiny), roles=frozenset({"investigator", "advocate"}))

    with pytest.raises(WrongRole):
        take(tiny, given, "case", "open")


@pytest.mark.parametrize(
    "child",
    [{"is_child": True}, {"age_in_doubt": True}, {"answers": {"age_group": "child"}}],
    ids=["child", "in doubt", "said by the first act"],
)
def test_the_social_worker_may_act_for_whoever_counts_as_a_child(tiny: Procedure, child: dict[str, Any]) -> None:
    answers = {"private": True, "guardian_name": "A guardian"} | child.get("answers", {})

    outcome = take(tiny, facts("social_worker", **{**child, "answers": answers}), "help", "ask")

    assert outcome.states["help"] == "asked"


def test_the_social_worker_may_not_act_for_an_adult(tiny: Procedure) -> None:
    with pytest.raises(WrongRole):
        take(tiny, facts("social_worker", answers={"private": True}), "help", "ask")


def test_a_refusal_lists_all_that_is_unmet_and_marks_what_the_actor_may_not_know(tiny: Procedure) -> None:
    given = facts("advocate", "asked", kept_apart=True, answers={"private": True, "level": "low"})

    with pytest.raises(Refused) as refusal:
        take(tiny, given, "help", "rate")

    assert refusal.value.unmet == (Unmet("not_kept_apart", neutral=True), Unmet("safe_contact"), Unmet("place_fits"))


def test_what_no_answer_can_change_is_told_before_missing_answers(tiny: Procedure) -> None:
    with pytest.raises(Refused) as refusal:
        take(tiny, facts("advocate", "asked", has_safe_contact=True), "help", "rate")

    assert refusal.value.unmet == (Unmet("place_fits"),)


def test_missing_answers_are_all_named_in_the_order_of_the_form(tiny: Procedure) -> None:
    with pytest.raises(NeedsAnswers) as needs:
        take(tiny, ready_to_rate("advocate", answers={}, is_child=True), "help", "rate")

    assert needs.value.fields == ("private", "guardian_name", "level")


@pytest.mark.parametrize("nothing", [None, "", (), []], ids=repr)
def test_an_empty_answer_is_missing(tiny: Procedure, nothing: object) -> None:
    with pytest.raises(NeedsAnswers, match="private"):
        take(tiny, facts(answers={"private": nothing}), "help", "ask")


def test_an_answer_of_no_is_given_and_refused_by_its_guard(tiny: Procedure) -> None:
    with pytest.raises(Refused) as refusal:
        take(tiny, facts(answers={"private": False}), "help", "ask")

    assert refusal.value.unmet == (Unmet("private"),)


def test_an_answer_that_leads_to_no_state_counts_as_missing(tiny: Procedure) -> None:
    with pytest.raises(NeedsAnswers, match="level"):
        take(tiny, ready_to_rate("advocate", answers={"private": True, "level": "enormous"}), "help", "rate")


@pytest.mark.parametrize(
    "basis",
    [
        {"consents": frozenset({("assistance", "advocacy")})},
        {"answers": {"life_at_risk": True}},
        {"states": {"case": "open", "help": "rated_low", "child": "care_placed"}},
    ],
    ids=["consent", "life at risk", "care decision"],
)
def test_a_step_that_needs_consent_is_open_with_any_of_its_bases(tiny: Procedure, basis: dict[str, Any]) -> None:
    given = replace(facts("advocate", "rated_low"), **basis)

    assert take(tiny, given, "help", "give").states["help"] == "given"


def test_an_answer_that_the_form_does_not_ask_for_does_not_count(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "give", form=None)
    given = facts("advocate", "rated_low", answers={"life_at_risk": True})

    with pytest.raises(Refused) as refusal:
        take(procedure, given, "help", "give")

    assert refusal.value.unmet == (Unmet("consent_assistance"),)


def test_consent_to_another_recipient_is_not_enough(tiny: Procedure) -> None:
    given = facts("advocate", "rated_low", consents=frozenset({("assistance", "police")}))

    with pytest.raises(Refused) as refusal:
        take(tiny, given, "help", "give")

    assert refusal.value.unmet == (Unmet("consent_assistance"),)


def test_the_first_signature_of_a_joint_act_is_a_draft(tiny: Procedure) -> None:
    outcome = take(tiny, ready_to_rate("advocate"), "help", "rate")

    assert (outcome.signs_as, outcome.awaiting) == ("advocate", {"investigator"})
    assert (outcome.states, outcome.steps, outcome.clocks_stopped) == ({"case": "open", "help": "asked"}, (), ())


def test_the_last_signature_fires_the_joint_act(tiny: Procedure) -> None:
    outcome = take(tiny, ready_to_rate("investigator", signed=frozenset({"advocate"})), "help", "rate")

    assert (outcome.signs_as, outcome.awaiting) == ("investigator", frozenset())
    assert outcome.states["help"] == "rated_high"


def test_a_joint_act_for_a_child_waits_for_the_social_worker_too(tiny: Procedure) -> None:
    answers = {"private": True, "level": "low", "guardian_name": "A guardian"}
    given = ready_to_rate("investigator", signed=frozenset({"advocate"}), is_child=True, answers=answers)

    outcome = take(tiny, given, "help", "rate")

    assert outcome.awaiting == {"social_worker"}


def test_one_person_with_two_roles_gives_one_signature(tiny: Procedure) -> None:
    given = replace(ready_to_rate("advocate"), roles=frozenset({"advocate", "investigator"}))

    outcome = take(tiny, given, "help", "rate")

    assert (outcome.signs_as, outcome.awaiting) == ("investigator", {"advocate"})


@pytest.mark.parametrize(
    "before",
    [
        {"signed": frozenset({"advocate"}), "signers": frozenset({"me"})},
        {"signed": frozenset({"advocate"}), "signers": frozenset({"a colleague"})},
    ],
    ids=["the same person", "a colleague of the same role"],
)
def test_a_role_that_has_signed_does_not_sign_again(tiny: Procedure, before: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        take(tiny, ready_to_rate("advocate", **before), "help", "rate")

    assert refusal.value.unmet == (Unmet("signs_once"),)


def test_guards_hold_for_each_signature_and_not_only_for_the_last(tiny: Procedure) -> None:
    with pytest.raises(Refused):
        take(tiny, ready_to_rate("advocate", place_fits=False), "help", "rate")


def test_a_step_starts_its_clock_with_the_due_time(tiny: Procedure) -> None:
    outcome = take(tiny, facts(answers={"private": True}), "help", "ask")

    assert outcome.clocks_started == (ClockStart("answer", datetime(2013, 5, 6, 10, 30, tzinfo=UTC)),)


def test_a_series_starts_all_its_due_times_at_once(tiny: Procedure) -> None:
    given = facts("advocate", "rated_low", consents=frozenset({("assistance", "advocacy")}))

    started = take(tiny, given, "help", "give").clocks_started

    assert [(one.name, one.occurrence, one.due.date().isoformat()) for one in started] == [
        ("visits", 1, "2013-06-06"),
        ("visits", 2, "2013-08-06"),
    ]


def test_meeting_one_due_time_of_a_series_advances_it(tiny: Procedure) -> None:
    outcome = take(tiny, facts("advocate", "given"), "help", "visit")

    assert (outcome.clocks_advanced, outcome.clocks_stopped) == (("visits",), ())


def test_coming_to_rest_stops_the_whole_series(tiny: Procedure) -> None:
    outcome = take(tiny, facts("tick", "given"), "help", "finish")

    assert (outcome.clocks_advanced, outcome.clocks_stopped) == ((), ("visits",))


def test_an_outcome_names_referral_effects_and_counts(tiny: Procedure) -> None:
    asked = take(tiny, facts(answers={"private": True}), "help", "ask")
    given = take(tiny, facts("advocate", "rated_low", consents=frozenset({("assistance", "advocacy")})), "help", "give")

    assert asked.referrals == (("advocacy", step(tiny, "help", "ask")),)
    assert (given.effects, given.counts) == (("add_party",), ("assisted",))


def test_a_track_that_is_set_aside_remembers_where_from_and_stops_its_clocks(tiny: Procedure) -> None:
    outcome = take(tiny, facts("advocate", "asked", answers={"reason": "moved away"}), "help", "set_aside")

    assert (outcome.states["help"], outcome.set_aside_from) == ("set_aside", {"help": "asked"})
    assert outcome.clocks_stopped == ("answer", "visits")


def test_a_track_that_is_taken_up_goes_back_to_where_it_was(tiny: Procedure) -> None:
    given = facts("advocate", "set_aside", answers={"reason": "came back"}, set_aside_from={"help": "given"})

    outcome = take(tiny, given, "help", "take_up")

    assert (outcome.states["help"], outcome.set_aside_from) == ("given", {})


def test_a_track_that_was_set_aside_from_nowhere_cannot_be_taken_up(tiny: Procedure) -> None:
    with pytest.raises(IllegalStep):
        take(tiny, facts("advocate", "set_aside", answers={"reason": "came back"}), "help", "take_up")


def test_a_step_that_stays_set_aside_keeps_where_it_came_from(small: Procedure) -> None:
    states = {**start(small), "case": "open", "advocacy": "set_aside"}
    given = Facts(states=states, roles=frozenset({"advocate"}), set_aside_from={"advocacy": "assisting"})

    outcome = take(small, given, "advocacy", "withdraw_consent")

    assert outcome.set_aside_from == {"advocacy": "assisting"}


def test_setting_aside_needs_a_reason(tiny: Procedure) -> None:
    with pytest.raises(NeedsAnswers, match="reason"):
        take(tiny, facts("advocate", "asked"), "help", "set_aside")


def test_a_bed_must_be_left_before_the_shelter_track_is_set_aside(small: Procedure) -> None:
    states = {**start(small), "case": "open", "shelter": "admitted"}
    given = Facts(states=states, roles=frozenset({"advocate"}), answers={"reason": "quiet"}, has_open_stay=True)

    with pytest.raises(Refused) as refusal:
        take(small, given, "shelter", "set_aside")

    assert refusal.value.unmet == (Unmet("no_open_stay"),)
