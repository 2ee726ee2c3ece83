"""Seventeen invented people, each at another point of the way: what waits, what runs, what is done."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.demo.caseload import ALL_CONSENTS, Story, person
from app.services import placing_page, unmet_needs
from app.services.placing_page import Needs

OFFICE, CENTRE = "advocacy_prishtine", "social_work_prishtine"
NO_MORE = {"closure_reason": "goal_reached", "person_told": True, "follow_up_asked": True}

MOLDOVAN = {"citizenship": ["MD"], "language": "ron"}


def tell_all(agencies: Mapping[str, UUID], today: date) -> int:
    """Tell all stories through the services; gives how many cases there are."""

    def begin(given: str, family: str, born: str, **more: Any) -> Story:
        return Story(agencies, today, person(given, family, born, **more))

    _waiting_signal(begin("Mirjeta", "Aliu", "1995-02-11"))
    _call_unanswered(begin("Zamira", "Kodra", "1999-09-30", region="peje"))
    _rating_to_sign(with_advocate(begin("Elira", "Shkodra", "1988-05-21"), 6))
    _expected_at_shelter(assisted(with_advocate(begin("Nora", "Vuka", "1996-12-01"), 16), 12))
    _in_shelter(assisted(with_advocate(begin("Dafina", "Rexha", "2001-03-17"), 40), 36), 30, 0)
    _in_shelter(assisted(with_advocate(begin("Ilma", "Čolić", "1992-08-08", language="srp"), 75), 70), 66, 1)
    _reintegrated(assisted(with_advocate(begin("Rina", "Bala", "1990-01-19"), 150), 145))
    _returned(
        assisted(
            with_advocate(begin("Oksana", "Hrytsenko", "1994-06-02", citizenship=["UA"], language="ukr"), 120), 116
        )
    )
    _refused(with_advocate(begin("Flaka", "Deda", "1997-04-24"), 25))
    _without_police(begin("Vjollca", "Maxhuni", "1985-10-10", entry_door="self"))
    _child(begin("Era", "Sylejmani", f"{today.year - 14}-07-07", age_group="child", entry_door="school"), agencies)
    _under_an_earlier_version(begin("Arbnora", "Gashi", "1979-06-14"), (today - date(2010, 5, 3)).days)
    _under_an_earlier_version(
        begin("Jasmina", "Perović", "1991-01-08", language="srp"), (today - date(2015, 3, 9)).days
    )
    _claims_compensation(assisted(with_advocate(begin("Blerta", "Kastrati", "1993-11-23"), 60), 56))
    _is_to_testify(assisted(with_advocate(begin("Liridona", "Hoxha", "1998-02-26"), 50), 46))
    _seeks_asylum(assisted(with_advocate(begin("Sabina", "Rusu", "1996-07-12", **MOLDOVAN), 30), 26))
    _waits_for_a_place(with_advocate(begin("Valon", "Kryeziu", "1987-03-30", sex="M"), 10))
    return 17


def signalled(story: Story, ago: int) -> Story:
    """The signal of the police."""
    story.opens("investigator", "identification", "record_signal", ago)
    return story


def _waiting_signal(story: Story) -> None:
    signalled(story, 1)


def _call_unanswered(story: Story) -> None:
    screened(signalled(story, 2), 2)
    story.does("investigator", "advocacy.call_advocate", 2, office=str(story.agencies[OFFICE]))


def screened(story: Story, ago: int) -> Story:
    """The first screening."""
    return story.does("investigator", "identification.screen", ago, needs_now=["shelter"], in_danger="no")


def with_advocate(story: Story, ago: int) -> Story:
    """Signal, screening, the call and its answer, presumption, arrival and consent."""
    screened(signalled(story, ago), ago)
    story.does("investigator", "advocacy.call_advocate", ago, office=str(story.agencies[OFFICE]))
    story.answers("advocate", ago)
    story.does("investigator", "identification.presume", ago)
    return story.does("advocate", "advocacy.record_arrival", ago)


def assisted(story: Story, ago: int) -> Story:
    """Consent, help, the joint rating, and the decision of the police."""
    story.does("advocate", "advocacy.record_consent", ago, purposes=ALL_CONSENTS, given_by="self")
    story.does("advocate", "advocacy.begin_assistance", ago)
    story.does("advocate", "risk.propose_rating", ago, level="medium")
    story.does("investigator", "risk.sign_rating", ago, level="medium")
    story.does("advocate", "risk.sign_rating", ago, level="medium")
    decided = {"exploitation_form": ["sexual_exploitation"], "scope": "internal"}
    return story.does("investigator", "identification.identify", ago - 1, **decided)


def _rating_to_sign(story: Story) -> None:
    story.does("advocate", "advocacy.record_consent", 5, purposes=ALL_CONSENTS, given_by="self")
    story.does("advocate", "advocacy.begin_assistance", 5)
    story.does("advocate", "risk.propose_rating", 4, level="high")
    story.does("advocate", "risk.sign_rating", 4, level="high")


def _placed(story: Story, ago: int, bed: int) -> Story:
    shelter = {"shelter": str(story.agencies["shelter_ngo"])}
    story.does("advocate", "shelter.propose_place", ago, **shelter)
    story.does("advocate", "shelter.ask_shelter", ago, **shelter)
    day = story.day(ago).isoformat()
    return story.answers("shelter.coordinator", ago, bed=story.bed("shelter_ngo", bed), expected_on=day)


def _expected_at_shelter(story: Story) -> None:
    shelter = {"shelter": str(story.agencies["shelter_ngo"])}
    story.does("advocate", "shelter.propose_place", 1, **shelter)
    story.does("advocate", "shelter.ask_shelter", 1, **shelter)


def _in_shelter(story: Story, ago: int, bed: int) -> Story:
    _placed(story, ago, bed)
    alias = str(story.person["given_name"])
    until = story.day(ago - 60).isoformat()
    place = story.bed("shelter_ngo", bed)
    story.does("shelter.coordinator", "shelter.admit", ago, bed=place, alias=alias, expected_until=until)
    return story.does("shelter.coordinator", "shelter.sign_support_plan", ago - 1)


def _left(story: Story, ago: int, bed: int) -> Story:
    _in_shelter(story, ago + 60, bed)
    return story.does("shelter.coordinator", "shelter.leave", ago)


def _reintegrated(story: Story) -> None:
    _left(story, 60, 2)
    story.does("advocate", "reintegration.sign_plan", 58)
    story.does("advocate", "reintegration.complete_plan", 20)
    story.does("advocate", "legal.decide_on_cooperation", 19, cooperation="does_not")
    story.does("advocate", "advocacy.end_assistance", 12)
    story.does("advocate", "case.close", 12, **NO_MORE)


def _returned(story: Story) -> None:
    partner = str(story.agencies["return_partner"])
    declared = {"declared_on": story.day(60).isoformat(), "destination_country": "UA"}
    story.does("advocate", "return.record_wish", 60, return_partner=partner, given_by="self", **declared)
    story.answers("return.coordinator", 58)
    story.does("return.coordinator", "return.assess_return_risk", 52)
    story.does("return.coordinator", "return.confirm_partner", 47)
    story.does("return.coordinator", "return.complete_documents", 40, through_consulate=False)
    story.does("return.coordinator", "return.depart", 33, is_ill=False)
    story.does("return.coordinator", "return.confirm_reception", 32)


def _refused(story: Story) -> None:
    told = {"next_offer_on": story.day(-3).isoformat()}
    story.does("advocate", "advocacy.record_refusal", 24, **told)


def _without_police(story: Story) -> None:
    story.opens("advocate", "advocacy", "open_directly", 9, purposes=ALL_CONSENTS, given_by="self")
    emergency = {"level": "medium", "bed": story.bed("shelter_ngo", 3)}
    story.does("advocate", "risk.rate_provisionally", 0, **emergency)


def _child(story: Story, agencies: Mapping[str, UUID]) -> None:
    story.opens("investigator", "identification", "record_signal", 8, social_work_centre=str(agencies[CENTRE]))
    story.answers("social.worker", 8)
    story.does("social.worker", "child.appoint_guardian", 6, suspected="no")


def _under_an_earlier_version(story: Story, ago: int) -> None:
    """Open for years under the procedure of its opening day: its supervisor can move it to the one in force."""
    with_advocate(story, ago)
    story.does("advocate", "advocacy.record_consent", ago - 1, purposes=ALL_CONSENTS, given_by="self")
    story.does("advocate", "advocacy.begin_assistance", ago - 1)


def _claims_compensation(story: Story) -> None:
    told = {"act_on": story.day(150).isoformat()}
    story.does("advocate", "compensation.explain_rights", 40, **told)
    story.does("advocate", "compensation.draft_claim", 20, claim_route="state_fund")


def _is_to_testify(story: Story) -> None:
    story.does("advocate", "testimony.offer_statement", 44)
    partner = {"prosecution": str(story.agencies["prosecution"])}
    story.does("advocate", "justice.refer_to_prosecution", 40, **partner)
    story.answers("prosecutor", 38)
    story.does("prosecutor", "justice.open_investigation", 37)
    story.does("prosecutor", "testimony.request_testimony", 10)
    story.does("advocate", "testimony.request_measures", 6, measures=["video_link"])


def _waits_for_a_place(story: Story) -> None:
    """A man with a disability whose risk is high: the one place for men takes nobody at high risk."""
    story.does("advocate", "advocacy.record_consent", 9, purposes=ALL_CONSENTS, given_by="self")
    story.does("advocate", "advocacy.begin_assistance", 9)
    story.does("advocate", "risk.rate_provisionally", 8, level="high")
    placing_page.record(story.who("advocate"), story.case_id, Needs(has_disability="yes", has_children="no"))
    unmet_needs.record_nothing_fits(story.who("advocate"), story.case_id, "risk_level")


def _seeks_asylum(story: Story) -> None:
    story.does("advocate", "asylum.record_claim", 20, claimed_on=story.day(20).isoformat())
