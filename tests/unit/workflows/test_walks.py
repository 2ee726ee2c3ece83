"""People carried through both procedures from the first suspicion to closure, with the engine alone."""

import pytest

from tests.support.walk import Stop, Walk, stop
from workflows import registry
from workflows.engine import IllegalStep, Refused

VERSIONS = ("xk_2005", "xk_2013")
AFTER_CLOSING = {"retention", "later_contact"}

SIGNAL_ADULT = stop("investigator", "identification.record_signal", age_group="adult", safe_contact="phone")
SIGNAL_CHILD = stop(
    "investigator", "identification.record_signal", age_group="child", safe_contact="phone", social_work_centre="centre"
)
SCREEN = stop("investigator", "identification.screen")
CALL = stop("investigator", "advocacy.call_advocate")
ADVOCATE_COMES = (
    stop("advocate", "advocacy.accept_call"),
    stop("advocate", "advocacy.record_arrival"),
)
PRESUME = stop("investigator", "identification.presume")
IDENTIFY = stop("investigator", "identification.identify")
CLOSE = stop("advocate", "case.close", closure_reason="returned_monitored")


def consents(role: str, *purposes: str) -> Stop:
    """Consent to purposes, written down by a role."""
    return stop(role, "advocacy.record_consent", purposes=purposes)


RATE_ADULT = {
    "xk_2005": (stop("investigator", "risk.rate_risk", level="high"),),
    "xk_2013": (
        stop("investigator", "risk.propose_rating", level="high"),
        stop("investigator", "risk.sign_rating", level="high"),
        stop("advocate", "risk.sign_rating", level="high"),
    ),
}
RATE_CHILD = {
    "xk_2005": RATE_ADULT["xk_2005"],
    "xk_2013": (*RATE_ADULT["xk_2013"], stop("social_worker", "risk.sign_rating", level="high")),
}
SOCIAL_WORKER_CARES = (
    stop("social_worker", "child.accept_child_call"),
    stop("social_worker", "child.place_in_care_now", adult_place=False),
    stop("social_worker", "child.appoint_guardian"),
    stop("social_worker", "child.assess_best_interests"),
    stop("social_worker", "child.place_in_care", adult_place=False),
)
LEAVE_PLANNED = stop("shelter_coordinator", "shelter.leave", destination="return_to_country")


def sheltered(role: str) -> tuple[Stop, ...]:
    """The way into a shelter with a support plan, placed by a role."""
    return (
        stop(role, "shelter.propose_place"),
        stop(role, "shelter.ask_shelter"),
        stop("shelter_coordinator", "shelter.accept_place"),
        stop("shelter_coordinator", "shelter.admit"),
        stop("shelter_coordinator", "shelter.sign_support_plan"),
    )


def returned(role: str) -> tuple[Stop, ...]:
    """The way home with four contacts afterwards, the wish written down by a role."""
    return (
        stop(role, "return.record_wish"),
        stop("return_coordinator", "return.accept_return_request"),
        stop("return_coordinator", "return.assess_return_risk"),
        stop("return_coordinator", "return.confirm_partner"),
        stop("return_coordinator", "return.complete_documents", through_consulate=False),
        LEAVE_PLANNED,
        stop("return_coordinator", "return.depart", is_ill=False, escort="a nurse"),
        stop("return_coordinator", "return.confirm_reception"),
        *(stop("return_coordinator", "return.monitor") for _ in range(4)),
        stop("return_coordinator", "return.end_monitoring"),
    )


def reintegrated(role: str) -> tuple[Stop, ...]:
    """A reintegration plan from the family's assessment to its completion."""
    return (
        stop(role, "reintegration.assess_family", safety_check=True),
        stop(role, "reintegration.sign_plan"),
        stop(role, "reintegration.review_plan"),
        stop(role, "reintegration.complete_plan"),
    )


def adult_home(version: str) -> tuple[Stop, ...]:
    """A foreign adult: identified, sheltered, home, with a plan there."""
    return (
        SIGNAL_ADULT,
        CALL,
        *ADVOCATE_COMES,
        SCREEN,
        PRESUME,
        consents("advocate", "assistance", "shelter", "return", "follow_up"),
        stop("advocate", "advocacy.begin_assistance"),
        *RATE_ADULT[version],
        IDENTIFY,
        *sheltered("advocate"),
        *returned("advocate"),
        *reintegrated("advocate"),
        *RATE_AGAIN,
        stop("advocate", "advocacy.end_assistance"),
        CLOSE,
    )


RATE_AGAIN = (stop("advocate", "risk.rate_provisionally", level="low"),)


