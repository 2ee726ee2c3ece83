"""An independent model of the procedures: reads the files itself and says what a step must lead to.

Written from the tables in other words than the engine: conditions are sentences over a plain `Given`, states and clocks
are sets. It shares no line with `workflows`, so that a fault in either shows as a disagreement.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "workflows" / "sop"
CARERS = ("advocate", "agency_supervisor")
"""Who may set any track aside, beside those responsible for its state."""


STORY = ("act", "means", "purpose", "account")


@dataclass
class Given:
    """What is so when a step is tried."""

    role: str
    at: dict[str, str]
    says: dict[str, Any] = field(default_factory=dict)
    is_so: dict[str, bool] = field(default_factory=dict)
    agreed: set[tuple[str, str]] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    origin: str = "police"
    signed: set[str] = field(default_factory=set)
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each question that was answered its class and phase."""

    @property
    def young(self) -> bool:
        return (
            self.is_so["is_child"] or self.is_so["age_in_doubt"] or self.says.get("age_group") in ("child", "in_doubt")
        )

    @property
    def guarded(self) -> bool:
        return self.is_so["guardian_checked"] and not self.is_so["guardian_suspect"]

    @property
    def told_story(self) -> bool:
        return any(
            name in ("act", "means", "purpose", "account") or phase == "after_call"
            for name, (_, phase) in self.asked.items()
        )

    def among(self, track: str, *states: str) -> bool:
        return self.at.get(track) in states


def yes(name: str) -> Callable[[Given], bool]:
    return lambda one: one.says.get(name) is True


def so(name: str) -> Callable[[Given], bool]:
    return lambda one: one.is_so[name]


def when(track: str, *states: str) -> Callable[[Given], bool]:
    return lambda one: one.among(track, *states)


def unless(track: str, *states: str) -> Callable[[Given], bool]:
    return lambda one: not one.among(track, *states)


RATED = ("rated_low", "rated_medium", "rated_high")
PROVISIONAL = ("provisional_low", "provisional_medium", "provisional_high")
WITH_SOCIAL_WORKER = ("attending", "guarded", "assessed", "care_provisional", "care_placed", "solution")
CALLED = ("called", "accepted", "present", "assisting", "refused", "ended")
NAMES = ("given_name", "family_name", "birth_date", "contact_detail", "account", "noticed", "reason")

