"""Who sees what of a case on its pages, and who sees that there is none."""

from uuid import UUID, uuid4

import pytest

from app.models.case import CaseBar
from app.services import step_page
from app.services.cases import Opening, open_case
from tests.factories.placed import DIRECT, Places
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, SIGNAL, World
from tests.web.test_case_line import take

PARTIES = ("investigator", "advocate", "police.supervisor", "advocacy.supervisor")


@pytest.mark.parametrize("name", PARTIES)
def test_a_party_of_a_role_with_identity_sees_name_and_safe_contact(reader: Readers, world: World, name: str) -> None:
    page = reader(name).get(f"/cases/{world.with_advocate()}")

    assert "Arta Provë" in page.text
    assert "Safe contact: Telephone, +383 00 111 222" in page.text
    assert "Arta" not in page.title + page.heading + page.path


def test_a_shelter_sees_pseudonym_and_alias_but_no_name(reader: Readers, world: World) -> None:
    case_id, _ = Places(world).resident(alias="Ana")

    page = reader("shelter.coordinator").get(f"/cases/{case_id}")
    listed = reader("shelter.coordinator").get("/cases")

    assert "Name used in the shelter: Ana" in page.text
    assert "Dafina" not in page.body + listed.body
    assert "Safe contact" not in page.text
    assert page.heading in listed.text


def test_an_answer_of_a_shut_class_says_that_it_is_shut(reader: Readers, world: World) -> None:
    case_id, _ = Places(world).resident()
    shelter, advocate = reader("shelter.coordinator"), reader("advocate")
    opening = "Open a case without the police"

    hers = advocate.get(advocate.get(f"/cases/{case_id}").links[opening])
    theirs = shelter.get(shelter.get(f"/cases/{case_id}").links[opening])

    assert "First name Dafina" in hers.text
    assert "First name Not open to your role" in theirs.text
    assert "Dafina" not in theirs.body
    assert "Region Prishtinë / Priština" in theirs.text


def test_who_wrote_an_answer_reads_it_whatever_its_class(reader: Readers, world: World) -> None:
    case_id, _ = Places(world).resident(alias="Ana", allergies="Penicillin")
    shelter = reader("shelter.coordinator")

    page = shelter.get(shelter.get(f"/cases/{case_id}").links["Admit"])

    assert "Name used in the shelter Ana" in page.text
    assert "Allergies Penicillin" in page.text


