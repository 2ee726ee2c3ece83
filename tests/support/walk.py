"""Walks a case through a procedure with the engine alone, keeping the facts as the services would. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.vocabulary import consent
from workflows import engine
from workflows.clocks import Calendar
from workflows.definition import FormField, Procedure
from workflows.engine import Outcome
from workflows.facts import Facts

AT = datetime(2014, 3, 3, 9, tzinfo=UTC)
CALENDAR = Calendar(ZoneInfo("Europe/Belgrade"))
KIND_OF_ROLE = {
    "investigator": "police",
    "advocate": "advocacy",
    "social_worker": "social_work",
    "shelter_coordinator": "shelter",
    "return_coordinator": "return_partner",
}
GIVEN: Mapping[str, object] = {"yes_no": True, "yes_no_unknown": "no", "number": 1, "codes": ("other",)}
"""What is answered to a required question that a walk does not care about; any other type gets a word."""

Stop = tuple[str, str, dict[str, object]]


def stop(role: str, step: str, **answers: object) -> Stop:
    """One act of a path: who takes which `track.action`, with the answers that matter."""
    return role, step, answers


@dataclass
class Walk:
    """A case under way: its facts, what was counted, the clocks that run, who took part."""

    procedure: Procedure
    facts: Facts = field(init=False)
    counted: list[str] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    lead: str = ""

    def __post_init__(self) -> None:
        self.facts = Facts(states=engine.start(self.procedure), place_fits=True, bed_is_free=True)

    def follow(self, path: Iterable[Stop]) -> "Walk":
        """Take every act of a path in turn; raises what the engine raises."""
        for role, step, answers in path:
            self.act(role, step, **answers)
        return self

    def act(self, role: str, step: str, **answers: object) -> Outcome:
        """Take one act and keep what follows from it."""
        track, _, action = step.partition(".")
        self.lead = self.lead or role
        facts = replace(
            self.facts,
            roles=frozenset({role}),
            actor_id=f"the {role}",
            answers=self._filled_in(track, action, answers),
            acts_for_lead_agency=role == self.lead,
        )
        outcome = engine.apply(self.procedure, facts, track, action, AT, CALENDAR)
        self._keep(role, facts, outcome)
        return outcome

    def at(self, track: str) -> str:
        """The state of a track."""
        return self.facts.states[track]

    def know(self, **facts: object) -> "Walk":
        """State facts that no act of the walk brings about."""
        self.facts = replace(self.facts, **facts)  # type: ignore[arg-type]
        return self

    def _filled_in(self, track: str, action: str, answers: dict[str, object]) -> dict[str, object]:
        transition = self.procedure.transition(track, self.facts.states[track], action)
        form = self.procedure.forms.get(transition.form or "") if transition else None
        required = [one for one in form.fields if one.required] if form else []
        return {one.name: _given(one) for one in required} | answers

    def _keep(self, role: str, facts: Facts, outcome: Outcome) -> None:
        self.actors.add(role)
        signed = facts.signed | {outcome.signs_as} if outcome.awaiting and outcome.signs_as else frozenset()
        self.counted += outcome.counts
        self.running -= set(outcome.clocks_stopped)
        self.running |= {one.name for one in outcome.clocks_started}
        if "hand_over" in outcome.effects:
            self.lead = role
        is_new_party = "add_party" in outcome.effects or not facts.parties
        self.facts = replace(
            self.facts,
            states=outcome.states,
            set_aside_from=outcome.set_aside_from,
            signed=signed,
            signers=facts.signers | {facts.actor_id} if signed else frozenset(),
            origin=facts.origin or KIND_OF_ROLE[role],
            is_child=facts.is_child or facts.answers.get("age_group") == "child",
            has_safe_contact=facts.has_safe_contact or facts.answers.get("safe_contact") == "phone",
            parties=facts.parties | {KIND_OF_ROLE[role]} if is_new_party else facts.parties,
            consents=_consents_after(facts, outcome),
            guardian_checked=facts.guardian_checked or "record_guardian" in outcome.effects,
            has_open_stay=_stay_after(facts, outcome),
        )


def _given(one: FormField) -> object:
    return GIVEN.get(one.type, "given")


def _consents_after(facts: Facts, outcome: Outcome) -> frozenset[tuple[str, str]]:
    purposes = facts.answers.get("purposes", ())
    named = frozenset((str(one), consent.recipient(str(one))) for one in purposes)  # type: ignore[attr-defined]
    if "record_consents" in outcome.effects:
        return facts.consents | named
    return facts.consents - named if "withdraw_consent" in outcome.effects else facts.consents


def _stay_after(facts: Facts, outcome: Outcome) -> bool:
    if "open_stay" in outcome.effects:
        return True
    return facts.has_open_stay and "close_stay" not in outcome.effects