def child_home(version: str) -> tuple[Stop, ...]:
    """A foreign child: social worker and guardian first, then as the adult, with an escort."""
    return (
        SIGNAL_CHILD,
        SCREEN,
        *SOCIAL_WORKER_CARES,
        CALL,
        *ADVOCATE_COMES,
        PRESUME,
        consents("social_worker", "assistance", "shelter", "return", "follow_up"),
        stop("advocate", "advocacy.begin_assistance"),
        *RATE_CHILD[version],
        IDENTIFY,
        *sheltered("social_worker"),
        *returned("social_worker"),
        stop("social_worker", "child.find_durable_solution", solution="return"),
        *reintegrated("social_worker"),
        *RATE_AGAIN,
        stop("advocate", "advocacy.end_assistance"),
        stop("social_worker", "case.close", closure_reason="returned_monitored"),
    )


WITHOUT_POLICE = (
    stop(
        "advocate",
        "advocacy.open_directly",
        age_group="adult",
        safe_contact="phone",
        purposes=["assistance", "shelter"],
    ),
    stop("advocate", "risk.rate_provisionally", level="high", bed="bed 4"),
    stop("shelter_coordinator", "shelter.admit"),
    stop("shelter_coordinator", "shelter.sign_support_plan"),
    stop("advocate", "advocacy.record_service"),
    stop("advocate", "advocacy.withdraw_consent", purposes=["shelter"]),
    stop("shelter_coordinator", "shelter.extend"),
    stop("shelter_coordinator", "shelter.leave", destination="own_home"),
    *reintegrated("advocate"),
    stop("advocate", "advocacy.end_assistance"),
    stop("advocate", "case.close", closure_reason="goal_reached"),
)
PLACED = ["referred", "sheltered", "referred"]  # by the shelter's yes, and by the admission itself
HOME_COUNTS = ["identified", *PLACED, "referred", "returned", "reintegrated", "closed"]
REFLECTED = {"xk_2005": [], "xk_2013": ["reflection"]}  # by itself, for an adult


@pytest.mark.parametrize("version", VERSIONS)
def test_an_adult_is_carried_home_and_her_case_closed(version: str) -> None:
    walk = Walk(registry.get(version)).know(is_foreign=True).follow(adult_home(version))

    told = ["signal", "referred", "screened", "presumed", "assisted", *REFLECTED[version], *HOME_COUNTS]
    assert walk.counted == told
    assert walk.at("case") == "closed"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_child_is_carried_home_with_a_guardian_and_the_case_closed(version: str) -> None:
    walk = Walk(registry.get(version)).know(is_foreign=True).follow(child_home(version))

    assert walk.counted == ["signal", "screened", "referred", "referred", "presumed", "assisted", *HOME_COUNTS]
    assert (walk.at("child"), walk.at("case")) == ("solution", "closed")


@pytest.mark.parametrize("version", VERSIONS)
def test_an_adult_who_wants_no_police_has_bed_services_and_plan_without_them(version: str) -> None:
    walk = Walk(registry.get(version)).follow(WITHOUT_POLICE)

    assert walk.counted == ["assisted", "sheltered", "referred", "assisted", "reintegrated", "closed"]
    assert walk.actors == {"advocate", "shelter_coordinator"}
    assert (walk.at("identification"), walk.at("case")) == ("start", "closed")


@pytest.mark.parametrize("version", VERSIONS)
def test_no_clock_of_work_runs_on_when_a_case_is_closed(version: str) -> None:
    adult = Walk(registry.get(version)).know(is_foreign=True).follow(adult_home(version))
    child = Walk(registry.get(version)).know(is_foreign=True).follow(child_home(version))
    alone = Walk(registry.get(version)).follow(WITHOUT_POLICE)

    assert [adult.running, child.running, alone.running] == [AFTER_CLOSING] * 3