def test_police_read_the_level_of_risk_and_nothing_else_of_its_class(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    world.step(
        "advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True, grounds="A threat."
    )
    police = reader("investigator")

    page = police.get(police.get(f"/cases/{case_id}").links["Rate the risk provisionally"])

    assert "Risk High" in page.text
    assert "Grounds Not open to your role" in page.text
    assert "A threat." not in page.body


SIGNING = "steps/risk/sign_rating"


def _rating_proposed(world: World) -> UUID:
    """A case whose joint rating waits for signatures, with the prosecution as a party."""
    case_id = world.with_advocate()
    purposes = {"purposes": ["assistance", "testimony", "interview"], "given_by": "self", "explained": True}
    world.step("advocate", case_id, "advocacy", "record_consent", language="sqi", **purposes)
    asked = {"prosecution": str(world.agencies["prosecution"]), "urgency": "today"}
    world.step("advocate", case_id, "justice", "refer_to_prosecution", **asked)
    world.accept("prosecutor", case_id)
    told = {"factors": ["trafficker_at_large"], "grounds": "He knows the address."}
    world.step("advocate", case_id, "risk", "propose_rating", level="high", safety_questions=True, **told)
    return case_id


@pytest.mark.parametrize("name", ["investigator", "advocate"])
def test_who_signs_a_joint_act_reads_what_she_signs(reader: Readers, world: World, name: str) -> None:
    page = reader(name).get(f"/cases/{_rating_proposed(world)}/{SIGNING}")

    assert "Grounds He knows the address." in page.text


def test_who_does_not_sign_a_joint_act_reads_of_it_what_her_classes_open(reader: Readers, world: World) -> None:
    page = reader("prosecutor").get(f"/cases/{_rating_proposed(world)}/{SIGNING}")

    assert "Grounds Not open to your role" in page.text
    assert "Why Not open to your role" in page.text
    assert "He knows the address." not in page.body


def test_without_the_mask_she_would_read_all_of_it(
    reader: Readers, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step_page, "open_names", lambda fields, *_: frozenset(name for name, _ in fields))

    page = reader("prosecutor").get(f"/cases/{_rating_proposed(world)}/{SIGNING}")

    assert "Grounds He knows the address." in page.text


@pytest.mark.parametrize("name", ["prosecutor", "advocate"])
def test_once_all_have_signed_the_page_of_signing_tells_nothing_of_what_was_proposed(
    reader: Readers, world: World, name: str
) -> None:
    case_id = _rating_proposed(world)
    world.step("investigator", case_id, "risk", "sign_rating", level="high", safety_questions=True)
    world.step("advocate", case_id, "risk", "sign_rating", level="high", safety_questions=True)
    world.step("advocate", case_id, "risk", "write_safety_plan", steps="Two ways out.", agreed_with_person=True)

    page = reader(name).get(f"/cases/{case_id}/{SIGNING}")

    assert "What was proposed" not in page.text
    assert ("He knows the address." in page.body, "checked" in page.body) == (False, False)


def test_after_handing_over_an_agency_keeps_the_pointer_and_its_own_steps(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    prizren = str(world.agencies["advocacy_prizren"])
    pointed = {"region": "prizren", "sex": "F", "age_group": "adult", "language": "sqi", "urgency": "today"}
    world.step("advocate", case_id, "advocacy", "hand_over", office=prizren, **pointed)
    world.accept("advocate.prizren", case_id)
    former = reader("advocate")

    page = former.get(f"/cases/{case_id}")
    event = former.get(page.links["Hand over to another office"])

    assert "Your agency handed this case over." in page.text
    assert "Arta" not in page.body
    assert "Record a signal" not in page.links
    assert "sealed" in event.text
    assert "Handed over" in former.get("/cases").text


NOT_OPEN = ("advocate.prizren", "advocate2", "shelter.coordinator", "return.coordinator")


@pytest.mark.parametrize("name", NOT_OPEN)
def test_a_case_that_is_not_open_answers_like_one_that_is_not_there(reader: Readers, world: World, name: str) -> None:
    case_id = world.with_advocate()
    visitor = reader(name)
    places = ("", "/steps/advocacy/record_consent", f"/events/{uuid4()}", "/notes")

    hers = [visitor.get(f"/cases/{case_id}{place}", 404).main.text for place in places]
    nobody = [visitor.get(f"/cases/{uuid4()}{place}", 404).main.text for place in places]

    assert hers == nobody
    assert len(set(hers)) == 1


def test_a_barred_member_sees_no_case_in_list_search_or_work(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    _bar(world, case_id, "advocate")
    advocate = reader("advocate")

    found = advocate.submit(advocate.get("/cases/new"), "Search", family_name="Provë")

    assert advocate.get(f"/cases/{case_id}", 404).status == 404
    assert "KS-2014" not in advocate.get("/cases").text + advocate.get("/").text + found.text


def _bar(world: World, case_id: UUID, name: str) -> None:
    supervisor = world.actor("advocacy.supervisor")
    with world.database.write(supervisor) as work:
        bar = CaseBar(
            id=uuid4(),
            case_id=case_id,
            agency_id=supervisor.agency_id,
            member_id=world.actor(name).member_id,
            set_by_id=supervisor.member_id,
            set_at=work.now,
        )
        work.session.add(bar)
        work.audit("case:barred", case_id)
        work.commit()


def test_a_note_is_read_by_the_roles_that_see_its_kind(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    advocate = reader("advocate")
    page = advocate.get(f"/cases/{case_id}/notes")

    kept = advocate.submit(page, "Keep the note", sensitivity="N", text="Wants to call her mother.")

    assert "Wants to call her mother." in kept.text
    assert "Wants to call her mother." not in reader("investigator").get(f"/cases/{case_id}").body
    assert page.form("Keep the note").offered("sensitivity") == {"N", "T", "J", "R"}


def test_each_look_leaves_one_entry_that_names_the_cases_shown(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    advocate = reader("advocate")

    advocate.get("/cases")
    advocate.get(f"/cases/{case_id}")
    advocate.submit(advocate.get("/cases/new"), "Search", family_name="Provë")

    assert reader.entries("case:listed") == [f'{{"cases":["{case_id}"]}}']
    assert reader.entries("case:opened_page") == ["{}"]
    assert reader.entries("case:searched") == [f'{{"cases":["{case_id}"]}}']


@pytest.mark.line(3)
def test_a_search_finds_own_cases_in_other_spellings_and_never_another_agencys(reader: Readers, world: World) -> None:
    opening = Opening("advocacy", "open_directly", {**DIRECT, "family_name": "Gashi"}, A_DAY)
    open_case(world.actor("advocate.prizren"), opening)
    world.open_signal(given_name="Shpresa", family_name="Gashi")
    police, advocate = reader("investigator"), reader("advocate")

    found = police.submit(police.get("/cases/new"), "Search", given_name="Špresa", family_name="Gaši")
    unknown = advocate.submit(advocate.get("/cases/new"), "Search", family_name="Gashi")

    assert "Shpresa Gashi" in found.text
    assert "Dafina" not in found.body
    assert "No case of your agency that is open to you bears this name." in unknown.text
    assert found.path == "/cases/search"


def test_a_search_for_nothing_is_refused(reader: Readers) -> None:
    police = reader("investigator")

    page = police.submit(police.get("/cases/new"), "Search", 422)

    assert page.errors == ["First name: Enter a first name or a surname"]


def test_no_name_is_written_to_the_log_or_into_a_notice(
    reader: Readers, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    case_id = world.with_advocate()
    advocate = reader("advocate")
    take(advocate, f"/cases/{case_id}", "advocacy/record_arrival")
    advocate.submit(advocate.get("/cases/new"), "Search", family_name=SIGNAL["family_name"])

    assert SIGNAL["family_name"] not in caplog.text + advocate.get("/notices").body
