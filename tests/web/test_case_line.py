"""The main line on the pages: the police open a case, an advocate takes it over, both rate the risk, it is decided."""

from datetime import date

from tests.factories.reading import Readers
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page

SIGNAL = {
    "safe_contact": "phone",
    "contact_detail": "+383 00 111 222",
    "entry_door": "police_raid",
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sqi",
    "citizenship": ["XK"],
    "urgency": "today",
    "noticed": "Behaves as if watched.",
    "person_knows": "yes",
    "birth_date": date(1990, 5, 6),
}
SCREENING = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}
PRESUMPTION = {"reason": "Signs of control.", "rights_given": True, "rights_language": "sqi"}
CONSENT = {
    "purposes": ["assistance", "interview", "shelter"],
    "given_by": "self",
    "language": "sqi",
    "explained": True,
}
DECISION = {
    "consent_interview": True,
    "rested": True,
    "exploitation_form": ["forced_labour"],
    "scope": "internal",
    "reason": "Her account and what was found.",
}


def take(visitor: Visitor, case: str, step: str, button: str = "Record", status: int = 200, **answers: object) -> Page:
    """Open a step of a case, fill it in and send it."""
    return visitor.submit(visitor.get(f"{case}/steps/{step}"), button, status, **answers)  # type: ignore[arg-type]


def opened_by_police(police: Visitor) -> str:
    """Search first, then the one page of the signal; gives the case's address."""
    found = police.submit(police.get("/cases/new"), "Search", given_name="Arta", family_name="Provë")
    page = police.submit(found, "Record a signal")
    return police.submit(page, "Record a signal", **SIGNAL).path


def test_police_find_nobody_and_record_a_signal_with_the_name_they_looked_for(reader: Readers) -> None:
    police = reader("investigator")
    found = police.submit(police.get("/cases/new"), "Search", given_name="Arta", family_name="Provë")
    assert "No case of your agency that is open to you bears this name." in found.text

    page = police.submit(found, "Record a signal")
    case = police.submit(page, "Record a signal", **SIGNAL)

    assert case.heading.startswith("KS-")
    assert "Arta Provë" in case.text
    assert case.text.index("Safe contact: Telephone, +383 00 111 222") < case.text.index("Arta Provë")
    assert "Signal" in case.text


def test_an_advocate_answers_the_call_without_a_name_and_sees_it_once_she_accepted(
    reader: Readers, world: World
) -> None:
    police, advocate = reader("investigator"), reader("advocate")
    case = opened_by_police(police)
    asked = police.get(f"{case}/steps/advocacy/call_advocate")
    assert "on duty: Teuta Berani, +383 00 000 000" in asked.text
    police.submit(asked, "Record", office=str(world.agencies["advocacy_prishtine"]), urgency="now")

    home = advocate.get("/")
    waiting = advocate.get(home.links["Victim advocate"])
    assert "Arta" not in home.text + waiting.text
    accepted = advocate.submit(waiting, "Accept the call")

    assert accepted.path == case
    assert "Arta Provë" in accepted.text
    assert "Accepted. The case is open to you." in accepted.text


def test_police_and_advocate_rate_the_risk_together_and_the_police_decide(reader: Readers, world: World) -> None:
    police, advocate = reader("investigator"), reader("advocate")
    case = opened_by_police(police)
    take(police, case, "identification/screen", **SCREENING)
    take(police, case, "identification/presume", **PRESUMPTION)
    take(police, case, "advocacy/call_advocate", office=str(world.agencies["advocacy_prishtine"]), urgency="today")
    advocate.submit(advocate.get(advocate.get("/").links["Victim advocate"]), "Accept the call")
    take(advocate, case, "advocacy/record_arrival")
    take(advocate, case, "advocacy/record_consent", **CONSENT)
    take(advocate, case, "advocacy/begin_assistance", needs=["shelter"], services=["legal"])
    take(police, case, "risk/propose_rating", level="medium", safety_questions=True, grounds="He knows the address.")

    signing = police.get(f"{case}/steps/risk/sign_rating")
    assert "He knows the address." in signing.text
    police.submit(signing, "Sign", safety_questions=True)
    home = advocate.get("/")
    to_sign = next(url for words, url in home.links.items() if words.endswith("Sign the joint rating"))
    advocate.submit(advocate.get(to_sign), "Sign", safety_questions=True)
    decided = take(police, case, "identification/identify", **DECISION)

    assert "Identified victim" in decided.text
    assert "Medium" in advocate.get(case).text


def test_what_is_shut_says_all_that_is_missing(reader: Readers, world: World) -> None:
    police = reader("investigator")
    case = f"/cases/{world.open_signal()}"
    take(police, case, "identification/screen", **SCREENING)

    page = police.get(case)
    refused = take(police, case, "identification/presume", status=409, **PRESUMPTION | {"rights_given": False})

    assert "Propose a joint rating No victim advocate has accepted the call yet." in page.text
    assert refused.errors == ["Tell the person of her rights, in her language, first."]
    assert "Signs of control." in refused.text


def test_an_advocate_opens_a_case_without_the_police(reader: Readers) -> None:
    advocate = reader("advocate")
    begun = advocate.get(advocate.get("/cases/new").links["Open a case without the police"])
    told = {name: SIGNAL[name] for name in ("safe_contact", "region", "sex", "age_group", "language", "citizenship")}

    case = advocate.submit(
        begun,
        "Open a case without the police",
        entry_door="self",
        purposes=["assistance"],
        needs=["shelter"],
        services=["legal"],
        **told,
    )

    assert "Assisting" in case.text
    assert "Assistance by a victim advocate" in case.text


def test_consent_is_withdrawn_in_two_clicks_from_the_case(reader: Readers, world: World) -> None:
    advocate = reader("advocate")
    case = f"/cases/{world.with_advocate()}"
    take(advocate, case, "advocacy/record_arrival")
    page = take(advocate, case, "advocacy/record_consent", **CONSENT)

    asked = advocate.get(page.links["Record that consent is withdrawn"])
    after = advocate.submit(asked, "Record", purposes=["shelter"])

    assert "Sharing with a shelter Withdrawn" in after.text
    assert "Interview by the police Withdrawn" not in after.text


def test_a_linked_case_takes_over_who_she_is_and_follows_the_first(reader: Readers, world: World) -> None:
    police = reader("investigator")
    case = f"/cases/{world.open_signal()}"

    begun = take(police, case, "case/open_linked", reason="Seen again with the same man.")
    told = {name: SIGNAL[name] for name in ("entry_door", "urgency", "noticed", "person_knows", "language")}
    following = police.submit(begun, "Record a signal", **told)

    assert begun.path.startswith("/cases/new/identification/record_signal?follows=")
    assert following.path != case
    assert "Arta Provë" in following.text


def test_the_story_is_not_asked_before_an_advocate_is_called(reader: Readers, world: World) -> None:
    police = reader("investigator")
    case_id = world.open_signal()

    before = police.get(f"/cases/{case_id}/steps/identification/screen").form("Record").names
    world.call_advocate(case_id)
    after = police.get(f"/cases/{case_id}/steps/identification/screen").form("Record").names

    assert "account" not in before
    assert "account" in after
