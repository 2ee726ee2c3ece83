"""Forms on paper: every form of every version, empty or filled in, in three languages, masked for its reader."""

from uuid import UUID

import pytest

from app.services.sheets import forms_in
from tests.factories.placed import Places
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.web.conftest import HOST, Shown
from workflows import registry

VERSIONS = registry.names()
PRINTED_FOR_HER_SIGNATURE = ("The person", "Name", "Signature", "Institution", "Place and date")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_form_of_a_version_is_listed_and_prints_empty(reader: Readers, version: str) -> None:
    visitor = reader("link.reviewer")
    listed, forms = visitor.get(f"/forms?version={version}"), forms_in(registry.get(version))

    papers = {one.form.key: visitor.get(f"/forms/{version}/{one.form.key}") for one in forms}

    assert all(f"/forms/{version}/{key}" in listed.body for key in papers)
    asked = {
        one.form.key: {f'data-question="{field.name}"' for field in one.form.fields}
        for one in forms_in(registry.get(version))
    }
    assert {key for key, questions in asked.items() if not all(one in papers[key].body for one in questions)} == set()


@pytest.mark.parametrize(("version", "key"), [("xk_1999", "F01"), ("xk_2013", "F99")])
def test_there_is_no_paper_of_what_does_not_exist(reader: Readers, version: str, key: str) -> None:
    assert reader("link.reviewer").get(f"/forms/{version}/{key}", 404).status == 404


def test_a_paper_speaks_another_language_than_its_page(reader: Readers) -> None:
    page = reader("advocate").get("/forms/xk_2013/F05?language=sq")

    assert page.heading == "Consent"
    assert "Pëlqimi" in page.text
    assert "Vendi dhe data" in page.text
    assert 'lang="sq"' in page.body
    assert "Print this page" in page.text


def test_a_language_that_there_is_not_is_the_pages_own(reader: Readers) -> None:
    assert "Place and date" in reader("advocate").get("/forms/xk_2013/F05?language=tlh").text


def test_few_codes_are_ticked_and_of_many_one_is_written(reader: Readers) -> None:
    paper = reader("advocate").get("/forms/xk_2013/F01")

    assert "Female" in paper.text
    assert "Afghanistan" not in paper.text


def test_consent_has_lines_for_person_guardian_worker_place_and_day(reader: Readers) -> None:
    paper = reader("advocate").get("/forms/xk_2013/F05").text

    assert all(words in paper for words in (*PRINTED_FOR_HER_SIGNATURE, "The guardian, for a child"))


def test_a_paper_names_its_source_whether_it_was_compared_and_the_version(reader: Readers) -> None:
    paper = reader("advocate").get("/forms/xk_2013/F05")
    found = next(one for one in forms_in(registry.get("xk_2013")) if one.form.key == "F05")

    assert all(f"Source: {one.source}" in paper.text for one in found.sources)
    assert "not yet compared with the full text" in paper.text
    assert f"xk_2013 · {found.digest}" in paper.text


@pytest.mark.parametrize("address", ["/forms?version=xk_1999", "/forms/xk_1999/F01", "/forms/xk_2013/F99"])
def test_what_does_not_exist_is_not_found(reader: Readers, address: str) -> None:
    assert reader("advocate").get(address, 404).status == 404


def test_the_case_leads_to_the_forms_of_its_own_version(reader: Readers, world: World) -> None:
    visitor = reader("advocate")

    page = visitor.get(visitor.get(f"/cases/{world.with_advocate()}").links["Forms of this procedure on paper"])

    assert "version=xk_2013" in page.path


def _printed(reader: Readers, name: str, case_id: UUID, step: str, language: str = "en") -> str:
    visitor = reader(name)
    event = visitor.get(visitor.get(f"/cases/{case_id}").links[step])
    return visitor.get(f"{event.links['Print this form']}?language={language}").text


def test_a_step_prints_what_was_written_down_to_whom_it_is_open(reader: Readers, world: World) -> None:
    case_id, _ = Places(world).resident()

    hers = _printed(reader, "advocate", case_id, "Open a case without the police")

    assert "First name Dafina" in hers
    assert "Region Prishtinë / Priština" in hers


def test_what_is_shut_to_a_reader_is_not_printed_and_said_to_be_missing(reader: Readers, world: World) -> None:
    case_id, _ = Places(world).resident()

    theirs = _printed(reader, "shelter.coordinator", case_id, "Open a case without the police")

    assert "Dafina" not in theirs
    assert "First name Not printed: not open to the role of who printed this" in theirs
    assert "Region Prishtinë / Priština" in theirs


def test_a_printed_step_speaks_the_language_that_is_asked_for(reader: Readers, world: World) -> None:
    case_id, _ = Places(world).resident()

    assert "Emri Dafina" in _printed(reader, "advocate", case_id, "Open a case without the police", "sq")


def test_a_printed_step_is_written_down_as_a_look(reader: Readers, world: World) -> None:
    _printed(reader, "advocate", world.with_advocate(), "Record a signal")

    assert len(reader.entries("case:form_printed")) == 1


def test_a_step_that_was_taken_back_says_so_on_paper(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    visitor = reader("advocate")
    world.step("advocate", case_id, "advocacy", "record_arrival")
    event = visitor.get(visitor.get(f"/cases/{case_id}").links["Record the arrival"])

    visitor.submit(visitor.get(event.links["Take this step back"]), "Take back", why="The wrong case.")

    paper = visitor.get(f"{event.path}/paper").text
    assert "This step was taken back: it does not hold." in paper
    assert "The wrong case." in paper


def test_after_handing_over_the_paper_is_sealed_as_the_step_is(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    visitor = reader("advocate")
    event = visitor.get(f"/cases/{case_id}").links["Record a signal"]
    pointed = {"region": "prizren", "sex": "F", "age_group": "adult", "language": "sqi", "urgency": "today"}
    prizren = str(world.agencies["advocacy_prizren"])
    world.step("advocate", case_id, "advocacy", "hand_over", office=prizren, **pointed)
    world.accept("advocate.prizren", case_id)
    own = visitor.get(f"/cases/{case_id}").links["Hand over to another office"]

    assert "sealed" in visitor.get(f"{own}/paper").text
    assert visitor.get(f"{event}/paper", 404).status == 404


@pytest.mark.browser
def test_on_paper_nothing_stands_but_the_form_and_at_its_foot_the_pseudonym(
    reader: Readers, world: World, seen: Shown
) -> None:
    case_id, _ = Places(world).resident()
    visitor = reader("advocate")
    case = visitor.get(f"/cases/{case_id}")
    page = seen(visitor.client, 1280)

    page.goto(f"{HOST}{case.links['Open a case without the police']}/paper")
    page.emulate_media(media="print")

    shut = (".tc-header", ".tc-menu", ".tc-footer", ".tc-tools", ".govuk-back-link")
    assert [place for place in shut if page.locator(place).first.is_visible()] == []
    assert page.locator(".tc-paper__foot").inner_text() == case.heading
    assert page.locator(".tc-paper__foot").is_visible()
    assert page.locator(".tc-paper").is_visible()