CONDITIONS: dict[str, Callable[[Given], bool]] = {
    **{
        name: yes(name)
        for name in (
            "private",
            "interpreter_offered",
            "rights_given",
            "other_help_offered",
            "rested",
            "safety_questions",
            "safety_check",
            "house_rules",
            "rights_leaflet",
            "person_signed",
            "voluntary",
            "no_threat",
            "statement_offered",
            "adult_place",
            "life_at_risk",
            "consent_statement",
        )
    },
    "no_help_tied": yes("help_not_tied"),
    "informed_decision": yes("informed"),
    "guardian_checked": yes("safety_checked"),
    "partner_has_capacity": yes("capacity"),
    "declaration_still_stands": yes("declaration_stands"),
    **{
        name: so(name)
        for name in (
            "acts_for_lead_agency",
            "place_fits",
            "bed_is_free",
            "has_open_stay",
            "is_foreign",
            "reflection_has_lapsed",
        )
    },
    "foreign_branch": so("is_foreign"),
    "no_open_stay": lambda one: not one.is_so["has_open_stay"],
    "not_kept_apart": lambda one: not one.is_so["kept_apart"],
    "no_asylum_claim": lambda one: not one.is_so["asylum_claim"],
    "case_not_closed": unless("case", "closed"),
    "case_not_open": when("case", "start"),
    "advocate_called": when("advocacy", *CALLED),
    "advocate_not_called": when("advocacy", "not_called"),
    "advocate_accepted": when("advocacy", "accepted", "present", "assisting", "refused"),
    "advocate_present": when("advocacy", "present", "assisting", "refused"),
    "risk_rated": when("risk", *RATED),
    "risk_rated_or_provisional": when("risk", *RATED, *PROVISIONAL, "proposed"),
    "risk_level_written": lambda one: one.among("risk", *RATED, *PROVISIONAL, "proposed") or "level" in one.says,
    "risk_not_set_aside": unless("risk", "set_aside"),
    "risk_is_high": when("risk", "rated_high", "provisional_high"),
    "care_decision": when("child", "care_provisional", "care_placed"),
    "best_interests": when("child", "assessed", "care_placed", "solution"),
    "in_reflection": when("legal", "reflection"),
    "screening_result": when("identification", "screened", "presumed", "identified", "not_identified", "not_presumed"),
    "reflection_is_due": lambda one: (
        not one.young and one.among("legal", "unknown", "national", "foreign_regular", "foreign_irregular")
    ),
    "no_open_right_to_stay": lambda one: (
        not one.is_so["asylum_claim"] and not one.among("legal", "reflection", "permit_applied", "permit_granted")
    ),
    "no_assisting_party": lambda one: not {"advocacy", "social_work"} & one.parties,
    "police_is_party": lambda one: "police" in one.parties,
    "police_not_party": lambda one: "police" not in one.parties,
    "consent_or_duty": lambda one: one.young or one.origin == "police" or ("assistance", "advocacy") in one.agreed,
    "consent_assistance": lambda one: (
        one.young or ("assistance", "advocacy") in one.agreed or "assistance" in one.says.get("purposes", ())
    ),
    "consent_interview": lambda one: one.says.get("consent_interview") is True or ("interview", "police") in one.agreed,
    "person_agrees_to_police": lambda one: (
        one.origin == "police"
        or ("police_contact", "police") in one.agreed
        or one.says.get("legal_duty") is True
        or one.says.get("life_at_risk") is True
    ),
    "legal_duty": lambda one: one.young or one.says.get("legal_duty") is True,
    "safe_contact": lambda one: (
        one.is_so["has_safe_contact"] or one.says.get("safe_contact") not in (None, "do_not_contact", "not_yet_known")
    ),
    "person_told": lambda one: one.says.get("person_told") is True or "why_not_told" in one.says,
    "follow_up_asked": lambda one: one.says.get("follow_up_asked") is True or "why_not_told" in one.says,
    "person_not_told": lambda one: one.says.get("person_told") is False,
    "observable_only_before_call": lambda one: one.among("advocacy", *CALLED) or not one.told_story,
    "guardian_before_story_if_child": lambda one: not one.young or one.guarded or not one.told_story,
    "second_reader": lambda one: one.says.get("second_reader", "me") != "me",
    "no_identity": lambda one: not any(name in NAMES or group in "ITVMJRL" for name, (group, _) in one.asked.items()),
    "plan_closed": lambda one: not one.among("reintegration", "plan_signed") and not one.is_so["has_open_stay"],
    "emergency_bed_chosen": lambda one: "bed" in one.says,
    "child_or_in_doubt": lambda one: one.young,
    "is_adult": lambda one: not one.young,
    "of_age": lambda one: one.is_so["has_come_of_age"] or not (one.is_so["is_child"] or one.is_so["age_in_doubt"]),
    "checked_guardian_if_child": lambda one: not one.young or one.guarded,
    "social_worker_attends_if_child": lambda one: not one.young or one.among("child", *WITH_SOCIAL_WORKER),
    "guardian_and_best_interests_if_child": lambda one: (
        not one.young or (one.guarded and one.among("child", "assessed", "care_placed", "solution"))
    ),
    "not_suspect": lambda one: one.says.get("suspected") == "no",
    "safety_check_if_child": lambda one: not one.young or one.says.get("safety_check") is True,
    "no_adult_place_unless_sole_option": lambda one: (
        one.says.get("adult_place") is not True or "sole_option_reason" in one.says
    ),
    "consulate_only_with_consent_and_no_claim": lambda one: (
        one.says.get("through_consulate") is not True
        or (("consulate", "consulate") in one.agreed and not one.is_so["asylum_claim"])
    ),
    "escort_if_child_or_ill": lambda one: "escort" in one.says or not (one.young or one.says.get("is_ill") is True),
    "is_ill_or_child": lambda one: one.young or one.says.get("is_ill") is True,
    "no_confrontation_without_waiver": lambda one: (
        one.says.get("face_to_face") is not True or (one.says.get("written_waiver") is True and not one.young)
    ),
}


