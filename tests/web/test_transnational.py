"""Pages of a referral to another country: made, printed in the receiver's language, answered, and shut to others."""

import pytest

from tests.factories.reading import Readers
from tests.factories.returning import PURPOSES, Returning
from tests.factories.world import World

TOLD = {"follow_up": "A call after a week.", "follow_up_by": "receiver", "contact": "The office, +383 00 555 000"}
MAKE = "Make the packet"


def test_the_return_coordinator_makes_a_packet_and_reads_it_in_another_language(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    visitor = reader("return.coordinator")
    page = visitor.get(visitor.get(f"/cases/{case_id}").links["Referral to another country"])

    packet = visitor.submit(page, MAKE, shares=["name"], **TOLD)
    albanian = visitor.get(f"{packet.path}?language=sq")

    assert "Name Dafina Provë" in packet.text
    assert "Needs Not passed on" in packet.text
    assert "Risk not rated" in packet.text
    assert "Where Airport, Shelter" in packet.text
    assert "Emri Dafina Provë" in albanian.text
    assert albanian.heading == "Packet for Albania"
    assert "Dafina" not in packet.title + packet.path


def test_a_packet_without_a_name_shows_the_pseudonym_alone(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    visitor = reader("advocate")

    packet = visitor.submit(visitor.get(f"/cases/{case_id}/transnational"), MAKE, **TOLD)

    assert "Dafina" not in packet.body
    assert "Not passed on: known by the case's pseudonym" in packet.text


def test_a_high_risk_says_what_it_means_for_the_reception(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    rated = {"level": "high", "safety_questions": True, "grounds": "A threat."}
    world.step("advocate", case_id, "risk", "rate_provisionally", **rated)
    visitor = reader("advocate")

    packet = visitor.submit(visitor.get(f"/cases/{case_id}/transnational"), MAKE, **TOLD)

    assert "High risk" in packet.text
    assert "no waiting in public" in packet.text
    assert "A threat." not in packet.body


def test_without_consent_the_page_says_why_and_offers_no_form(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected(purposes=[one for one in PURPOSES if one != "transnational"])

    page = reader("return.coordinator").get(f"/cases/{case_id}/transnational")

    assert "The person has not agreed that an agency abroad is told." in page.text
    assert not any(button.text == MAKE for form in page.forms for button in form.buttons)


def test_a_consent_taken_back_while_the_form_was_open_refuses_it(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    visitor = reader("advocate")
    page = visitor.get(f"/cases/{case_id}/transnational")
    world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["transnational"])

    refused = visitor.submit(page, MAKE, 422, **TOLD)

    assert "The person has not agreed that an agency abroad is told. Record that consent first." in refused.errors
    assert "Made" not in refused.text


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    visitor = reader("return.coordinator")

    page = visitor.submit(visitor.get(f"/cases/{case_id}/transnational"), MAKE, 422, follow_up="A call.")

    assert "By whom: Choose one" in page.errors
    assert "A call." in page.body


def test_the_answer_is_recorded_and_shown(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    visitor = reader("return.coordinator")
    packet = visitor.submit(visitor.get(f"/cases/{case_id}/transnational"), MAKE, **TOLD)

    page = visitor.get(packet.links["Record what the receiver answered"])
    shown = visitor.submit(page, "Record", answer="met", note="She is well.")

    assert "Answer Arrived and was met" in shown.text
    assert "She is well." in shown.text
    assert "Arrived and was met" in visitor.get(f"/cases/{case_id}/transnational").text


def test_each_making_and_each_look_is_written_down(reader: Readers, world: World) -> None:
    case_id = Returning(world).expected()
    visitor = reader("return.coordinator")

    packet = visitor.submit(visitor.get(f"/cases/{case_id}/transnational"), MAKE, shares=["name"], **TOLD)

    packet_id = packet.path.rpartition("/")[2]
    made = f'{{"country":"AL","packet":"{packet_id}","shares":["name"]}}'
    assert reader.entries("transnational:made") == [made]
    assert reader.entries("transnational:opened") == [f'{{"packet":"{packet_id}"}}']


@pytest.mark.parametrize(("name", "status"), [("advocate.prizren", 404), ("investigator", 403)])
def test_who_has_no_business_there_reads_nothing(reader: Readers, world: World, name: str, status: int) -> None:
    going = Returning(world)
    case_id = going.expected()
    packet_id = going.packet(case_id)

    page = reader(name).get(f"/cases/{case_id}/transnational/{packet_id}", status)

    assert "Dafina" not in page.body
