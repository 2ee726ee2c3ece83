"""What is unmet when a condition of the procedure fails, in words; and why a shelter does not take someone."""

from flask_babel import lazy_gettext as _l

GUARDS = {
    "case_not_closed": _l("The case is closed. Reopen it first."),
    "case_not_open": _l("The case is open already."),
    "acts_for_lead_agency": _l("Only the agency that leads the case can do this."),
    "no_assisting_party": _l("An advocate or a social worker assists the person: closing is theirs."),
    "all_tracks_at_rest": _l("Some tracks are still under way: end each of them or set it aside with a reason."),
    "consent_or_duty": _l("The person's consent to assistance is needed, or a duty by law."),
    "safe_contact": _l("There is no safe contact: without one no later offer can be made."),
    "person_told": _l("Tell the person, or say why that was not possible."),
    "person_not_told": _l("The person was told: no reason for not telling is needed."),
    "follow_up_asked": _l("Ask the person about later contact, or say why that was not possible."),
    "private": _l("Speak with the person in private first."),
    "interpreter_offered": _l("Offer an interpreter first."),
    "rights_given": _l("Tell the person of her rights, in her language, first."),
    "other_help_offered": _l("Offer other help first."),
    "rested": _l("Let the person rest before the interview."),
    "observable_only_before_call": _l(
        "Before an advocate is called only safety, needs and what can be seen may be asked."
    ),
    "guardian_before_story_if_child": _l("A child's account is heard only with a checked guardian."),
    "second_reader": _l("A colleague other than you must have read the reasons."),
    "consent_interview": _l("The person's consent to the interview is needed."),
    "no_identity": _l("Before consent a call carries no name and no story."),
    "advocate_called": _l("No victim advocate has been called yet."),
    "advocate_not_called": _l("A victim advocate has been called already."),
    "advocate_accepted": _l("No victim advocate has accepted the call yet."),
    "advocate_present": _l("The victim advocate has not been with the person yet."),
    "consent_assistance": _l("The person's consent to assistance is needed."),
    "plan_closed": _l("The reintegration plan and the stay in the shelter must have ended first."),
    "police_is_party": _l("The police are not part of this case."),
    "police_not_party": _l("The police are part of this case already."),
    "person_agrees_to_police": _l(
        "The person's consent to inform the police is needed, a duty by law, or a risk to life."
    ),
    "risk_rated": _l("The joint risk rating has not been signed yet."),
    "risk_rated_or_provisional": _l("The risk has not been rated yet."),
    "risk_level_written": _l("Write down a level of risk first."),
    "risk_not_set_aside": _l("The risk assessment is set aside."),
    "risk_is_high": _l("The risk is not rated high."),
    "safety_questions": _l("Ask the safety questions first."),
    "emergency_bed_chosen": _l("No emergency bed was chosen."),
    "child_or_in_doubt": _l("This is only for a child, or where the age is in doubt."),
    "is_adult": _l("This is only for an adult."),
    "of_age": _l("The person is not known to have come of age."),
    "checked_guardian_if_child": _l("The child has no guardian who was checked and is above suspicion."),
    "social_worker_attends_if_child": _l("No social worker attends the child yet."),
    "guardian_and_best_interests_if_child": _l(
        "A checked guardian and the assessment of the child's best interests are needed."
    ),
    "best_interests": _l("The best interests of the child have not been assessed yet."),
    "care_decision": _l("There is no care decision for the child."),
    "guardian_checked": _l("The guardian must have been checked by the social worker."),
    "not_suspect": _l("A guardian must be above suspicion."),
    "safety_check": _l("A social worker must have checked the safety."),
    "safety_check_if_child": _l("A social worker must have checked the safety for the child."),
    "adult_place": _l("The place is not among adults."),
    "no_adult_place_unless_sole_option": _l("A place among adults needs the reason why it is the only option."),
    "not_kept_apart": _l("Not possible here."),
    "place_fits": _l("The shelter does not take this person."),
    "bed_is_free": _l("The bed is not free."),
    "has_open_stay": _l("The person does not stay in a shelter now."),
    "no_open_stay": _l("The person still stays in a shelter: record the departure first."),
    "house_rules": _l("Explain the house rules first."),
    "rights_leaflet": _l("Give the leaflet of rights first."),
    "person_signed": _l("The person has not signed."),
    "life_at_risk": _l("There is no risk to life."),
    "legal_duty": _l("No law obliges to this."),
    "voluntary": _l("Return is only by the person's own free wish."),
    "foreign_branch": _l("This is only for citizens of another country."),
    "no_threat": _l("There must be no threat to life or health at the destination."),
    "statement_offered": _l("Offer a recorded statement before the return; it is never a condition."),
    "partner_has_capacity": _l("The receiving partner must have room and means."),
    "declaration_still_stands": _l("The declaration must still stand on the day of the journey."),
    "consulate_only_with_consent_and_no_claim": _l(
        "The consulate is asked only with the person's consent, and never where there is a claim to asylum."
    ),
    "escort_if_child_or_ill": _l("A child or a person who is ill needs an escort."),
    "is_ill_or_child": _l("This is only for a child or a person who is ill."),
    "no_help_tied": _l("The person must be told that no help depends on it."),
    "consent_statement": _l("The person must agree to give a statement."),
    "no_confrontation_without_waiver": _l(
        "Nobody testifies face to face with the accused without a written waiver; a child never does."
    ),
    "is_foreign": _l("This is only for citizens of another country."),
    "no_asylum_claim": _l("There is an asylum claim: nobody turns to the country of origin."),
    "informed_decision": _l("The person must decide after being informed, and may change the decision later."),
    "reflection_has_lapsed": _l("The reflection period is not over yet."),
    "reflection_is_due": _l("The reflection period has begun already, or the person is a child."),
    "in_reflection": _l("The person is not in the reflection period."),
    "screening_result": _l("There is no screening result yet."),
    "no_open_right_to_stay": _l("A reflection period, a permit or an asylum claim is open."),
    "consent_testimony": _l("The person's consent to sharing with the prosecution is needed."),
    "signs_once": _l("You have signed already: the others are awaited."),
    "consent_shelter": _l("The person's consent to sharing with a shelter is needed."),
    "consent_police_contact": _l("The person's consent to inform the police is needed."),
    "consent_return": _l("The person's consent to sharing with the return partner is needed."),
    "consent_follow_up": _l("The person's consent to later contact is needed."),
    "consent_reintegration": _l("The person's consent to reintegration services is needed."),
}
"""One sentence for each guard of the procedures, and for each consent that a step may need."""

