"""Every guard, true and false; and that none looks at anything which it does not declare."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.facts import Facts
from workflows.guards import GUARDS, STORY

Case = tuple[str, dict[str, Any], dict[str, Any]]

CHILD = {"is_child": True}
GUARDED = {"is_child": True, "guardian_checked": True}
SUSPECT = {"is_child": True, "guardian_checked": True, "guardian_suspect": True}


def says(**answers: object) -> dict[str, Any]:
    return {"answers": answers}


def at(**states: str) -> dict[str, Any]:
    return {"states": states}


def yes(name: str, field: str = "") -> list[Case]:
    asked = field or name
    return [
        (name, says(**{asked: True}), says(**{asked: False})),
        (name, says(**{asked: True}), {}),
        (name, says(**{asked: True}), says(**{asked: "yes"})),
    ]


# Guard, facts with which it holds, facts with which it does not.
WAIVED_FOR_CHILD = {"is_child": True} | says(face_to_face=True, written_waiver=True)
CASES: list[Case] = [
    ("case_not_closed", at(case="open"), at(case="closed")),
    ("case_not_closed", at(case="start"), at(case="closed")),
    ("case_not_closed", at(case="reopened"), at(case="closed")),
    ("case_not_open", at(case="start"), at(case="open")),
    ("acts_for_lead_agency", {"acts_for_lead_agency": True}, {}),
    ("no_assisting_party", {"parties": frozenset({"police"})}, {"parties": frozenset({"police", "advocacy"})}),
    ("no_assisting_party", {}, {"parties": frozenset({"social_work"})}),
    ("all_tracks_at_rest", {"open_tracks": frozenset({"case"})}, {"open_tracks": frozenset({"case", "risk"})}),
    (
        "consent_or_duty",
        {"consents": frozenset({("assistance", "advocacy")})},
        {"consents": frozenset({("return", "x")})},
    ),
    ("consent_or_duty", CHILD, {}),
    ("consent_or_duty", {"origin": "police"}, {"origin": "advocacy"}),
    ("safe_contact", {"has_safe_contact": True}, {}),
    ("safe_contact", says(safe_contact="phone"), says(safe_contact="do_not_contact")),
    ("safe_contact", says(safe_contact="phone"), says(safe_contact="not_yet_known")),
    ("person_told", says(person_told=True), says(person_told=False)),
    ("person_told", says(why_not_told="unreachable"), says(why_not_told="")),
    ("person_not_told", says(person_told=False), says(person_told=True)),
    ("follow_up_asked", says(follow_up_asked=True), {}),
    ("follow_up_asked", says(why_not_told="deceased"), says(follow_up_asked=False)),
    *yes("no_help_tied", "help_not_tied"),
    *yes("consent_statement"),
    *yes("informed_decision", "informed"),
    ("no_confrontation_without_waiver", says(face_to_face=False), says(face_to_face=True)),
    ("no_confrontation_without_waiver", says(face_to_face=True, written_waiver=True), WAIVED_FOR_CHILD),
    ("is_foreign", {"is_foreign": True}, {}),
    ("no_asylum_claim", {}, {"asylum_claim": True}),
    ("reflection_has_lapsed", {"reflection_has_lapsed": True}, {}),
    ("reflection_is_due", at(legal="foreign_irregular"), at(legal="reflection")),
    ("reflection_is_due", at(legal="unknown"), at(legal="unknown") | CHILD),
    ("in_reflection", at(legal="reflection"), at(legal="cooperating")),
    ("screening_result", at(identification="presumed"), at(identification="signal")),
    ("screening_result", at(identification="not_presumed"), at(identification="set_aside")),
    ("no_open_right_to_stay", {}, at(legal="permit_applied")),
    ("no_open_right_to_stay", at(legal="permit_expired"), {"asylum_claim": True}),
    *yes("private"),
    *yes("interpreter_offered"),
    *yes("rights_given"),
    *yes("other_help_offered"),
    *yes("rested"),
    ("observable_only_before_call", says(noticed="bruises"), says(account="what she told")),
    ("observable_only_before_call", at(advocacy="called") | says(means=["force"]), says(means=["force"])),
    ("observable_only_before_call", {}, {"answered_phases": frozenset({"after_call"})}),
    ("observable_only_before_call", {}, at(advocacy="set_aside") | says(act=["recruitment"])),
    ("guardian_before_story_if_child", GUARDED | says(account="told"), CHILD | says(account="told")),
    ("guardian_before_story_if_child", says(purpose=["x"]), SUSPECT | says(purpose=["x"])),
    ("guardian_before_story_if_child", CHILD, CHILD | {"answered_phases": frozenset({"after_call"})}),
    ("second_reader", {"actor_id": "me"} | says(second_reader="you"), {"actor_id": "me"} | says(second_reader="me")),
    ("second_reader", says(second_reader="you"), {}),
    *yes("consent_interview")[:2],
    ("consent_interview", {"consents": frozenset({("interview", "police")})}, {}),
    ("no_identity", says(region="peje"), says(family_name="A name")),
    ("no_identity", {"answered_classes": frozenset("PN")}, {"answered_classes": frozenset("PI")}),
    ("advocate_called", at(advocacy="called"), at(advocacy="not_called")),
    ("advocate_called", at(advocacy="ended"), at(advocacy="set_aside")),
    ("advocate_called", at(advocacy="refused"), {}),
    ("advocate_not_called", at(advocacy="not_called"), at(advocacy="called")),
    ("advocate_accepted", at(advocacy="accepted"), at(advocacy="called")),
    ("advocate_accepted", at(advocacy="assisting"), at(advocacy="ended")),
    ("advocate_present", at(advocacy="present"), at(advocacy="accepted")),
    ("advocate_present", at(advocacy="refused"), at(advocacy="set_aside")),
    ("consent_assistance", {"consents": frozenset({("assistance", "advocacy")})}, {}),
    ("consent_assistance", says(purposes=["assistance", "shelter"]), says(purposes=["shelter"])),
    ("consent_assistance", CHILD, says(purposes="assistance")),
    ("plan_closed", at(reintegration="completed"), at(reintegration="plan_signed")),
    ("plan_closed", {}, {"has_open_stay": True}),
    ("police_is_party", {"parties": frozenset({"police"})}, {}),
    ("police_not_party", {}, {"parties": frozenset({"police"})}),
    ("person_agrees_to_police", {"origin": "police"}, {"origin": "advocacy"}),
    ("person_agrees_to_police", {"consents": frozenset({("police_contact", "police")})}, {}),
    ("person_agrees_to_police", says(legal_duty=True), says(legal_duty=False)),
    ("person_agrees_to_police", says(life_at_risk=True), says(life_at_risk=False)),
    ("risk_rated", at(risk="rated_low"), at(risk="provisional_low")),
    ("risk_rated_or_provisional", at(risk="provisional_high"), at(risk="unrated")),
    ("risk_rated_or_provisional", at(risk="proposed"), at(risk="set_aside")),
    ("risk_level_written", says(level="low"), {}),
    ("risk_level_written", at(risk="rated_medium"), at(risk="unrated")),
    ("risk_not_set_aside", at(risk="unrated"), at(risk="set_aside")),
    ("risk_is_high", at(risk="rated_high"), at(risk="rated_medium")),
    ("risk_is_high", at(risk="provisional_high"), at(risk="provisional_low")),
    *yes("safety_questions"),
    ("emergency_bed_chosen", says(bed="a bed"), says(bed="")),
    ("child_or_in_doubt", CHILD, {}),
    ("child_or_in_doubt", {"age_in_doubt": True}, says(age_group="adult")),
    ("child_or_in_doubt", says(age_group="in_doubt"), {}),
    ("is_adult", {}, CHILD),
    ("is_adult", says(age_group="adult"), says(age_group="child")),
    ("of_age", {}, CHILD),
    ("of_age", CHILD | {"has_come_of_age": True}, CHILD | {"has_come_of_age": False}),
    ("of_age", {}, {"age_in_doubt": True}),
    ("checked_guardian_if_child", {}, CHILD),
    ("checked_guardian_if_child", GUARDED, SUSPECT),
    ("social_worker_attends_if_child", {}, CHILD | at(child="called")),
    ("social_worker_attends_if_child", CHILD | at(child="attending"), CHILD | at(child="set_aside")),
    ("guardian_and_best_interests_if_child", {}, CHILD | at(child="assessed")),
    ("guardian_and_best_interests_if_child", GUARDED | at(child="assessed"), GUARDED | at(child="guarded")),
    ("guardian_and_best_interests_if_child", GUARDED | at(child="solution"), SUSPECT | at(child="solution")),
    ("best_interests", at(child="care_placed"), at(child="care_provisional")),
    ("care_decision", at(child="care_provisional"), at(child="attending")),
    ("care_decision", at(child="care_placed"), at(child="adult")),
    *yes("guardian_checked", "safety_checked"),
    ("not_suspect", says(suspected="no"), says(suspected="unknown")),
    ("not_suspect", says(suspected="no"), {}),
    *yes("safety_check"),
    ("safety_check_if_child", {}, CHILD),
    ("safety_check_if_child", CHILD | says(safety_check=True), CHILD | says(safety_check=False)),
    *yes("adult_place"),
    ("no_adult_place_unless_sole_option", says(adult_place=False), says(adult_place=True)),
    (
        "no_adult_place_unless_sole_option",
        says(adult_place=True, sole_option_reason="no other bed in the region"),
        says(adult_place=True, sole_option_reason=""),
    ),
    ("not_kept_apart", {}, {"kept_apart": True}),
    ("place_fits", {"place_fits": True}, {}),
    ("bed_is_free", {"bed_is_free": True}, {}),
    ("has_open_stay", {"has_open_stay": True}, {}),
    ("no_open_stay", {}, {"has_open_stay": True}),
    *yes("house_rules"),
    *yes("rights_leaflet"),
    *yes("person_signed"),
    *yes("life_at_risk"),
    ("legal_duty", says(legal_duty=True), says(legal_duty=False)),
    ("legal_duty", CHILD, {}),
    *yes("voluntary"),
    ("foreign_branch", {"is_foreign": True}, {}),
    *yes("no_threat"),
    *yes("statement_offered"),
    *yes("partner_has_capacity", "capacity"),
    *yes("declaration_still_stands", "declaration_stands"),
    ("consulate_only_with_consent_and_no_claim", {}, says(through_consulate=True)),
    (
        "consulate_only_with_consent_and_no_claim",
        says(through_consulate=True) | {"consents": frozenset({("consulate", "consulate")})},
        says(through_consulate=True) | {"consents": frozenset({("consulate", "consulate")}), "asylum_claim": True},
    ),
    ("escort_if_child_or_ill", {}, CHILD),
    ("escort_if_child_or_ill", CHILD | says(escort="a social worker"), says(is_ill=True)),
    ("is_ill_or_child", CHILD, {}),
    ("is_ill_or_child", says(is_ill=True), says(is_ill=False)),
]


@pytest.mark.parametrize(("name", "held"), [(name, held) for name, held, _ in CASES])
def test_a_guard_holds_with_what_it_asks_for(name: str, held: dict[str, Any]) -> None:
    assert GUARDS[name].holds(Facts(**held)) is True


@pytest.mark.parametrize(("name", "failed"), [(name, failed) for name, _, failed in CASES])
def test_a_guard_fails_without_what_it_asks_for(name: str, failed: dict[str, Any]) -> None:
    assert GUARDS[name].holds(Facts(**failed)) is False


def test_every_guard_is_tried_both_ways() -> None:
    assert {name for name, _, _ in CASES} == set(GUARDS)


def test_only_keeping_apart_is_not_explained_to_the_actor() -> None:
    assert {name for name, guard in GUARDS.items() if guard.neutral} == {"not_kept_apart"}


@pytest.mark.parametrize(
    ("name", "on_answers"),
    [
        ("private", True),
        ("safe_contact", True),
        ("observable_only_before_call", True),
        ("no_identity", True),
        ("checked_guardian_if_child", False),
        ("care_decision", False),
        ("place_fits", False),
    ],
    ids=str,
)
def test_a_guard_knows_whether_the_form_can_change_it(name: str, on_answers: bool) -> None:
    assert GUARDS[name].on_answers is on_answers


class Noted(Mapping[str, Any]):
    """A mapping that notes which of its keys were looked at."""

    def __init__(self, kind: str, content: Mapping[str, Any], seen: set[str]) -> None:
        self.kind, self.content, self.seen = kind, content, seen

    def __getitem__(self, key: str) -> Any:
        self.seen.add(f"{self.kind}.{key}")
        return self.content[key]

    def __iter__(self) -> Any:
        return iter(self.content)

    def __len__(self) -> int:
        return len(self.content)


class NotedFacts:
    """Facts that note what was looked at."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.seen = facts, set[str]()

    def __getattr__(self, name: str) -> Any:
        if name == "counts_as_child":
            return Facts.counts_as_child.fget(self)  # type: ignore[attr-defined]
        value = getattr(self.facts, name)
        if name in ("states", "answers"):
            return Noted(name, value, self.seen)
        self.seen.add(name)
        return value


