"""The hotline on the pages: a log without names, and a refusal that says why without the person's consent."""

from __future__ import annotations

from typing import Any

from app.services import hotline
from app.services.hotline import Agreement
from app.services.signals import NewSignal
from tests.factories.doors import CODED, CONTACT, logged_contact
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World

OPERATOR = "hotline.operator"
PERSON = {name: value for name, value in CODED.items() if name != "place"}
TOLD: dict[str, Any] = {**PERSON, "noticed": "Wants to leave the flat."}


def test_contact_is_logged_and_shown_without_a_name_being_asked(reader: Readers, world: World) -> None:
    operator = reader(OPERATOR)
    page = operator.get("/hotline/new")

    after = operator.submit(page, "Log the contact", **CONTACT, occurred_on=A_DAY, note="Calls again.")

    assert "The log holds no names." in page.text
    assert not {"given_name", "family_name", "name", "phone"} & page.form("Log the contact").names
    assert "Calls again." in after.text
    assert "Sexual exploitation" in operator.get("/hotline/").text


def test_damaged_contact_comes_back_with_what_was_typed(reader: Readers, world: World) -> None:
    operator = reader(OPERATOR)

    after = operator.submit(operator.get("/hotline/new"), "Log the contact", 422, note="Calls again.")

    assert "Who called? Choose one" in after.errors
    assert "Calls again." in after.text


def test_sending_on_proposes_the_advocates_of_the_region_and_is_refused_without_consent(
    reader: Readers, world: World
) -> None:
    operator, contact_id = reader(OPERATOR), logged_contact(world)
    page = operator.get(f"/hotline/{contact_id}/send-on")
    proposed = dict(page.form("Send the signal").as_it_stands())["to"]

    refused = operator.submit(page, "Send the signal", 422, **TOLD, person_agrees=False)

    assert proposed == str(world.agencies["advocacy_prishtine"])
    assert "Without the person's consent it goes no further" in str(refused.errors)
    assert "Wants to leave the flat." in refused.text
    assert "No signal waits for your agency." in reader("advocate").get("/signals/").text


def test_sent_on_with_consent_it_waits_for_the_advocate_and_the_police_see_nothing(
    reader: Readers, world: World
) -> None:
    operator, contact_id = reader(OPERATOR), logged_contact(world)
    page = operator.get(f"/hotline/{contact_id}/send-on")

    after = operator.submit(page, "Send the signal", **TOLD, person_agrees=True)

    assert after.path == "/signals/sent"
    assert "Hotline" in reader("advocate").get("/signals/").text
    assert "No signal waits for your agency." in reader("investigator").get("/signals/").text
    assert "The signal that it became" in operator.get(f"/hotline/{contact_id}").links


def test_counts_show_the_month_and_lead_to_no_case(reader: Readers, world: World) -> None:
    contact_id = logged_contact(world)
    new = NewSignal(world.agencies["advocacy_prishtine"], {**PERSON, "place": "by_phone"}, "x")
    hotline.send_on(world.actor(OPERATOR), contact_id, new, Agreement(person_agrees=True))

    page = reader("statistics.supervisor").get("/hotline/counts?year=2014")

    assert "Sexual exploitation" in page.text
    assert "Sent on as a signal" in page.text
    assert not [link for link in page.links.values() if "/cases/" in link]
    assert "No contact is logged in this year." in reader(OPERATOR).get("/hotline/counts?year=2013").text


def test_log_is_the_hotlines_alone(reader: Readers, world: World) -> None:
    contact_id = logged_contact(world)

    reader("advocate").get(f"/hotline/{contact_id}", 403)
    reader("statistics.supervisor").get("/hotline/", 403)
