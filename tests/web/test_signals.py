"""Signals on the pages: an inspector tells one and follows it, an advocate takes it up, and neither learns too much."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.doors import CODED, NOTICED, many_signals, sent_signal
from tests.factories.reading import Readers
from tests.factories.world import World

INSPECTOR = "labour.inspector"
OPENING: dict[str, Any] = {
    "citizenship": ["XK"],
    "purposes": ["assistance"],
    "needs": ["safety"],
    "services": ["safety_planning"],
    "given_name": "Dafina",
    "family_name": "Provë",
}
TAKE_UP = "Take up: Log a case"


def told(world: World, **more: Any) -> dict[str, Any]:
    """A signal as the form asks for it."""
    return {**CODED, "to": str(world.agencies["advocacy_prishtine"]), "noticed": NOTICED, **more}


def test_inspector_tells_a_signal_on_one_page_and_sees_that_it_is_sent(reader: Readers, world: World) -> None:
    inspector = reader(INSPECTOR)

    after = inspector.submit(inspector.get("/signals/new"), "Send the signal", **told(world))

    assert after.path == "/signals/sent"
    assert "Sent" in after.text
    assert NOTICED not in after.body


def test_damaged_signal_comes_back_with_what_was_typed_and_the_fault_at_its_field(
    reader: Readers, world: World
) -> None:
    inspector = reader(INSPECTOR)

    after = inspector.submit(inspector.get("/signals/new"), "Send the signal", 422, **told(world, urgency=None))

    assert "How urgent: Choose one" in after.errors
    assert NOTICED in after.text


def test_advocate_takes_a_signal_up_on_a_page_that_is_filled_in_already(reader: Readers, world: World) -> None:
    signal_id = sent_signal(world)
    advocate = reader("advocate")
    shown = advocate.get(f"/signals/{signal_id}")
    page = advocate.get(shown.links[TAKE_UP])
    values = dict(page.form("Open a case without the police").as_it_stands())

    after = advocate.submit(page, "Open a case without the police", **OPENING)

    assert NOTICED in shown.text
    assert (values["region"], values["contact_detail"], values["urgency"]) == ("prishtine", "+383 00 555 666", "today")
    assert "entry_door" not in page.form("Open a case without the police").names
    assert after.path.startswith("/cases/")
    assert "No signal waits for your agency." in advocate.get("/signals/").text
    assert advocate.get(f"/signals/{signal_id}", 404)


def test_inspector_sees_only_that_it_was_taken_up(reader: Readers, world: World) -> None:
    signal_id = sent_signal(world)
    advocate = reader("advocate")
    page = advocate.get(f"/signals/{signal_id}/take-up/advocacy/open_directly")
    advocate.submit(page, "Open a case without the police", **OPENING)

    inspector = reader(INSPECTOR)
    listed, shown = inspector.get("/signals/sent"), inspector.get(f"/signals/sent/{signal_id}")

    assert "Taken up" in listed.text
    assert "What you wrote is no longer open to you" in shown.text
    assert not [words for words in (NOTICED, "KS-", "+383 00 555 666", "Provë") if words in listed.body + shown.body]
    assert "A signal that you sent was taken up." in inspector.get("/notices").text


def test_form_of_taking_up_sent_twice_leads_to_the_same_case(reader: Readers, world: World) -> None:
    signal_id = sent_signal(world)
    advocate = reader("advocate")
    page = advocate.get(f"/signals/{signal_id}/take-up/advocacy/open_directly")

    first = advocate.submit(page, "Open a case without the police", **OPENING)
    second = advocate.submit(page, "Open a case without the police", **OPENING)

    assert first.path == second.path


def test_taking_up_without_the_persons_consent_says_what_is_missing_and_leaves_it_waiting(
    reader: Readers, world: World
) -> None:
    signal_id = sent_signal(world)
    advocate = reader("advocate")
    page = advocate.get(f"/signals/{signal_id}/take-up/advocacy/open_directly")

    after = advocate.submit(page, "Open a case without the police", 422, **{**OPENING, "purposes": ["statistics"]})

    assert after.errors
    assert "Labour inspectorate" in advocate.get("/signals/").text


def test_signal_goes_to_the_police_only_with_a_basis(reader: Readers, world: World) -> None:
    signal_id = sent_signal(world)
    advocate, police = reader("advocate"), str(world.agencies["police"])
    page = advocate.get(f"/signals/{signal_id}/pass-on")

    refused = advocate.submit(page, "Pass on", 422, to=police)
    after = advocate.submit(refused, "Pass on", to=police, basis="consent")

    assert "Without the person's consent it goes no further" in str(refused.errors)
    assert after.path == "/signals/"
    assert advocate.get(f"/signals/{signal_id}", 404)
    assert NOTICED in reader("investigator").get(f"/signals/{signal_id}").text


def test_closing_needs_a_reason_and_a_second_press_of_the_button_changes_nothing(reader: Readers, world: World) -> None:
    signal_id = sent_signal(world)
    advocate = reader("advocate")
    page = advocate.get(f"/signals/{signal_id}/close")

    refused = advocate.submit(page, "Close without a case", 422)
    after = advocate.submit(page, "Close without a case", reason="not_reached")
    again = advocate.submit(page, "Close without a case", reason="not_reached")

    assert refused.errors
    assert after.path == again.path == "/signals/"
    assert "Closed without a case" in reader(INSPECTOR).get("/signals/sent").text


@pytest.mark.parametrize("path", ["/cases", "/referrals", "/signals/", "/counts", "/caseload"])
def test_inspector_is_shown_nothing_but_her_own_signals(reader: Readers, path: str) -> None:
    inspector = reader(INSPECTOR)

    inspector.get(path, 403)

    assert not {"Cases", "Referrals", "Signals"} & set(inspector.get("/").links)


@pytest.mark.parametrize(("language", "heading"), [("sq", "Njoftimet e dërguara"), ("sr-Latn", "Poslate prijave")])
def test_pages_of_signals_speak_the_readers_language(
    reader: Readers, world: World, language: str, heading: str
) -> None:
    sent_signal(world)
    inspector = reader(INSPECTOR)
    inspector.post("/language", {"language": language.replace("-", "_"), "back": "/"}, 200)

    assert inspector.get("/signals/sent").heading == heading


@pytest.mark.parametrize(("name", "path"), [(INSPECTOR, "/signals/sent"), ("advocate", "/signals/")])
def test_lists_of_signals_take_as_many_statements_for_thirty_as_for_one(
    reader: Readers, world: World, name: str, path: str
) -> None:
    sent_signal(world)
    visitor = reader(name)
    visitor.get(path)
    with reader.statements() as few:
        visitor.get(path)
    many_signals(world, 29)
    visitor.get(path)
    with reader.statements() as many:
        page = visitor.get(path)

    assert len(many) == len(few)
    assert page.text.count("Today") >= 25