@dataclass(frozen=True)
class Expected:
    """What a step must come to: `kind` is illegal, role, blocked, waits or moved."""

    kind: str
    states: tuple[tuple[str, str], ...] = ()
    unmet: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    started: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()


class Model:
    """One version, as its files tell it."""

    def __init__(self, name: str) -> None:
        self.tracks, self.forms, self.clocks = _read(name)
        self.forms["reason"] = {"field": [{"name": "reason", "type": "text", "class": "N", "required": True}]}
        for name, track in self.tracks.items():
            if name != "case":
                _with_setting_aside(track)

    def start(self) -> dict[str, str]:
        return {name: track["initial"] for name, track in self.tracks.items()}

    def running(self, track: str) -> list[str]:
        return [name for name, one in self.tracks[track]["state"].items() if not one.get("ends")]

    def step(self, track: str, state: str, action: str) -> dict[str, Any] | None:
        found = (one for one in self.tracks[track]["transition"] if one["action"] == action and state in one["from"])
        return next(found, None)

    def questions(self, one: dict[str, Any]) -> list[dict[str, Any]]:
        return self.forms[one["form"]]["field"] if "form" in one else []

    def expects(self, given: Given, track: str, action: str, aside: dict[str, str]) -> Expected:
        """What the step must come to."""
        first = self.step(track, given.at[track], action)
        if first is None:
            return Expected("illegal")
        heard = {one["name"] for one in self.questions(first)}
        given.says = {name: answer for name, answer in given.says.items() if name in heard}
        given.asked = {
            one["name"]: (one["class"], one.get("phase", ""))
            for one in self.questions(first)
            if one["name"] in given.says
        }
        may = {*first.get("by", ()), *first.get("signatures", ())}
        may |= {*first.get("by_if_child", ()), *first.get("signatures_if_child", ())} if given.young else set()
        if given.role not in may:
            return Expected("role")
        moves, states, stuck = self._moves(given, track, first, aside)
        unmet, missing = self._blocked(given, moves, first)
        if stuck and not unmet and not missing:
            return Expected("illegal")
        if unmet or missing:
            return Expected("blocked", unmet=frozenset(unmet), missing=frozenset(missing))
        signers = {*first.get("signatures", ()), *(first.get("signatures_if_child", ()) if given.young else ())}
        if signers - given.signed - {given.role}:
            return Expected("waits")
        started = {name for one, _ in moves for name in one.get("starts", ())}
        stopped = {name for one, _ in moves for name in self._stops(one)}
        return Expected("moved", tuple(sorted(states.items())), started=frozenset(started), stopped=frozenset(stopped))

    def _stops(self, one: dict[str, Any]) -> set[str]:
        named = set(one.get("stops", ()))
        return self.clocks - set(one.get("starts", ())) if "*" in named else named

    def _moves(
        self, given: Given, track: str, first: dict[str, Any], aside: dict[str, str]
    ) -> tuple[list[tuple[dict[str, Any], str]], dict[str, str], bool]:
        states, moves, stuck = dict(given.at), [], False
        waiting = [(track, first["action"], True)]
        while waiting:
            place, action, must = waiting.pop(0)
            one = self.step(place, states[place], action)
            if one is None:
                stuck = stuck or must
                continue
            states[place] = self._leads(given, one, states[place], aside.get(place, ""))
            moves.append((one, place))
            fired = [also for also in one.get("also", ()) if "when" not in also or CONDITIONS[also["when"]](given)]
            waiting += [(also["track"], also["action"], "when" not in also) for also in fired]
        return moves, states, stuck

    def _leads(self, given: Given, one: dict[str, Any], state: str, before: str) -> str:
        to = one["to"]
        if isinstance(to, dict):
            return str(to.get(str(given.says.get(to["field"])), state))
        return {"=": state, "<back>": before}.get(to, str(to))

    def _blocked(
        self, given: Given, moves: list[tuple[dict[str, Any], str]], first: dict[str, Any]
    ) -> tuple[set[str], set[str]]:
        unmet, missing = set(), set()
        for one, _ in moves:
            unmet |= {name for name in one.get("requires", ()) if not self._holds(given, name)}
            unmet |= {
                f"consent_{rule['purpose']}" for rule in [one.get("consent")] if rule and not _agreed(given, rule)
            }
            for question in self.questions(one):
                wanted = question.get("required") or CONDITIONS.get(question.get("required_if", ""), _never)(given)
                if wanted and question["name"] not in given.says:
                    missing.add(question["name"])
            to = one["to"]
            if isinstance(to, dict) and str(given.says.get(to["field"])) not in to:
                missing.add(to["field"])
        signers = {*first.get("signatures", ()), *(first.get("signatures_if_child", ()) if given.young else ())}
        if signers and given.role in given.signed and signers - given.signed:
            unmet.add("signs_once")
        return unmet, missing

    def _holds(self, given: Given, name: str) -> bool:
        if name != "all_tracks_at_rest":
            return CONDITIONS[name](given)
        resting = {
            (track, state)
            for track, one in self.tracks.items()
            for state, told in one["state"].items()
            if told.get("ends")
        }
        return all(place in resting or place[1] == "set_aside" or place[0] == "case" for place in given.at.items())