@pytest.mark.parametrize("version", VERSIONS)
def test_the_lead_passes_from_the_police_to_those_who_assist(version: str) -> None:
    adult = Walk(registry.get(version)).follow([SIGNAL_ADULT, CALL, *ADVOCATE_COMES])
    child = Walk(registry.get(version)).follow([SIGNAL_CHILD, CALL, SOCIAL_WORKER_CARES[0], *ADVOCATE_COMES])

    assert (adult.lead, child.lead) == ("advocate", "social_worker")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_case_is_not_closed_while_a_track_is_under_way_or_she_is_in_the_shelter(version: str) -> None:
    walk = Walk(registry.get(version)).follow(WITHOUT_POLICE[:4])

    with pytest.raises(Refused) as refusal:
        walk.act("advocate", "case.close")

    assert {one.guard for one in refusal.value.unmet} == {"all_tracks_at_rest", "no_open_stay"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_dismissed_signal_is_closed_by_the_police_alone(version: str) -> None:
    dismiss = stop("investigator", "identification.dismiss_signal")
    close = stop("investigator", "case.close_signal", closure_reason="not_a_victim")

    walk = Walk(registry.get(version)).follow([SIGNAL_ADULT, SCREEN, dismiss, close])

    assert walk.counted == ["signal", "screened", "closed"]
    assert walk.running == {"retention"}


@pytest.mark.parametrize("version", VERSIONS)
def test_leaving_a_shelter_needs_no_approval_at_any_point_of_a_transfer(version: str) -> None:
    transfer = (
        stop("shelter_coordinator", "shelter.plan_transfer"),
        stop("advocate", "shelter.ask_shelter"),
        stop("shelter_coordinator", "shelter.accept_place"),
    )

    walk = Walk(registry.get(version)).follow([*WITHOUT_POLICE[:4], *transfer]).follow([LEAVE_PLANNED])

    assert (walk.at("shelter"), walk.facts.has_open_stay) == ("left", False)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_refused_transfer_leaves_her_in_her_bed(version: str) -> None:
    refused = (
        stop("shelter_coordinator", "shelter.plan_transfer"),
        stop("advocate", "shelter.refuse_place", next_offer_on="2014-04-01"),
        stop("shelter_coordinator", "shelter.stay_on"),
    )

    walk = Walk(registry.get(version)).follow([*WITHOUT_POLICE[:4], *refused])

    assert (walk.at("shelter"), walk.facts.has_open_stay) == ("admitted", True)


def test_the_police_are_not_told_without_consent_duty_or_danger() -> None:
    walk = Walk(registry.get("xk_2013")).follow(WITHOUT_POLICE[:1])

    with pytest.raises(Refused) as refusal:
        walk.act("advocate", "identification.refer_to_police", life_at_risk=False, legal_duty=False)

    assert [one.guard for one in refusal.value.unmet] == ["consent_police_contact"]


def test_the_police_join_a_case_that_she_wants_told_to_them_and_rate_the_risk_together() -> None:
    path = (
        *WITHOUT_POLICE[:2],
        consents("advocate", "police_contact"),
        stop("advocate", "identification.record_signal"),
        stop("advocate", "identification.refer_to_police"),
        stop("investigator", "identification.accept_signal"),
        *RATE_ADULT["xk_2013"],
    )

    walk = Walk(registry.get("xk_2013")).follow(path)

    assert (walk.at("risk"), walk.facts.origin) == ("rated_high", "advocacy")


def test_social_workers_call_an_advocate_in_2013_but_not_in_2005() -> None:
    called = Walk(registry.get("xk_2013")).follow([SIGNAL_ADULT]).act("social_worker", "advocacy.call_advocate")

    assert called.states["advocacy"] == "called"
    with pytest.raises(Exception, match="not a step of"):
        Walk(registry.get("xk_2005")).follow([SIGNAL_ADULT]).act("social_worker", "advocacy.call_advocate")


def test_a_joint_rating_waits_for_every_signature() -> None:
    walk = Walk(registry.get("xk_2013")).follow([SIGNAL_CHILD, CALL, *ADVOCATE_COMES, *SOCIAL_WORKER_CARES])

    walk.follow(RATE_CHILD["xk_2013"][:3])

    assert (walk.at("risk"), walk.facts.signed) == ("proposed", frozenset({"investigator", "advocate"}))


@pytest.mark.line(4)
def test_a_presumption_before_the_call_makes_the_call_due_at_once() -> None:
    walk = Walk(registry.get("xk_2013")).follow([SIGNAL_ADULT, SCREEN, PRESUME])

    assert "advocate_call" in walk.running


def test_a_person_trafficked_again_has_a_linked_case() -> None:
    home = adult_home("xk_2013")
    received = home[: home.index(stop("return_coordinator", "return.confirm_reception")) + 1]
    walk = Walk(registry.get("xk_2013")).follow(received)

    outcome = walk.act("return_coordinator", "return.record_retrafficking")

    assert outcome.effects == ("open_linked_case",)
    assert walk.counted[-1] == "re_trafficked"


def test_nothing_goes_on_in_a_closed_case_until_it_is_reopened() -> None:
    walk = Walk(registry.get("xk_2013")).follow(WITHOUT_POLICE)

    with pytest.raises(Refused) as refusal:
        walk.act("advocate", "advocacy.resume_assistance")
    walk.act("advocate", "case.reopen")
    walk.act("advocate", "advocacy.resume_assistance")

    assert [one.guard for one in refusal.value.unmet] == ["case_not_closed"]
    assert (walk.at("case"), walk.at("advocacy")) == ("reopened", "assisting")


def test_a_closed_case_is_not_closed_again() -> None:
    walk = Walk(registry.get("xk_2013")).follow(WITHOUT_POLICE)

    with pytest.raises(IllegalStep):
        walk.act("advocate", "case.close")
