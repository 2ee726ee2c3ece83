"""The definitions against the tables that they were written from, copied by hand; and against the list of additions."""

import re
from pathlib import Path

import pytest

from workflows import registry
from workflows.definition import Form, TargetByAnswer, Transition

ROLES = {
    "inv": "investigator",
    "adv": "advocate",
    "sw": "social_worker",
    "sc": "shelter_coordinator",
    "rc": "return_coordinator",
    "sup": "agency_supervisor",
    "tick": "tick",
}
LEVELS = ("low", "medium", "high")
RATED = tuple(f"rated_{level}" for level in LEVELS)
PROVISIONAL = tuple(f"provisional_{level}" for level in LEVELS)
ADDITIONS = Path(__file__).parents[3] / "docs" / "sop" / "additions.md"

# Track, action, from, to, by (a role after "child" joins for a child). What is wider in the definition: additions.md.
TABLE_2013 = """
identification record_signal start signal inv,sw,adv
identification screen signal screened inv,sw
identification presume screened presumed inv,sw
identification dismiss_signal screened not_presumed inv,sw
identification identify presumed identified inv
identification do_not_identify presumed not_identified inv
identification decline_status signal,screened,presumed status_declined adv,child,sw
identification offer_status_again status_declined presumed adv
identification review_decision not_identified,not_presumed presumed inv
advocacy call_advocate not_called called inv,sw
advocacy log_attempt called called inv,sw
advocacy decline_call called not_called adv
advocacy accept_call called accepted adv
advocacy record_arrival accepted present adv
advocacy begin_assistance present assisting adv
advocacy open_directly not_called assisting adv
advocacy record_refusal present,assisting refused adv
advocacy offer_again refused present adv
advocacy hand_over assisting called adv,sup
advocacy end_assistance assisting ended adv
risk rate_provisionally unrated PROVISIONAL adv,child,sw
risk propose_rating unrated,PROVISIONAL,RATED proposed inv,adv
risk sign_rating proposed RATED inv,adv,child,sw
child presume_child adult called inv,sw,adv
child accept_child_call called attending sw
child establish_adult called,attending adult sw,inv
child appoint_guardian attending guarded sw
child replace_guardian guarded guarded sw
child assess_best_interests guarded assessed sw
child place_in_care_now attending care_provisional sw
child place_in_care assessed care_placed sw
child find_durable_solution care_placed solution sw
child come_of_age attending,guarded,assessed,care_provisional,care_placed aged_out tick,sw
shelter propose_place none,refused,no_room proposed adv,child,sw
shelter ask_shelter proposed offered adv,sw
shelter accept_place offered expected sc
shelter no_capacity offered no_room sc
shelter refuse_place proposed,offered,expected refused adv
shelter admit expected admitted sc
shelter not_arrived expected none sc
shelter sign_support_plan admitted plan_active sc,adv
shelter extend admitted,plan_active = sc,adv
shelter plan_transfer admitted,plan_active proposed sc,adv
shelter leave admitted,plan_active left sc
return record_wish none,revoked wish_recorded rc,adv,child,sw
return assess_return_risk wish_recorded risk_assessed rc,adv,child,sw
return return_not_safe wish_recorded unsafe rc,adv,sw
return confirm_partner risk_assessed partner_confirmed rc
return complete_documents partner_confirmed documents_ready rc
return depart documents_ready departed rc
return confirm_reception departed received rc
return monitor received,monitored monitored rc
return end_monitoring received,monitored completed rc
return record_retrafficking received,monitored re_trafficked rc,adv
return revoke_wish wish_recorded,risk_assessed,partner_confirmed,documents_ready revoked adv,rc
reintegration assess_family none family_assessed sw,adv
reintegration sign_plan none,family_assessed plan_signed adv,sw
reintegration complete_plan plan_signed completed adv,sw
reintegration stop_plan plan_signed stopped adv,sw
case close open,reopened closed adv,child,sw
case reopen closed reopened adv,sup
case open_linked closed = adv,sup
"""
BRACKETS_2013 = {
    "identification.screen": "private interpreter_offered observable_only_before_call",
    "identification.presume": "rights_given",
    "identification.dismiss_signal": "second_reader other_help_offered",
    "identification.identify": "advocate_present risk_rated consent_interview rested checked_guardian_if_child",
    "identification.do_not_identify": "advocate_called risk_rated second_reader other_help_offered",
    "identification.offer_status_again": "safe_contact",
    "advocacy.call_advocate": "no_identity",
    "advocacy.open_directly": "consent_assistance",
    "advocacy.end_assistance": "plan_closed",
    "risk.rate_provisionally": "safe_contact safety_questions",
    "risk.propose_rating": "advocate_accepted person_agrees_to_police",
    "child.establish_adult": "second_reader",
    "child.appoint_guardian": "guardian_checked not_suspect",
    "child.replace_guardian": "guardian_checked not_suspect",
    "child.place_in_care_now": "safety_check no_adult_place_unless_sole_option",
    "child.place_in_care": "safety_check no_adult_place_unless_sole_option",
    "child.find_durable_solution": "best_interests",
    "shelter.propose_place": "risk_rated_or_provisional not_kept_apart place_fits",
    "shelter.admit": "bed_is_free house_rules rights_leaflet",
    "shelter.sign_support_plan": "person_signed",
    "return.record_wish": "voluntary guardian_and_best_interests_if_child",
    "return.assess_return_risk": "no_threat statement_offered",
    "return.confirm_partner": "partner_has_capacity",
    "return.complete_documents": "consulate_only_with_consent_and_no_claim",
    "return.depart": "declaration_still_stands escort_if_child_or_ill",
    "reintegration.assess_family": "safety_check_if_child",
    "reintegration.sign_plan": "person_signed checked_guardian_if_child",
    "case.close": "all_tracks_at_rest person_told follow_up_asked",
    "case.reopen": "consent_or_duty",
}
CONSENTS_2013 = {
    "advocacy.begin_assistance": ("assistance", "advocacy"),
    "shelter.ask_shelter": ("shelter", "shelter"),
    "return.record_wish": ("return", "return_partner"),
    "return.monitor": ("follow_up", "return_partner"),
}
CLOCKS_2013 = {
    "identification.record_signal": "screening",
    "identification.presume": "decision",
    "identification.decline_status": "status_offer",
    "advocacy.call_advocate": "answer arrival",
    "advocacy.record_arrival": "consent",
    "advocacy.record_refusal": "assistance_offer",
    "risk.propose_rating": "rating",
    "child.presume_child": "notice",
    "shelter.ask_shelter": "shelter_answer",
    "return.depart": "reception",
    "return.confirm_reception": "monitoring",
    "reintegration.sign_plan": "review",
    "case.close": "retention",
}
COUNTS = {
    "signal": {"record_signal"},
    "screened": {"screen"},
    "presumed": {"presume"},
    "identified": {"identify"},
    "not_identified": {"do_not_identify"},
    "declined_status": {"decline_status"},
    "assisted": {"begin_assistance", "open_directly", "record_service", "resume_assistance"},
    "refused": {"record_refusal"},
    "sheltered": {"admit"},
    "unmet_need": {"no_capacity"},
    "returned": {"confirm_reception"},
    "reintegrated": {"complete_plan"},
    "referred": {
        *("accept_call", "accept_child_call", "accept_reintegration", "accept_place"),
        *("admit", "accept_return_request"),
    },
    "statement": {"give_statement"},
    "investigation": {"open_investigation"},
    "indicted": {"indict"},
    "on_trial": {"begin_trial"},
    "convicted": {"give_verdict"},
    "acquitted": {"give_verdict"},
    "charge_rejected": {"give_verdict"},
    "goal_school": {"record_goal"},
    "goal_job": {"record_goal"},
    "goal_job_incentive": {"record_goal"},
    "re_trafficked": {"record_retrafficking"},
    "closed": {"close", "close_signal"},
}
COUNTS_2013 = {
    "reflection": {"begin_reflection"},
    "permit_applied": {"apply_for_permit"},
    "permit_granted": {"grant_permit"},
    "compensation_claimed": {"file_claim"},
    "compensation_granted": {"decide_compensation"},
    "compensation_paid": {"record_payment"},
}
WIDER_ROLES = {
    "identification.offer_status_again": {"social_worker"},
    "shelter.refuse_place": {"social_worker"},
    "shelter.sign_support_plan": {"social_worker"},
    "shelter.plan_transfer": {"social_worker"},
    "return.revoke_wish": {"social_worker"},
    "case.reopen": {"social_worker", "investigator"},
    "case.open_linked": {"social_worker", "investigator"},
}
"""A social worker stands beside the advocate for a child; the author's agency may be any of the three."""
FIRED_ONLY = {"case.open"}
"""The table says of it 'the first act of any'."""