def _agreed(given: Given, rule: dict[str, Any]) -> bool:
    basis = any(CONDITIONS[name](given) for name in rule.get("unless", ()))
    return basis or (rule["purpose"], rule["recipient"]) in given.agreed


def _never(given: Given) -> bool:
    return False


def _read(name: str) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    folder = FOLDER / name
    head = tomllib.loads((folder / "procedure.toml").read_text("utf-8"))
    tracks, forms, clocks = _read(head["extends"]) if "extends" in head else ({}, {}, set())
    for file in sorted(folder.glob("*.toml")):
        content = tomllib.loads(file.read_text("utf-8"))
        if "track" in content:
            tracks[content["track"]] = content
        forms |= content.get("form", {})
    return tracks, forms, clocks | set(head.get("clock", {}))


def _with_setting_aside(track: dict[str, Any]) -> None:
    running = {name: one for name, one in track["state"].items() if not one.get("ends")}
    if not running or any(one["action"] == "set_aside" for one in track["transition"]):
        return
    started = [name for one in track["transition"] for name in one.get("starts", ())]
    keeps_beds = any({"open_stay", "hold_bed"} & set(one.get("effects", ())) for one in track["transition"])
    plain = {"form": "reason", "by_if_child": ["social_worker"]}
    for name, one in running.items():
        shut = ["case_not_closed", *(["no_open_stay"] if keeps_beds else [])]
        people = [*one.get("responsible", ()), *CARERS]
        step = {
            "action": "set_aside",
            "from": [name],
            "to": "set_aside",
            "by": people,
            "requires": shut,
            "stops": started,
        }
        track["transition"].append(step | plain)
    everybody = [role for one in running.values() for role in one.get("responsible", ())]
    back = {"action": "take_up", "from": ["set_aside"], "to": "<back>", "by": [*everybody, *CARERS]}
    track["transition"].append(back | {"requires": ["case_not_closed"]} | plain)
