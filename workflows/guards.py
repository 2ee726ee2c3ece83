"""The conditions that a procedure names: pure predicates over the facts, each with what it reads. Knows no procedure.

A guard that reads the answers of the act cannot be judged before the form is filled in (`on_answers`). The reason that
is shown when a guard fails is its name, which the application translates; of a `neutral` one the actor learns nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from workflows.facts import Facts, is_answered

Predicate = Callable[[Facts], bool]

AGE_ANSWER = "answers.age_group"
CHILD = ("is_child", "age_in_doubt", AGE_ANSWER)


@dataclass(frozen=True, slots=True)
class Guard:
    """A named condition. `reads` lists what it looks at.

    As `fact`, `states.TRACK`, `answers.FIELD`, `consents.PURPOSE.RECIPIENT` or `parties.KIND`.
    """

    name: str
    holds: Predicate
    reads: frozenset[str]
    neutral: bool = False

    @property
    def on_answers(self) -> bool:
        """Whether it depends on what the form says, so that it cannot be judged before.

        The age given with the first act does not count: from then on it is a fact.
        """
        return any(read.startswith("answer") for read in self.reads - {AGE_ANSWER})

    def asks(self, names: frozenset[str]) -> bool:
        """Whether it looks at the answer to one of these questions, or at answers as a whole."""
        return any(
            read.removeprefix("answers.") in names or read.startswith("answered_") for read in self.reads - {AGE_ANSWER}
        )

    @property
    def tracks(self) -> frozenset[str]:
        """The tracks whose states it looks at."""
        return frozenset(read.removeprefix("states.") for read in self.reads if read.startswith("states."))


GUARDIAN = ("guardian_checked", "guardian_suspect")
STORY = ("act", "means", "purpose", "account")
"""What only she can tell: not asked before an advocate is called, nor of a child without a guardian (decision 25)."""
IDENTITY = ("given_name", "family_name", "birth_date", "contact_detail", "account", "noticed", "reason")
"""What a call made before consent must not carry (decision 4)."""
IDENTITY_CLASSES = frozenset("ITVMJRL")
NO_SAFE_CONTACT = ("do_not_contact", "not_yet_known")
RATED = ("rated_low", "rated_medium", "rated_high")
PROVISIONAL = ("provisional_low", "provisional_medium", "provisional_high")
LEVEL_WRITTEN = (*RATED, *PROVISIONAL, "proposed")
ANSWERED_CALL = ("accepted", "present", "assisting", "refused")
WITH_PERSON = ("present", "assisting", "refused")
"""`refused` is here too: the advocate was with her, it is the person who wanted no help."""
ATTENDED = ("attending", "guarded", "assessed", "care_provisional", "care_placed", "solution")
INTERESTS_KNOWN = ("assessed", "care_placed", "solution")
BEFORE_REFLECTION = ("unknown", "national", "foreign_regular", "foreign_irregular")
MAY_STAY = ("reflection", "permit_applied", "permit_granted")
SCREENING_KNOWN = ("screened", "presumed", "identified", "not_identified", "not_presumed")


def _guard(name: str, holds: Predicate, *reads: str, neutral: bool = False) -> Guard:
    return Guard(name, holds, frozenset(reads), neutral)


def _fact(name: str, attribute: str) -> Guard:
    return _guard(name, lambda facts: bool(getattr(facts, attribute)), attribute)


def _yes(name: str, field: str = "") -> Guard:
    asked = field or name
    return _guard(name, lambda facts: facts.answers.get(asked) is True, f"answers.{asked}")


def _in_state(name: str, track: str, states: Iterable[str]) -> Guard:
    wanted = frozenset(states)
    return _guard(name, lambda facts: facts.states.get(track) in wanted, f"states.{track}")


def _not_in_state(name: str, track: str, states: Iterable[str]) -> Guard:
    shut = frozenset(states)
    return _guard(name, lambda facts: facts.states.get(track, "") not in shut, f"states.{track}")


def _says(facts: Facts, field: str) -> bool:
    return is_answered(facts.answers.get(field))


def _checked_guardian(facts: Facts) -> bool:
    return facts.guardian_checked and not facts.guardian_suspect


def _tells_story(facts: Facts) -> bool:
    return "after_call" in facts.answered_phases or any(_says(facts, field) for field in STORY)


def _is_called(facts: Facts) -> bool:
    return facts.states.get("advocacy", "not_called") not in ("not_called", "set_aside")


def _names_her(facts: Facts) -> bool:
    return bool(facts.answered_classes & IDENTITY_CLASSES) or any(_says(facts, field) for field in IDENTITY)


def _interests_known(facts: Facts) -> bool:
    return facts.states.get("child") in INTERESTS_KNOWN


def _has_safe_contact(facts: Facts) -> bool:
    answer = facts.answers.get("safe_contact")
    return facts.has_safe_contact or (is_answered(answer) and answer not in NO_SAFE_CONTACT)


def _second_reader(facts: Facts) -> bool:
    return _says(facts, "second_reader") and facts.answers["second_reader"] != facts.actor_id


def _agrees_to_police(facts: Facts) -> bool:
    return (
        facts.origin == "police"
        or ("police_contact", "police") in facts.consents
        or facts.answers.get("legal_duty") is True
        or facts.answers.get("life_at_risk") is True
    )


def _assistance_agreed(facts: Facts) -> bool:
    purposes = facts.answers.get("purposes")
    asked = isinstance(purposes, tuple | list) and "assistance" in purposes
    return asked or ("assistance", "advocacy") in facts.consents or facts.counts_as_child


def _is_adult_place(facts: Facts) -> bool:
    return facts.answers.get("adult_place") is True


def _level_is_written(facts: Facts) -> bool:
    # The act that writes the level down may open the bed: guards see the states before it.
    return facts.states.get("risk") in LEVEL_WRITTEN or _says(facts, "level")


def _consulate_is_open(facts: Facts) -> bool:
    uses = facts.answers.get("through_consulate") is True
    return not uses or (("consulate", "consulate") in facts.consents and not facts.asylum_claim)


def _cared_for_by_duty(facts: Facts) -> bool:
    return (
        any(purpose == "assistance" for purpose, _ in facts.consents)
        or facts.counts_as_child
        or facts.origin == "police"
    )


def _is_of_age(facts: Facts) -> bool:
    return facts.has_come_of_age or not (facts.is_child or facts.age_in_doubt)


def _is_protected(facts: Facts) -> bool:
    # A child is never confronted, whoever waives it for her.
    confronted = facts.answers.get("face_to_face") is True
    return not confronted or (facts.answers.get("written_waiver") is True and not facts.counts_as_child)


def _told(field: str) -> Predicate:
    return lambda facts: facts.answers.get(field) is True or _says(facts, "why_not_told")


CASE = (
    _not_in_state("case_not_closed", "case", ["closed"]),
    _in_state("case_not_open", "case", ["start"]),
    _fact("acts_for_lead_agency", "acts_for_lead_agency"),
    _guard(
        "no_assisting_party",
        lambda facts: not facts.parties & {"advocacy", "social_work"},
        "parties.advocacy",
        "parties.social_work",
    ),
    _guard("all_tracks_at_rest", lambda facts: not facts.open_tracks - {"case"}, "open_tracks"),
    _guard("consent_or_duty", _cared_for_by_duty, *CHILD, "consents.assistance.advocacy", "origin"),
    _guard("safe_contact", _has_safe_contact, "has_safe_contact", "answers.safe_contact"),
    _guard("person_told", _told("person_told"), "answers.person_told", "answers.why_not_told"),
    _guard("person_not_told", lambda facts: facts.answers.get("person_told") is False, "answers.person_told"),
    _guard("follow_up_asked", _told("follow_up_asked"), "answers.follow_up_asked", "answers.why_not_told"),
)

IDENTIFICATION = (
    _yes("private"),
    _yes("interpreter_offered"),
    _yes("rights_given"),
    _yes("other_help_offered"),
    _yes("rested"),
    _guard(
        "observable_only_before_call",
        lambda facts: _is_called(facts) or not _tells_story(facts),
        "states.advocacy",
        "answered_phases",
        *(f"answers.{field}" for field in STORY),
    ),
    _guard(
        "guardian_before_story_if_child",
        lambda facts: not facts.counts_as_child or _checked_guardian(facts) or not _tells_story(facts),
        *CHILD,
        *GUARDIAN,
        "answered_phases",
        *(f"answers.{field}" for field in STORY),
    ),
    _guard("second_reader", _second_reader, "answers.second_reader", "actor_id"),
    _guard(
        "consent_interview",
        lambda facts: facts.answers.get("consent_interview") is True or ("interview", "police") in facts.consents,
        "answers.consent_interview",
        "consents.interview.police",
    ),
)

ADVOCACY = (
    _guard(
        "no_identity",
        lambda facts: not _names_her(facts),
        "answered_classes",
        *(f"answers.{field}" for field in IDENTITY),
    ),
    _guard("advocate_called", _is_called, "states.advocacy"),
    _in_state("advocate_not_called", "advocacy", ["not_called"]),
    _in_state("advocate_accepted", "advocacy", ANSWERED_CALL),
    _in_state("advocate_present", "advocacy", WITH_PERSON),
    _guard("consent_assistance", _assistance_agreed, *CHILD, "answers.purposes", "consents.assistance.advocacy"),
    _guard(
        "plan_closed",
        lambda facts: facts.states.get("reintegration") != "plan_signed" and not facts.has_open_stay,
        "states.reintegration",
        "has_open_stay",
    ),
)

RISK = (
    _guard("police_is_party", lambda facts: "police" in facts.parties, "parties.police"),
    _guard("police_not_party", lambda facts: "police" not in facts.parties, "parties.police"),
    _guard(
        "person_agrees_to_police",
        _agrees_to_police,
        "origin",
        "consents.police_contact.police",
        "answers.legal_duty",
        "answers.life_at_risk",
    ),
    _in_state("risk_rated", "risk", RATED),
    _in_state("risk_rated_or_provisional", "risk", LEVEL_WRITTEN),
    _guard("risk_level_written", _level_is_written, "states.risk", "answers.level"),
    _not_in_state("risk_not_set_aside", "risk", ["set_aside"]),
    _in_state("risk_is_high", "risk", ["rated_high", "provisional_high"]),
    _yes("safety_questions"),
    _guard("emergency_bed_chosen", lambda facts: _says(facts, "bed"), "answers.bed"),
)

CHILDREN = (
    _guard("child_or_in_doubt", lambda facts: facts.counts_as_child, *CHILD),
    _guard("is_adult", lambda facts: not facts.counts_as_child, *CHILD),
    _guard("of_age", _is_of_age, "is_child", "age_in_doubt", "has_come_of_age"),
    _guard(
        "checked_guardian_if_child",
        lambda facts: not facts.counts_as_child or _checked_guardian(facts),
        *CHILD,
        *GUARDIAN,
    ),
    _guard(
        "social_worker_attends_if_child",
        lambda facts: not facts.counts_as_child or facts.states.get("child") in ATTENDED,
        *CHILD,
        "states.child",
    ),
    _guard(
        "guardian_and_best_interests_if_child",
        lambda facts: not facts.counts_as_child or (_checked_guardian(facts) and _interests_known(facts)),
        *CHILD,
        *GUARDIAN,
        "states.child",
    ),
    _guard("best_interests", _interests_known, "states.child"),
    _in_state("care_decision", "child", ["care_provisional", "care_placed"]),
    _yes("guardian_checked", "safety_checked"),
    _guard("not_suspect", lambda facts: facts.answers.get("suspected") == "no", "answers.suspected"),
    _yes("safety_check"),
    _guard(
        "safety_check_if_child",
        lambda facts: not facts.counts_as_child or facts.answers.get("safety_check") is True,
        *CHILD,
        "answers.safety_check",
    ),
    _yes("adult_place"),
    _guard(
        "no_adult_place_unless_sole_option",
        lambda facts: not _is_adult_place(facts) or _says(facts, "sole_option_reason"),
        "answers.adult_place",
        "answers.sole_option_reason",
    ),
)

SHELTER = (
    _guard("not_kept_apart", lambda facts: not facts.kept_apart, "kept_apart", neutral=True),
    _fact("place_fits", "place_fits"),
    _fact("bed_is_free", "bed_is_free"),
    _fact("has_open_stay", "has_open_stay"),
    _guard("no_open_stay", lambda facts: not facts.has_open_stay, "has_open_stay"),
    _yes("house_rules"),
    _yes("rights_leaflet"),
    _yes("person_signed"),
    _yes("life_at_risk"),
    _guard(
        "legal_duty",
        lambda facts: facts.answers.get("legal_duty") is True or facts.counts_as_child,
        *CHILD,
        "answers.legal_duty",
    ),
)

RETURN = (
    _yes("voluntary"),
    _fact("foreign_branch", "is_foreign"),
    _yes("no_threat"),
    _yes("statement_offered"),
    _yes("partner_has_capacity", "capacity"),
    _yes("declaration_still_stands", "declaration_stands"),
    _guard(
        "consulate_only_with_consent_and_no_claim",
        _consulate_is_open,
        "answers.through_consulate",
        "consents.consulate.consulate",
        "asylum_claim",
    ),
    _guard(
        "escort_if_child_or_ill",
        lambda facts: _says(facts, "escort") or not (facts.counts_as_child or facts.answers.get("is_ill") is True),
        *CHILD,
        "answers.escort",
        "answers.is_ill",
    ),
    _guard(
        "is_ill_or_child",
        lambda facts: facts.counts_as_child or facts.answers.get("is_ill") is True,
        *CHILD,
        "answers.is_ill",
    ),
)

JUSTICE = (
    _yes("no_help_tied", "help_not_tied"),
    _yes("consent_statement"),
    _guard("no_confrontation_without_waiver", _is_protected, *CHILD, "answers.face_to_face", "answers.written_waiver"),
)

STAY = (
    _fact("is_foreign", "is_foreign"),
    _guard("no_asylum_claim", lambda facts: not facts.asylum_claim, "asylum_claim"),
    _yes("informed_decision", "informed"),
    _fact("reflection_has_lapsed", "reflection_has_lapsed"),
    _guard(
        "reflection_is_due",
        lambda facts: not facts.counts_as_child and facts.states.get("legal") in BEFORE_REFLECTION,
        *CHILD,
        "states.legal",
    ),
    _in_state("in_reflection", "legal", ["reflection"]),
    _in_state("screening_result", "identification", SCREENING_KNOWN),
    _guard(
        "no_open_right_to_stay",
        lambda facts: not facts.asylum_claim and facts.states.get("legal") not in MAY_STAY,
        "asylum_claim",
        "states.legal",
    ),
)

_ALL = (*CASE, *IDENTIFICATION, *ADVOCACY, *RISK, *CHILDREN, *SHELTER, *RETURN, *JUSTICE, *STAY)
GUARDS = MappingProxyType({guard.name: guard for guard in _ALL})