# In 2005 the police alone screen, presume, decide and call; risk is one rating.
POLICE_ALONE_2005 = ("record_signal", "screen", "presume", "dismiss_signal", "identify", "do_not_identify")

Row = tuple[str, str, frozenset[str], frozenset[str], frozenset[str]]


def _words(text: str) -> frozenset[str]:
    known = {"RATED": RATED, "PROVISIONAL": PROVISIONAL}
    return frozenset(name for word in text.split(",") for name in known.get(word, (word,)))


def _row(line: str) -> Row:
    track, action, sources, targets, roles = line.split()
    named = frozenset(ROLES[one] for one in roles.split(",") if one != "child")
    return track, action, _words(sources), _words(targets), named


ROWS = [_row(line) for line in TABLE_2013.strip().splitlines()]


def _step(version: str, track: str, action: str) -> Transition:
    found = [one for one in registry.get(version).tracks[track].transitions if one.action == action]
    assert len(found) == 1, f"{version} has {len(found)} steps {track}.{action}"
    return found[0]


def _targets(step: Transition, source: str) -> set[str]:
    return set(step.target.states.values()) if isinstance(step.target, TargetByAnswer) else set(step.targets(source))


def _actions(version: str) -> set[str]:
    tracks = registry.get(version).tracks.values()
    return {f"{one.track}.{one.action}" for track in tracks for one in track.transitions if not one.is_standard}