WHEN = {
    "child_or_in_doubt": _l("For a child, or where the age is in doubt"),
    "safe_contact": _l("Where there is a safe contact"),
    "person_not_told": _l("Where the person was not told"),
    "adult_place": _l("For a place among adults"),
    "is_ill_or_child": _l("For a child or a person who is ill"),
}
"""When a question that is asked of some must be answered."""

NEUTRAL = _l("Not possible here.")
"""Said of a condition whose reason the reader may not learn."""

AGAINST = {
    "closed": _l("closed just now"),
    "no_intake": _l("whom it takes then is not recorded"),
    "suspended": _l("suspended just now"),
    "compromised": _l("not safe just now"),
    "no_men": _l("takes no men"),
    "no_women": _l("takes no women"),
    "no_children": _l("takes no children"),
    "no_adults": _l("takes children only"),
    "no_younger": _l("takes nobody so young"),
    "no_older": _l("takes nobody so old"),
    "no_foreign": _l("takes no foreign citizens"),
    "no_domestic": _l("takes foreign citizens only"),
    "no_high_risk": _l("not for a high risk"),
    "no_disability": _l("not fit for a disability"),
    "no_accompanied": _l("takes no children with the person"),
    "not_suitable": _l("not suitable"),
}
"""Why a shelter does not take someone."""

IN_FAVOUR = {
    "for_high_risk": _l("for a high risk"),
    "for_children": _l("for children"),
    "for_foreign": _l("for foreign citizens"),
    "for_men": _l("for men"),
    "for_disability": _l("fit for a disability"),
    "for_accompanied": _l("takes children with the person"),
    "for_others": _l("for women from here whose risk is not high"),
}
"""Why a shelter is the one for someone."""

TO_CHECK = {
    "ask_disability": _l("ask whether the place must be fit for a disability: this one is not"),
    "ask_children": _l("ask whether children come with the person: this place takes none"),
    "few_cots": _l("too few free cots for the small children"),
}
"""What is to be asked or settled before a shelter is chosen."""


def unmet_sentence(guard: str, neutral: bool) -> str:
    """What to say of a condition that fails; of a neutral one nothing but that it is not possible."""
    return str(NEUTRAL if neutral else GUARDS.get(guard, guard))
