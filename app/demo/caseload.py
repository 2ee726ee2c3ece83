"""The demo's invented people on their way through the mechanism, told as steps that the real services take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.models.placement import Bed
from app.models.workflow import Referral, WorkflowRun
from app.security.actor import Actor
from app.services import accounts, cases, referrals, unit_of_work
from app.services.cases import Opening
from app.services.workflow_runner import StepRequest, take_step
from app.vocabulary import catalog
from workflows import registry
from workflows.definition import Form, FormField

ALL_CONSENTS = [
    "assistance",
    "shelter",
    "return",
    "follow_up",
    "reintegration",
    "social_work",
    "testimony",
    "statistics",
]
FIRST_CODE_NOT = frozenset({"other", "unknown", "refused", "not_asked"})
ON_STAGE = {"region": "prishtine", "sex": "F", "age_group": "adult", "language": "sqi", "urgency": "today"}


@dataclass
class Story:
    """One invented person's case being told: days count back from today."""

    agencies: Mapping[str, UUID]
    today: date
    person: Mapping[str, Any]
    case_id: UUID = field(default_factory=lambda: UUID(int=0))
    people: dict[str, Actor] = field(default_factory=dict)

    def who(self, sign_in: str) -> Actor:
        """The actor of a demo member."""
        if sign_in not in self.people:
            self.people[sign_in] = accounts.load_actor(sign_in)
        return self.people[sign_in]

    def day(self, ago: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=ago)

    def opens(self, by: str, track: str, action: str, ago: int, **answers: Any) -> "Story":
        """The first act."""
        on = self.day(ago)
        filled = self._filled(registry.in_force_on(on).name, track, "", action, {**self.person, **answers}, ago)
        opening = Opening(track, action, {**self.person, **filled}, on)
        self.case_id = UUID(cases.open_case(self.who(by), opening)["case_id"])
        return self

    def does(self, by: str, step: str, ago: int, **answers: Any) -> "Story":
        """One step; what the form asks for beyond the given answers is filled in plausibly."""
        track, action = step.split(".")
        with unit_of_work.read(self.who(by)) as work:
            run = work.session.execute(select(WorkflowRun).where(WorkflowRun.case_id == self.case_id)).scalar_one()
            name, state = run.procedure, run.states[track]
        filled = self._filled(name, track, state, action, answers, ago)
        take_step(self.who(by), StepRequest(self.case_id, track, action, filled, self.day(ago)))
        return self

    def answers(self, by: str, ago: int, **answers: Any) -> "Story":
        """Accept the referral that waits for a member's agency."""
        referral = self._waiting(by)
        with unit_of_work.read(self.who(by)) as work:
            row = work.session.execute(select(Referral).where(Referral.id == referral)).scalar_one()
            track, action = row.track, row.accepts
        procedure = registry.in_force_on(self.today).name
        filled = self._filled(procedure, track, "", action, answers, ago)
        referrals.accept(self.who(by), referral, filled, self.day(ago))
        return self

    def _waiting(self, by: str) -> UUID:
        with unit_of_work.read(self.who(by)) as work:
            waits = Referral.state.in_(("sent", "seen", "claimed"))
            found = select(Referral.id).where(
                Referral.case_id == self.case_id, Referral.to_agency_id == self.who(by).agency_id, waits
            )
            return work.session.execute(found).scalars().one()

    def bed(self, shelter: str, number: int) -> str:
        """The id of a shelter's bed, counted from 0."""
        with unit_of_work.read(self.who("shelter.coordinator")) as work:
            beds = select(Bed.id).where(Bed.agency_id == self.agencies[shelter]).order_by(Bed.name)
            return str(work.session.execute(beds).scalars().all()[number])

    def _filled(
        self, name: str, track: str, state: str, action: str, answers: Mapping[str, Any], ago: int
    ) -> dict[str, Any]:
        procedure = registry.get(name)
        transitions = procedure.tracks[track].transitions
        step = next(one for one in transitions if one.action == action and (not state or state in one.sources))
        form: Form | None = procedure.forms.get(step.form or "")
        asked = [one for one in form.fields if one.required] if form else []
        plausible = {one.name: self._plausible(one, ago) for one in asked if one.name not in answers}
        return {**{key: value for key, value in ON_STAGE.items() if key in plausible}, **_without(plausible), **answers}

    def _plausible(self, one: FormField, ago: int) -> Any:
        if one.name in ON_STAGE:
            return {**ON_STAGE, **self.person}.get(one.name)
        values: dict[str, Any] = {
            "yes_no": True,
            "yes_no_unknown": "no",
            "date": (self.day(ago) + timedelta(days=30)).isoformat(),
            "number": 1,
            "user": str(self.who("investigator2").member_id),
        }
        if one.type in ("code", "codes"):
            keys = [code.code for code in catalog.get(one.codes or "").codes if code.code not in FIRST_CODE_NOT]
            return keys[0] if one.type == "code" else keys[:1]
        return values.get(one.type, "As agreed with her.")


def _without(plausible: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plausible.items() if value is not None}


def person(given: str, family: str, born: str, **more: Any) -> dict[str, Any]:
    """An invented person as the intake describes her."""
    told = {
        "given_name": given,
        "family_name": family,
        "birth_date": born,
        "safe_contact": "phone",
        "contact_detail": "+383 00 123 456",
        "contact_hours": "10-12",
        "sex": "F",
        "age_group": "adult",
        "language": "sqi",
        "citizenship": ["XK"],
        "region": "prishtine",
        "urgency": "today",
        "entry_door": "police_raid",
        "noticed": "Does not keep her own papers; someone else answers for her.",
        "person_knows": "yes",
    }
    return told | more