def _forms_of_calls(version: str) -> list[Form]:
    forms = registry.get(version).forms
    return [forms[key] for key in ("F03", "child_call", "F13", "police_referral")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}.{row[1]}")
def test_a_step_of_the_2013_table_leads_where_the_table_says(row: Row) -> None:
    track, action, sources, targets, _ = row
    step = _step("xk_2013", track, action)

    assert sources <= set(step.sources)
    assert [_targets(step, one) for one in sorted(sources)] == [
        {one} if targets == {"="} else set(targets) for one in sorted(sources)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}.{row[1]}")
def test_a_step_of_the_2013_table_is_taken_by_the_roles_of_the_table(row: Row) -> None:
    track, action, _, _, roles = row
    step = _step("xk_2013", track, action)

    assert {*step.by, *step.by_if_child} == roles | WIDER_ROLES.get(f"{track}.{action}", set())


@pytest.mark.parametrize(("name", "guards"), BRACKETS_2013.items())
def test_a_step_of_the_2013_table_has_the_conditions_of_its_brackets(name: str, guards: str) -> None:
    assert set(guards.split()) <= set(_step("xk_2013", *name.split(".")).requires)


@pytest.mark.parametrize(("name", "rule"), CONSENTS_2013.items())
def test_a_step_of_the_2013_table_asks_for_the_consent_of_its_brackets(name: str, rule: tuple[str, str]) -> None:
    consent = _step("xk_2013", *name.split(".")).consent

    assert consent is not None
    assert (consent.purpose, consent.recipient) == rule


@pytest.mark.parametrize(("name", "clocks"), CLOCKS_2013.items())
def test_a_step_of_the_2013_table_starts_its_clocks(name: str, clocks: str) -> None:
    assert set(clocks.split()) <= set(_step("xk_2013", *name.split(".")).starts)


