"""One person carried through a procedure by those whose task each step is. All of it happens on their screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.journeys.conftest import Site
from tests.journeys.pages import FIRST, Answer, Person

POLICE, ADVOCATE, SOCIAL_WORKER, RETURN = "investigator", "advocate", "social.worker", "return.coordinator"
OFFICE, CENTRE = "Victim Advocacy Office, Prishtinë", "Centre for Social Work, Prishtinë"
MONITORED_AFTER = (31, 92, 183, 365)
"""Days after the reception on which the person is contacted."""
SUPPORT = {
    "immediate_needs": "Rest and a doctor.",
    "risk_summary": "High while the employer is at large.",
    "institutions": "The regional hospital.",
    "safety_plan": "Nobody is told the address.",
    "timeframe": "Three months.",
}


@dataclass(frozen=True)
class Client:
    """Whom a story is about."""

    given_name: str
    family_name: str
    citizenship: str
    language: str
    birth_date: date
    sex: str = "F"
    is_child: bool = False

    @property
    def age_group(self) -> str:
        """As the forms ask it."""
        return "child" if self.is_child else "adult"


class Story:
    """A case under way: who cares for the person, and the day it is."""

    def __init__(self, site: Site, client: Client, shelter: str, coordinator: str, day: date) -> None:
        self.site, self.client = site, client
        self.shelter, self.coordinator = shelter, coordinator
        self.day, self.reference = day, ""
        self.is_in_shelter = False

    @property
    def carer(self) -> str:
        """Who decides with her: the advocate, for a child the social worker."""
        return SOCIAL_WORKER if self.client.is_child else ADVOCATE

    def person(self, sign_in: str) -> Person:
        """A member at her screen."""
        return self.site.person(sign_in)

    def takes(self, who: str, step: str, button: str = "Record", **answers: Answer) -> None:
        """One step of the case."""
        self.person(who).takes(self.reference, step, button, **answers)

    def passes(self, days: int) -> None:
        """Let days go by."""
        self.day += timedelta(days=days)
        self.site.move_to(self.day)

    # --- the stages ---------------------------------------------------------------------------------------------------

    def is_noticed(self) -> None:
        """The police note the signal: the case is open. For a child the centre for social work is called by it."""
        centre = {"social_work_centre": CENTRE} if self.client.is_child else {}
        self.reference = self.person(POLICE).opens_a_case(
            "Record a signal",
            self.client.given_name,
            self.client.family_name,
            safe_contact="phone",
            contact_detail="+383 00 111 222",
            contact_answered_by="person_only",
            entry_door="police_raid",
            region="prishtine",
            sex=self.client.sex,
            age_group=self.client.age_group,
            language=self.client.language,
            citizenship=[self.client.citizenship],
            urgency="today",
            noticed="Does not speak freely while the employer is near.",
            person_knows="yes",
            birth_date=self.client.birth_date,
            **centre,
        )

    def has_an_advocate(self, by: str = POLICE) -> None:
        """The police call, or from 2013 on a social worker; the advocate answers and comes."""
        self.takes(by, "Call a victim advocate", office=OFFICE, urgency="now")
        self.person(ADVOCATE).accepts("Accept the call")
        self.takes(ADVOCATE, "Record the arrival")

    def is_cared_for_as_a_child(self) -> None:
        """The social worker comes at once: care, guardian, best interests, placement."""
        self.person(SOCIAL_WORKER).accepts("Accept the call")
        safe = {"safety_check": True, "adult_place": False}
        self.takes(SOCIAL_WORKER, "Place in care at once", care_kind="child_shelter", **safe)
        self.takes(
            SOCIAL_WORKER,
            "Appoint a guardian",
            guardian_name="Mirjeta Shala",
            guardian_relation="temporary_guardian",
            safety_checked=True,
            suspected="no",
        )
        self.takes(SOCIAL_WORKER, "Assess the best interests", views_heard=True, best_interests="School and quiet.")
        self.takes(SOCIAL_WORKER, "Place in care", care_kind="child_shelter", **safe)

    def is_presumed(self) -> None:
        """Screened for needs, then presumed to be a victim."""
        private = {"private": True, "interpreter_offered": True}
        self.takes(POLICE, "Screen", in_danger="no", needs_now=["safety", "food_clothing"], **private)
        self.takes(
            POLICE,
            "Presume to be a victim",
            indicators=["documents_held_by_another"],
            reason="Wages and passport are kept by the employer.",
            rights_given=True,
            rights_language=self.client.language,
        )

    def agrees_to_help(self, *purposes: str) -> None:
        """Consent by purpose, then needs and first services."""
        given_by = "guardian_with_assent" if self.client.is_child else "self"
        told = {"language": self.client.language, "explained": True}
        self.takes(self.carer, "Record consent", purposes=purposes, given_by=given_by, **told)
        self.takes(ADVOCATE, "Begin the assistance", needs=["safety", "documents"], services=["information_on_rights"])

    def is_rated_jointly(self, level: str) -> None:
        """The procedure of 2013: the police propose, all whose signature is asked sign."""
        self.takes(POLICE, "Propose a joint rating", level=level, safety_questions=True)
        for who in (POLICE, ADVOCATE, *([SOCIAL_WORKER] if self.client.is_child else [])):
            self.takes(who, "Sign the joint rating", button="Sign", safety_questions=True)

    def is_rated_by_the_police(self, level: str) -> None:
        """The procedure of 2005."""
        self.takes(POLICE, "Rate the risk", level=level, safety_questions=True)

    def is_identified(self, scope: str) -> None:
        """The police decide, with the reason."""
        self.takes(
            POLICE,
            "Identify as a victim",
            consent_interview=True,
            rested=True,
            exploitation_form=["forced_labour"],
            scope=scope,
            reason="Recruited by deception and held by debt.",
        )

    def is_sheltered(self) -> None:
        """Proposed with reasons, asked, accepted, admitted; the support plan is signed."""
        self.takes(self.carer, "Propose a shelter", shelter=self.shelter)
        self.is_asked_and_admitted()
        self.signs_the_support_plan()

    def is_asked_and_admitted(self) -> None:
        """The shelter that was proposed is asked, accepts, and admits."""
        self.takes(self.carer, "Ask the shelter", shelter=self.shelter, urgency="today")
        self.person(self.coordinator).accepts("Accept", bed=FIRST, expected_on=self.day)
        self.takes(
            self.coordinator,
            "Admit",
            bed=FIRST,
            alias="Mimoza",
            house_rules=True,
            rights_leaflet=True,
            expected_until=self.day + timedelta(days=90),
            allergies="Penicillin",
        )
        self.is_in_shelter = True

    def signs_the_support_plan(self) -> None:
        """With the shelter."""
        self.signs_a_plan(self.coordinator, "Sign the support plan", **SUPPORT)

    def signs_a_plan(self, who: str, step: str, **more: Answer) -> None:
        """A plan that she signs too."""
        review = self.day + timedelta(days=30)
        self.takes(who, step, goals=["health"], steps="A doctor first.", review_on=review, person_signed=True, **more)

    def leaves_the_shelter(self, destination: str) -> None:
        """The shelter records it, and where to."""
        self.takes(self.coordinator, "Record the departure", destination=destination, departure_reason="plan_completed")
        self.is_in_shelter = False

    def wishes_to_return(self, country: str) -> None:
        """Her own wish, taken up by the return partner; the risk is assessed, a statement was offered."""
        given_by = "guardian_with_assent" if self.client.is_child else "self"
        self.takes(
            self.carer,
            "Record the wish to return",
            voluntary=True,
            declared_on=self.day,
            return_kind="to_origin",
            destination_country=country,
            given_by=given_by,
            return_partner=FIRST,
        )
        self.person(RETURN).accepts("Accept the request")
        checked = {"no_threat": True, "statement_offered": True, "findings": "The family was spoken with."}
        self.takes(RETURN, "Assess the risk of the return", **checked)

    def is_awaited(self) -> None:
        """Who receives her."""
        meeting = {"meeting_place": "shelter", "meeting_on": self.day + timedelta(days=7), "meeting_where": "Airport"}
        partner = {"receiving_partner": "Partner over there", "capacity": True, "met_by": "A caseworker"}
        self.takes(RETURN, "Confirm the receiving partner", **partner, **meeting)

    def is_awaited_in(self, country: str) -> None:
        """Her own wish, the risk, and who receives her."""
        self.wishes_to_return(country)
        self.is_awaited()

    def is_received(self) -> None:
        """Papers, the journey, the reception."""
        self.takes(RETURN, "Complete the documents", travel_document=["passport"], through_consulate=False)
        self.passes(7)
        if self.is_in_shelter:
            self.leaves_the_shelter("return_to_country")
        self.takes(
            RETURN, "Record the journey's departure", declaration_stands=True, is_ill=False, escort="A caseworker"
        )
        self.passes(1)
        self.takes(RETURN, "Confirm the reception", received_by="Partner over there", reception_place="family")

    def returns(self, country: str) -> None:
        """The way home, with a year of contacts."""
        self.is_awaited_in(country)
        self.is_received()
        self._is_asked_how_she_fares()

    def _is_asked_how_she_fares(self) -> None:
        received = self.day
        for days in MONITORED_AFTER:
            self.passes((received - self.day).days + days)
            self.takes(RETURN, "Record a monitoring contact", monitoring_outcome="safe")
        self.takes(RETURN, "End the monitoring", monitoring_outcome="safe")

    def has_a_solution(self, solution: str) -> None:
        """Where a child is to live."""
        self.takes(SOCIAL_WORKER, "Find a durable solution", solution=solution, reason="What the child asked for.")

    def is_reintegrated(self) -> None:
        """The family is seen, a plan signed, and completed."""
        checked = {"safety_check": True} if self.client.is_child else {}
        self.takes(self.carer, "Assess the family", finding="safe_and_willing", **checked)
        self.signs_a_plan(self.carer, "Sign the reintegration plan")
        self.passes(30)
        self.takes(self.carer, "Complete the plan", goals_reached=["health"], outcome="reached")

    def is_closed(self, reason: str) -> None:
        """The end of the assistance, the case closed."""
        self.takes(ADVOCATE, "End the assistance", reason="The plan is completed.")
        self.takes(self.carer, "Close the case", closure_reason=reason, person_told=True, follow_up_asked=True)
