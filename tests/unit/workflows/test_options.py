"""What is shown as possible now: the steps that leave the present states, for whom, and what stands in their way."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.definitions import changed, facts, step, take
from workflows import registry
from workflows.definition import Procedure
from workflows.engine import Option, Unmet, options, start
from workflows.facts import Facts

Asked = tuple[Procedure, Facts]


@pytest.mark.parametrize(("at", "is_closed"), [("none", True), ("set_aside", True), ("asked", False)], ids=str)
def test_a_case_is_closed_when_every_track_is_at_rest_or_set_aside(tiny: Procedure, at: str, is_closed: bool) -> None:
    option = next(one for one in options(tiny, facts("advocate", at)) if one.transition.action == "close")

    assert option.is_open is is_closed


def test_options_are_the_steps_that_leave_the_present_states(tiny: Procedure) -> None:
    found = {(one.transition.track, one.transition.action) for one in options(tiny, facts(help_at="rated_low"))}

    assert found == {("case", "close"), ("help", "rate"), ("help", "give"), ("help", "set_aside")}


def test_options_leave_out_what_only_another_act_fires(tiny: Procedure) -> None:
    assert [one.transition.action for one in options(tiny, Facts(states=start(tiny)))] == ["ask"]


def test_an_option_says_whether_the_role_fits_and_what_is_unmet(tiny: Procedure) -> None:
    rate = {one.transition.action: one for one in options(tiny, facts("advocate", "asked", kept_apart=True))}["rate"]

    unmet = (Unmet("not_kept_apart", neutral=True), Unmet("safe_contact"), Unmet("place_fits"))
    assert rate == Option(rate.transition, True, unmet)
    assert not rate.is_open


def test_an_option_does_not_count_what_the_form_may_still_say(tiny: Procedure) -> None:
    ask = next(one for one in options(tiny, facts()) if one.transition.action == "ask")
    give = {one.transition.action: one for one in options(tiny, facts("advocate", "rated_low"))}["give"]

    assert (ask.is_open, give.is_open) == (True, True)


@pytest.mark.parametrize(("reachable", "unmet"), [(False, (Unmet("safe_contact"),)), (True, ())])
def test_an_option_counts_what_its_form_has_no_question_for(reachable: bool, unmet: tuple[Unmet, ...]) -> None:
    procedure = registry.get("xk_2013")
    refused = Facts(states=start(procedure) | {"advocacy": "refused"}, has_safe_contact=reachable)

    found = {one.transition.action: one for one in options(procedure, refused)}

    assert found["offer_again"].unmet == unmet


def test_consent_that_no_answer_can_replace_is_counted_as_unmet(tiny: Procedure) -> None:
    rule = replace(step(tiny, "help", "give").consent, unless=("care_decision",))  # type: ignore[type-var]
    procedure = changed(tiny, "help", "give", consent=rule)

    give = {one.transition.action: one for one in options(procedure, facts("advocate", "rated_low"))}["give"]

    assert give.unmet == (Unmet("consent_assistance"),)


def test_an_option_of_another_role_is_listed_as_not_fitting(tiny: Procedure) -> None:
    ask = next(one for one in options(tiny, facts("shelter_coordinator")) if one.transition.action == "ask")

    assert (ask.role_fits, ask.is_open) == (False, False)


def calls_of(act: Callable[[], object]) -> int:
    """How many functions are called by an act: the same on every machine, however busy it is."""
    seen: Counter[str] = Counter()
    act()  # what is kept from the first time on is not counted
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _argument: seen.update([event]))
    try:
        act()
    finally:
        sys.setprofile(before)
    return seen["call"] + seen["c_call"]


@pytest.fixture
def asked() -> Asked:
    """A whole procedure, with two tracks under way."""
    procedure = registry.get("xk_2013")
    states = {**start(procedure), "case": "open", "identification": "presumed", "advocacy": "present"}
    return procedure, Facts(states=states, roles=frozenset({"advocate"}), answers={"reason": "no answer"})


def test_an_option_costs_no_more_than_fifty_calls_in_a_whole_procedure(asked: Asked) -> None:
    offered = len(options(*asked))

    # 33 for each of 42 were counted: a third of a millisecond for all.
    assert calls_of(lambda: options(*asked)) < 50 * offered
    assert calls_of(lambda: [options(*asked) for _ in range(2)]) > 50 * offered


def test_a_step_costs_no_more_than_two_hundred_and_fifty_calls(asked: Asked) -> None:
    assert calls_of(lambda: take(*asked, "identification", "set_aside")) < 250