@pytest.mark.parametrize(
    ("version", "metric", "actions"),
    [
        *(("xk_2005", *row) for row in COUNTS.items()),
        *(("xk_2013", *row) for row in (COUNTS | COUNTS_2013).items()),
    ],
)
def test_a_metric_is_counted_by_its_steps_and_by_no_other(version: str, metric: str, actions: set[str]) -> None:
    steps = [one for track in registry.get(version).tracks.values() for one in track.transitions]

    assert {one.action for one in steps if metric in {rule.count for rule in one.counts}} == actions


def test_the_joint_rating_is_signed_by_both_and_for_a_child_by_a_social_worker() -> None:
    step = _step("xk_2013", "risk", "sign_rating")

    assert (step.signers(is_child=False), step.signers(is_child=True)) == (
        ("investigator", "advocate"),
        ("investigator", "advocate", "social_worker"),
    )


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_every_step_beside_the_table_is_explained(version: str) -> None:
    explained = set(re.findall(r"`(\w+)`", ADDITIONS.read_text("utf-8")))
    listed = {f"{track}.{action}" for track, action, *_ in ROWS} | FIRED_ONLY
    beside = {name for name in _actions(version) - listed if name.partition(".")[2] not in explained}

    assert beside == set()


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_the_police_have_no_step_of_a_return(version: str) -> None:
    steps = registry.get(version).tracks["return"].transitions

    assert [one.action for one in steps if "investigator" in (*one.by, *one.by_if_child)] == []


@pytest.mark.parametrize("action", POLICE_ALONE_2005)
def test_in_2005_the_police_alone_identify(action: str) -> None:
    step = _step("xk_2005", "identification", action)

    assert (step.by, step.by_if_child) == (("investigator",), ())


def test_in_2005_the_police_alone_call_an_advocate() -> None:
    assert _step("xk_2005", "advocacy", "call_advocate").by == ("investigator",)


def test_in_2005_there_is_no_joint_act() -> None:
    steps = [one for track in registry.get("xk_2005").tracks.values() for one in track.transitions]

    assert [one.action for one in steps if one.signatures] == []


def test_in_2005_the_return_is_the_branch_for_foreign_persons() -> None:
    assert "foreign_branch" in _step("xk_2005", "return", "record_wish").requires
    assert "foreign_branch" not in _step("xk_2013", "return", "record_wish").requires


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_calls_before_consent_ask_for_nothing_that_names_or_tells(version: str) -> None:
    asked = {one.sensitivity for form in _forms_of_calls(version) for one in form.fields}

    assert asked == {"P"}


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_calls_before_consent_have_no_free_text(version: str) -> None:
    types = {one.type for form in _forms_of_calls(version) for one in form.fields}

    assert types & {"text", "line", "date", "number"} == set()


@pytest.mark.parametrize("key", ["F01", "open_directly"])
def test_a_case_is_logged_with_ten_required_answers_safe_contact_first(key: str) -> None:
    form = registry.get("xk_2013").forms[key]

    assert (len(form.always), form.fields[0].name) == (10, "safe_contact")


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_every_refusal_by_the_person_asks_for_safe_contact_and_a_next_offer(version: str) -> None:
    procedure = registry.get(version)
    refusals = ("refusal", "plan_stop")

    asked = [{one.name for one in procedure.forms[key].fields} for key in refusals]

    assert [{"safe_contact_confirmed", "next_offer_on"} <= names for names in asked] == [True, True]


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_leaving_a_shelter_asks_for_nothing_but_a_stay(version: str) -> None:
    step = _step(version, "shelter", "leave")

    assert (step.requires, step.consent) == (("has_open_stay",), None)


@pytest.mark.parametrize("version", ["xk_2005", "xk_2013"])
def test_the_agency_that_receives_a_referral_is_named_by_its_form(version: str) -> None:
    procedure = registry.get(version)
    steps = [one for track in procedure.tracks.values() for one in track.transitions if one.refers]

    kinds = [
        {field.kind or field.type for field in procedure.forms[one.form or ""].fields if field.kind or field.type}
        for one in steps
    ]

    assert [one.action for one, named in zip(steps, kinds, strict=True) if not {one.refers, "bed"} & named] == []