def declared(name: str) -> set[str]:
    """What a guard says that it reads; consents and parties are looked at whole."""
    return {
        read.partition(".")[0] if read.startswith(("consents.", "parties.")) else read for read in GUARDS[name].reads
    }


FLAGS = ("is_child", "age_in_doubt", "guardian_checked", "guardian_suspect", "has_safe_contact", "asylum_claim")
READ_ANSWERS = sorted(
    {read.partition(".")[2] for one in GUARDS.values() for read in one.reads if read[:8] == "answers."}
)
READ_TRACKS = sorted({track for one in GUARDS.values() for track in one.tracks})
PLACES = [
    "set_aside",
    "not_called",
    "assisting",
    "rated_high",
    "provisional_low",
    "care_placed",
    "closed",
    "plan_signed",
]

some_facts = st.builds(
    Facts,
    states=st.dictionaries(st.sampled_from(READ_TRACKS), st.sampled_from(PLACES)),
    answers=st.dictionaries(
        st.sampled_from(READ_ANSWERS), st.sampled_from([True, False, None, "", "no", "child", ["assistance"], ("x",)])
    ),
    origin=st.sampled_from(["police", "advocacy"]),
    consents=st.sets(st.sampled_from([("assistance", "advocacy"), ("consulate", "consulate")])).map(frozenset),
    parties=st.sets(st.sampled_from(["police", "advocacy"])).map(frozenset),
    **dict.fromkeys(FLAGS, st.booleans()),
)


def undeclared(name: str, facts: Facts) -> set[str]:
    """What a guard looks at under some facts without declaring it."""
    noted = NotedFacts(facts)
    GUARDS[name].holds(noted)  # type: ignore[arg-type]
    return noted.seen - declared(name)


@settings(max_examples=150, deadline=None)
@given(facts=some_facts)
def test_no_guard_looks_at_anything_that_it_does_not_declare(facts: Facts) -> None:
    assert {name: undeclared(name, facts) for name in GUARDS if undeclared(name, facts)} == {}


def test_the_story_is_four_questions_and_the_guards_cannot_be_changed() -> None:
    assert STORY == ("act", "means", "purpose", "account")
    assert isinstance(GUARDS, MappingProxyType)
